// Reads a Location from a partner, lists what is wrong with it, changes the status of an EVSE and writes it again:
// nothing that was not changed is lost, neither digits nor members that OCPI does not know.

#include <incar/ocpi/v221/locations.hpp>
#include <incar/ocpi/validate.hpp>

#include <iostream>

using namespace incar;
namespace v221 = ocpi::v221;

constexpr const char* from_partner = R"({
  "country_code": "PT", "party_id": "LIS", "id": "rossio", "publish": true,
  "address": "Praça Dom Pedro IV", "city": "Lisboa", "country": "PRT", "time_zone": "Europe/Lisbon",
  "coordinates": {"latitude": "38.713909", "longitude": "-9.139366"},
  "evses": [{
    "uid": "r-3", "status": "AVAILABLE", "x_lamp": "green",
    "connectors": [{
      "id": "1", "standard": "IEC_62196_T2_COMBO", "format": "CABLE", "power_type": "DC",
      "max_voltage": 700, "max_amperage": 10, "max_electric_power": 7000000, "last_updated": "2026-03-01T06:00:00"
    }],
    "last_updated": "2026-03-01T06:00:00Z"
  }],
  "energy_mix": {"is_green_energy": false, "energy_sources": [{"source": "TIDE", "percentage": 100.00}]},
  "last_updated": "2026-03-01T06:00:00.250Z"
})";

int main() {
    auto read = ocpi::decode<v221::location>(from_partner, {ocpi::reading::lenient, {}});
    if (!read) return std::cerr << format(read.error()) << '\n', 2;
    v221::location& location = *read;

    for (const ocpi::finding& each : ocpi::validate(location))
        std::cout << each.pointer << ": " << each.message << " (" << each.rule << ")\n";

    // A word that OCPI does not have is kept, and told apart from those it has.
    const auto& source = location.energy_mix->energy_sources[0].source;
    std::cout << "energy from " << source.text() << (source.known() ? "" : ", whatever that is") << '\n';

    const timestamp now = timestamp::parse("2026-03-01T09:30:00Z").value();
    for (v221::evse& evse : location.evses)
        if (evse.uid == id<v221::evse>("R-3")) { // identifiers compare without case
            evse.status = v221::status::charging;
            evse.last_updated = now;
        }
    location.last_updated = now;
    std::cout << ocpi::encode(location, json::layout::indented) << '\n';
}
