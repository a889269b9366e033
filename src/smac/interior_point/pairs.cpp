#include "smac/interior_point/pairs.hpp"

#include <algorithm>
#include <cmath>

namespace incar::smac::interior {

pairs::pairs(const boxed_model& model) {
    const std::size_t n = model.width.size();
    for (int side : {0, 1}) {
        row_[side].assign(n, 0);
        value_[side].assign(n, 0.0);
    }
    for (std::size_t j = 0; j < n; ++j)
        for (int k = model.start[j]; k < model.start[j + 1]; ++k) {
            const int place = k - model.start[j];
            const int row = model.row[static_cast<std::size_t>(k)];
            const double value = model.value[static_cast<std::size_t>(k)];
            if (place < 2) {
                row_[place][j] = row;
                value_[place][j] = value;
            } else {
                beyond_.push_back({j, static_cast<std::size_t>(row), value});
            }
        }
}

const pairs::entry* pairs::beyond_from(std::size_t column) const {
    return std::lower_bound(beyond_.data(), beyond_.data() + beyond_.size(), column,
                            [](const entry& each, std::size_t wanted) { return each.column < wanted; });
}

void pairs::add(range columns, const double* x, double* rows) const {
    const int* const first = row_[0].data();
    const int* const second = row_[1].data();
    for (std::size_t j = columns.first; j < columns.end; ++j) {
        rows[first[j]] += value_[0][j] * x[j];
        rows[second[j]] += value_[1][j] * x[j];
    }
    const entry* const end = beyond_.data() + beyond_.size();
    for (const entry* each = beyond_from(columns.first); each != end && each->column < columns.end; ++each)
        rows[each->row] += each->value * x[each->column];
}

void pairs::transpose(range columns, const double* rows, double* result) const {
    const int* const first = row_[0].data();
    const int* const second = row_[1].data();
    for (std::size_t j = columns.first; j < columns.end; ++j)
        result[j - columns.first] = value_[0][j] * rows[first[j]] + value_[1][j] * rows[second[j]];
    const entry* const end = beyond_.data() + beyond_.size();
    for (const entry* each = beyond_from(columns.first); each != end && each->column < columns.end; ++each)
        result[each->column - columns.first] += each->value * rows[each->row];
}

void pairs::add_with_sizes(const double* x, double* rows, double* sizes) const {
    const auto add = [&](std::size_t row, double term) {
        rows[row] += term;
        sizes[row] = std::max(sizes[row], std::abs(term));
    };
    for (std::size_t j = 0; j < row_[0].size(); ++j) {
        add(static_cast<std::size_t>(row_[0][j]), value_[0][j] * x[j]);
        add(static_cast<std::size_t>(row_[1][j]), value_[1][j] * x[j]);
    }
    for (const entry& each : beyond_) add(each.row, each.value * x[each.column]);
}

} // namespace incar::smac::interior
