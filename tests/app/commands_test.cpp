// Reserve, cancel, start and stop (A6 to A9), from the app to the CPO and back.

#include "station.hpp"

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::app;
using namespace std::chrono_literals;
using ocpi_client::at;
using ocpi_client::session_of;
using ocpi_client::status_of;
using v221::command_result_type;

namespace {

std::string result_in(const net::http_response& ordered) {
    return text_at(data_of(ordered), {"result"});
}

std::string evse_status(app_house& all) {
    return text_at((*data_of(all.get("/app/1.0/locations/NL/CPO/L1")).find("evses")->as_array())[0], {"status"});
}

} // namespace

TEST_CASE("A6: a reservation carries all that OCPI asks for, is shown to all, counts down and keeps others away") {
    station all;
    const auto ordered = all.order("RESERVE_NOW", "A", at_e1);
    CHECK(status_of(ordered) == "200 1000");
    CHECK(result_in(ordered) == "ACCEPTED");
    REQUIRE(all.commands.size() == 1);
    const json::value wish = all.last_wish();
    CHECK(text_at(wish, {"token", "uid"}) == "A");
    CHECK(text_at(wish, {"token", "contract_id"}) == "DE-MSP-C1");
    CHECK(text_at(wish, {"location_id"}) == "L1");
    CHECK(text_at(wish, {"evse_uid"}) == "e1");
    CHECK(text_at(wish, {"expiry_date"}) == "2026-01-01T12:15:00Z");
    CHECK(text_at(wish, {"reservation_id"}) == text_at(data_of(ordered), {"reservation", "reservation_id"}));
    CHECK(text_at(wish, {"response_url"}).find("https://hub.example/ocpi/2.2.1/commands/sender/RESERVE_NOW/") == 0);
    CHECK(format(*all.commands[0].who.from) == "DE*MSP");
    CHECK(format(*all.commands[0].who.to) == "NL*CPO");

    CHECK(text_at(all.state(ordered, "A"), {"result"}) == "");
    all.finish(command_result_type::accepted);
    all.set_status(v221::status::reserved, "2026-01-01T12:00:01Z");
    CHECK(text_at(all.state(ordered, "A"), {"result", "result"}) == "ACCEPTED");
    CHECK(evse_status(all) == "RESERVED");
    CHECK(text_at(all.state(ordered, "A"), {"reservation", "remaining_s"}) == "900");
    all.pass(5min);
    CHECK(text_at(all.state(ordered, "A"), {"reservation", "remaining_s"}) == "600");

    for (const char* word : {"START_SESSION", "RESERVE_NOW"}) {
        CHECK(result_in(all.order(word, "B", at_e1)) == "REJECTED");
        CHECK(all.commands.size() == 1); // the CPO is not even asked
    }
    CHECK(result_in(all.order("START_SESSION", "A", at_e1)) == "ACCEPTED");
    all.finish(command_result_type::accepted);
    CHECK(text_at(all.state(ordered, "A"), {"reservation", "remaining_s"}) == "0"); // used
}

TEST_CASE("A6: a reservation ends by itself, or is refused, and then keeps nobody away") {
    station all;
    all.order("RESERVE_NOW", "A", R"({"location_id":"L1","evse_uid":"e1","expiry_date":"2026-01-01T12:30:00Z"})");
    all.finish(command_result_type::accepted);
    CHECK(result_in(all.order("START_SESSION", "B", at_e1)) == "REJECTED");
    all.pass(30min);
    CHECK(result_in(all.order("RESERVE_NOW", "B", at_e1)) == "ACCEPTED");
    all.finish(command_result_type::rejected);
    CHECK(result_in(all.order("RESERVE_NOW", "A", at_e1)) == "ACCEPTED");
    all.finish(command_result_type::accepted);
    all.finish(command_result_type::canceled_reservation); // by the operator
    CHECK(result_in(all.order("START_SESSION", "B", at_e1)) == "ACCEPTED");
    CHECK(
        text_at(data_of(all.order("RESERVE_NOW", "B", R"({"location_id":"L1","expiry_date":"2026-01-01T12:00:00Z"})")),
                {"parameter"}) == "/expiry_date");
}

TEST_CASE("A7: who reserved may cancel, along the same way, and then another driver can reserve at once") {
    station all;
    const auto ordered = all.order("RESERVE_NOW", "A", at_e1);
    all.finish(command_result_type::accepted);
    const std::string id = text_at(data_of(ordered), {"reservation", "reservation_id"});
    const std::string wish = R"({"reservation_id":")" + id + "\"}";
    CHECK(result_in(all.order("CANCEL_RESERVATION", "B", wish)) == "REJECTED");
    CHECK(all.commands.size() == 1);
    CHECK(result_in(all.order("CANCEL_RESERVATION", "A", wish)) == "ACCEPTED");
    REQUIRE(all.commands.size() == 2);
    CHECK(text_at(all.last_wish(), {"reservation_id"}) == id);
    CHECK(format(*all.commands[1].who.from) == format(*all.commands[0].who.from));
    CHECK(format(*all.commands[1].who.to) == format(*all.commands[0].who.to));
    CHECK(result_in(all.order("RESERVE_NOW", "B", at_e1)) == "REJECTED"); // not cancelled yet
    all.finish(command_result_type::accepted);
    all.set_status(v221::status::available, "2026-01-01T12:00:02Z");
    CHECK(evse_status(all) == "AVAILABLE");
    CHECK(result_in(all.order("RESERVE_NOW", "B", at_e1)) == "ACCEPTED");
}

TEST_CASE("A8 and A9: start, charge, stop, and the payment hold is at the CDR") {
    station all;
    const auto ordered = all.order("START_SESSION", "A",
                                   R"({"location_id":"L1","evse_uid":"e1","connector_id":"1","operation":"hold-17"})");
    CHECK(result_in(ordered) == "ACCEPTED");
    CHECK(text_at(data_of(ordered), {"timeout"}) == "30");
    const std::string reference = text_at(all.last_wish(), {"authorization_reference"});
    CHECK(reference == text_at(data_of(ordered), {"id"}));
    all.finish(command_result_type::accepted);
    CHECK(text_at(all.state(ordered, "A"), {"response", "result"}) == "ACCEPTED");
    CHECK(text_at(all.state(ordered, "A"), {"result", "result"}) == "ACCEPTED");

    v221::session session = session_of("S1", "2026-01-01T12:00:01Z");
    session.authorization_reference = ci_string<36>(reference);
    all.push(*all.cpo, through_hub("DE", "MSP"), session);
    CHECK(all.changes["msp"].back().id == "S1");
    const auto running = all.get("/app/1.0/sessions?emsp=DE*MSP&token=A");
    CHECK(ids_in(running) == std::vector<std::string>{"S1"});
    CHECK(ids_in(running, "authorization_reference") == std::vector<std::string>{reference});
    CHECK(ids_in(running, "status") == std::vector<std::string>{"ACTIVE"});

    const auto stopped = all.order("STOP_SESSION", "A", R"({"session_id":"S1"})");
    CHECK(result_in(stopped) == "ACCEPTED");
    CHECK(text_at(all.last_wish(), {"session_id"}) == "S1");
    CHECK(format(*all.commands.back().who.to) == "NL*CPO");
    all.finish(command_result_type::accepted);
    session.status = v221::session_status::completed;
    session.last_updated = at("2026-01-01T12:00:02Z");
    all.push(*all.cpo, through_hub("DE", "MSP"), session);
    CHECK(text_at(data_of(all.get("/app/1.0/sessions/S1?emsp=DE*MSP&token=A")), {"status"}) == "COMPLETED");
    v221::cdr record = ocpi_client::cdr_of("C1", "2026-01-01T12:00:03Z");
    record.authorization_reference = session.authorization_reference;
    result_of<std::string>(all.net, [&](auto done) { all.cpo->post(through_hub("DE", "MSP"), record, done); }).value();
    CHECK(all.changes["msp"].back().id == "C1");
    CHECK(all.operations == std::vector<std::string>{"hold-17"});
}

TEST_CASE("A9: a session that the driver does not have is answered UNKNOWN_SESSION, and nobody is asked") {
    station all;
    all.push(*all.cpo, through_hub("DE", "MSP"), session_of("S1"));
    for (const auto& [uid, id] : {std::pair("A", "XYZ"), std::pair("B", "S1")}) {
        const auto answer = all.order("STOP_SESSION", uid, R"({"session_id":")" + std::string(id) + "\"}");
        CHECK(status_of(answer) == "200 1000");
        CHECK(result_in(answer) == "UNKNOWN_SESSION");
        CHECK(text_at(data_of(answer), {"id"}) != "");
    }
    CHECK(all.commands.empty());
    CHECK(result_in(all.order("STOP_SESSION", "a", R"({"session_id":"s1"})")) == "ACCEPTED"); // case does not count
}

TEST_CASE("the result of a command can be waited for, and is of one driver") {
    station all;
    const auto ordered = all.order("START_SESSION", "A", at_e1);
    const std::string state = "/app/1.0/commands/" + text_at(data_of(ordered), {"id"});
    const auto waiting = all.send(app_house::request("GET", state + "?emsp=DE*MSP&token=A&wait=20"));
    all.pass(19s);
    CHECK_FALSE(all.answers[waiting]);
    CHECK(*all.drivers->next_deadline() == all.time.now() + 1s);
    all.pass(1s);
    REQUIRE(all.answers[waiting]);
    CHECK_FALSE(data_of(*all.answers[waiting]).find("result"));
    const auto again = all.send(app_house::request("GET", state + "?emsp=DE*MSP&token=A&wait=60"));
    all.finish(command_result_type::evse_inoperative);
    REQUIRE(all.answers[again]);
    CHECK(text_at(data_of(*all.answers[again]), {"result", "result"}) == "EVSE_INOPERATIVE");
    CHECK(status_of(all.get(state + "?emsp=DE*MSP&token=B")).substr(0, 3) == "404");
    CHECK(status_of(all.get(state + "?emsp=DE*OTH&token=A")).substr(0, 3) == "404");
    all.pass(61min);
    CHECK(status_of(all.get(state + "?emsp=DE*MSP&token=A")).substr(0, 3) == "404"); // forgotten
    CHECK(all.objects.list({"app.commands", {}, {}, {}, {}, {}, "", 0, 10, true}).value().total == 0);
}

TEST_CASE("a CPO that never tells the result has timed out, a CPO that cannot be reached is named") {
    station all;
    const auto ordered = all.order("START_SESSION", "A", at_e1);
    all.pass(36s);
    CHECK(text_at(all.state(ordered, "A"), {"result", "result"}) == "TIMEOUT");
    all.says = v221::command_response_type::rejected;
    const auto refused = all.order("START_SESSION", "A", at_e1);
    CHECK(result_in(refused) == "REJECTED");
    CHECK_FALSE(all.state(refused, "A").find("result"));
    all.net.detach("cpo.example");
    const auto lost = all.order("START_SESSION", "A", at_e1);
    CHECK(status_of(lost) == "200 4003");
    CHECK(result_in(lost) == "");
}

TEST_CASE("a command names its CPO, or its location does; an unknown location, token or EMSP goes nowhere") {
    station all;
    CHECK(status_of(all.order("START_SESSION", "A", R"({"location_id":"L9"})")) == "404 2000");
    CHECK(status_of(all.order("START_SESSION", "Z", at_e1)) == "404 2004");
    CHECK(status_of(all.post("/app/1.0/commands/START_SESSION?emsp=DE*OTH&token=A", at_e1)) == "404 2000");
    CHECK(status_of(all.post("/app/1.0/commands/START_SESSION?emsp=NL*CPO&token=A", at_e1)) == "404 2000");
    v221::token blocked = ocpi_client::token_of("A", "APP_USER", "2026-01-01T01:00:00Z");
    blocked.valid = false;
    all.push(*all.msp, to_everybody(), blocked);
    CHECK(result_in(all.order("START_SESSION", "A", at_e1)) == "REJECTED");
    CHECK(all.commands.empty());

    all.join("cpo2", {role_of(v221::role::cpo, "BE", "CPX")});
    v221::location twin = ocpi_client::location_of("L1");
    twin.country_code = ci_string<2>("BE");
    twin.party_id = ci_string<3>("CPX");
    all.push(*all.parties.at("cpo2"), to_everybody(), twin);
    CHECK(text_at(data_of(all.order("START_SESSION", "B", at_e1)), {"parameter"}) == "cpo");
    const auto named = all.post("/app/1.0/commands/START_SESSION?emsp=DE*MSP&token=B&cpo=NL*CPO", at_e1);
    CHECK(result_in(named) == "ACCEPTED");
    CHECK(all.commands.size() == 1);
}
