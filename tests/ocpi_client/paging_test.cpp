// Lists in pages (4.1.4.1.1), as who serves them and as who reads them.

#include "objects.hpp"
#include "two_parties.hpp"

#include <incar/net/link.hpp>

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::ocpi_client;

namespace {

const std::string list_url = "https://cpo.example/ocpi/2.2.1/locations/sender";

std::string header(const net::http_response& response, const char* name) {
    const std::string* value = response.headers.find(name);
    return value ? *value : "none";
}

std::size_t count_of(const net::http_response& response) {
    return json::parse(response.body).value().find("data")->as_array()->size();
}

struct listing : two_parties {
    explicit listing(std::size_t objects, std::size_t page_limit = 100)
        : two_parties({}, {},
                      [=](party_options& cpo_options, party_options&) { cpo_options.page_limit = page_limit; }) {
        connect().value();
        for (std::size_t i = 0; i < objects; ++i)
            cpo->own(location_of("L" + std::to_string(i), format(at("2026-01-01T00:00:00Z") + std::chrono::hours(i))))
                .value();
        token = msp->find("cpo")->token_out;
        net.log.clear();
    }
    net::http_response get(const std::string& query) { return ask(*cpo, make_request("GET", list_url + query, token)); }
    std::string token;
};

// What a pull through this net brings: the ids, and its outcome.
struct pulled {
    std::vector<std::string> ids;
    expected<pull_summary> summary = error{errc::unavailable, "", ""};
};

pulled pull(two_parties& both, const window& wanted = {}) {
    pulled all;
    all.summary = result_of<pull_summary>(both.net, [&](auto done) {
        both.msp->pull<v221::location>(
            "cpo", wanted, [&](v221::location each) { all.ids.push_back(each.id.text()); }, done);
    });
    return all;
}

// A foreign server that answers page after page from a list, whatever is asked.
void serve(two_parties& both, std::vector<net::http_response> pages) {
    const auto next = std::make_shared<std::size_t>(0);
    both.net.fault = [=](const net::http_request& request) -> std::optional<expected<net::http_response>> {
        if (request.url.host() != "cpo.example") return std::nullopt;
        if (*next == pages.size()) return expected<net::http_response>(error{net::errc::cancelled, "", "no more"});
        return pages[(*next)++];
    };
}

net::http_response page(const std::string& data, const std::string& link = "", const std::string& total = "") {
    net::http_response response{200,
                                {},
                                R"({"status_code":1000,"timestamp":"2026-01-01T00:00:00Z")" +
                                    (data.empty() ? "" : ",\"data\":" + data) + "}"};
    if (!link.empty()) response.headers.set("Link", link).value();
    if (!total.empty()) response.headers.set("X-Total-Count", total).value();
    return response;
}

std::string list_of(std::vector<std::string> ids) {
    std::string text;
    for (const std::string& id : ids) text += (text.empty() ? "" : ",") + ocpi::encode(location_of(id));
    return "[" + text + "]";
}

std::string next_at(const std::string& query) {
    return "<" + list_url + query + ">; rel=\"next\"";
}

} // namespace

TEST_CASE("five objects in pages of two come as two, two and one, and only the last page has no link") {
    listing both(5);
    auto response = both.get("?limit=2&date_from=2025-01-01T00:00:00Z&mine=a%20b");
    std::vector<std::size_t> counts;
    while (true) {
        counts.push_back(count_of(response));
        CHECK(header(response, "X-Total-Count") == "5");
        CHECK(header(response, "X-Limit") == "100");
        if (!response.headers.find("Link")) break;
        const auto next = net::next_page(response, net::url::parse(list_url).value()).value();
        REQUIRE(next);
        CHECK(next->find_parameter("date_from") == "2025-01-01T00:00:00Z");
        CHECK(next->find_parameter("limit") == "2");
        CHECK(next->find_parameter("mine") == "a b");
        CHECK(next->text().rfind(list_url, 0) == 0);
        response = ask(*both.cpo, make_request("GET", next->text(), both.token));
    }
    CHECK(counts == std::vector<std::size_t>{2, 2, 1});
}

TEST_CASE("what a page may hold is the server's to say") {
    listing both(5, 3);
    const auto response = both.get("?limit=2000");
    CHECK(count_of(response) == 3);
    CHECK(header(response, "X-Limit") == "3");
    CHECK(header(response, "Link").find("limit=3") != std::string::npos);
    CHECK(count_of(both.get("")) == 3);
    CHECK(count_of(both.get("?limit=1")) == 1);
    CHECK(header(both.get("?limit=1"), "X-Limit") == "3");
}

TEST_CASE("date_from is included and date_to is not") {
    listing both(5); // last updated at 00:00, 01:00, ... 04:00
    const auto ids = [&](const std::string& query) {
        std::string all;
        const json::value body = json::parse(both.get(query).body).value();
        for (const json::value& each : *body.find("data")->as_array()) all += *each.find("id")->as_string() + " ";
        return all;
    };
    CHECK(ids("?date_from=2026-01-01T02:00:00Z") == "L2 L3 L4 ");
    CHECK(ids("?date_to=2026-01-01T02:00:00Z") == "L0 L1 ");
    CHECK(ids("?date_from=2026-01-01T01:00:00Z&date_to=2026-01-01T03:00:00Z") == "L1 L2 ");
    CHECK(ids("?date_from=2026-01-01T02:00:00") == "L2 L3 L4 "); // a time without Z is UTC
    CHECK(ids("?date_from=2026-01-01T01:59:59.001Z&date_to=2026-01-01T02:00:00.001Z") == "L2 ");
    CHECK(header(both.get("?date_from=2026-01-01T02:00:00Z"), "X-Total-Count") == "3");
}

TEST_CASE("beyond the end a page is empty, and wrong parameters are 2001") {
    listing both(5);
    for (const char* query :
         {"?offset=5", "?offset=6", "?offset=18446744073709551615", "?offset=18446744073709551615&limit=2"}) {
        const auto response = both.get(query);
        CHECK(status_of(response) == "200 1000");
        CHECK(count_of(response) == 0);
        CHECK(header(response, "Link") == "none");
        CHECK(header(response, "X-Total-Count") == "5");
    }
    CHECK(count_of(both.get("?offset=4")) == 1);
    for (const char* query : {"?offset=-1", "?offset=", "?limit=0", "?limit=x", "?date_from=yesterday", "?date_to=2026",
                              "?offset=18446744073709551616"})
        CHECK_MESSAGE(status_of(both.get(query)) == "200 2001", query);
}

TEST_CASE("an empty list is a list") {
    listing both(0);
    const auto response = both.get("");
    CHECK(json::parse(response.body).value().find("data")->as_array()->empty());
    CHECK(header(response, "X-Total-Count") == "0");
    CHECK(pull(both).summary.value().objects == 0);
}

TEST_CASE("a pull follows the pages to the end, in order") {
    listing both(5, 2);
    const auto all = pull(both);
    REQUIRE(all.summary);
    CHECK(all.ids == std::vector<std::string>{"L0", "L1", "L2", "L3", "L4"});
    CHECK(all.summary->objects == 5);
    CHECK(all.summary->pages == 3);
    CHECK(both.net.log.size() == 3);
    window some;
    some.date_from = at("2026-01-01T01:00:00Z");
    some.date_to = at("2026-01-01T04:00:00Z");
    some.limit = 1;
    CHECK(pull(both, some).ids == std::vector<std::string>{"L1", "L2", "L3"});
    some.offset = 1;
    CHECK(pull(both, some).ids == std::vector<std::string>{"L2", "L3"});
}

TEST_CASE("sessions are asked for from some time on, as the specification demands") {
    listing both(0);
    REQUIRE(result_of<pull_summary>(both.net, [&](auto done) {
        both.msp->pull<v221::session>(
            "cpo", {}, [](v221::session) {}, done);
    }));
    CHECK(both.net.log.back().request.url.find_parameter("date_from") == "1970-01-01T00:00:00Z");
}

TEST_CASE("a link is followed as it is given") {
    two_parties both;
    REQUIRE(both.connect());
    both.net.log.clear();
    serve(both,
          {page(list_of({"a"}), "<" + list_url + "?x=%41&cursor=b%2Fc>; rel=\"next\""), page(list_of({"b"}), "\"\"")});
    CHECK(pull(both).ids == std::vector<std::string>{"a", "b"});
    CHECK(both.net.log.back().request.url.text() == list_url + "?x=%41&cursor=b%2Fc");
}

TEST_CASE("lists that end in odd ways are read all the same") {
    two_parties both;
    REQUIRE(both.connect());
    SUBCASE("an empty link header") {
        serve(both, {page(list_of({"a"}), "")});
    }
    SUBCASE("a link header without a link") {
        serve(both, {page(list_of({"a"}), "\"\"")});
    }
    SUBCASE("a link to something else") {
        serve(both, {page(list_of({"a"}), "<https://x.example>; rel=\"help\"")});
    }
    SUBCASE("a single object instead of a list") {
        serve(both, {page(ocpi::encode(location_of("a")))});
    }
    SUBCASE("no data on the last page") {
        serve(both, {page(list_of({"a"}), next_at("?p=2")), page("")});
    }
    SUBCASE("data is null on the last page") {
        serve(both, {page(list_of({"a"}), next_at("?p=2")), page("null")});
    }
    const auto all = pull(both);
    REQUIRE(all.summary);
    CHECK(all.ids == std::vector<std::string>{"a"});
    CHECK(all.summary->refused.empty());
}

TEST_CASE("a link that leads back is an error, and so is one to another server, which never sees our token") {
    two_parties both;
    REQUIRE(both.connect());
    both.net.log.clear();
    SUBCASE("to the same page") {
        serve(both, {page(list_of({"a"}), next_at("?p=2")), page(list_of({"b"}), next_at("?p=2"))});
        CHECK(pull(both).summary.error().code == errc::duplicate);
        CHECK(both.net.log.size() == 2);
    }
    SUBCASE("to the first page") {
        serve(both, {page(list_of({"a"}), next_at("?p=2")), page(list_of({"b"}), next_at(""))});
        CHECK(pull(both).summary.error().code == errc::duplicate);
    }
    SUBCASE("to another host, port or scheme") {
        for (const char* to : {"https://evil.example/ocpi", "https://cpo.example:8443/", "http://cpo.example/ocpi"}) {
            both.net.log.clear();
            serve(both, {page(list_of({"a"}), "<" + std::string(to) + ">; rel=\"next\"")});
            CHECK(pull(both).summary.error().code == errc::inconsistent);
            CHECK(both.net.log.size() == 1);
        }
    }
    SUBCASE("to nowhere") {
        serve(both, {page(list_of({"a"}), "<ftp://cpo.example/>; rel=\"next\"")});
        CHECK_FALSE(pull(both).summary);
    }
}

TEST_CASE("a list without end is left after the pages that are accepted") {
    two_parties both({}, {}, [](party_options&, party_options& msp) { msp.max_pages = 10; });
    REQUIRE(both.connect());
    std::vector<net::http_response> pages;
    for (int i = 0; i < 20; ++i) pages.push_back(page(list_of({"a"}), next_at("?p=" + std::to_string(i))));
    serve(both, pages);
    const auto all = pull(both);
    CHECK(all.summary.error().code == errc::limit_exceeded);
    CHECK(all.ids.size() == 10);
}

TEST_CASE("a list that shrinks while it is read loses nothing") {
    // Objects that are updated drop out of a list that ends before now: those behind move up.
    listing both(6, 2);
    window old;
    old.date_to = at("2026-02-01T00:00:00Z");
    int requests = 0;
    both.net.fault = [&](const net::http_request&) -> std::optional<expected<net::http_response>> {
        if (++requests == 2) both.cpo->own(location_of("L0", "2026-03-01T00:00:00Z")).value(); // before the second page
        if (requests == 4)
            for (const char* id : {"L1", "L2"}) both.cpo->own(location_of(id, "2026-03-01T00:00:00Z")).value();
        return std::nullopt;
    };
    const auto all = pull(both, old);
    REQUIRE(all.summary);
    const std::set<std::string> seen(all.ids.begin(), all.ids.end());
    CHECK(seen == std::set<std::string>{"L0", "L1", "L2", "L3", "L4", "L5"});
}

TEST_CASE("a server whose totals jump up and down is left in the end") {
    two_parties both({}, {}, [](party_options&, party_options& msp) { msp.max_pages = 50; });
    REQUIRE(both.connect());
    std::vector<net::http_response> pages;
    for (int i = 0; i < 200; ++i) pages.push_back(page(list_of({"a"}), next_at("?offset=7"), i % 2 ? "5" : "9"));
    serve(both, pages);
    CHECK_FALSE(pull(both).summary);
}

TEST_CASE("one bad object in a page of 200 costs that object alone, and is reported with its place") {
    for (const char* bad : {"{}", "17", "null", R"({"id":7})", R"({"id":"x","id":"y"})"}) {
        two_parties both;
        REQUIRE(both.connect());
        std::string data = "[";
        for (int i = 0; i < 200; ++i)
            data += (i ? "," : "") + (i == 77 ? bad : ocpi::encode(location_of("L" + std::to_string(i))));
        serve(both, {page(data + "]")});
        const auto all = pull(both);
        REQUIRE_MESSAGE(all.summary, bad, format(all.summary.error()));
        CHECK(all.ids.size() == 199);
        CHECK(all.summary->objects == 199);
        REQUIRE(all.summary->refused.size() == 1);
        CHECK(all.summary->refused[0].where.rfind("/0/77", 0) == 0);
    }
}

TEST_CASE("a page that fails ends the pull with the reason; what came before stands") {
    two_parties both;
    REQUIRE(both.connect());
    const auto failing = [&](const net::http_response& second) {
        serve(both, {page(list_of({"a"}), next_at("?p=2")), second});
        const auto all = pull(both);
        CHECK(all.ids == std::vector<std::string>{"a"});
        REQUIRE_FALSE(all.summary);
        return all.summary.error().code;
    };
    CHECK(failing({200, {}, R"({"status_code":2001})"}) == ocpi::status_code::invalid_parameters);
    CHECK(failing({500, {}, "oops"}) == errc::unavailable);
    CHECK(failing({404, {}, ""}) == errc::not_found);
    CHECK(failing({401, {}, ""}) == std::errc::permission_denied);
    CHECK(failing({200, {}, R"({"status_code":1000,"data":[)"}) == errc::malformed);
    CHECK(failing({200, {}, R"([])"}) == errc::malformed);
}

TEST_CASE("a list of many pages from a client that answers at once is no deeper than one page") {
    listing server(1);
    std::size_t asked = 0;
    party_options options;
    options.base_url = net::url::parse("https://msp.example/").value();
    options.roles = {role_of(v221::role::emsp, "DE", "MSP")};
    party_ports ports = server.ports(store::memory_store(), server.msp_saved, 9, server.msp_saves_fail);
    ports.http = {"at once", [&](net::http_request, const net::http_limits&, net::http_completion done) {
                      ++asked;
                      done(page("[]", asked < 90'000 ? next_at("?p=" + std::to_string(asked)) : ""));
                  }};
    party reader(options, ports);
    partner known = *server.msp->find("cpo");
    reader.restore(known);
    std::size_t pages = 0;
    reader.pull<v221::location>(
        "cpo", {}, [](v221::location) {}, [&](auto done) { pages = done.value().pages; });
    CHECK(pages == 90'000);
}

TEST_CASE("a page reader that is at its end says so") {
    page_reader reader(net::url::parse(list_url).value());
    REQUIRE(reader.take(page("[]")));
    CHECK_FALSE(reader.next());
    CHECK(reader.take(page("[]")).error().code == errc::not_found);
}
