// What does an evening at a charge point cost, and why? Dearer until 20:00, and after charging the space has its price,
// too.

#include <incar/ocpi/codec.hpp>
#include <incar/ocpi/pricing.hpp>

#include <iomanip>
#include <iostream>

using namespace incar;
using namespace incar::ocpi;

int main() {
    const auto tariff = decode<v221::tariff>(R"({
        "country_code": "ES", "party_id": "INC", "id": "evening", "currency": "EUR",
        "elements": [
            {"price_components": [{"type": "ENERGY", "price": 0.45, "vat": 21, "step_size": 1}],
             "restrictions": {"end_time": "20:00"}},
            {"price_components": [{"type": "ENERGY", "price": 0.30, "vat": 21, "step_size": 1},
                                  {"type": "PARKING_TIME", "price": 2.00, "vat": 21, "step_size": 300}]}],
        "last_updated": "2026-01-01T00:00:00Z"})");
    if (!tariff) return std::cerr << format(tariff.error()) << '\n', 2;

    const timestamp begin = timestamp::parse("2026-07-01T17:30:00Z").value(); // 19:30 in Madrid
    pricing::session evening;
    evening.zone = time_zone::find("Europe/Madrid").value();
    evening.readings = {{begin, decimal(41'200, 3)},
                        {begin + std::chrono::minutes(90), decimal(57'700, 3), pricing::vehicle::parked},
                        {begin + std::chrono::minutes(112), decimal(57'700, 3)}};
    const auto owed = pricing::price(*tariff, evening);
    if (!owed) return std::cerr << format(owed.error()) << '\n', 2;

    for (const auto& line : owed->lines)
        std::cout << std::setw(12) << open_enum(line.dimension).text() << std::setw(9)
                  << format((line.quantity + line.step_extra).without_trailing_zeros()) << " at " << format(line.price)
                  << " = " << std::setw(6) << line.excl_vat.text() << "  " << explain(line) << '\n';
    for (const auto& period : owed->periods) std::cout << encode(period) << '\n';
    const pricing::rounding_policy cents{2, rounding::half_up};
    std::cout << "total " << format(owed->total.excl_vat.rounded(cents).value()) << ' ' << owed->currency
              << ", with VAT " << format(owed->total.incl_vat.rounded(cents).value()) << ", exactly "
              << owed->total.incl_vat.text() << '\n';
}
