#pragma once

/// \file
/// GLPK, the GNU Linear Programming Kit, as a solver for smac: simplex, and branch-and-bound where a model has
/// whole-number conditions.
///
///     expected<smac::plan> answer = smac::solve(problem, adapters::glpk());
///
/// GLPK's licence is GPL-3: whoever links `incar::solver_glpk` distributes under its terms. The rest of incar does not
/// need it. GLPK ends the process when it is misused or runs out of memory; this adapter checks every number first and
/// turns what remains into an error. Each solve lives on a thread of its own, so that a host's own use of GLPK is never
/// disturbed.

#include <incar/smac/solver.hpp>
#include <incar/solver_glpk/export.hpp>

namespace incar::adapters {

/// The solver "glpk". May be called from any number of threads at once.
INCAR_SOLVER_GLPK_EXPORT smac::solver glpk();

} // namespace incar::adapters
