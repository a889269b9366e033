#pragma once

#include <vector>

namespace incar::smac::interior {

// A linear model as a barrier method wants it:
//
//     minimise cost x  subject to  A x = right,  0 <= x <= width,  every width positive
//
// Rows come in parts that share no column, then the rows that join them. A is stored by columns.
struct boxed_model {
    struct part {
        int first_column = 0;
        int end_column = 0;
        int first_row = 0;
        int end_row = 0;
    };

    std::vector<part> parts; // one after another from column 0 and row 0 on; their columns may also reach joining rows
    std::vector<double> width;
    std::vector<double> cost;
    std::vector<double> right;
    std::vector<int> start; // of each column in `row` and `value`, and one more
    std::vector<int> row;
    std::vector<double> value;

    int columns() const { return static_cast<int>(width.size()); }
    int rows() const { return static_cast<int>(right.size()); }
    int joining_rows_from() const { return parts.empty() ? 0 : parts.back().end_row; }
    int joining_columns_from() const { return parts.empty() ? 0 : parts.back().end_column; }
};

} // namespace incar::smac::interior
