// Parts of objects that change: EVSEs and connectors, and PATCH.

#include "connected.hpp"

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::ocpi_client;

TEST_CASE("EVSEs and connectors are changed inside their location, and raise its time") {
    connected both;
    REQUIRE(both.push(location_of("L1")));
    const auto stored = [&] {
        return ocpi::decode<v221::location>(both.data_at_msp("locations/receiver/NL/CPO/L1")).value();
    };
    const auto go = [&](auto start) { return result_of<void>(both.net, start); };

    REQUIRE(go([&](auto done) { both.cpo->push("msp", first_location, evse_of("e2", "2026-01-02T00:00:00Z"), done); }));
    CHECK(stored().evses.size() == 2);
    CHECK(stored().last_updated == at("2026-01-02T00:00:00Z"));
    object_path evse = first_location;
    evse.evse_uid = "e1";
    REQUIRE(go([&](auto done) { both.cpo->push("msp", evse, connector_of("2", "2026-01-03T00:00:00Z"), done); }));
    CHECK(stored().evses[0].connectors.size() == 2);
    CHECK(stored().evses[0].last_updated == at("2026-01-03T00:00:00Z"));
    CHECK(stored().last_updated == at("2026-01-03T00:00:00Z"));
    REQUIRE(go([&](auto done) {
        both.cpo->patch("msp", evse, R"({"status":"REMOVED","last_updated":"2026-01-04T00:00:00Z"})", done);
    }));
    CHECK(stored().evses[0].status == v221::status::removed);
    CHECK(stored().evses[0].connectors.size() == 2);
    CHECK(stored().last_updated == at("2026-01-04T00:00:00Z"));

    CHECK(both.at_msp("GET", "locations/receiver/NL/CPO/L1/e1") == "200 1000"); // removed, and still there
    CHECK(both.at_msp("GET", "locations/receiver/NL/CPO/L1/e1/2") == "200 1000");
    CHECK(both.at_msp("GET", "locations/receiver/NL/CPO/L1/e9") == "404 2000");
    CHECK(both.at_msp("GET", "locations/receiver/NL/CPO/L1/e1/9") == "404 2000");
    CHECK(both.at_msp("PUT", "locations/receiver/NL/CPO/L9/e1", ocpi::encode(evse_of("e1"))) == "404 2000");
    CHECK(both.at_msp("PUT", "locations/receiver/NL/CPO/L1/e9/1", ocpi::encode(connector_of("1"))) == "404 2000");
    CHECK(both.at_msp("PUT", "locations/receiver/NL/CPO/L1/e3", ocpi::encode(evse_of("e3", "2026-01-05T00:00:00Z"))) ==
          "201 1000");
    CHECK(stored().evses.size() == 3);
}

TEST_CASE("a session's periods are added by PATCH and cleared by a PUT without them") {
    connected both;
    REQUIRE(both.push(session_of("S1")));
    const auto stored = [&] {
        return ocpi::decode<v221::session>(both.data_at_msp("sessions/receiver/NL/CPO/S1")).value();
    };
    const object_path path{"sessions", first_location.owner, "S1", "", "", ""};
    REQUIRE(result_of<void>(both.net, [&](auto done) {
        both.cpo->patch("msp", path, R"({"kwh":2.10,"charging_periods":[{"start_date_time":"2026-01-01T00:30:00Z",
            "dimensions":[{"type":"ENERGY","volume":0.60}]}],"last_updated":"2026-01-01T00:45:00Z"})",
                        done);
    }));
    CHECK(stored().charging_periods.size() == 3);
    CHECK(stored().kwh == decimal::parse("2.10").value());
    auto without = session_of("S1", "2026-01-01T01:00:00Z");
    without.charging_periods.clear();
    REQUIRE(both.push(without));
    CHECK(stored().charging_periods.empty());
    CHECK(stored().evse_uid.text() == "#NA");
}

TEST_CASE("a PATCH of what the receiver does not have becomes a PUT of the whole") {
    connected both;
    REQUIRE(both.cpo->own(location_of("L1", "2026-01-05T00:00:00Z")));
    object_path evse = first_location;
    evse.evse_uid = "e1";
    REQUIRE(result_of<void>(both.net, [&](auto done) {
        both.cpo->patch("msp", evse, R"({"status":"CHARGING","last_updated":"2026-01-05T00:00:00Z"})", done);
    }));
    CHECK(both.at_msp("GET", "locations/receiver/NL/CPO/L1/e1/1") == "200 1000");
    object_path unknown = first_location;
    unknown.id = "nowhere";
    const auto outcome = result_of<void>(both.net, [&](auto done) {
        both.cpo->patch("msp", unknown, R"({"last_updated":"2026-01-05T00:00:00Z"})", done);
    });
    CHECK(outcome.error().code == errc::not_found);
}
