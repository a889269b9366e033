// Who may ask, and what is said about requests that are wrong.

#include "app_house.hpp"

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::app;
using ocpi_client::format_authorization;
using ocpi_client::location_of;
using ocpi_client::status_of;

TEST_CASE("an API token is needed, and it is not told to the log") {
    app_house all;
    all.join_cpo();
    const auto with = [&](const std::string& authorization) {
        return status_of(all.ask(app_house::request("GET", "/app/1.0/emsps", "", {{"Authorization", authorization}})));
    };
    const std::string token = api_token;
    CHECK(with("Token " + token) == "200 1000");
    CHECK(with("Token another") == "200 1000");
    CHECK(with("Bearer " + token) == "200 1000");
    CHECK(with(format_authorization(token)) == "200 1000");
    CHECK(with("Token " + token.substr(1)) == "401 2000");
    CHECK(with("Token " + token + "x") == "401 2000");
    CHECK(with("Basic " + token) == "401 2000");
    CHECK(with("Token ") == "401 2000");
    net::http_request none = app_house::request("GET", "/app/1.0/emsps");
    none.headers.remove("Authorization");
    CHECK(status_of(all.ask(none)) == "401 2000");
    none.url = net::url::parse("https://hub.example/app/1.0/nothing").value();
    CHECK(status_of(all.ask(none)) == "401 2000"); // nor what there is
    for (const std::string& each : all.logged) CHECK(each.find(token) == std::string::npos);
}

TEST_CASE("without a token in the options nobody is let in") {
    app_house all;
    all.join_cpo();
    all.how.tokens = {""};
    all.serve();
    CHECK(status_of(all.ask(app_house::request("GET", "/app/1.0/emsps", "", {{"Authorization", "Token "}}))) ==
          "401 2000");
    CHECK(status_of(all.get("/app/1.0/emsps")) == "401 2000");
}

TEST_CASE("the API knows its paths, wherever it is put") {
    app_house all;
    all.join_cpo();
    all.how.base_url = net::url::parse("https://hub.example/mobile/").value();
    all.serve();
    const auto serves = [&](const std::string& path) {
        return all.drivers->serves(net::url::parse("https://hub.example" + path).value());
    };
    CHECK(serves("/mobile/app/1.0/emsps"));
    CHECK(serves("/mobile/app/1.0/no/such/thing"));
    CHECK(serves("/mobile/ocpi/hub/2.2/locations/"));
    CHECK_FALSE(serves("/mobile/ocpi/2.2.1/locations/sender"));
    CHECK_FALSE(serves("/app/1.0/emsps"));
    CHECK(status_of(all.get("/mobile/app/1.0/emsps/")) == "200 1000");
    CHECK(status_of(all.get("/mobile/app/1.0/nothing")) == "404 2000");
    const auto wrong = all.post("/mobile/app/1.0/emsps", "{}");
    CHECK(status_of(wrong) == "405 2000");
    CHECK(header_of(wrong, "Allow") == "GET");
}

TEST_CASE("a wrong request is answered 400, and the answer names the parameter") {
    app_house all;
    party& cpo = all.join_cpo();
    all.join_msp();
    all.push(cpo, to_everybody(), location_of("L1"));
    const std::pair<const char*, const char*> wrong[] = {
        {"locations?bbox=1,2,3", "bbox"},
        {"locations?bbox=1,2,3,x", "bbox"},
        {"locations?bbox=1,91,3,92", "bbox"},
        {"locations?bbox=1,5,3,4", "bbox"},
        {"locations?near=1", "near"},
        {"locations?near=91,0", "near"},
        {"locations?near=52,4&bbox=1,2,3,4", "near"},
        {"locations?radius_m=10", "radius_m"},
        {"locations?near=52,4&radius_m=-1", "radius_m"},
        {"locations?near=52,4&radius_m=nan", "radius_m"},
        {"locations?connector=TYPE_TWO", "connector"},
        {"locations?min_power_w=much", "min_power_w"},
        {"locations?cpo=NLDCPO1", "cpo"},
        {"locations?energy=fast", "energy"},
        {"locations?free_now=yes", "free_now"},
        {"locations?limit=0", "limit"},
        {"locations?limit=1.5", "limit"},
        {"locations?offset=-1", "offset"},
        {"locations?colour=red", "colour"},
        {"locations?token=A", "emsp"},
        {"locations?emsp=D", "emsp"},
        {"locations/NL/CPO/L1/evses/e1/tariffs?kwh=0", "kwh"},
        {"locations/NL/CPO/L1/evses/e1/tariffs?start=2026-01-01T00:00:00Z", "kwh"},
        {"locations/NL/CPO/L1/evses/e1/tariffs?kwh=1&start=noon", "start"},
        {"locations/NL/CPO/L1/evses/e1/tariffs?kwh=1&profile=BLUE", "profile"},
        {"sessions", "emsp"},
        {"sessions?emsp=DE*MSP", "token"},
        {"cdrs?emsp=DE*MSP&token=A&date_from=x", "date_from"},
        {"commands/17?emsp=DE*MSP&token=A&wait=61", "wait"},
    };
    for (const auto& [target, parameter] : wrong) {
        const std::string about = target;
        CAPTURE(about);
        const auto answer = all.get(std::string("/app/1.0/") + target);
        CHECK(status_of(answer) == "400 2001");
        CHECK(text_at(data_of(answer), {"parameter"}) == parameter);
    }
    const std::string commands = "/app/1.0/commands/";
    const std::string driver = "?emsp=DE*MSP&token=A";
    const std::tuple<std::string, const char*, const char*> bodies[] = {
        {"START_SESSION" + driver, "{", ""},
        {"START_SESSION" + driver, "[]", ""},
        {"START_SESSION" + driver, "{}", "/location_id"},
        {"START_SESSION", R"({"location_id":"L1","token":{"uid":"A"}})", "emsp"},
        {"START_SESSION?emsp=DE*MSP", R"({"location_id":"L1"})", "token"},
        {"START_SESSION" + driver, R"({"location_id":"L1","token":{"uid":"B"}})", "/token/uid"},
        {"START_SESSION" + driver, R"({"location_id":"L1","response_url":"ftp://a"})", "/response_url"},
        {"STOP_SESSION?emsp=DE*MSP", R"({"session_id":"S1"})", "token"},
        {"STOP_SESSION" + driver, R"({})", "/session_id"},
    };
    for (const auto& [target, body, parameter] : bodies) {
        const std::string about = target + " " + body;
        CAPTURE(about);
        const auto answer = all.post(commands + target, body);
        CHECK(status_of(answer) == "400 2001");
        CHECK(text_at(data_of(answer), {"parameter"}) == parameter);
    }
    CHECK(status_of(all.post(commands + "EXPLODE" + driver, "{}")) == "404 2000");
    CHECK(all.at("cpo").size() > 0);
    for (const auto& each : all.at("cpo")) CHECK(each.request.url.path().find("commands") == std::string::npos);
}
