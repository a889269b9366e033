#pragma once

// Charging periods: slices written as OCPI has them, and read back.

#include "ocpi/pricing/billing.hpp"
#include "ocpi/pricing/stretch.hpp"

namespace incar::ocpi::pricing {

// kW with six decimals, rounded down, so that the text falls on the same side of every limit as the power itself.
// Absent when it does not fit.
std::optional<decimal> mean_power(std::int64_t energy, int energy_scale, std::int64_t milliseconds);

expected<void> write_periods(const std::vector<tariff_rules>&, const std::vector<slice>&, const scales&, const policy&,
                             std::vector<v221::charging_period>& to);

// Milliseconds as hours.
expected<decimal> hours_of(std::int64_t milliseconds, int digits, rounding mode);

// What `price_periods` finds in a recorded session.
struct recording {
    scales units;
    std::vector<tariff_rules> tariffs;
    std::vector<slice> slices;      // one a period
    std::vector<stretch> stretches; // one a period; `power` and `current` are not set
};

// A `recorded_session` that belongs to the caller.
struct recorded_view {
    const std::optional<time_zone>& zone;
    timestamp start;
    timestamp end;
    const std::vector<v221::charging_period>& periods;
};

expected<recording> read_periods(const std::vector<v221::tariff>&, const recorded_view&, const policy&);

// The components that apply at an instant within a period; with the other end of its powers and currents if `at_most`.
choice choose_at(const recording&, std::size_t period, const event&, bool at_most, local_clock&, const policy&);

} // namespace incar::ocpi::pricing
