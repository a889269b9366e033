// Partners with habits, one a member of `partner_habits`; tokens that are sent plainly are in token_test.cpp.

#include "objects.hpp"
#include "two_parties.hpp"

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::ocpi_client;

namespace {

partner_habits with(bool partner_habits::*habit) {
    partner_habits habits;
    habits.*habit = true;
    return habits;
}

bool ends_in_slash(const std::string& text) {
    return !text.empty() && text.back() == '/';
}

// An EMSP that knows the habit `breaks_links` of a CPO with so many locations, in pages of two.
struct counting : two_parties {
    explicit counting(std::size_t objects)
        : two_parties({}, {}, [](party_options& of_cpo, party_options& of_msp) {
              of_cpo.page_limit = 2;
              of_msp.max_pages = 20;
          }) {
        connect(with(&partner_habits::breaks_links)).value();
        for (std::size_t i = 0; i < objects; ++i)
            cpo->own(location_of("L" + std::to_string(i), format(at("2026-01-01T00:00:00Z") + std::chrono::hours(i))))
                .value();
        net.log.clear();
    }
    // Every answer gets this Link header, or none.
    void link(const std::string& value, bool has_total = true) {
        net.attach("cpo.example", *cpo, [=](const net::http_request&, net::http_response response) {
            response.headers.remove("Link");
            if (!value.empty()) response.headers.set("Link", value).value();
            if (!has_total) response.headers.remove("X-Total-Count");
            return response;
        });
    }
    std::string pull(const window& wanted = {}) {
        std::string ids;
        summary = result_of<pull_summary>(net, [&](auto done) {
            msp->pull<v221::location>(
                "cpo", wanted, [&](const v221::location& each) { ids += each.id.text() + " "; }, done);
        });
        return ids;
    }
    expected<pull_summary> summary = pull_summary();
};

} // namespace

TEST_CASE("wants_trailing_slash: credentials are POSTed and PUT to a URL with a slash as well") {
    for (const bool is_known : {false, true}) {
        two_parties both;
        const auto redirecting = [](const net::http_request& request, net::http_response response) {
            const bool is_endpoint = request.url.segments().size() > 2;
            if (!is_endpoint || ends_in_slash(std::string(request.url.path()))) return response;
            return net::http_response{307, {}, ""};
        };
        both.net.attach("cpo.example", *both.cpo, redirecting);
        const auto connected = both.connect(is_known ? with(&partner_habits::wants_trailing_slash) : partner_habits());
        REQUIRE(connected.has_value() == is_known);
        if (!is_known) continue;
        REQUIRE(result_of<void>(both.net, [&](auto done) { both.msp->renew("cpo", done); }));
        CHECK(works(both));
        std::string sent;
        for (const recorded& each : both.net.log)
            if (each.request.method != "GET") sent += each.request.method + " " + each.request.url.text() + " ";
        const std::string credentials = "https://cpo.example/ocpi/2.2.1/credentials/ ";
        CHECK(sent == "POST " + credentials + "PUT " + credentials);
    }
}

TEST_CASE("wants_trailing_slash: a URL that has no room for one stays as it is") {
    two_parties both;
    REQUIRE(both.connect(with(&partner_habits::wants_trailing_slash)));
    partner peer = *both.msp->find("cpo");
    for (auto& each : peer.endpoints)
        if (each.identifier.text() == "locations") each.url.append(net::url::max_length - each.url.size(), 'x');
    both.msp->restore(peer);
    both.msp->pull<v221::location>(
        "cpo", {}, [](const v221::location&) {}, [](const auto&) {});
    both.net.run();
    CHECK(both.net.log.back().request.url.text().size() == net::url::max_length);
}

TEST_CASE("appends_without_slash: all our endpoints are announced with a slash, and found under it") {
    for (const bool is_known : {false, true}) {
        two_parties both;
        REQUIRE(both.connect({}, is_known ? with(&partner_habits::appends_without_slash) : partner_habits()));
        const partner& cpo = *both.msp->find("cpo");
        REQUIRE(cpo.endpoints.size() > 5);
        for (const auto& each : cpo.endpoints) CHECK(ends_in_slash(each.url) == is_known);
        for (const auto& each : both.cpo->find("msp")->endpoints) CHECK_FALSE(ends_in_slash(each.url));
        const std::string tokens = *find_endpoint(cpo, "tokens", v221::interface_role::receiver);
        const std::string body = ocpi::encode(token_of("A"));
        CHECK(status_of(*both.cpo, make_request("PUT", tokens + "DE/MSP/A", cpo.token_out, body)) ==
              (is_known ? "201 1000" : "404 2000"));
        CHECK(works(both)); // who puts one slash in between does so still
        CHECK(result_of<void>(both.net, [&](auto done) { both.msp->push("cpo", token_of("A"), done); }));
        CHECK(result_of<void>(both.net, [&](auto done) { both.msp->renew("cpo", done); }));
    }
}

TEST_CASE("refuses_routing_headers: none are sent, with requests and with results") {
    std::optional<callback> where;
    handlers of_cpo;
    of_cpo.start_session = [&](const caller&, const v221::start_session&, const callback& result) {
        where = result;
        return expected<v221::command_response>({v221::command_response_type::accepted, 30, {}, {}});
    };
    two_parties both(of_cpo);
    REQUIRE(both.connect({}, with(&partner_habits::refuses_routing_headers)));
    v221::start_session wish;
    wish.token = token_of("A");
    wish.location_id = id<v221::location>("L1");
    both.msp->command(
        "cpo", wish, [](const auto&) {}, [](const v221::command_result&) {});
    both.net.run();
    REQUIRE(result_of<void>(both.net, [&](auto done) {
        both.cpo->send_result(*where, v221::command_result{v221::command_result_type::accepted, {}, {}}, done);
    }));
    CHECK(works(both));
    bool is_sent_to_others = false;
    for (const recorded& each : both.net.log)
        for (const net::header& one : each.request.headers) {
            const bool is_routing = one.name.rfind("OCPI-", 0) == 0;
            if (each.request.url.host() == "msp.example") CHECK_FALSE(is_routing);
            is_sent_to_others = is_sent_to_others || is_routing;
        }
    CHECK(is_sent_to_others);
}

TEST_CASE("breaks_links: pages are asked for by offset, whatever the links say") {
    counting both(5);
    for (const char* value :
         {"", "<not a URL>; rel=\"next\"", "garbage", "<https://evil.example/ocpi?offset=2>; rel=\"next\"",
          "<https://cpo.example/ocpi/2.2.1/locations/sender>; rel=\"next\"",
          "<https://cpo.example/nowhere>; rel=next"}) {
        INFO(value);
        both.net.log.clear();
        both.link(value);
        CHECK(both.pull() == "L0 L1 L2 L3 L4 ");
        REQUIRE(both.summary);
        CHECK(both.summary->total == 5);
        CHECK(both.net.log.size() == 3);
        for (const recorded& each : both.net.log) CHECK(each.request.url.host() == "cpo.example");
    }
    window some;
    some.date_from = at("2026-01-01T01:00:00Z");
    some.offset = 1;
    some.limit = 1;
    both.net.log.clear();
    CHECK(both.pull(some) == "L2 L3 L4 ");
    CHECK(both.net.log.size() == 3);
    CHECK(both.net.log.back().request.url.find_parameter("date_from") == "2026-01-01T01:00:00Z");
}

TEST_CASE("breaks_links: a list without a total ends with an empty page, a single object is all there is") {
    counting both(4);
    both.link("garbage", false);
    CHECK(both.pull() == "L0 L1 L2 L3 ");
    CHECK(both.net.log.size() == 3);
    both.link("garbage");
    both.net.log.clear();
    CHECK(both.pull() == "L0 L1 L2 L3 ");
    CHECK(both.net.log.size() == 2);
    both.net.fault = [&](const net::http_request&) -> std::optional<expected<net::http_response>> {
        return net::http_response{200, {}, R"({"status_code":1000,"data":)" + ocpi::encode(location_of("a")) + "}"};
    };
    both.net.log.clear();
    CHECK(both.pull() == "a ");
    CHECK(both.net.log.size() == 1);
}

TEST_CASE("breaks_links: a partner that does not count is an error and no silent loss") {
    counting both(5);
    both.net.attach("cpo.example", [&](net::http_request request, net::http_respond respond) {
        request.url.remove_parameter("offset");
        both.cpo->handle(std::move(request), std::move(respond));
    });
    CHECK(both.pull() == "L0 L1 ");
    CHECK(both.summary.error().code == errc::duplicate);
}

TEST_CASE("breaks_links: a list that shrinks while it is read loses nothing") {
    counting both(6);
    window old;
    old.date_to = at("2026-02-01T00:00:00Z");
    int requests = 0;
    both.net.fault = [&](const net::http_request&) -> std::optional<expected<net::http_response>> {
        if (++requests == 2) both.cpo->own(location_of("L0", "2026-03-01T00:00:00Z")).value(); // before the second page
        return std::nullopt;
    };
    const std::string ids = both.pull(old);
    REQUIRE(both.summary);
    for (const char* each : {"L0", "L1", "L2", "L3", "L4", "L5"})
        CHECK_MESSAGE(ids.find(each) != std::string::npos, ids);
}

TEST_CASE("knows_other_modules: what the specification does not name is announced to such partners alone") {
    for (const bool is_known : {false, true}) {
        two_parties both({}, {}, [](party_options& cpo, party_options&) {
            cpo.offered = usual_modules(v221::role::cpo);
            cpo.offered.push_back({"parking", v221::interface_role::sender});
        });
        REQUIRE(both.connect({}, is_known ? with(&partner_habits::knows_other_modules) : partner_habits()));
        const partner& cpo = *both.msp->find("cpo");
        for (const char* module : {"scoptimizations", "parking"})
            CHECK((find_endpoint(cpo, module, v221::interface_role::sender) != nullptr) == is_known);
        for (const auto& each : cpo.endpoints) CHECK((each.identifier.known() || is_known));
        for (const char* module : {"locations", "sessions", "cdrs", "tariffs"})
            CHECK(find_endpoint(cpo, module, v221::interface_role::sender));
        CHECK(status_of(*both.cpo, make_request("GET", "https://cpo.example/ocpi/2.2.1/scoptimizations/sender",
                                                cpo.token_out)) == "200 1000"); // served all the same
    }
}
