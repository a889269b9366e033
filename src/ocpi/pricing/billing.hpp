#pragma once

// From slices of a session, each with its components, to a bill: the part that `price`, `quote` and `check_cdr` share.

#include "ocpi/pricing/tariff_rules.hpp"

namespace incar::ocpi::pricing {

// As much of a session as one charging period.
struct slice {
    std::int64_t at = 0; // ms since 1970
    pricing::phase phase = phase::session;
    std::size_t tariff = none;
    choice chosen = no_choice;
    std::int64_t energy = 0; // 10^-energy_scale kWh
    std::int64_t time = 0;   // 10^-time_scale s, as the next two
    std::int64_t parking = 0;
    std::int64_t reservation = 0;
    bool parks = false;
    std::optional<decimal> min_power, max_power, min_current, max_current;
};

struct scales {
    int energy = 6; // decimals of kWh
    int time = 3;   // decimals of seconds
};

// Lines, steps, limits and totals. `periods`, `start` and `end` are left to the caller.
expected<bill> make_bill(const std::vector<tariff_rules>&, const std::vector<slice>&, const scales&, const policy&);

} // namespace incar::ocpi::pricing
