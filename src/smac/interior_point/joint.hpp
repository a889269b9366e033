#pragma once

#include <vector>

namespace incar::smac::interior {

// The dense system of the rows that join the parts (a Schur complement): symmetric and positive definite. Its upper
// triangle is filled row by row, then factored in place.
class joint {
public:
    explicit joint(int rows);

    int rows() const { return rows_; }
    void clear();
    double* row(int index) {
        return matrix_.data() + static_cast<std::size_t>(index) * static_cast<std::size_t>(rows_);
    }
    void factor();
    void solve(double* right) const;

private:
    int rows_;
    std::vector<double> matrix_;
    std::vector<double> scale_; // makes the diagonal 1 before it is factored
};

} // namespace incar::smac::interior
