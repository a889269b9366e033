// EMSPs to log in at (A1) and charge points in the map (A3).

#include "places.hpp"

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::app;
using ocpi_client::location_of;
using ocpi_client::status_of;
using ocpi_client::token_of;

TEST_CASE("A1: every registered EMSP is listed once with where its drivers log in, and nobody else") {
    app_house all;
    all.open();
    all.join_cpo();
    all.join("both", {role_of(v221::role::cpo, "FR", "BTH"), role_of(v221::role::emsp, "FR", "BTH")});
    hub::identity_provider login{"https://login.msp.example/realms/drivers", "drivers", "app"};
    const auto roles = std::vector{role_of(v221::role::emsp, "DE", "MSP"), role_of(v221::role::emsp, "AT", "MSP")};
    party& msp = all.add("msp", roles);
    all.middle->apply({"msp", "ops@msp.example", roles, login}).value();
    const std::string token = all.middle->approve("msp", house::knowing()).value();
    CHECK(ids_in(all.get("/app/1.0/emsps"), "country_code") == strings{"FR"}); // approved is not registered
    result_of<void>(all.net, [&](auto done) {
        msp.register_with("hub", "https://hub.example/ocpi/versions", token, done, house::knowing());
    }).value();
    all.run();

    const auto answer = all.get("/app/1.0/emsps");
    CHECK(status_of(answer) == "200 1000");
    CHECK(ids_in(answer, "country_code") == strings{"FR", "DE", "AT"});
    CHECK(ids_in(answer, "party_id") == strings{"BTH", "MSP", "MSP"});
    const json::value data = data_of(answer);
    const json::value& of_msp = (*data.as_array())[1];
    CHECK(text_at(of_msp, {"business_details", "name"}) == "MSP Ltd");
    CHECK(text_at(of_msp, {"identity_provider", "issuer"}) == login.issuer);
    CHECK(text_at(of_msp, {"identity_provider", "realm"}) == "drivers");
    CHECK(text_at(of_msp, {"identity_provider", "client"}) == "app");
    CHECK(text_at((*data.as_array())[0], {"identity_provider"}) == "");

    all.middle->suspend("msp", "unpaid").value();
    CHECK(ids_in(all.get("/app/1.0/emsps"), "country_code") == strings{"FR"});
}

TEST_CASE("A3: what a CPO pushes is in the map, and a change of status is seen at the next request") {
    app_house all;
    party& cpo = all.join_cpo();
    all.join_msp();
    all.push(cpo, to_everybody(), location_of("L1"));
    const std::string box = "/app/1.0/locations?bbox=4.3,52.0,4.4,52.1";
    CHECK(ids_in(all.get(box)) == strings{"L1"});
    CHECK(ids_in(all.get(box + "&free_now=true")) == strings{"L1"});
    ocpi_client::object_path evse{"locations", key_of("NL", "CPO"), "L1", "e1", "", ""};
    result_of<void>(all.net, [&](auto done) {
        cpo.patch(to_everybody(), evse, R"({"status":"CHARGING","last_updated":"2026-01-01T11:59:00Z"})", done);
    }).value();
    all.run();
    CHECK(ids_in(all.get(box + "&free_now=true")).empty());
    const auto one = all.get("/app/1.0/locations/NL/CPO/L1");
    CHECK(text_at((*data_of(one).find("evses")->as_array())[0], {"status"}) == "CHARGING");
    CHECK(text_at(data_of(one), {"coordinates", "latitude"}) == "52.011600"); // to the digit as it was pushed
    CHECK(status_of(all.get("/app/1.0/locations/NL/CPO/L2")).substr(0, 3) == "404");

    v221::location moved = somewhere("L1", 10, 20);
    moved.last_updated = ocpi_client::at("2026-01-01T12:00:00Z");
    all.push(cpo, to_everybody(), moved);
    CHECK(ids_in(all.get(box)).empty());
    CHECK(ids_in(all.get("/app/1.0/locations?bbox=19,9,21,11")) == strings{"L1"});
}

TEST_CASE("A3: a driver sees what is published and what is for its EMSP or its token, each once") {
    app_house all;
    party& cpo = all.join_cpo();
    party& msp = all.join_msp();
    all.join("other", {role_of(v221::role::emsp, "DE", "OTH")});
    all.push(msp, to_everybody(), token_of("A"));
    all.push(msp, to_everybody(), token_of("B"));
    all.push(cpo, to_everybody(), location_of("open"));
    v221::location closed = location_of("closed");
    closed.publish = false;
    all.push(cpo, to_everybody(), closed);
    v221::location for_one = location_of("for-a");
    for_one.publish = false;
    v221::publish_token_type rule;
    rule.uid = id<v221::token>("A");
    rule.type = v221::token_type::rfid;
    for_one.publish_allowed_to = {rule};
    all.push(cpo, to_everybody(), for_one);
    all.push(cpo, through_hub("DE", "MSP"), location_of("partners"));
    all.push(cpo, through_hub("DE", "MSP"), location_of("both"));
    all.push(cpo, to_everybody(), location_of("both", "2026-01-01T01:00:00Z"));
    v221::location gone = location_of("gone");
    gone.evses[0].status = v221::status::removed;
    all.push(cpo, to_everybody(), gone);

    const auto seen = [&](const std::string& who) { return ids_in(all.get("/app/1.0/locations" + who)); };
    CHECK(seen("") == strings{"both", "open"});
    CHECK(seen("?emsp=DE*OTH&token=A") == strings{"both", "open"});
    CHECK(seen("?emsp=DE*MSP&token=B") == strings{"both", "open", "partners"});
    CHECK(seen("?emsp=DE*MSP&token=A") == strings{"both", "for-a", "open", "partners"});
    CHECK(status_of(all.get("/app/1.0/locations/NL/CPO/partners?emsp=DE*OTH")).substr(0, 3) == "404");
    CHECK(status_of(all.get("/app/1.0/locations/NL/CPO/partners?emsp=DE*MSP")) == "200 1000");

    all.middle->suspend("cpo", "unpaid").value();
    CHECK(seen("?emsp=DE*MSP&token=A").empty());
    CHECK(status_of(all.get("/app/1.0/locations/NL/CPO/open")).substr(0, 3) == "404");
    all.middle->resume("cpo").value();
    CHECK(seen("") == strings{"both", "open"});
}
