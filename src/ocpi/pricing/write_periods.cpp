#include "ocpi/pricing/exact.hpp"
#include "ocpi/pricing/periods.hpp"

#include <limits>

namespace incar::ocpi::pricing {
namespace {

using kind = v221::cdr_dimension_type;

void add_volume(v221::charging_period& to, kind type, const decimal& volume) {
    to.dimensions.push_back({type, volume, {}});
}

} // namespace

std::optional<decimal> mean_power(std::int64_t energy, int energy_scale, std::int64_t milliseconds) {
    // kWh per ms to kW is 3.6e6, and six decimals more are 3.6e12.
    const auto dividend = multiplied(energy, 3'600'000'000'000);
    const auto divisor = scaled(milliseconds, energy_scale);
    if (!dividend || !divisor) return std::nullopt;
    const int128 quotient = *dividend / *divisor - (*dividend % *divisor < 0 ? 1 : 0);
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    if (quotient > most || quotient < -most) return std::nullopt;
    return decimal(static_cast<std::int64_t>(quotient), 6);
}

expected<decimal> hours_of(std::int64_t milliseconds, int digits, rounding mode) {
    const auto shifted = scaled(milliseconds, digits);
    if (mode != rounding::half_up || milliseconds < 0 || !shifted ||
        *shifted > std::numeric_limits<std::int64_t>::max() / 2)
        return divide(decimal(milliseconds, 3), decimal(3600), digits, mode);
    return decimal((static_cast<std::int64_t>(*shifted) + 1'800'000) / 3'600'000, digits);
}

expected<void> write_periods(const std::vector<tariff_rules>& tariffs, const std::vector<slice>& slices,
                             const scales& units, const policy& rules, std::vector<v221::charging_period>& to) {
    if (rules.volume_digits < 4 || rules.volume_digits > 9)
        return error{errc::out_of_range, "/policy/volume_digits", "4 to 9 are possible"};
    to.reserve(slices.size());
    std::int64_t last_length = 0; // meters that report at even intervals have periods of one length
    decimal hours;
    for (const slice& from : slices) {
        v221::charging_period& made = to.emplace_back();
        made.start_date_time = timestamp(std::chrono::milliseconds(from.at));
        made.tariff_id = tariffs[from.tariff].source->id;
        const bool has_limits = from.min_current || from.min_power;
        made.dimensions.reserve(has_limits ? 6 : 2);
        if (from.energy != 0)
            add_volume(made, kind::energy, decimal(from.energy, units.energy).without_trailing_zeros());
        const auto [type, length] = from.phase != phase::session ? std::pair(kind::reservation_time, from.reservation)
                                    : from.parks                 ? std::pair(kind::parking_time, from.parking)
                                                                 : std::pair(kind::time, from.time);
        if (length != last_length) {
            const auto exact = hours_of(length, rules.volume_digits, rounding::half_up);
            if (!exact) return exact.error();
            last_length = length;
            hours = exact->without_trailing_zeros();
        }
        add_volume(made, type, hours);
        if (!has_limits) continue;
        const std::pair<kind, const std::optional<decimal>*> ends[] = {{kind::min_current, &from.min_current},
                                                                       {kind::max_current, &from.max_current},
                                                                       {kind::min_power, &from.min_power},
                                                                       {kind::max_power, &from.max_power}};
        for (const auto& [end, value] : ends)
            if (*value) add_volume(made, end, (*value)->without_trailing_zeros());
    }
    return {};
}

} // namespace incar::ocpi::pricing
