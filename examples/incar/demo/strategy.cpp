#include "strategy.hpp"

#include <incar/smac/baselines.hpp>
#include <incar/smac/interior_point.hpp>
#include <incar/smac/solve.hpp>

#include <algorithm>

namespace incar::demo {
namespace {

constexpr std::size_t next_hour = 60 / 15; // slots

std::vector<double> prudent_limit(const smac::problem& known) {
    std::vector<double> limit(static_cast<std::size_t>(known.slots), smac::unlimited_power_w);
    for (std::size_t t = next_hour; t < limit.size(); ++t) {
        const double reduction = known.site.flex_reduction_w.empty() ? 0 : known.site.flex_reduction_w[t];
        limit[t] = (known.site.max_power_w - reduction) * (1 - kept_free);
    }
    return limit;
}

double unmet_wh(const smac::plan& candidate) {
    double sum = 0;
    for (const smac::device_plan& car : candidate.evs) sum += car.unmet_wh;
    return sum;
}

expected<smac::plan> smac_with_prudence(smac::problem known) {
    known.site.opportunity_cost_eur_per_slot = waiting_eur_per_slot;
    smac::problem prudent = known;
    prudent.site.limit_w = prudent_limit(known);
    auto first = smac::solve(prudent, smac::interior_point());
    if (!first || first->status == smac::plan_status::optimal) return first;
    // Prudence must not cost the cars that are here their energy.
    auto second = smac::solve(known, smac::interior_point());
    return second && unmet_wh(*second) < unmet_wh(*first) - 1 ? second : first;
}

} // namespace

std::vector<strategy> strategies() {
    return {{"uncontrolled", smac::uncontrolled},
            {"equal share", smac::equal_share},
            {"earliest deadline", smac::earliest_deadline_first},
            {"SMAC", smac_with_prudence}};
}

} // namespace incar::demo
