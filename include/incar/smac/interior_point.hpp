#pragma once

/// \file
/// incar's own solver: a predictor-corrector interior-point method that works device by device.
///
///     expected<smac::plan> answer = smac::solve(problem, smac::interior_point());
///
/// Of each device only its meeting with the site remains in the equations that have to be solved as a whole, one row
/// for each slot: time and memory grow in proportion to the devices. The method is Mehrotra's (SIAM J. Optim. 2, 1992)
/// for variables in boxes, with a barrier weighed by the width of the boxes. It needs no other library at run time and
/// no licence but incar's.

#include <incar/smac/export.hpp>
#include <incar/smac/solver.hpp>

namespace incar::smac {

/// The solver "interior_point". May be called from any number of threads at once; the same model gives the same answer
/// to the bit. Whole-number conditions are met by rounding the relaxed answer and solving again; `solution::gap` says
/// how far from the relaxed optimum that ended.
INCAR_SMAC_EXPORT solver interior_point();

} // namespace incar::smac
