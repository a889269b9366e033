#pragma once

/// \file
/// The port through which smac reaches a solver. Any function that honours the contract of `solver::solve` will do;
/// <incar/adapters/glpk.hpp> is one.

#include <incar/core/expected.hpp>
#include <incar/smac/export.hpp>
#include <incar/smac/linear_model.hpp>

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace incar::smac {

/// What a solve may cost.
struct solve_options {
    /// > 0. What has no answer by then fails; a search for whole numbers stops and is rounded off, for which the linear
    /// solve that completes the answer may run on.
    std::chrono::milliseconds time_limit = std::chrono::seconds(30);
    double gap =
        1e-6; ///< With whole-number conditions: proven relative distance to the optimum that is good enough. 0..1
};

/// What a solver found.
struct solution {
    std::vector<double>
        columns; ///< One value for each column of the model, within its bounds up to the solver's tolerance.
    std::vector<double> tier_values; ///< Value reached in each tier.
    double seconds = 0;              ///< Elapsed.
    int iterations = 0;
    double gap =
        0; ///< Proven relative distance to the optimum of the first tier that is not proven optimal; 0: all are.
};

/// A solver, by name and function. Copies share nothing but code; the function may be called from several threads at
/// once.
struct solver {
    std::string name;

    /// Minimises the tiers in order, each to optimality (whole-number conditions: to the gap asked for), and returns
    /// values that satisfy every bound, row and condition. The result depends on the arguments alone,
    /// unless the time limit cut it short. Errors:
    /// errc::out_of_range, errc::not_finite or errc::inconsistent for a model that breaks its own rules,
    /// errc::limit_exceeded when the time ran out before any answer, errc::unavailable when the model has no solution
    /// or the solver failed. Never throws, never aborts.
    std::function<expected<solution>(const linear_model&, const solve_options&)> solve;
};

/// A solver under the name of `quick`, which solves; where a model has whole-number conditions and the gap that `quick`
/// proves is wider than `solve_options::gap`, or `quick` found no answer (errc::unavailable), `thorough` solves too in
/// the time that is left, and the better answer is taken, tier by tier. Errors: those of `quick`, or of `thorough`
/// where both fail. As thread-safe as both.
///
///     const solver best = quick_then_thorough(interior_point(), adapters::glpk());
INCAR_SMAC_EXPORT solver quick_then_thorough(solver quick, solver thorough);

} // namespace incar::smac
