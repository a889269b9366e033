#pragma once

#include <cstddef>

namespace incar::smac::interior {

// The arithmetic of an iteration, column by column and without a branch, so that compilers turn it into vector
// instructions. Every sweep goes over columns [first, end) of the arrays of `point`.
struct point {
    double* below; // distance to the lower end of the box
    double* above; // to the upper end
    double* price_below;
    double* price_above;
    double* d;            // of A D A'; at the end of an iteration the step of price_above
    double* step;         // of the columns
    double* affine;       // the predictor's step of the columns; at the end of an iteration the step of price_below
    const double* weight; // of the barrier
};

struct range {
    std::size_t first;
    std::size_t end;
};

// One over the longest steps that leave every distance and every price positive, and what the affine step makes of the
// complementarity products.
struct reach {
    double primal = 0;
    double dual = 0;
    double products = 0;
    double first_order = 0;  // change with the primal step
    double second_order = 0; // change with both steps
};

// What the corrector aims at: products of `target` times the weight, less what the affine step would add by itself, of
// which no more than `most` times the weight is believed.
struct aim {
    double target;
    double most;
};

void start_affine(const point& at, range of);                   // d, and -d times the affine right hand side into step
void end_affine(const point& at, range of, reach& sum);         // from A' dy in affine to the affine step in affine
void start_corrected(const point& at, range of, const aim& to); // -d times the corrected right hand side into step
void end_corrected(const point& at, range of, const aim& to, const double* transposed,
                   reach& sum); // all steps, from A' dy in `transposed` (one for each column of the range)
void move(const point& at, range of, double primal, double dual);

void add_multiple(const double* x, double* y, std::size_t count, double factor);         // y += factor x
void fall_and_add(double* x, double* y, std::size_t count, double share, double factor); // x *= share; y += factor x

} // namespace incar::smac::interior
