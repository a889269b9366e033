#include "ocpi/pricing/draft.hpp"

#include <algorithm>
#include <limits>

namespace incar::ocpi::pricing {
namespace {

step_total& of_group(draft& of, step_group which) {
    return of.steps[static_cast<std::size_t>(which)];
}

// Fills up what the group comes to, and the other one before it if there is one, at the group's last line.
expected<void> fill_step(draft& of, const step_total& group, const step_total* other = nullptr) {
    if (group.last_line == none) return {};
    line& changed = of.made.lines[group.last_line];
    const int size = group.last->source->step_size;
    if (size == 0) return {};
    // A step is 1 Wh or 1 s.
    const bool is_energy = changed.dimension == v221::tariff_dimension_type::energy;
    const auto step = scaled(size, is_energy ? group.scale - 3 : group.scale);
    if (!step || *step > std::numeric_limits<std::int64_t>::max() / 8)
        return amount_overflow(place_of(changed) / "step_size");
    const bool all = of.rules.tariff_steps == tariff_step_rule::whole_session;
    std::int64_t total = all ? group.in_session : group.in_run;
    if (other) total += all ? other->in_session : other->run == group.run ? other->in_run : 0;
    if (total <= 0) return {};
    const auto block = static_cast<std::int64_t>(*step);
    const std::int64_t rest = total % block;
    if (rest == 0 && !of.rules.next_step_at_exact_multiples) return {};
    changed.step_size = size;
    changed.step_extra = decimal(block - rest, group.scale);
    if (!add_quantity(of, changed, *group.last, block - rest, group.scale)) return amount_overflow(place_of(changed));
    return {};
}

expected<void> fill_time(draft& of) {
    const step_total &charging = of_group(of, step_group::charging), &parking = of_group(of, step_group::parking);
    if (parking.last_line == none) return fill_step(of, charging);
    if (charging.last_line == none || of.rules.time_steps == time_step_rule::parking) return fill_step(of, parking);
    const bool parks_last = charging.last_line < parking.last_line;
    const step_total &last = parks_last ? parking : charging, &first = parks_last ? charging : parking;
    return fill_step(of, last, of.rules.time_steps == time_step_rule::together ? &first : nullptr);
}

} // namespace

expected<void> apply_steps(draft& of) {
    if (auto done = fill_step(of, of_group(of, step_group::energy)); !done) return done;
    if (auto done = fill_time(of); !done) return done;
    return fill_step(of, of_group(of, step_group::reservation));
}

} // namespace incar::ocpi::pricing
