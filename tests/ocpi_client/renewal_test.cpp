// Renewing tokens (7.1.4): whatever is lost or fails on the way, one pair of tokens works.

#include "two_parties.hpp"

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::ocpi_client;

namespace {

expected<void> renew(two_parties& both) {
    return result_of<void>(both.net, [&](auto done) { both.msp->renew("cpo", done); });
}

using answer_instead = std::optional<expected<net::http_response>>;

bool is_put(const net::http_request& request) {
    return request.method == "PUT" && request.url.path() == "/ocpi/2.2.1/credentials";
}

// Restarts both sides from what they kept.
bool works_after_restart(const two_parties& both) {
    two_parties again;
    again.cpo->restore(both.cpo_saved.at("msp"));
    again.msp->restore(both.msp_saved.at("cpo"));
    return works(again);
}

} // namespace

TEST_CASE("renewing replaces both tokens, and the old ones hold until the new ones are used") {
    two_parties both;
    REQUIRE(both.connect());
    const std::string to_cpo = both.msp->find("cpo")->token_out, to_msp = both.cpo->find("msp")->token_out;
    REQUIRE(renew(both));
    const std::string new_to_cpo = both.msp->find("cpo")->token_out, new_to_msp = both.cpo->find("msp")->token_out;
    CHECK(new_to_cpo != to_cpo);
    CHECK(new_to_msp != to_msp);
    const auto takes = [](party& served, const std::string& url, const std::string& token) {
        return ask(served, make_request("GET", url, token)).status == 200;
    };
    const std::string cpo = "https://cpo.example/ocpi/versions", msp = "https://msp.example/ocpi/versions";
    CHECK(takes(*both.cpo, cpo, to_cpo));
    CHECK(takes(*both.msp, msp, to_msp));
    CHECK(works_after_restart(both));
    CHECK(takes(*both.cpo, cpo, new_to_cpo));
    CHECK(takes(*both.msp, msp, new_to_msp));
    CHECK_FALSE(takes(*both.cpo, cpo, to_cpo));
    CHECK_FALSE(takes(*both.msp, msp, to_msp));
    CHECK(works(both));
    CHECK(works_after_restart(both));
    CHECK(both.cpo_saved.at("msp").token_in == new_to_cpo);
    CHECK(both.cpo_saved.at("msp").token_in_next.empty());
}

TEST_CASE("renewing again and again works, used or not") {
    two_parties both;
    REQUIRE(both.connect());
    for (int i = 0; i < 5; ++i) {
        REQUIRE(renew(both));
        if (i % 2) CHECK(works(both));
    }
    REQUIRE(result_of<void>(both.net, [&](auto done) { both.cpo->renew("msp", done); })); // the other side may, too
    CHECK(works(both));
}

TEST_CASE("a renewal that fails leaves a connection that works, also after a restart of both sides") {
    two_parties both;
    REQUIRE(both.connect());
    const auto fail_with = [&](auto condition, expected<net::http_response> answer) {
        both.net.fault = [=](const net::http_request& request) -> answer_instead {
            if (condition(request)) return answer;
            return std::nullopt;
        };
    };
    const expected<net::http_response> lost = error{net::errc::timed_out, "", "lost"};
    const auto host_is = [](const char* host) {
        return [=](const auto& request) { return request.url.host() == host; };
    };
    SUBCASE("the CPO cannot be reached") {
        fail_with(host_is("cpo.example"), lost);
    }
    SUBCASE("the CPO cannot call back") {
        fail_with(host_is("msp.example"), lost);
    }
    SUBCASE("the PUT never arrives") {
        fail_with(is_put, lost);
    }
    SUBCASE("the PUT is refused by a machine in between") {
        fail_with(is_put, net::http_response{502, {}, "<html>"});
    }
    SUBCASE("the PUT is refused") {
        fail_with(is_put, net::http_response{200, {}, R"({"status_code":2001,"timestamp":"2026-01-01T00:00:00Z"})"});
    }
    SUBCASE("we cannot keep the new token before it goes out") {
        both.msp_saves_fail = 1;
    }
    SUBCASE("the CPO cannot keep what it accepted") {
        both.net.fault = [&](const net::http_request& request) -> answer_instead {
            if (is_put(request)) both.cpo_saves_fail = 1;
            return std::nullopt;
        };
    }
    SUBCASE("we cannot keep what the CPO answered") {
        both.net.fault = [&](const net::http_request& request) -> answer_instead {
            if (is_put(request)) both.msp_saves_fail = 1;
            return std::nullopt;
        };
    }
    CHECK_FALSE(renew(both));
    both.net.fault = nullptr;
    CHECK(works_after_restart(both));
    CHECK(works(both));
    REQUIRE(renew(both));
    CHECK(works(both));
    CHECK(works_after_restart(both));
}

TEST_CASE("when the answer to a renewal is lost or cannot be read, both pairs of tokens are taken") {
    for (const expected<net::http_response>& instead :
         {expected<net::http_response>(error{net::errc::timed_out, "", "lost"}),
          expected<net::http_response>(net::http_response{504, {}, ""}),
          expected<net::http_response>(net::http_response{200, {}, "cut of"}),
          expected<net::http_response>(
              net::http_response{200, {}, R"({"status_code":1000,"data":{"token":"a b"}})"})}) {
        two_parties both;
        REQUIRE(both.connect());
        // The CPO gets the PUT and answers; the EMSP does not get the answer.
        std::optional<net::http_response> real;
        bool inside = false;
        both.net.fault = [&](const net::http_request& request) -> answer_instead {
            if (!is_put(request) || inside) return std::nullopt;
            both.cpo->handle(request, [&](net::http_response response) { real = response; });
            inside = true;
            both.net.run(); // the CPO's calls back
            return instead;
        };
        CHECK_FALSE(renew(both));
        REQUIRE(real);
        CHECK(ocpi::decode_envelope(real->body)->status_code == 1000);
        both.net.fault = nullptr;
        CHECK(both.cpo->find("msp")->token_out == both.msp->find("cpo")->token_in_next);
        CHECK(works_after_restart(both));
        REQUIRE(renew(both)); // before the new token was used
        CHECK(works(both));
        REQUIRE(renew(both));
        CHECK(works(both));
        CHECK(works_after_restart(both));
    }
}

TEST_CASE("a token that cannot be settled in the store stays beside the old one") {
    two_parties both;
    REQUIRE(both.connect());
    REQUIRE(renew(both));
    both.cpo_saves_fail = both.msp_saves_fail = 1;
    CHECK(works(both));
    CHECK(works_after_restart(both));
    CHECK(works(both));
}

TEST_CASE("of two renewals at once at most one succeeds, and nothing is lost") {
    two_parties both;
    REQUIRE(both.connect());
    std::vector<bool> outcomes;
    const auto note = [&](expected<void> done) { outcomes.push_back(done.has_value()); };
    both.msp->renew("cpo", note);
    both.msp->renew("cpo", note);
    CHECK(outcomes == std::vector<bool>{false});
    both.cpo->renew("msp", note);
    both.net.run();
    CHECK(outcomes == std::vector<bool>{false, false, true});
    CHECK(works(both));
    CHECK(works_after_restart(both));
    REQUIRE(renew(both));
    CHECK(works(both));
}

TEST_CASE("renewing notices that the partner's endpoints changed") {
    two_parties both;
    REQUIRE(both.connect());
    both.net.fault = [&](const net::http_request& request) -> answer_instead {
        if (request.url.path() != "/ocpi/2.2.1" || request.url.host() != "cpo.example") return std::nullopt;
        return net::http_response{200, {}, R"({"status_code":1000,"data":{"version":"2.2.1","endpoints":[
            {"identifier":"credentials","role":"SENDER","url":"https://cpo.example/ocpi/2.2.1/credentials"},
            {"identifier":"tariffs","role":"SENDER","url":"https://cpo.example/ocpi/2.2.1/tariffs/sender"}]}})"};
    };
    REQUIRE(renew(both));
    CHECK_FALSE(find_endpoint(*both.msp->find("cpo"), "locations", v221::interface_role::sender));
    CHECK(find_endpoint(*both.msp->find("cpo"), "tariffs", v221::interface_role::sender));
}

TEST_CASE("what is not connected cannot be renewed") {
    two_parties both;
    CHECK(renew(both).error().code == errc::not_found);
    both.cpo->invite("msp").value();
    const auto outcome = result_of<void>(both.net, [&](auto done) { both.cpo->renew("msp", done); });
    CHECK(outcome.error().code == errc::not_found);
}
