// Requests that are refused: wrong URLs, methods and bodies, and what strictness makes of these.

#include "connected.hpp"

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::ocpi_client;

TEST_CASE("URLs that nothing is under are 404, and methods that nothing takes are 405") {
    connected both;
    for (const char* path : {"nothing/sender", "locations", "locations/middle", "locations/receiver/NL/CPO/L1",
                             "chargingprofiles/sender/1", "sessions/sender/1", "tariffs/sender/1", "cdrs/sender/1",
                             "locations/sender/L1/e1/1/more", "locations/sender//e1", "tokens/receiver/DE/MSP"})
        CHECK_MESSAGE(both.at_cpo("GET", path) == "404 2000", path);
    for (const char* path : {"commands/receiver/DANCE", "commands/receiver", "commands/receiver/START_SESSION/1"})
        CHECK_MESSAGE(both.at_cpo("POST", path, "{}") == "404 2000", path);
    CHECK(status_of(*both.cpo, make_request("GET", "https://cpo.example/elsewhere", both.to_cpo)) == "404 2000");
    CHECK(status_of(*both.cpo, make_request("GET", "https://cpo.example/ocpi", both.to_cpo)) == "404 2000");
    CHECK(status_of(*both.cpo, make_request("GET", "https://cpo.example/ocpi/2.1.1", both.to_cpo)) == "404 2000");
    CHECK(status_of(*both.cpo, make_request("POST", "https://cpo.example/ocpi/versions", both.to_cpo, "{}")) ==
          "405 2000");
    CHECK(status_of(*both.cpo, make_request("DELETE", "https://cpo.example/ocpi/2.2.1", both.to_cpo)) == "405 2000");
    const std::string method_and_path[][2] = {{"POST", "locations/sender"},
                                              {"PUT", "locations/sender/L1"},
                                              {"PATCH", "tariffs/sender"},
                                              {"DELETE", "sessions/sender"},
                                              {"GET", "commands/receiver/START_SESSION"},
                                              {"DELETE", "tokens/receiver/DE/MSP/A"},
                                              {"POST", "tokens/receiver"},
                                              {"GET", "tokens/receiver"},
                                              {"POST", "chargingprofiles/receiver/1"},
                                              {"GET", "sessions/sender/1/charging_preferences"}};
    for (const auto& each : method_and_path) CHECK_MESSAGE(both.at_cpo(each[0], each[1], "{}") == "405 2000", each[1]);
    const std::string at_msp[][2] = {
        {"DELETE", "locations/receiver/NL/CPO/L1"}, {"DELETE", "sessions/receiver/NL/CPO/1"},
        {"PATCH", "tariffs/receiver/NL/CPO/1"},     {"PUT", "cdrs/receiver/NL/CPO/1"},
        {"DELETE", "cdrs/receiver/NL/CPO/1"},       {"POST", "tariffs/receiver"},
        {"GET", "tokens/sender/A/authorize"}};
    for (const auto& each : at_msp) CHECK_MESSAGE(both.at_msp(each[0], each[1], "{}") == "405 2000", each[1]);
}

TEST_CASE("what is no JSON is HTTP 400, and JSON that is no such object is 2001") {
    connected both;
    const std::pair<const char*, const char*> takers[] = {{"PUT", "locations/receiver/NL/CPO/L1"},
                                                          {"PUT", "locations/receiver/NL/CPO/L1/e1"},
                                                          {"PUT", "sessions/receiver/NL/CPO/1"},
                                                          {"PUT", "tariffs/receiver/NL/CPO/1"},
                                                          {"POST", "cdrs/receiver"}};
    REQUIRE(both.push(location_of("L1")));
    for (const auto& [method, path] : takers) {
        INFO(path);
        for (const char* text : {"{", "", "nonsense", "{\"id\":}", "\xff", "{} {}"})
            CHECK(both.at_msp(method, path, text) == "400 2001");
        for (const char* text : {"{}", "[]", "17", "null", R"({"id":1,"id":2})"})
            CHECK(both.at_msp(method, path, text) == "200 2001");
    }
    CHECK(both.at_msp("PATCH", "locations/receiver/NL/CPO/L1", "{") == "400 2001");
    CHECK(both.at_msp("PATCH", "locations/receiver/NL/CPO/L1", "{}") == "200 2001"); // without last_updated
    CHECK(both.at_cpo("POST", "commands/receiver/START_SESSION", "{") == "400 2001");
    CHECK(both.at_cpo("POST", "commands/receiver/START_SESSION", "{}") == "200 2001");
    CHECK(both.at_cpo("PUT", "chargingprofiles/receiver/1", "{") == "400 2001");
    CHECK(both.at_cpo("PUT", "sessions/sender/1/charging_preferences", "{") == "400 2001");
    REQUIRE(both.changes.size() == 1);
}

TEST_CASE("a strict party refuses what a usual one takes") {
    for (const bool is_strict : {false, true}) {
        connected both({}, {}, [&](party_options& cpo, party_options& msp) {
            if (is_strict) cpo.strictness = msp.strictness = ocpi::strictness::specified;
        });
        auto location = location_of("L1");
        location.country = "Holland";
        CHECK(both.push(location).has_value() == !is_strict);
        CHECK(both.at_cpo("GET", "sessions/sender") == (is_strict ? "200 2001" : "200 1000"));
        CHECK(both.at_cpo("GET", "sessions/sender?date_from=2026-01-01T00:00:00Z") == "200 1000");
    }
}
