#include "smac/interior_point/sweeps.hpp"

#include <algorithm>

// Compiled for several instruction sets; the one that the machine has is chosen when the program starts.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) &&               \
    !defined(__SANITIZE_THREAD__)
#    define INCAR_FOR_EACH_MACHINE __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#    define INCAR_FOR_EACH_MACHINE
#endif

namespace incar::smac::interior {
namespace {

inline double larger(double a, double b) {
    return a > b ? a : b;
}

inline double aimed(const aim& to, double dx, double distance, double price, double weight) {
    const double most = to.most * weight;
    double second_order = -dx * price * (1 + dx / distance);
    second_order = second_order > most ? most : second_order;
    second_order = second_order < -most ? -most : second_order;
    return weight * to.target - second_order;
}

} // namespace

INCAR_FOR_EACH_MACHINE void start_affine(const point& at, range of) {
    const double* __restrict b = at.below;
    const double* __restrict a = at.above;
    const double* __restrict pb = at.price_below;
    const double* __restrict pa = at.price_above;
    double* __restrict d = at.d;
    double* __restrict step = at.step;
#pragma omp simd
    for (std::size_t j = of.first; j < of.end; ++j) {
        d[j] = b[j] * a[j] / (pb[j] * a[j] + pa[j] * b[j]);
        step[j] = d[j] * (pb[j] - pa[j]);
    }
}

INCAR_FOR_EACH_MACHINE void end_affine(const point& at, range of, reach& sum) {
    const double* __restrict b = at.below;
    const double* __restrict a = at.above;
    const double* __restrict pb = at.price_below;
    const double* __restrict pa = at.price_above;
    const double* __restrict d = at.d;
    const double* __restrict step = at.step;
    double* __restrict affine = at.affine;
    double primal = sum.primal, dual = sum.dual, products = 0, first_order = 0, second_order = 0;
#pragma omp simd reduction(max : primal, dual) reduction(+ : products, first_order, second_order)
    for (std::size_t j = of.first; j < of.end; ++j) {
        const double dx = d[j] * affine[j] - step[j];
        affine[j] = dx;
        const double rb = dx / b[j], ra = -dx / a[j];
        primal = larger(primal, larger(-rb, -ra));
        dual = larger(dual, larger(1 + rb, 1 + ra));
        products += b[j] * pb[j] + a[j] * pa[j];
        first_order += (pb[j] - pa[j]) * dx;
        second_order -= dx * (pb[j] * (1 + rb) - pa[j] * (1 + ra));
    }
    sum = {primal, dual, sum.products + products, sum.first_order + first_order, sum.second_order + second_order};
}

INCAR_FOR_EACH_MACHINE void start_corrected(const point& at, range of, const aim& to) {
    const double* __restrict b = at.below;
    const double* __restrict a = at.above;
    const double* __restrict pb = at.price_below;
    const double* __restrict pa = at.price_above;
    const double* __restrict d = at.d;
    const double* __restrict affine = at.affine;
    const double* __restrict weight = at.weight;
    double* __restrict step = at.step;
    const aim by_value = to;
#pragma omp simd
    for (std::size_t j = of.first; j < of.end; ++j)
        step[j] = -d[j] * ((aimed(by_value, affine[j], b[j], pb[j], weight[j]) / b[j] - pb[j]) -
                           (aimed(by_value, -affine[j], a[j], pa[j], weight[j]) / a[j] - pa[j]));
}

INCAR_FOR_EACH_MACHINE void end_corrected(const point& at, range of, const aim& to, const double* transposed,
                                          reach& sum) {
    const double* __restrict b = at.below;
    const double* __restrict a = at.above;
    const double* __restrict pb = at.price_below;
    const double* __restrict pa = at.price_above;
    const double* __restrict weight = at.weight;
    double* __restrict d = at.d;
    double* __restrict affine = at.affine;
    double* __restrict step = at.step;
    const double* __restrict along = transposed;
    const aim by_value = to;
    double primal = sum.primal, dual = sum.dual;
#pragma omp simd reduction(max : primal, dual)
    for (std::size_t j = of.first; j < of.end; ++j) {
        const double dx = d[j] * along[j - of.first] - step[j];
        const double dpb = (aimed(by_value, affine[j], b[j], pb[j], weight[j]) - pb[j] * dx) / b[j] - pb[j];
        const double dpa = (aimed(by_value, -affine[j], a[j], pa[j], weight[j]) + pa[j] * dx) / a[j] - pa[j];
        primal = larger(primal, larger(-dx / b[j], dx / a[j]));
        dual = larger(dual, larger(-dpb / pb[j], -dpa / pa[j]));
        step[j] = dx;
        affine[j] = dpb;
        d[j] = dpa;
    }
    sum.primal = primal;
    sum.dual = dual;
}

INCAR_FOR_EACH_MACHINE void move(const point& at, range of, double primal, double dual) {
    double* __restrict b = at.below;
    double* __restrict a = at.above;
    double* __restrict pb = at.price_below;
    double* __restrict pa = at.price_above;
    const double* __restrict d = at.d;
    const double* __restrict affine = at.affine;
    const double* __restrict step = at.step;
#pragma omp simd
    for (std::size_t j = of.first; j < of.end; ++j) {
        b[j] += primal * step[j];
        a[j] -= primal * step[j];
        pb[j] += dual * affine[j];
        pa[j] += dual * d[j];
    }
}

INCAR_FOR_EACH_MACHINE void add_multiple(const double* __restrict x, double* __restrict y, std::size_t count,
                                         double factor) {
#pragma omp simd
    for (std::size_t k = 0; k < count; ++k) y[k] += factor * x[k];
}

INCAR_FOR_EACH_MACHINE void fall_and_add(double* __restrict x, double* __restrict y, std::size_t count, double share,
                                         double factor) {
#pragma omp simd
    for (std::size_t k = 0; k < count; ++k) {
        x[k] *= share;
        y[k] += factor * x[k];
    }
}

} // namespace incar::smac::interior
