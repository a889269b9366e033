#pragma once

#include "smac/interior_point/boxed_model.hpp"

#include <functional>

namespace incar::smac::interior {

struct barrier_options {
    double gap = 1e-9;           // relative distance between cost and bound that is near enough
    double infeasibility = 1e-9; // of a row, relative to its terms
    int iterations = 200;
    std::function<bool()> stop; // asked before each iteration; empty: never
};

enum class barrier_outcome { optimal, stopped, stuck };

struct barrier_answer {
    barrier_outcome outcome = barrier_outcome::stuck;
    std::vector<double> x;
    std::vector<double> y; // multipliers of the rows: the reduced costs are cost - A' y
    double cost = 0;
    double bound =
        0; // no x that satisfies the rows costs less: right y + the least of (cost - A' y) x within the boxes
    double infeasibility = 0;
    double relative_gap = 0; // between cost and bound
    int iterations = 0;
};

// Mehrotra's predictor-corrector method (SIAM J. Optim. 2, 1992) for variables in boxes. The same model gives the same
// answer to the bit.
barrier_answer minimise(const boxed_model& model, const barrier_options& options);

} // namespace incar::smac::interior
