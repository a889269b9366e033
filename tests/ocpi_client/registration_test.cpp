// Credentials (OCPI 2.2.1 section 7): registering, with every step failing, and what partners see of it.

#include "two_parties.hpp"

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::ocpi_client;
using ocpi::status_code;

namespace {

const std::string cpo_url = "https://cpo.example/ocpi/2.2.1/";

std::string credentials_of(const std::string& token, const std::string& url = "https://msp.example/ocpi/versions") {
    return R"({"token":")" + token + R"(","url":")" + url +
           R"(","roles":[{"role":"EMSP","party_id":"MSP","country_code":"DE","business_details":{"name":"x"}}]})";
}

net::http_response json_answer(const std::string& data) {
    return {200, {}, R"({"status_code":1000,"timestamp":"2026-01-01T00:00:00Z","data":)" + data + "}"};
}

// Answers instead of the host, for requests whose path ends so.
auto instead(const std::string& host, const std::string& path_end, expected<net::http_response> answer) {
    return [=](const net::http_request& request) -> std::optional<expected<net::http_response>> {
        const std::string path(request.url.path());
        const bool fits = request.url.host() == host && path.size() >= path_end.size() &&
                          path.compare(path.size() - path_end.size(), std::string::npos, path_end) == 0;
        if (!fits) return std::nullopt;
        return answer;
    };
}

std::error_code code_of(const expected<void>& outcome) {
    return outcome ? std::error_code() : outcome.error().code;
}

} // namespace

TEST_CASE("a registration exchanges tokens, endpoints and roles") {
    two_parties both;
    const auto connected = both.connect();
    REQUIRE_MESSAGE(connected.has_value(), (connected ? "" : format(connected.error())));
    const partner* at_cpo = both.cpo->find("msp");
    const partner* at_msp = both.msp->find("cpo");
    REQUIRE(at_cpo);
    REQUIRE(at_msp);
    CHECK(at_cpo->state == partner_state::registered);
    CHECK(at_msp->state == partner_state::registered);
    CHECK(at_cpo->token_in == at_msp->token_out);
    CHECK(at_cpo->token_out == at_msp->token_in);
    CHECK(at_cpo->token_in != at_cpo->token_out);
    CHECK(at_cpo->roles.front().party_id == ci_string<3>("MSP"));
    CHECK(at_msp->roles.front().role == v221::role::cpo);
    CHECK(find_endpoint(*at_msp, "locations", v221::interface_role::sender));
    CHECK_FALSE(find_endpoint(*at_msp, "locations", v221::interface_role::receiver));
    CHECK(both.cpo_saved.at("msp").token_in == at_cpo->token_in);
    CHECK(both.msp_saved.at("cpo").token_in == at_msp->token_in);

    // GET versions, GET details, POST; and within the POST the CPO's GET versions and GET details
    std::vector<std::string> seen;
    for (const recorded& each : both.net.log)
        seen.push_back(each.request.method + " " + std::string(each.request.url.host()) +
                       std::string(each.request.url.path()));
    CHECK(seen == std::vector<std::string>{"GET cpo.example/ocpi/versions", "GET cpo.example/ocpi/2.2.1",
                                           "POST cpo.example/ocpi/2.2.1/credentials", "GET msp.example/ocpi/versions",
                                           "GET msp.example/ocpi/2.2.1"});
    CHECK(works(both));
}

TEST_CASE("a party that is restarted goes on with the connections that were kept") {
    two_parties both;
    REQUIRE(both.connect());
    two_parties again;
    again.cpo->restore(both.cpo_saved.at("msp"));
    again.msp->restore(both.msp_saved.at("cpo"));
    CHECK(works(again));
}

TEST_CASE("when a step of registering fails there is no connection, and the invitation still holds") {
    two_parties both;
    std::error_code because;
    const auto net = [](net::errc code) { return expected<net::http_response>(error{code, "", "as the test wants"}); };
    SUBCASE("the versions cannot be reached") {
        both.net.fault = instead("cpo.example", "/versions", net(net::errc::not_connected));
        because = net::errc::not_connected;
    }
    SUBCASE("the versions answer is not OCPI") {
        both.net.fault = instead("cpo.example", "/versions", net::http_response{200, {}, "<html>"});
        because = errc::malformed;
    }
    SUBCASE("the versions answer is a failure of HTTP") {
        both.net.fault = instead("cpo.example", "/versions", net::http_response{503, {}, ""});
        because = errc::unavailable;
    }
    SUBCASE("no version in common") {
        both.net.fault =
            instead("cpo.example", "/versions", json_answer(R"([{"version":"2.1.1","url":"https://cpo.example/a"},
                                                 {"version":"3.0","url":"https://cpo.example/b"}])"));
        because = status_code::unsupported_version;
    }
    SUBCASE("the details cannot be read") {
        both.net.fault = instead("cpo.example", "/2.2.1", json_answer(R"({"version":"2.2.1"})"));
        because = errc::missing;
    }
    SUBCASE("there are no credentials among the endpoints") {
        both.net.fault = instead("cpo.example", "/2.2.1", json_answer(R"({"version":"2.2.1","endpoints":[]})"));
        because = status_code::no_matching_endpoints;
    }
    SUBCASE("the endpoint of credentials is no URL") {
        both.net.fault =
            instead("cpo.example", "/2.2.1", json_answer(R"({"version":"2.2.1","endpoints":[{"identifier":"credentials",
                                                 "role":"RECEIVER","url":"/credentials"}]})"));
        because = errc::malformed;
    }
    SUBCASE("the POST is lost") {
        both.net.fault = instead("cpo.example", "/credentials", net(net::errc::timed_out));
        because = net::errc::timed_out;
    }
    SUBCASE("the answer holds a token that nobody can send") {
        both.net.fault = instead("cpo.example", "/credentials", json_answer(credentials_of("two words")));
        because = errc::malformed;
    }
    SUBCASE("the answer holds no role") {
        both.net.fault = instead("cpo.example", "/credentials",
                                 json_answer(R"({"token":"abc","url":"https://cpo.example/ocpi","roles":[]})"));
        because = errc::missing;
    }
    SUBCASE("the CPO cannot reach our versions") {
        both.net.fault = instead("msp.example", "/versions", net(net::errc::not_connected));
        because = status_code::unusable_client_api;
    }
    SUBCASE("the CPO gets rubbish for our details") {
        both.net.fault = instead("msp.example", "/2.2.1", net::http_response{200, {}, "[]"});
        because = status_code::unusable_client_api;
    }
    SUBCASE("the CPO does not speak our version") {
        both.net.fault = instead("msp.example", "/versions", json_answer("[]"));
        because = status_code::unsupported_version;
    }
    SUBCASE("the CPO cannot keep the connection") {
        both.cpo_saves_fail = 0;
        both.net.fault = [&](const net::http_request& request) -> std::optional<expected<net::http_response>> {
            if (request.method == "POST") both.cpo_saves_fail = 1;
            return std::nullopt;
        };
        because = status_code::server_error;
    }
    const auto token = both.cpo->invite("msp").value();
    const auto go = [&] {
        return result_of<void>(both.net, [&](auto done) {
            both.msp->register_with("cpo", "https://cpo.example/ocpi/versions", token, done);
        });
    };
    const auto outcome = go();
    REQUIRE_FALSE(outcome);
    INFO(format(outcome.error()));
    CHECK(outcome.error().code == because);
    CHECK_FALSE(both.msp->find("cpo"));
    CHECK(both.msp_saved.empty());
    CHECK(both.cpo->find("msp")->state == partner_state::invited);
    CHECK(both.cpo_saved.at("msp").token_out.empty());
    for (const recorded& each : both.net.log)
        if (each.request.method == "POST" && each.response) CHECK(each.response->status == 200); // the layers are apart

    both.net.fault = nullptr;
    CHECK(go());
    CHECK(works(both));
}

TEST_CASE("a connection that we cannot keep is none, and the partner's token for us is not the invitation any more") {
    two_parties both;
    const auto token = both.cpo->invite("msp").value();
    both.msp_saves_fail = 1;
    const auto outcome = result_of<void>(
        both.net, [&](auto done) { both.msp->register_with("cpo", "https://cpo.example/ocpi/versions", token, done); });
    CHECK(code_of(outcome) == errc::unavailable);
    CHECK_FALSE(both.msp->find("cpo"));
    CHECK(both.cpo->find("msp")->state == partner_state::registered);
    CHECK(status_of(*both.cpo, make_request("GET", "https://cpo.example/ocpi/versions", token)) == "401 2000");
    // The way out is on the CPO's side: forget, and invite again.
    REQUIRE(both.cpo->forget("msp"));
    CHECK(both.connect());
    CHECK(works(both));
}

TEST_CASE("an unknown token is answered 401, and registering with it fails") {
    two_parties both;
    both.cpo->invite("msp").value();
    const auto outcome = result_of<void>(both.net, [&](auto done) {
        both.msp->register_with("cpo", "https://cpo.example/ocpi/versions", "wrong", done);
    });
    CHECK(code_of(outcome) == std::errc::permission_denied);
    const std::string versions = "https://cpo.example/ocpi/versions";
    CHECK(status_of(*both.cpo, make_request("GET", versions, "wrong")) == "401 2000");
    CHECK(status_of(*both.cpo, make_request("GET", versions, "")) == "401 2000");
    auto other_scheme = make_request("GET", versions, "");
    other_scheme.headers.set("Authorization", "Bearer " + both.cpo->find("msp")->token_in).value();
    CHECK(status_of(*both.cpo, other_scheme) == "401 2000");
}

TEST_CASE("endpoints that are required and missing are 3003, in both directions") {
    for (const bool cpo_requires : {true, false}) {
        two_parties both({}, {}, [&](party_options& cpo, party_options& msp) {
            (cpo_requires ? cpo : msp).required = {{"hubclientinfo", v221::interface_role::sender}};
        });
        CHECK(code_of(both.connect()) == status_code::no_matching_endpoints);
        CHECK(both.cpo->find("msp")->state == partner_state::invited);
    }
}

TEST_CASE("registering twice, and renewing or ending what is not registered, is 405") {
    two_parties both;
    const auto token = both.cpo->invite("msp").value();
    const std::string credentials = cpo_url + "credentials";
    CHECK(status_of(*both.cpo, make_request("PUT", credentials, token, credentials_of("abc"))) == "405 2000");
    CHECK(status_of(*both.cpo, make_request("DELETE", credentials, token)) == "405 2000");
    CHECK(status_of(*both.cpo, make_request("PATCH", credentials, token, "{}")) == "405 2000");
    REQUIRE(result_of<void>(both.net, [&](auto done) {
        both.msp->register_with("cpo", "https://cpo.example/ocpi/versions", token, done);
    }));
    const std::string held = both.msp->find("cpo")->token_out;
    CHECK(status_of(*both.cpo, make_request("POST", credentials, held, credentials_of("abc"))) == "405 2000");
    CHECK(both.msp->find("cpo")->token_in == both.cpo->find("msp")->token_out);
    CHECK(works(both));

    const auto ours = ask(*both.cpo, make_request("GET", credentials, held));
    const auto shown = ocpi::decode<v221::credentials>(*ocpi::decode_envelope(ours.body)->data);
    REQUIRE(shown);
    CHECK(shown->token == held);
    CHECK(shown->url == "https://cpo.example/ocpi/versions");
}

TEST_CASE("the one-time token opens versions and credentials alone, and nothing after it was used") {
    two_parties both;
    const auto token = both.cpo->invite("msp").value();
    CHECK(status_of(*both.cpo, make_request("GET", "https://cpo.example/ocpi/versions", token)) == "200 1000");
    CHECK(status_of(*both.cpo, make_request("GET", "https://cpo.example/ocpi/2.2.1", token)) == "200 1000");
    for (const char* path : {"locations/sender", "sessions/sender", "tokens/receiver/DE/MSP/1", "commands/receiver/X"})
        CHECK(status_of(*both.cpo, make_request("GET", cpo_url + path, token)) == "401 2000");
    REQUIRE(result_of<void>(both.net, [&](auto done) {
        both.msp->register_with("cpo", "https://cpo.example/ocpi/versions", token, done);
    }));
    for (const char* path : {"versions", "2.2.1", "2.2.1/credentials"})
        CHECK(status_of(*both.cpo, make_request("GET", std::string("https://cpo.example/ocpi/") + path, token)) ==
              "401 2000");
}

TEST_CASE("credentials that are wrong are refused before anybody is called back") {
    two_parties both;
    const auto token = both.cpo->invite("msp").value();
    const auto answer = [&](const std::string& body) {
        return status_of(*both.cpo, make_request("POST", cpo_url + "credentials", token, body));
    };
    CHECK(answer("{") == "400 2001");
    CHECK(answer("") == "400 2001");
    CHECK(answer("[]") == "200 2001");
    CHECK(answer(R"({"token":"abc"})") == "200 2001");
    CHECK(answer(credentials_of("")) == "200 2001");
    CHECK(answer(credentials_of("a b")) == "200 2001");
    CHECK(answer(credentials_of(std::string(65, 'x'))) == "200 2001");
    CHECK(answer(R"({"token":"abc","url":"https://msp.example/","roles":[]})") == "200 2001");
    std::string split = credentials_of("abc");
    split.replace(split.find("\"MSP\""), 5, "\"M\\n\"");
    CHECK(answer(split) == "200 2001");
    CHECK(both.net.log.empty());
    both.net.run();
    CHECK(both.net.log.empty());
    CHECK(both.cpo->find("msp")->state == partner_state::invited);
}

TEST_CASE("names of connections are unique while these live") {
    two_parties both;
    REQUIRE(both.cpo->invite("msp"));
    CHECK(both.cpo->invite("msp").error().code == errc::duplicate);
    const auto outcome = result_of<void>(
        both.net, [&](auto done) { both.cpo->register_with("msp", "https://msp.example/ocpi/versions", "x", done); });
    CHECK(code_of(outcome) == errc::duplicate);
    CHECK(both.net.log.empty());
    REQUIRE(both.cpo->forget("msp"));
    CHECK(both.cpo->invite("msp"));
    CHECK(both.cpo->forget("nobody").error().code == errc::not_found);
}

TEST_CASE("registering in both directions at the same moment makes two connections that do not disturb each other") {
    two_parties both;
    const auto for_msp = both.cpo->invite("msp in").value();
    const auto for_cpo = both.msp->invite("cpo in").value();
    std::vector<bool> outcomes;
    both.msp->register_with("cpo out", "https://cpo.example/ocpi/versions", for_msp,
                            [&](expected<void> done) { outcomes.push_back(done.has_value()); });
    both.cpo->register_with("msp out", "https://msp.example/ocpi/versions", for_cpo,
                            [&](expected<void> done) { outcomes.push_back(done.has_value()); });
    both.net.run();
    CHECK(outcomes == std::vector<bool>{true, true});
    for (const char* name : {"msp in", "msp out"})
        CHECK(result_of<pull_summary>(both.net, [&](auto done) {
            both.cpo->pull<v221::token>(
                name, {}, [](v221::token) {}, done);
        }));
    for (const char* name : {"cpo in", "cpo out"})
        CHECK(result_of<pull_summary>(both.net, [&](auto done) {
            both.msp->pull<v221::location>(
                name, {}, [](v221::location) {}, done);
        }));
}

TEST_CASE("a connection that is ended is ended on both sides, and can be made again") {
    two_parties both;
    REQUIRE(both.connect());
    const std::string held = both.msp->find("cpo")->token_out;
    REQUIRE(result_of<void>(both.net, [&](auto done) { both.msp->unregister("cpo", done); }));
    CHECK(both.msp->find("cpo")->state == partner_state::unregistered);
    CHECK(both.cpo->find("msp")->state == partner_state::unregistered);
    CHECK(both.cpo_saved.at("msp").token_in.empty());
    CHECK(both.msp_saved.at("cpo").token_out.empty());
    CHECK(status_of(*both.cpo, make_request("GET", "https://cpo.example/ocpi/versions", held)) == "401 2000");
    CHECK_FALSE(works(both));
    CHECK(code_of(result_of<void>(both.net, [&](auto done) { both.msp->unregister("cpo", done); })) == errc::not_found);
    REQUIRE(both.connect());
    CHECK(works(both));
}

TEST_CASE("a connection that the partner cannot be told to end stays; forgetting it ends our side") {
    two_parties both;
    REQUIRE(both.connect());
    both.net.detach("cpo.example");
    CHECK(code_of(result_of<void>(both.net, [&](auto done) { both.msp->unregister("cpo", done); })) ==
          net::errc::not_resolved);
    CHECK(both.msp->find("cpo")->state == partner_state::registered);
    REQUIRE(both.msp->forget("cpo"));
    CHECK(both.msp->find("cpo")->state == partner_state::unregistered);
}

TEST_CASE("a registration that fails leaves the ended connection of that name as it was") {
    two_parties both;
    REQUIRE(both.connect());
    REQUIRE(result_of<void>(both.net, [&](auto done) { both.msp->unregister("cpo", done); }));
    CHECK_FALSE(result_of<void>(both.net, [&](auto done) {
        both.msp->register_with("cpo", "https://cpo.example/ocpi/versions", "wrong", done);
    }));
    REQUIRE(both.msp->find("cpo"));
    CHECK(both.msp->find("cpo")->state == partner_state::unregistered);
}

TEST_CASE("what happens to a connection while it is being made wins") {
    two_parties both;
    const auto token = both.cpo->invite("msp").value();
    expected<void> outcome = error{errc::unavailable, "", ""};
    both.msp->register_with("cpo", "https://cpo.example/ocpi/versions", token,
                            [&](expected<void> done) { outcome = done; });
    SUBCASE("the inviting side forgets") {
        both.net.run(3); // up to the POST, which is waiting for its callbacks
        REQUIRE(both.cpo->forget("msp"));
        both.net.run();
        CHECK(code_of(outcome) == status_code::server_error);
        CHECK(both.cpo->find("msp")->state == partner_state::unregistered);
        CHECK_FALSE(both.msp->find("cpo"));
    }
    SUBCASE("the registering side forgets") {
        both.net.run(2);
        REQUIRE(both.msp->forget("cpo"));
        both.net.run();
        CHECK(code_of(outcome) == status_code::unusable_client_api); // the token we gave is unknown again
        CHECK(both.msp->find("cpo")->state == partner_state::unregistered);
    }
    CHECK(both.cpo->forget("msp"));
    CHECK(both.connect());
    CHECK(works(both));
}
