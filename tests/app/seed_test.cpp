// The requests of D3.3 section 5.2.1 as they stand there: paths, headers and bodies.

#include "app_house.hpp"

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::app;
using ocpi_client::status_of;

namespace {

constexpr const char* site = "https://userchi-incar.tec.etra-id.com";

struct seed_house : app_house {
    std::vector<v221::reserve_now> reserved;
    std::vector<v221::start_session> started;
    std::vector<std::string> cancelled, stopped;
    ocpi_client::callback where;
    party* bcn = nullptr;

    std::vector<net::http_request> told; // to the app's back end

    seed_house() {
        net.attach("somewhere-in-vmzberlin.com", [this](net::http_request request, net::http_respond respond) {
            told.push_back(std::move(request));
            respond({200, {}, ""});
        });
        how.base_url = net::url::parse(site).value();
        how.tokens = {"50cf4475", "50cf4475-6", "50cf4475-613"};
        const auto yes = expected<v221::command_response>({v221::command_response_type::accepted, 30, {}, {}});
        ocpi_client::handlers tasks;
        tasks.reserve_now = [this, yes](const auto&, const v221::reserve_now& wish, const auto& result) {
            return reserved.push_back(wish), where = result, yes;
        };
        tasks.start_session = [this, yes](const auto&, const v221::start_session& wish, const auto& result) {
            return started.push_back(wish), where = result, yes;
        };
        tasks.cancel_reservation = [this, yes](const auto&, const v221::cancel_reservation& wish, const auto&) {
            return cancelled.push_back(wish.reservation_id.text()), yes;
        };
        tasks.stop_session = [this, yes](const auto&, const v221::stop_session& wish, const auto&) {
            return stopped.push_back(wish.session_id.text()), yes;
        };
        bcn = &join("bcn", {role_of(v221::role::cpo, "ES", "BCN")}, std::move(tasks));
        party& vlc = join("vlc", {role_of(v221::role::emsp, "ES", "VLC")});
        v221::token driver = ocpi_client::token_of("VLC_003", "APP_USER");
        driver.country_code = ci_string<2>("ES");
        driver.party_id = ci_string<3>("VLC");
        push(vlc, to_everybody(), driver);
        v221::location street = ocpi_client::read<v221::location>(R"({"address":"Diagonal 385","city":"Barcelona",
            "coordinates":{"latitude":"41.396719","longitude":"2.161015"},"country":"ESP","country_code":"ES","id":"3",
            "last_updated":"2021-12-15T12:12:16.097Z","name":"Diagonal 385 08008 Barcelona ESP",
            "opening_times":{"regular_hours":[{"weekday":3,"period_begin":"00:00","period_end":"00:00"}],
            "twentyfourseven":false},"parking_type":"ON_STREET","party_id":"BCN","postal_code":"08008","publish":true,
            "time_zone":"Europe/Brussels","evses":[{"capabilities":["REMOTE_START_STOP_CAPABLE"],"connectors":[{"id":"1",
            "standard":"IEC_62196_T2","format":"SOCKET","power_type":"AC_3_PHASE","max_voltage":700,"max_amperage":10,
            "max_electric_power":7000000,"last_updated":"2021-12-15T12:08:54.190Z"}],"coordinates":{"latitude":
            "41.396719","longitude":"2.161015"},"evse_id":"ES*BCN*E3*1","last_updated":"2021-12-15T12:12:16.097Z",
            "status":"CHARGING","uid":"3.1"}]})");
        push(*bcn, to_everybody(), street);
        street.id = id<v221::location>("1");
        push(*bcn, to_everybody(), street);
        push(*bcn, to_everybody(),
             ocpi_client::read<v221::tariff>(R"({"country_code":"ES","party_id":"BCN","id":"T1","currency":"EUR",
            "elements":[{"price_components":[{"type":"ENERGY","price":0.08,"vat":21,"step_size":1}],"restrictions":
            {"start_time":"00:00","end_time":"23:59","start_date":"2021-06-10","day_of_week":["SUNDAY"]}}],
            "last_updated":"2021-12-15T12:12:16.097Z"})"));
    }

    net::http_response replay(const char* method, const std::string& path, const net::headers& headers = {},
                              const std::string& body = "") {
        net::http_request request;
        request.method = method;
        request.url = net::url::parse(site + path).value();
        request.headers = headers;
        for (const auto& [name, value] : {std::pair("User-Agent", "PostmanRuntime/7.29.0"), std::pair("Accept", "*/*"),
                                          std::pair("Connection", "keep-alive")})
            request.headers.set(name, value).value();
        if (!headers.find("Authorization")) request.headers.set("Authorization", "Token 50cf4475-6").value();
        request.body = body;
        return ask(std::move(request));
    }

    static net::headers routed(const char* token, const char* to, const char* from) {
        return {{"Authorization", std::string("Token ") + token},
                {"OCPI-to-party-id", to},
                {"OCPI-to-country-code", "ES"},
                {"OCPI-from-party-id", from},
                {"OCPI-from-country-code", "ES"},
                {"Content-Type", "application/json"}};
    }
};

const std::string commands = "/ocpi/hub/2.2/commands/app/receiver/";
const std::string at_one = R"({
"location_id": "1",
"token": {
"uid": "VLC_003"
},
"response_url": "https://somewhere-in-vmzberlin.com/reservation/ABC123"
})";

} // namespace

TEST_CASE("the lists of D3.3: EMSPs, locations, tariffs") {
    seed_house all;
    const auto emsps = all.replay("GET", "/ocpi/2.2/hubclientinfo/emsps");
    CHECK(status_of(emsps) == "200 1000");
    CHECK(ids_in(emsps, "party_id") == std::vector<std::string>{"VLC"});
    const auto locations = all.replay("GET", "/ocpi/hub/2.2/locations");
    CHECK(status_of(locations) == "200 1000");
    const json::value street = (*data_of(locations).as_array())[0];
    CHECK(text_at(street, {"coordinates", "longitude"}) == "2.161015");
    CHECK(text_at((*street.find("evses")->as_array())[0], {"evse_id"}) == "ES*BCN*E3*1");
    const auto tariffs = all.replay("GET", "/ocpi/hub/2.2/tariffs");
    CHECK(ids_in(tariffs, "currency") == std::vector<std::string>{"EUR"});
}

TEST_CASE("the reservation of D3.3, and its cancellation with sender and receiver exchanged") {
    seed_house all;
    const auto answer =
        all.replay("POST", commands + "RESERVE_NOW", seed_house::routed("50cf4475", "BCN", "VLC"), at_one);
    CHECK(status_of(answer) == "200 1000");
    CHECK(text_at(data_of(answer), {"result"}) == "ACCEPTED");
    CHECK(header_of(answer, "OCPI-from-party-id") == "BCN");
    CHECK(header_of(answer, "OCPI-to-party-id") == "VLC");
    CHECK(header_of(answer, "X-Request-ID") == ""); // and not "undefined"
    REQUIRE(all.reserved.size() == 1);
    CHECK(all.reserved[0].token.contract_id.text() == "DE-MSP-C1");
    CHECK(all.reserved[0].expiry_date > all.time.now());
    CHECK_FALSE(all.reserved[0].reservation_id.empty());
    v221::command_result done_so;
    done_so.result = v221::command_result_type::accepted;
    result_of<void>(all.net, [&](auto done) { all.bcn->send_result(all.where, done_so, done); }).value();
    all.run();
    REQUIRE(all.told.size() == 1);
    CHECK(all.told[0].url.text() == "https://somewhere-in-vmzberlin.com/reservation/ABC123");

    const auto cancel = [&](const std::string& id) {
        return all.replay("POST", commands + "CANCEL_RESERVATION", seed_house::routed("50cf4475-613", "VLC", "BCN"),
                          "{\n\"reservation_id\" : \"" + id +
                              "\",\n\"response_url\": \"https://somewhere-in-vmzberlin.com/reservation/ABC123\"\n}");
    };
    const auto unknown = cancel("XYZ");
    CHECK(status_of(unknown) == "200 1000");
    CHECK(text_at(data_of(unknown), {"result"}) == "REJECTED");
    const std::string id = all.reserved[0].reservation_id.text();
    CHECK(text_at(data_of(cancel(id)), {"result"}) == "ACCEPTED");
    CHECK(all.cancelled == std::vector<std::string>{id});
}

TEST_CASE("start and stop of D3.3: an unknown session is no bare 404 any more") {
    seed_house all;
    const auto headers = seed_house::routed("50cf4475-6", "BCN", "VLC");
    const auto started = all.replay("POST", commands + "START_SESSION", headers, at_one);
    CHECK(status_of(started) == "200 1000");
    CHECK(text_at(data_of(started), {"result"}) == "ACCEPTED");
    CHECK(text_at(data_of(started), {"timeout"}) == "30");
    CHECK(all.started.size() == 1);
    const auto stop = [&](const std::string& id) {
        return all.replay("POST", commands + "STOP_SESSION", headers,
                          R"({ "session_id" : ")" + id +
                              R"(", "response_url": "https://somewhere-in-vmzberlin.com/reservation/ABC123" })");
    };
    CHECK(status_of(stop("XYZ")) == "200 1000");
    CHECK(text_at(data_of(stop("XYZ")), {"result"}) == "UNKNOWN_SESSION");
    v221::session session = ocpi_client::session_of("S1");
    session.country_code = session.cdr_token.country_code = ci_string<2>("ES");
    session.party_id = ci_string<3>("BCN");
    session.cdr_token.party_id = ci_string<3>("VLC");
    session.cdr_token.uid = id<v221::token>("VLC_003");
    all.push(*all.bcn, through_hub("ES", "VLC"), session);
    CHECK(text_at(data_of(stop("S1")), {"result"}) == "ACCEPTED");
    CHECK(all.stopped == std::vector<std::string>{"S1"});
}

TEST_CASE("the CDRs of D3.3: none at first, then the driver's") {
    seed_house all;
    const auto none = all.replay("GET", "/ocpi/hub/2.2/cdrs/ES/VLC/VLC_003");
    CHECK(status_of(none) == "200 1000");
    CHECK(header_of(none, "X-Total-Count") == "0");
    CHECK(header_of(none, "X-Limit") == "100");
    CHECK(data_of(none).as_array()->empty());
    v221::cdr record = ocpi_client::cdr_of("C1");
    record.country_code = record.cdr_token.country_code = ci_string<2>("ES");
    record.party_id = ci_string<3>("BCN");
    record.cdr_token.party_id = ci_string<3>("VLC");
    record.cdr_token.uid = id<v221::token>("VLC_003");
    result_of<std::string>(all.net, [&](auto done) { all.bcn->post(through_hub("ES", "VLC"), record, done); }).value();
    all.run();
    CHECK(ids_in(all.replay("GET", "/ocpi/hub/2.2/cdrs/ES/VLC/VLC_003")) == std::vector<std::string>{"C1"});
    CHECK(ids_in(all.replay("GET", "/ocpi/hub/2.2/cdrs/ES/VLC/VLC_004")).empty());
}
