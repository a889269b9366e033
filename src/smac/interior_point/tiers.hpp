#pragma once

#include "smac/interior_point/barrier.hpp"

#include <incar/smac/solver.hpp>

namespace incar::smac::interior {

struct tiers_answer {
    std::vector<double> columns;
    int iterations = 0;
    double gap = 0; // proven, of the first tier that is not optimal
};

// Minimises the tiers of a model in their order; whole-number conditions are not looked at. The deciding tiers are
// minimised together, each weighed so that it outweighs all behind it; that the weights were heavy enough is then
// checked, tier by tier, and if not they are raised. The tie-break follows on the face of optima.
// Errors: errc::unavailable without solution, errc::limit_exceeded when stopped before any answer.
expected<tiers_answer> minimise_in_order(const linear_model& model, const barrier_options& options);

} // namespace incar::smac::interior
