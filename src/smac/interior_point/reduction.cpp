#include "smac/interior_point/reduction.hpp"

#include <algorithm>
#include <cmath>

namespace incar::smac::interior {
namespace {

constexpr double no_width = 1e-10;  // relative to the terms of a row, or to a bound
constexpr double impossible = 1e-7; // likewise

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

} // namespace

reduction::reduction(const linear_model& model, const bounds& within, const std::vector<double>& cost)
    : given_(model), rows_(within.rows), cost_(cost), bounds_(within.columns), fixed_by_(model.columns.size(), open),
      fates_(model.rows.size(), fate::kept), left_(model.rows.size(), 0) {
    transpose();
    remove_what_has_no_choice();
    if (!impossible_row_) build();
}

void reduction::transpose() {
    const auto count = [](std::vector<int>& start, std::size_t size) { start.assign(size + 1, 0); };
    count(column_start_, given_.columns.size());
    count(row_start_, given_.rows.size());
    for (const auto& entry : given_.entries) {
        ++column_start_[at(entry.column) + 1];
        ++row_start_[at(entry.row) + 1];
    }
    for (std::size_t j = 0; j + 1 < column_start_.size(); ++j) column_start_[j + 1] += column_start_[j];
    for (std::size_t i = 0; i + 1 < row_start_.size(); ++i) row_start_[i + 1] += row_start_[i];
    column_row_.resize(given_.entries.size());
    row_column_.resize(given_.entries.size());
    column_value_.resize(given_.entries.size());
    row_value_.resize(given_.entries.size());
    std::vector<int> next_in_column = column_start_, next_in_row = row_start_;
    for (const auto& entry : given_.entries) {
        const std::size_t c = at(next_in_column[at(entry.column)]++), r = at(next_in_row[at(entry.row)]++);
        column_row_[c] = entry.row;
        column_value_[c] = entry.value;
        row_column_[r] = entry.column;
        row_value_[r] = entry.value;
    }
}

reduction::activity reduction::activity_of(int row) const {
    activity result;
    for (int k = row_start_[at(row)]; k < row_start_[at(row) + 1]; ++k) {
        const double a = row_value_[at(k)];
        const auto& range = bounds_[at(row_column_[at(k)])];
        result.least += a * (a > 0 ? range.lower : range.upper);
        result.most += a * (a > 0 ? range.upper : range.lower);
        result.scale = std::max({result.scale, std::abs(a * range.lower), std::abs(a * range.upper)});
    }
    return result;
}

void reduction::remove_what_has_no_choice() {
    for (std::size_t i = 0; i < given_.rows.size(); ++i) left_[i] = row_start_[i + 1] - row_start_[i];
    for (std::size_t j = 0; j < bounds_.size(); ++j) {
        const double scale = 1 + std::max(std::abs(bounds_[j].lower), std::abs(bounds_[j].upper));
        if (bounds_[j].upper - bounds_[j].lower <= no_width * scale)
            fix(static_cast<int>(j), bounds_[j].lower + (bounds_[j].upper - bounds_[j].lower) / 2, by_its_bounds);
    }
    queue_.clear();
    for (int i = static_cast<int>(given_.rows.size()) - 1; i >= 0; --i) queue_.push_back(i);
    while (!queue_.empty() && !impossible_row_) {
        const int row = queue_.back();
        queue_.pop_back();
        if (fates_[at(row)] == fate::kept) look_at(row);
    }
}

void reduction::fix(int column, double value, int by) {
    fixed_by_[at(column)] = by;
    bounds_[at(column)] = {value, value};
    for (int k = column_start_[at(column)]; k < column_start_[at(column) + 1]; ++k) {
        --left_[at(column_row_[at(k)])];
        queue_.push_back(column_row_[at(k)]);
    }
}

void reduction::look_at(int row) {
    const linear_model::range& wanted = rows_[at(row)];
    const activity reach = activity_of(row);
    const double scale = 1 + reach.scale;
    if (reach.least > wanted.upper + impossible * scale || reach.most < wanted.lower - impossible * scale) {
        impossible_row_ = row;
        return;
    }
    const double tolerance = no_width * scale;
    if (left_[at(row)] == 0 || (reach.least >= wanted.lower && reach.most <= wanted.upper)) {
        fates_[at(row)] = fate::says_nothing;
    } else if (reach.least >= wanted.upper - tolerance) {
        force(row, -1);
    } else if (reach.most <= wanted.lower + tolerance) {
        force(row, 1);
    } else if (wanted.lower == wanted.upper && left_[at(row)] == 1) {
        force(row, 0);
    }
}

void reduction::force(int row, int sense) {
    fates_[at(row)] = fate::fixes;
    fixings_.push_back({row, sense});
    double rest = rows_[at(row)].lower;
    if (sense == 0)
        for (int k = row_start_[at(row)]; k < row_start_[at(row) + 1]; ++k)
            if (!is_open(row_column_[at(k)])) rest -= row_value_[at(k)] * lower(row_column_[at(k)]);
    for (int k = row_start_[at(row)]; k < row_start_[at(row) + 1]; ++k) {
        const int column = row_column_[at(k)];
        if (!is_open(column)) continue;
        const double a = row_value_[at(k)];
        if (sense == 0)
            fix(column, std::clamp(rest / a, lower(column), upper(column)), row);
        else
            fix(column, (a > 0) == (sense < 0) ? lower(column) : upper(column), row);
    }
}

// Parts in their order, then what joins them.
void reduction::build() {
    std::vector<char> column_is_in_part(given_.columns.size(), 0), row_is_in_part(given_.rows.size(), 0);
    place_.assign(given_.rows.size(), -1);
    reduced_.start.push_back(0);
    for (const auto& part : given_.parts)
        for (int i = part.first_row; i < part.end_row; ++i) keep_row(i), row_is_in_part[at(i)] = 1;
    for (std::size_t i = 0; i < given_.rows.size(); ++i)
        if (!row_is_in_part[i]) keep_row(static_cast<int>(i));
    for (const auto& part : given_.parts) {
        const int first_column = reduced_.columns(), first_row = reduced_.joining_rows_from();
        int end_row = first_row;
        for (int j = part.first_column; j < part.end_column; ++j) keep_column(j), column_is_in_part[at(j)] = 1;
        for (int i = part.first_row; i < part.end_row; ++i)
            if (place_[at(i)] >= 0) add_slack(i), ++end_row;
        reduced_.parts.push_back({first_column, reduced_.columns(), first_row, end_row});
    }
    for (std::size_t j = 0; j < given_.columns.size(); ++j)
        if (!column_is_in_part[j]) keep_column(static_cast<int>(j));
    for (std::size_t i = 0; i < given_.rows.size(); ++i)
        if (!row_is_in_part[i] && place_[i] >= 0) add_slack(static_cast<int>(i));
}

void reduction::keep_row(int row) {
    if (fates_[at(row)] != fate::kept) return;
    place_[at(row)] = static_cast<int>(row_of_.size());
    row_of_.push_back(row);
    reduced_.right.push_back(0);
}

void reduction::keep_column(int column) {
    if (!is_open(column)) return;
    for (int k = column_start_[at(column)]; k < column_start_[at(column) + 1]; ++k)
        if (const int place = place_[at(column_row_[at(k)])]; place >= 0) {
            reduced_.row.push_back(place);
            reduced_.value.push_back(column_value_[at(k)]);
        }
    finish_column(column, upper(column) - lower(column), cost_[at(column)]);
}

// The right hand side of a kept row, and its slack unless it is an equality.
void reduction::add_slack(int row) {
    const linear_model::range& wanted = rows_[at(row)];
    const activity reach = activity_of(row);
    const double low = std::max(wanted.lower, reach.least), high = std::min(wanted.upper, reach.most);
    double constant = 0;
    for (int k = row_start_[at(row)]; k < row_start_[at(row) + 1]; ++k)
        constant += row_value_[at(k)] * lower(row_column_[at(k)]);
    reduced_.right[at(place_[at(row)])] = low - constant;
    if (high - low <= no_width * (1 + reach.scale)) return;
    reduced_.row.push_back(place_[at(row)]);
    reduced_.value.push_back(-1);
    finish_column(-1, high - low, 0);
}

void reduction::finish_column(int column, double width, double cost) {
    column_of_.push_back(column);
    reduced_.start.push_back(static_cast<int>(reduced_.row.size()));
    reduced_.width.push_back(width);
    reduced_.cost.push_back(cost);
}

std::vector<double> reduction::columns(const std::vector<double>& reduced) const {
    std::vector<double> result(given_.columns.size());
    for (std::size_t j = 0; j < result.size(); ++j) result[j] = bounds_[j].lower;
    for (std::size_t j = 0; j < column_of_.size(); ++j)
        if (column_of_[j] >= 0) {
            double& x = result[at(column_of_[j])];
            x = std::clamp(x + reduced[j], x, bounds_[at(column_of_[j])].upper);
        }
    return result;
}

std::vector<double> reduction::duals(const std::vector<double>& reduced) const {
    std::vector<double> result(given_.rows.size(), 0.0);
    for (std::size_t i = 0; i < row_of_.size(); ++i) result[at(row_of_[i])] = reduced[i];
    // A row that fixed its columns takes the multiplier that makes their reduced costs agree with where they stand.
    for (auto each = fixings_.rbegin(); each != fixings_.rend(); ++each) {
        const linear_model::range& wanted = rows_[at(each->row)];
        bool any = wanted.lower != wanted.upper && each->sense != 0;
        double best = 0;
        for (int k = row_start_[at(each->row)]; k < row_start_[at(each->row) + 1]; ++k) {
            const int column = row_column_[at(k)];
            if (fixed_by_[at(column)] != each->row) continue;
            double rest = cost_[at(column)];
            for (int q = column_start_[at(column)]; q < column_start_[at(column) + 1]; ++q)
                rest -= column_value_[at(q)] * result[at(column_row_[at(q)])];
            const double ratio = rest / row_value_[at(k)];
            best = !any ? ratio : each->sense < 0 ? std::min(best, ratio) : std::max(best, ratio);
            any = true;
        }
        result[at(each->row)] = best;
    }
    return result;
}

std::vector<double> reduction::reduced_costs(const std::vector<double>& duals) const {
    std::vector<double> result = cost_;
    for (const auto& entry : given_.entries) result[at(entry.column)] -= entry.value * duals[at(entry.row)];
    return result;
}

} // namespace incar::smac::interior
