// Tokens in headers, the habits of partners about them, and that nobody else gets to see one.

#include "two_parties.hpp"

#include <incar/net/http.hpp>

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::ocpi_client;

namespace {

net::http_request with_header(const std::string& header) {
    auto request = make_request("GET", "https://cpo.example/ocpi/versions", "");
    request.headers.set("Authorization", header).value();
    return request;
}

// A net in which a host takes and sends tokens plainly alone: a foreign implementation with that habit.
void make_plain(two_parties& both, const std::string& host) {
    both.net.fault = [&both, host](const net::http_request& request) -> std::optional<expected<net::http_response>> {
        if (request.url.host() != host) return std::nullopt;
        const std::string given = *request.headers.find("Authorization");
        for (const partner& each : host == "cpo.example" ? both.cpo->partners() : both.msp->partners())
            for (const std::string& token : {each.token_in, each.token_in_next})
                if (!token.empty() && given == "Token " + token) return std::nullopt;
        return net::http_response{401, {}, ""};
    };
}

partner_habits sending_plain_tokens() {
    partner_habits habits;
    habits.sends_plain_tokens = true;
    return habits;
}

} // namespace

TEST_CASE("a token stands in Base64, as RFC 4648 writes it") {
    CHECK(format_authorization("example-token") == "Token ZXhhbXBsZS10b2tlbg==");
    CHECK(format_authorization("example-token", true) == "Token example-token");
    CHECK(format_authorization("f") == "Token Zg==");
    CHECK(format_authorization("fo") == "Token Zm8=");
    CHECK(format_authorization("foobar") == "Token Zm9vYmFy");
}

TEST_CASE("a header is read with and without padding, with a line feed inside, and literally") {
    using words = std::vector<std::string>;
    CHECK(tokens_in_authorization("Token ZXhhbXBsZS10b2tlbg==") == words{"example-token", "ZXhhbXBsZS10b2tlbg=="});
    CHECK(tokens_in_authorization("token  ZXhhbXBsZS10b2tlbg").front() == "example-token");
    CHECK(tokens_in_authorization("Token ZXhhbXBsZS10b2tlbgo=").front() == "example-token"); // the printed example
    CHECK(tokens_in_authorization("Token no/base+64-at-all") == words{"no/base+64-at-all"});
    CHECK(tokens_in_authorization("Token ////") == words{"////"}); // bytes that no token has
    for (const char* other : {"", "Token", "Token ", "Basic abc", "Tokenabc", "Bearer abc"})
        CHECK(tokens_in_authorization(other).empty());
}

TEST_CASE("secrets are compared whole") {
    CHECK(equal_secrets("abc", "abc"));
    CHECK_FALSE(equal_secrets("abc", "abd"));
    CHECK_FALSE(equal_secrets("abc", "ab"));
    CHECK_FALSE(equal_secrets("", "a"));
}

TEST_CASE("a party takes Base64 and the form with a line feed; plain tokens from partners with that habit alone") {
    for (const bool is_plain : {false, true}) {
        two_parties both;
        partner_habits habits;
        habits.sends_plain_tokens = is_plain;
        partner known;
        known.name = "msp";
        known.token_in = "example-token";
        known.habits = habits;
        both.cpo->restore(known);
        CHECK(status_of(*both.cpo, with_header("Token ZXhhbXBsZS10b2tlbg==")) == "200 1000");
        CHECK(status_of(*both.cpo, with_header("Token ZXhhbXBsZS10b2tlbgo=")) == "200 1000");
        CHECK(status_of(*both.cpo, with_header("Token example-token")) == (is_plain ? "200 1000" : "401 2000"));
        CHECK(status_of(*both.cpo, with_header("Token Example-token")) == "401 2000");
    }
}

TEST_CASE("an empty token opens nothing") {
    two_parties both;
    partner known;
    known.name = "msp";
    known.habits.sends_plain_tokens = true;
    both.cpo->restore(known);
    for (const char* header : {"Token ", "Token =", "Token Cg==", "Token"})
        CHECK(status_of(*both.cpo, with_header(header)) == "401 2000");
}

TEST_CASE("a partner that answers 401 to Base64 is tried with the plain token, once, and that is remembered") {
    two_parties both;
    make_plain(both, "cpo.example");
    const auto token = both.cpo->invite("msp", sending_plain_tokens()).value();
    REQUIRE(result_of<void>(both.net, [&](auto done) {
        both.msp->register_with("cpo", "https://cpo.example/ocpi/versions", token, done);
    }));
    CHECK(both.msp->find("cpo")->habits.expects_plain_tokens);
    CHECK(both.msp->find("cpo")->habits.sends_plain_tokens);
    CHECK(both.msp_saved.at("cpo").habits.expects_plain_tokens);
    int tries = 0;
    for (const recorded& each : both.net.log) tries += each.request.url.text() == "https://cpo.example/ocpi/versions";
    CHECK(tries == 2);
    both.net.log.clear();
    CHECK(works(both));
    CHECK(both.net.log.size() == 2);
}

TEST_CASE("the same when the partner registers with us") {
    two_parties both;
    make_plain(both, "msp.example");
    const auto token = both.cpo->invite("msp").value();
    both.msp->register_with(
        "cpo", "https://cpo.example/ocpi/versions", token, [](expected<void>) {}, sending_plain_tokens());
    both.net.run();
    REQUIRE(both.cpo->find("msp")->state == partner_state::registered);
    CHECK(both.cpo->find("msp")->habits.expects_plain_tokens);
    CHECK(works(both));
}

TEST_CASE("a token that is wrong in both forms is tried twice and no more") {
    two_parties both;
    const auto outcome = result_of<void>(both.net, [&](auto done) {
        both.msp->register_with("cpo", "https://cpo.example/ocpi/versions", "wrong", done);
    });
    CHECK(outcome.error().code == std::errc::permission_denied);
    CHECK(both.net.log.size() == 2);
}

TEST_CASE("no log line, error or answer shows a token, also when a partner repeats it") {
    two_parties both;
    std::vector<std::string> said;
    const auto hear = [&](const expected<void>& outcome) {
        if (!outcome) said.push_back(format(outcome.error()));
    };
    // Each host repeats in its words whatever it was sent.
    std::string faulty;
    both.net.fault = [&](const net::http_request& request) -> std::optional<expected<net::http_response>> {
        if (std::string(request.url.host()) + std::string(request.url.path()) != faulty) return std::nullopt;
        const json::value words(*request.headers.find("Authorization") + " " + request.body + " " +
                                tokens_in_authorization(*request.headers.find("Authorization")).front());
        return net::http_response{200, {}, R"({"status_code":2000,"status_message":)" + json::format(words) + "}"};
    };
    const auto token = both.cpo->invite("msp").value();
    const auto attempt = [&](const std::string& where) {
        faulty = where;
        hear(result_of<void>(both.net, [&](auto done) {
            both.msp->register_with("cpo", "https://cpo.example/ocpi/versions", token, done);
        }));
    };
    for (const char* where :
         {"cpo.example/ocpi/versions", "cpo.example/ocpi/2.2.1", "cpo.example/ocpi/2.2.1/credentials",
          "msp.example/ocpi/versions", "msp.example/ocpi/2.2.1"})
        attempt(where);
    CHECK(said.size() == 5);
    attempt("");
    REQUIRE(both.msp->find("cpo"));
    faulty = "cpo.example/ocpi/2.2.1/credentials";
    hear(result_of<void>(both.net, [&](auto done) { both.msp->renew("cpo", done); }));
    hear(result_of<void>(both.net, [&](auto done) { both.msp->unregister("cpo", done); }));
    CHECK(said.size() == 7);
    CHECK(both.logged.size() >= 2);

    std::vector<std::string> secrets = {token};
    for (const recorded& each : both.net.log) // every token that was ever sent
        for (const std::string& form : tokens_in_authorization(*each.request.headers.find("Authorization")))
            secrets.push_back(form);
    said.insert(said.end(), both.logged.begin(), both.logged.end());
    for (const recorded& each : both.net.log) {
        said.push_back(net::format(each.request));
        if (each.response && each.response->body.find("\"token\"") == std::string::npos)
            said.push_back(each.response->body);
    }
    for (const std::string& line : said)
        for (const std::string& secret : secrets) CHECK_MESSAGE(line.find(secret) == std::string::npos, line);
}
