#include "smac/interior_point/joint.hpp"

#include <Eigen/Cholesky>

#include <algorithm>
#include <cmath>

namespace incar::smac::interior {
namespace {

using matrix_view = Eigen::Map<Eigen::MatrixXd>;
using vector_view = Eigen::Map<Eigen::VectorXd>;

constexpr double first_shift = 1e-14; // of the diagonal, when rounding has left it indefinite

} // namespace

joint::joint(int rows)
    : rows_(rows), matrix_(static_cast<std::size_t>(rows) * static_cast<std::size_t>(rows)),
      scale_(static_cast<std::size_t>(rows)) {}

void joint::clear() {
    std::fill(matrix_.begin(), matrix_.end(), 0.0);
}

// Eigen reads by columns: what was filled row by row above the diagonal lies below it there.
void joint::factor() {
    if (rows_ == 0) return;
    matrix_view lower(matrix_.data(), rows_, rows_);
    for (int i = 0; i < rows_; ++i) {
        const double diagonal = lower(i, i);
        scale_[static_cast<std::size_t>(i)] = diagonal > 0 ? 1 / std::sqrt(diagonal) : 1;
    }
    for (int j = 0; j < rows_; ++j)
        for (int i = j; i < rows_; ++i)
            lower(i, j) *= scale_[static_cast<std::size_t>(i)] * scale_[static_cast<std::size_t>(j)];
    const Eigen::MatrixXd unshifted = lower.triangularView<Eigen::Lower>();
    for (double shift = 0;; shift = std::max(first_shift, shift * 100)) {
        lower.diagonal().array() += shift;
        Eigen::LLT<Eigen::Ref<Eigen::MatrixXd>, Eigen::Lower> factored(lower);
        if (factored.info() == Eigen::Success || shift > 1) return;
        lower = unshifted;
    }
}

void joint::solve(double* right) const {
    if (rows_ == 0) return;
    const Eigen::Map<const Eigen::MatrixXd> lower(matrix_.data(), rows_, rows_);
    vector_view x(right, rows_);
    const Eigen::Map<const Eigen::VectorXd> scale(scale_.data(), rows_);
    x.array() *= scale.array();
    lower.triangularView<Eigen::Lower>().solveInPlace(x);
    lower.triangularView<Eigen::Lower>().transpose().solveInPlace(x);
    x.array() *= scale.array();
}

} // namespace incar::smac::interior
