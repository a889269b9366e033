// What is shown as the price is what the CDR will say (A4).

#include "app_house.hpp"

#include <incar/ocpi/pricing.hpp>

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::app;
using namespace std::chrono_literals;
using ocpi_client::location_of;
using ocpi_client::status_of;
using ocpi_client::tariff_of;
namespace pricing = ocpi::pricing;

namespace {

const std::string evse = "/app/1.0/locations/NL/CPO/L1/evses/e1/tariffs";

v221::tariff evening() {
    return ocpi_client::read<v221::tariff>(R"({"country_code":"NL","party_id":"CPO","id":"evening","currency":"EUR",
        "elements":[{"price_components":[{"type":"FLAT","price":0.50,"vat":21,"step_size":1},
                                         {"type":"ENERGY","price":0.45,"vat":21,"step_size":1}],
                     "restrictions":{"end_time":"18:00"}},
                    {"price_components":[{"type":"ENERGY","price":0.30,"vat":21,"step_size":1},
                                         {"type":"PARKING_TIME","price":2.00,"vat":21,"step_size":300}]}],
        "last_updated":"2026-01-01T00:00:00Z"})");
}

v221::location with_tariffs(const std::vector<const char*>& ids) {
    v221::location made = location_of("L1");
    v221::connector& plug = made.evses[0].connectors[0];
    plug.max_electric_power = 10'000;
    for (const char* each : ids) plug.tariff_ids.emplace_back(each);
    return made;
}

json::value connector_in(const net::http_response& answer) {
    const json::value data = data_of(answer);
    REQUIRE(data.as_array());
    REQUIRE(data.as_array()->size() == 1);
    return data.as_array()->front();
}

} // namespace

TEST_CASE("A4: the price that is shown is the price of the CDR, to the cent") {
    app_house all;
    party& cpo = all.join_cpo();
    all.join_msp();
    all.push(cpo, to_everybody(), evening());
    all.push(cpo, to_everybody(), with_tariffs({"evening"}));
    for (const auto& [start, kwh, parked, by_hand] :
         {std::tuple("2026-02-01T16:00:00Z", 20, 0min, "9.68"),    // 17:00 in Amsterdam: 0.50 + 4.50 + 3.00, and VAT
          std::tuple("2026-02-01T16:00:00Z", 20, 7min, "10.08"),   // two steps of parking: 0.33
          std::tuple("2026-02-01T17:00:00Z", 5, 0min, "1.82"),     // 1.815
          std::tuple("2026-07-01T15:45:00Z", 20, 0min, "8.32")}) { // 17:45 in summer: 0.50 + 1.125 + 5.25
        const std::string about = start;
        CAPTURE(about);
        const auto shown = connector_in(all.get(evse + "?kwh=" + std::to_string(kwh) + "&start=" + start +
                                                "&parking_min=" + std::to_string(parked.count())));
        CHECK(text_at(shown, {"quote", "incl_vat"}) == std::string(by_hand));
        CHECK(text_at(shown, {"quote", "currency"}) == "EUR");
        CHECK(text_at(shown, {"quote", "power_kw"}) == "10.000");

        // The session as its meter tells it minute by minute, and the operator's CDR of it.
        pricing::session charged;
        charged.zone = time_zone::find("Europe/Amsterdam").value();
        const timestamp begin = ocpi_client::at(start);
        const int minutes = kwh * 6;
        for (int i = 0; i <= minutes; ++i)
            charged.readings.push_back({begin + 1min * i, decimal(100'000 + 1'000 * i / 6, 3)});
        charged.readings.back().energy_kwh = decimal(100 + kwh);
        if (parked > 0min) {
            charged.readings.back().vehicle = pricing::vehicle::parked;
            charged.readings.push_back({begin + 1min * minutes + parked, decimal(100 + kwh)});
        }
        const auto owed = pricing::price(evening(), charged).value();
        v221::cdr record = ocpi_client::cdr_of("C" + std::string(by_hand));
        pricing::fill(record, owed, {evening()}).value();
        result_of<std::string>(all.net, [&](auto done) { cpo.post(through_hub("DE", "MSP"), record, done); }).value();
        all.run();
        const auto kept = data_of(all.get(std::string("/app/1.0/cdrs/C") + by_hand + "?emsp=DE*MSP&token=A"));
        const auto total = decimal::parse(text_at(kept, {"total_cost", "incl_vat"})).value();
        CHECK(format(rounded(total, 2, rounding::half_up).value()) == std::string(by_hand));
        CHECK(text_at(kept, {"total_energy"}).substr(0, std::to_string(kwh).size()) == std::to_string(kwh));
    }
}

TEST_CASE("the tariffs of an EVSE are those of its connectors, the profile chooses, the vehicle may be slower") {
    app_house all;
    party& cpo = all.join_cpo();
    all.join_msp();
    all.join("other", {role_of(v221::role::emsp, "DE", "OTH")});
    v221::tariff green = tariff_of("green");
    green.type = v221::tariff_type::profile_green;
    green.elements[0].price_components[0].price = decimal(35, 2);
    all.push(cpo, to_everybody(), tariff_of("usual"));
    all.push(cpo, to_everybody(), green);
    all.push(cpo, through_hub("DE", "MSP"), tariff_of("partners"));
    all.push(cpo, to_everybody(), with_tariffs({"usual", "green", "partners", "unknown"}));
    const auto tariffs_for = [&](const std::string& who) {
        std::vector<std::string> found;
        const auto told = connector_in(all.get(evse + who));
        for (const json::value& each : *told.find("tariffs")->as_array()) found.push_back(text_at(each, {"id"}));
        return found;
    };
    CHECK(tariffs_for("") == std::vector<std::string>{"usual", "green"});
    CHECK(tariffs_for("?emsp=DE*OTH") == std::vector<std::string>{"usual", "green"});
    CHECK(tariffs_for("?emsp=DE*MSP") == std::vector<std::string>{"usual", "green", "partners"});
    const auto quote = [&](const std::string& question) { return connector_in(all.get(evse + question)); };
    CHECK_FALSE(quote("").find("quote"));
    CHECK(text_at(quote("?kwh=10"), {"quote", "tariff_id"}) == "usual");
    CHECK(text_at(quote("?kwh=10"), {"quote", "excl_vat"}) == "2.50");
    CHECK(text_at(quote("?kwh=10&profile=GREEN"), {"quote", "tariff_id"}) == "green");
    CHECK(text_at(quote("?kwh=10&profile=GREEN"), {"quote", "excl_vat"}) == "3.50");
    CHECK(text_at(quote("?kwh=10&power_w=2500"), {"quote", "end"}) == "2026-01-01T16:00:00Z");
    CHECK(status_of(all.get("/app/1.0/locations/NL/CPO/L1/evses/e9/tariffs")).substr(0, 3) == "404");

    CHECK(ids_in(all.get("/app/1.0/tariffs")) == std::vector<std::string>{"usual", "green"});
    CHECK(ids_in(all.get("/app/1.0/tariffs?emsp=DE*MSP")) == std::vector<std::string>{"usual", "green", "partners"});
    CHECK(ids_in(all.get("/app/1.0/tariffs?cpo=NL*XXX")).empty());
    all.middle->suspend("cpo", "unpaid").value();
    CHECK(ids_in(all.get("/app/1.0/tariffs?emsp=DE*MSP")).empty());
}

TEST_CASE("where nothing can be priced the answer says why") {
    app_house all;
    party& cpo = all.join_cpo();
    all.push(cpo, to_everybody(), with_tariffs({}));
    const auto told = connector_in(all.get(evse + "?kwh=10"));
    CHECK_FALSE(told.find("quote"));
    CHECK(text_at(told, {"no_quote"}) == "no tariff holds then");
}
