// Ids and routing headers (4.1.3 and 4.1.8), and the URLs that requests go to.

#include "objects.hpp"
#include "two_parties.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace incar;
using namespace incar::ocpi_client;

namespace {

std::string header(const net::headers& headers, const std::string& name) {
    const std::string* value = headers.find(name);
    return value ? *value : "none";
}

// "TO <- FROM", as in "NL*CPO <- DE*MSP".
std::string routing(const net::headers& headers) {
    return header(headers, "OCPI-to-country-code") + "*" + header(headers, "OCPI-to-party-id") + " <- " +
           header(headers, "OCPI-from-country-code") + "*" + header(headers, "OCPI-from-party-id");
}

net::http_request locations_request(const two_parties& both) {
    return make_request("GET", "https://cpo.example/ocpi/2.2.1/locations/sender", both.msp->find("cpo")->token_out);
}

} // namespace

TEST_CASE("each request has a new id, and its answer has the same") {
    two_parties both;
    REQUIRE(both.connect());
    CHECK(works(both));
    std::set<std::string> ids, correlations;
    for (const recorded& each : both.net.log) {
        REQUIRE(each.response);
        const std::string id = header(each.request.headers, "X-Request-ID");
        CHECK(id.size() == 32);
        CHECK(ids.insert(id).second);
        CHECK(header(each.response->headers, "X-Request-ID") == id);
        CHECK(header(each.response->headers, "X-Correlation-ID") == header(each.request.headers, "X-Correlation-ID"));
        correlations.insert(header(each.request.headers, "X-Correlation-ID"));
    }
    CHECK(correlations.size() == both.net.log.size());
    CHECK(correlations.count("none") == 0);
}

TEST_CASE("ids that a partner leaves out are left out of the answer, which is never \"undefined\"") {
    two_parties both;
    REQUIRE(both.connect());
    for (const bool is_known : {true, false}) {
        auto request = locations_request(both);
        if (!is_known) request.headers.set("Authorization", "Token x").value();
        const auto response = ask(*both.cpo, request);
        CHECK_FALSE(response.headers.find("X-Request-ID"));
        CHECK_FALSE(response.headers.find("X-Correlation-ID"));
        for (const net::header& each : response.headers) CHECK(each.value != "undefined");
    }
}

TEST_CASE("functional modules say who speaks to whom, and the answer reverses it, an error too") {
    two_parties both;
    REQUIRE(both.connect());
    both.net.log.clear();
    CHECK(works(both));
    REQUIRE(both.net.log.size() == 2);
    CHECK(routing(both.net.log[0].request.headers) == "NL*CPO <- DE*MSP");
    CHECK(routing(both.net.log[0].response->headers) == "DE*MSP <- NL*CPO");
    CHECK(routing(both.net.log[1].request.headers) == "DE*MSP <- NL*CPO");

    auto request = locations_request(both);
    request.url = net::url::parse("https://cpo.example/ocpi/2.2.1/locations/sender/none").value();
    for (const auto& [name, value] :
         {std::pair("OCPI-to-country-code", "nl"), std::pair("OCPI-to-party-id", "cpo"),
          std::pair("OCPI-from-country-code", "FR"), std::pair("OCPI-from-party-id", "XYZ")})
        request.headers.set(name, value).value();
    const auto missing = ask(*both.cpo, request);
    CHECK(missing.status == 404);
    CHECK(routing(missing.headers) == "FR*XYZ <- nl*cpo");
}

TEST_CASE("configuration modules carry no routing headers") {
    two_parties both({}, {}, [](party_options& cpo, party_options& msp) {
        cpo.roles = {role_of(v221::role::hub, "NL", "HUB")};
        cpo.offered = {{"hubclientinfo", v221::interface_role::sender}};
        msp.offered = {{"hubclientinfo", v221::interface_role::receiver}};
    });
    REQUIRE(both.connect());
    REQUIRE(result_of<void>(both.net, [&](auto done) { both.cpo->push("msp", client_info_of("ABC"), done); }));
    REQUIRE(result_of<pull_summary>(both.net, [&](auto done) {
        both.msp->pull<v221::client_info>(
            "cpo", {}, [](v221::client_info) {}, done);
    }));
    for (const recorded& each : both.net.log) {
        CHECK(routing(each.request.headers) == "none*none <- none*none");
        CHECK(routing(each.response->headers) == "none*none <- none*none");
    }
}

TEST_CASE("a request for a party that is not ours is refused") {
    two_parties both;
    REQUIRE(both.connect());
    recipient to = "cpo";
    to.to = ocpi::parse_party_key("NL*XYZ").value();
    const auto outcome = result_of<pull_summary>(both.net, [&](auto done) {
        both.msp->pull<v221::location>(
            to, {}, [](v221::location) {}, done);
    });
    CHECK(outcome.error().code == ocpi::status_code::unknown_receiver);
}

TEST_CASE("to a hub, or a partner with several parties, nobody is named unless asked for") {
    two_parties both;
    REQUIRE(both.connect());
    partner many = *both.msp->find("cpo");
    many.roles.push_back(role_of(v221::role::cpo, "BE", "TWO"));
    both.msp->restore(many);
    both.net.log.clear();
    recipient to = "cpo";
    const auto go = [&] {
        both.msp->pull<v221::location>(
            to, {}, [](v221::location) {}, [](expected<pull_summary>) {});
        both.net.run();
        return routing(both.net.log.back().request.headers);
    };
    CHECK(go() == "none*none <- DE*MSP");
    to.to = ocpi::parse_party_key("BE*TWO").value();
    to.from = ocpi::parse_party_key("DE*SUB").value();
    CHECK(go() == "BE*TWO <- DE*SUB");
    many.roles = {role_of(v221::role::hub, "NL", "HUB")};
    both.msp->restore(many);
    to = "cpo";
    CHECK(go() == "none*none <- DE*MSP");
    many.habits.refuses_routing_headers = true;
    both.msp->restore(many);
    CHECK(go() == "none*none <- none*none");
}

TEST_CASE("a name that cannot stand in a header is an error and not a request") {
    two_parties both;
    REQUIRE(both.connect());
    both.net.log.clear();
    recipient to = "cpo";
    to.to = ocpi::party_key{ci_string<2>("N\n"), ci_string<3>("CPO")};
    const auto pull = [&] {
        return result_of<pull_summary>(both.net, [&](auto done) {
            both.msp->pull<v221::location>(
                to, {}, [](v221::location) {}, done);
        });
    };
    CHECK(pull().error().code == errc::malformed);
    to = "cpo";
    to.correlation_id = "a\r\nb: c";
    CHECK(pull().error().code == errc::malformed);
    CHECK(both.net.log.empty());
}

TEST_CASE("endpoints get a slash at the end only where a partner needs one, and parts never") {
    two_parties both;
    REQUIRE(both.connect());
    partner peer = *both.msp->find("cpo");
    peer.habits.wants_trailing_slash = true;
    for (auto& each : peer.endpoints)
        if (each.identifier.text() == "tariffs") each.url += "?key=1";
    both.msp->restore(peer);
    both.net.log.clear();
    const auto url_of = [&](auto start) {
        start();
        both.net.run();
        return both.net.log.back().request.url.text();
    };
    const auto ignore = [](auto&&...) {};
    CHECK(url_of([&] { both.msp->pull<v221::location>("cpo", {}, ignore, ignore); }) ==
          "https://cpo.example/ocpi/2.2.1/locations/sender/");
    CHECK(both.net.log.back().response->status == 200);
    CHECK(url_of([&] { both.msp->pull<v221::tariff>("cpo", {}, ignore, ignore); }) ==
          "https://cpo.example/ocpi/2.2.1/tariffs/sender/?key=1");
    const object_path path{"locations", {ci_string<2>("NL"), ci_string<3>("CPO")}, "a b", "#NA", "", ""};
    CHECK(url_of([&] { both.msp->get("cpo", path, ignore); }) ==
          "https://cpo.example/ocpi/2.2.1/locations/sender/a%20b/%23NA");
}

TEST_CASE("an id that a URL cannot name is an error and not another request") {
    two_parties both;
    REQUIRE(both.connect());
    both.net.log.clear();
    for (const char* id : {"", ".", ".."}) {
        const object_path path{"locations", {ci_string<2>("NL"), ci_string<3>("CPO")}, id, "", "", ""};
        CHECK(result_of<std::string>(both.net, [&](auto done) { both.msp->get("cpo", path, done); }).error().code ==
              errc::malformed);
    }
    CHECK(both.net.log.empty());
}

TEST_CASE("requests to whom we do not know, and for what they do not offer, are not sent") {
    two_parties both;
    const auto ask_nobody = [&](const char* name) {
        return result_of<answer>(both.net, [&](auto done) {
            both.msp->send(name, call{"GET", "mine", {}, {}, {}, ""}, done);
        });
    };
    CHECK(ask_nobody("cpo").error().code == errc::not_found);
    REQUIRE(both.connect());
    both.net.log.clear();
    CHECK(ask_nobody("cpo").error().code == errc::not_found);
    CHECK(both.net.log.empty());
}
