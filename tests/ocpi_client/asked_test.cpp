// What partners ask of us and we of them: lists, single objects, authorisations, preferences.

#include "connected.hpp"

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::ocpi_client;

TEST_CASE("a token is authorised from the store, or by whom we ask") {
    handlers of_msp;
    std::optional<v221::location_references> asked;
    bool has_handler = false;
    SUBCASE("from the store") {}
    SUBCASE("by the handler") {
        has_handler = true;
        of_msp.authorize =
            [&](const caller& who, const v221::token& token,
                const std::optional<v221::location_references>& where) -> expected<v221::authorization_info> {
            CHECK(who.partner == "cpo");
            asked = where;
            if (!where) return error{ocpi::status_code::not_enough_information, "", "where?"};
            v221::authorization_info info;
            info.allowed = v221::allowed_type::no_credit;
            info.token = token;
            return info;
        };
    }
    connected both({}, of_msp);
    auto blocked = token_of("B");
    blocked.valid = false;
    for (const auto& each : {token_of("A"), token_of("A", "APP_USER"), blocked}) REQUIRE(both.msp->own(each));
    const auto authorize = [&](const std::string& uid, v221::token_type type, bool with_place = true) {
        std::optional<v221::location_references> where;
        if (with_place) where = v221::location_references{id<v221::location>("L1"), {}, {}};
        return result_of<v221::authorization_info>(
            both.net, [&](auto done) { both.cpo->authorize("msp", uid, type, where, done); });
    };
    const auto known = authorize("A", v221::token_type::app_user);
    REQUIRE(known);
    CHECK(known->token.type == v221::token_type::app_user);
    if (has_handler) {
        CHECK(known->allowed == v221::allowed_type::no_credit);
        CHECK(asked->location_id.text() == "L1");
        CHECK(authorize("A", v221::token_type::rfid, false).error().code == ocpi::status_code::not_enough_information);
    } else {
        CHECK(known->allowed == v221::allowed_type::allowed);
        CHECK(known->location->location_id.text() == "L1");
        CHECK(authorize("B", v221::token_type::rfid, false)->allowed == v221::allowed_type::blocked);
    }
    CHECK(authorize("C", v221::token_type::rfid).error().code == ocpi::status_code::unknown_token);
    const auto unknown =
        ask(*both.msp, make_request("POST", msp_url + "tokens/sender/B/authorize?type=OTHER", both.to_msp));
    CHECK(status_of(unknown) == "404 2004");
    CHECK_FALSE(ocpi::decode_envelope(unknown.body)->data);
}

TEST_CASE("sessions and CDRs are shown to the owner of their token alone") {
    connected both;
    for (const char* party : {"MSP", "XYZ"}) {
        REQUIRE(both.cpo->own(session_of(std::string("S") + party, "2026-01-01T00:00:00Z", party)));
        REQUIRE(both.cpo->own(cdr_of(std::string("C") + party, "2026-01-01T00:00:00Z", party)));
    }
    std::vector<std::string> seen;
    REQUIRE(result_of<pull_summary>(both.net, [&](auto done) {
        both.msp->pull<v221::session>(
            "cpo", {}, [&](v221::session each) { seen.push_back(each.id.text()); }, done);
    }));
    REQUIRE(result_of<pull_summary>(both.net, [&](auto done) {
        both.msp->pull<v221::cdr>(
            "cpo", {}, [&](v221::cdr each) { seen.push_back(each.id.text()); }, done);
    }));
    CHECK(seen == std::vector<std::string>{"SMSP", "CMSP"});
    // Saying that one is somebody else does not help, unless one is a hub.
    auto request = make_request("GET", cpo_url + "cdrs/sender", both.to_cpo);
    request.headers.set("OCPI-from-country-code", "DE").value();
    request.headers.set("OCPI-from-party-id", "XYZ").value();
    CHECK(ask(*both.cpo, request).body.find("CXYZ") == std::string::npos);
    partner hub = *both.cpo->find("msp");
    hub.roles = {role_of(v221::role::hub, "DE", "HUB")};
    both.cpo->restore(hub);
    const std::string body = ask(*both.cpo, request).body;
    CHECK(body.find("CXYZ") != std::string::npos);
    CHECK(body.find("CMSP") == std::string::npos);
}

TEST_CASE("locations, their EVSEs and connectors are read one by one") {
    connected both;
    REQUIRE(both.cpo->own(location_of("L/1 ä")));
    object_path path = first_location;
    path.id = "L/1 ä";
    const auto get = [&] {
        return result_of<std::string>(both.net, [&](auto done) { both.msp->get("cpo", path, done); });
    };
    CHECK(ocpi::decode<v221::location>(get().value())->id.text() == "L/1 ä");
    path.evse_uid = "e1";
    CHECK(ocpi::decode<v221::evse>(get().value())->uid.text() == "e1");
    path.connector_id = "1";
    CHECK(ocpi::decode<v221::connector>(get().value())->id.text() == "1");
    path.connector_id = "2";
    CHECK(get().error().code == errc::not_found);
    CHECK(status_of(*both.cpo, make_request("GET", cpo_url + "locations/sender/L%2F1%20%C3%A4/e1/", both.to_cpo)) ==
          "200 1000");
}

TEST_CASE("charging preferences are handed on and answered with a word") {
    handlers of_cpo;
    of_cpo.set_charging_preferences =
        [](const caller&, const std::string& session,
           const v221::charging_preferences& wishes) -> expected<ocpi::open_enum<v221::charging_preferences_response>> {
        if (session == "none") return error{errc::not_found, "", "no such session"};
        if (!wishes.departure_time) return ocpi::open_enum(v221::charging_preferences_response::departure_required);
        return ocpi::open_enum(v221::charging_preferences_response::accepted);
    };
    for (const bool has_handler : {true, false}) {
        connected both(has_handler ? of_cpo : handlers());
        v221::charging_preferences wishes;
        wishes.profile_type = v221::profile_type::green;
        const auto set = [&](const std::string& session) {
            return result_of<ocpi::open_enum<v221::charging_preferences_response>>(
                both.net, [&](auto done) { both.msp->set_charging_preferences("cpo", session, wishes, done); });
        };
        if (!has_handler) {
            CHECK_FALSE(set("S1"));
            CHECK(both.at_cpo("PUT", "sessions/sender/S1/charging_preferences", ocpi::encode(wishes)) == "404 2001");
            continue;
        }
        CHECK(*set("S1") == v221::charging_preferences_response::departure_required);
        wishes.departure_time = at("2026-01-01T18:00:00Z");
        CHECK(*set("S1") == v221::charging_preferences_response::accepted);
        CHECK(set("none").error().code == errc::not_found);
    }
}
