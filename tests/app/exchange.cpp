// Asks the API for its document and then once for everything, and prints what came, as JSON, for openapi.py to compare.

#include "station.hpp"

#include <iostream>

using namespace incar;
using namespace incar::app;

namespace {

json::array exchanges;

net::http_response tell(app_house& all, const std::string& method, const std::string& target,
                        const std::string& body = "", const net::headers& headers = {}) {
    const auto request = app_house::request(method, target, body, headers);
    const auto answer = all.ask(request);
    json::object told = {{"method", method},
                         {"path", std::string(request.url.path())},
                         {"query", json::array()},
                         {"status", answer.status},
                         {"request", body.empty() ? json::value() : json::parse(body).value()},
                         {"answer", json::parse(answer.body).value()}};
    json::array names;
    for (const auto& each : request.url.parameters()) names.push_back(each.name);
    told[2].value = std::move(names);
    exchanges.push_back(std::move(told));
    return answer;
}

} // namespace

int main() {
    station all;
    auto location = ocpi_client::location_of("L1", "2026-01-01T11:00:00Z");
    location.evses[0].connectors[0].tariff_ids.emplace_back("T1");
    all.push(*all.cpo, to_everybody(), location);
    all.push(*all.cpo, to_everybody(), ocpi_client::tariff_of("T1"));
    all.push(*all.cpo, through_hub("DE", "MSP"), ocpi_client::session_of("S1"));
    result_of<std::string>(all.net, [&](auto done) {
        all.cpo->post(through_hub("DE", "MSP"), ocpi_client::cdr_of("C1"), done);
    }).value();
    all.run();
    const std::string app = "/app/1.0/", seed = "/ocpi/hub/2.2/", who = "?emsp=DE*MSP&token=A";
    const auto document = all.ask(app_house::request("GET", app + "openapi.json"));

    tell(all, "GET", app + "openapi.json");
    tell(all, "GET", app + "emsps");
    tell(all, "GET",
         app + "locations?near=52,4.3&radius_m=100000&connector=IEC_62196_T2,CHADEMO&min_power_w=1&limit=5");
    tell(all, "GET", app + "locations?bbox=4,52,5,53&cpo=NL*CPO&free_now=true&offset=0");
    tell(all, "GET", app + "locations?bbox=4");
    tell(all, "GET", app + "locations/NL/CPO/L1" + who);
    tell(all, "GET", app + "locations/NL/CPO/L2");
    tell(all, "GET", app + "locations/NL/CPO/L1/evses/e1/tariffs" + who + "&kwh=20&start=2026-01-01T18:00:00Z");
    tell(all, "GET", app + "tariffs?emsp=DE*MSP&cpo=NL*CPO");
    for (const char* word : {"RESERVE_NOW", "START_SESSION"}) {
        const auto ordered = tell(all, "POST", app + "commands/" + word + who, at_e1);
        const std::string state = app + "commands/" + text_at(data_of(ordered), {"id"}) + who;
        tell(all, "GET", state);
        all.finish(v221::command_result_type::accepted);
        tell(all, "GET", state + "&wait=1");
    }
    tell(all, "POST", app + "commands/UNLOCK_CONNECTOR" + who,
         R"({"location_id":"L1","evse_uid":"e1","connector_id":"1"})");
    tell(all, "POST", app + "commands/STOP_SESSION" + who, R"({"session_id":"XYZ"})");
    tell(all, "POST", app + "commands/CANCEL_RESERVATION" + who, R"({"reservation_id":"XYZ"})");
    tell(all, "POST", app + "commands/CANCEL_RESERVATION" + who, "{}");
    tell(all, "GET", app + "sessions" + who + "&date_from=2025-01-01T00:00:00Z");
    tell(all, "GET", app + "sessions/S1?emsp=DE*MSP&contract=DE-MSP-C1");
    tell(all, "PUT", app + "sessions/S1/charging_preferences" + who, R"({"profile_type":"FAST"})");
    tell(all, "GET", app + "cdrs" + who);
    tell(all, "GET", app + "cdrs/C1" + who);
    tell(all, "GET", "/ocpi/2.2/hubclientinfo/emsps");
    tell(all, "GET", seed + "locations");
    tell(all, "GET", seed + "tariffs");
    tell(all, "POST", seed + "commands/app/receiver/START_SESSION", R"({"location_id":"L1","token":{"uid":"A"}})",
         {{"OCPI-from-country-code", "DE"}, {"OCPI-from-party-id", "MSP"}});
    tell(all, "GET", seed + "sessions/DE/MSP/A");
    tell(all, "GET", seed + "cdrs/DE/MSP/A");
    all.net.detach("cpo.example");
    tell(all, "POST", app + "commands/START_SESSION" + who, at_e1);
    tell(all, "DELETE", app + "cdrs/C1");
    tell(all, "GET", app + "emsps", "", {{"Authorization", "Token wrong"}});
    std::cout << json::format(json::object{{"document", json::parse(document.body).value()}, {"exchanges", exchanges}});
}
