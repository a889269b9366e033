#pragma once

#include "smac/interior_point/boxed_model.hpp"
#include "smac/interior_point/sweeps.hpp"

namespace incar::smac::interior {

// The matrix of a model for the products that an iteration needs again and again: two entries for each column in
// arrays without gaps, as nearly all columns have, and a list of the entries beyond.
class pairs {
public:
    explicit pairs(const boxed_model& model);

    void add(range columns, const double* x, double* rows) const;            // rows += A x
    void transpose(range columns, const double* rows, double* result) const; // result[j - first] = A' rows of column j
    void add_with_sizes(const double* x, double* rows, double* sizes) const; // and sizes = max(sizes, |terms|)

private:
    struct entry {
        std::size_t column;
        std::size_t row;
        double value;
    };
    const entry* beyond_from(std::size_t column) const;

    std::vector<int> row_[2];
    std::vector<double> value_[2];
    std::vector<entry> beyond_; // by column
};

} // namespace incar::smac::interior
