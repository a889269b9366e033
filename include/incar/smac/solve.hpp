#pragma once

/// \file
/// From a problem to the best plan.
///
///     expected<smac::plan> answer = smac::solve(problem, adapters::glpk());
///     if (!answer) return answer.error();                       // the input is unusable: place and reason
///     for (double watts : answer->evs[0].power_w) send(watts);
///     for (const auto& missing : answer->unmet) tell(missing.reason);
///
/// There is always a plan for a valid problem. What cannot all be had is given up in this order, the last first: money,
/// targets, reaching the minimum state of charge from below, limits of the site; physics never, and nothing is ever
/// discharged below its minimum. Among plans of equal cost the one that charges earlier, moves batteries less and
/// changes their power less often is taken, so that the answer does not depend on the order of the devices.

#include <incar/core/expected.hpp>
#include <incar/smac/plan.hpp>
#include <incar/smac/problem.hpp>
#include <incar/smac/solver.hpp>

namespace incar::smac {

/// The plan that meets most, then costs least. Pure: the same problem and solver give the same plan; several threads
/// may call it at once. Errors: the first finding of `validate`, or what the solver reports.
INCAR_SMAC_EXPORT expected<plan> solve(const problem& situation, const solver& engine,
                                       const solve_options& options = {});

/// The linear model that `solve` gives to its solver, for those who want to look at it or hand it to another program.
/// Powers are kW, energies kWh. Errors: the first finding of `validate`.
INCAR_SMAC_EXPORT expected<linear_model> formulate(const problem& situation);

} // namespace incar::smac
