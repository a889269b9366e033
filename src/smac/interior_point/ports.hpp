#pragma once

#include "smac/interior_point/boxed_model.hpp"

namespace incar::smac::interior {

// How one part of a model meets the joining rows. Each of its columns that does so belongs to a port: columns of one
// port meet the same rows in the same proportions, as charging and discharging in one slot do. So a column contributes
// its weight times the port's pattern.
struct ports {
    std::vector<int> of_column;  // port of each column of the part, -1: none
    std::vector<double> weights; // of the columns in their ports
    std::vector<int> start;      // of each port's pattern in `row` and `value`, and one more
    std::vector<int> row;        // counted from the first joining row
    std::vector<double> value;

    int count() const { return static_cast<int>(start.size()) - 1; }

    // Every port is one joining row, and these follow one another: then a port is a row shifted by row.front().
    bool are_consecutive_rows = false;
};

ports ports_of(const boxed_model& model, const boxed_model::part& part);

} // namespace incar::smac::interior
