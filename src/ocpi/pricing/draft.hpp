#pragma once

// A bill in the making: its lines and their sums, to which step sizes and limits then add.

#include "ocpi/pricing/billing.hpp"
#include "ocpi/pricing/exact.hpp"

namespace incar::ocpi::pricing {

struct running_total {
    amount excl_vat, vat;
    bool taxed = false;

    // False on overflow.
    bool add(const line& each) {
        taxed |= each.vat_percent.has_value();
        return add_to(excl_vat, each.excl_vat) && add_to(vat, each.vat);
    }
    std::optional<cost> total() const;
};

// What one step size rounds up together.
enum class step_group : std::uint8_t { energy, charging, parking, reservation };
constexpr std::size_t group_count = 4;

struct step_total {
    std::size_t last_line = none;
    const component* last = nullptr; // that prices it
    int scale = 0;                   // decimals of the quantities
    std::size_t run = 0;             // of the last line; it counts the changes of tariff before it
    std::int64_t in_run = 0;
    std::int64_t in_session = 0;
};

struct draft {
    const std::vector<tariff_rules>& tariffs;
    const std::vector<slice>& slices;
    const policy& rules;
    bill made;
    step_total steps[group_count];
    running_total fixed, energy, time, parking, reservation, limits;
};

// Bills so much more on a line, also in the sums. False on overflow.
bool add_quantity(draft&, line&, const component&, std::int64_t quantity, int scale);

json::pointer place_of(const line&);
error amount_overflow(const json::pointer& where);

// Fills the last line of each group up to a full step.
expected<void> apply_steps(draft&);

// Adds the lines that bring each tariff's sum to its `min_price` and `max_price`.
expected<void> apply_limits(draft&);

// The costs, from the sums of lines.
expected<void> add_up(draft&);

} // namespace incar::ocpi::pricing
