#pragma once

#include "smac/interior_point/boxed_model.hpp"

#include <incar/smac/linear_model.hpp>

#include <optional>
#include <vector>

namespace incar::smac::interior {

struct bounds {
    std::vector<linear_model::range> columns;
    std::vector<linear_model::range> rows;
};

// What is left of a linear model once everything is gone that leaves a barrier method no room inside: columns without
// width, rows that fix their columns, rows that say nothing.
class reduction {
public:
    // Minimises `cost` (one for each column) within these bounds instead of the model's own. The model must have passed
    // check(); model and bounds must outlive the result.
    reduction(const linear_model& model, const bounds& within, const std::vector<double>& cost);

    const boxed_model& reduced() const { return reduced_; }
    std::optional<int> impossible_row() const { return impossible_row_; } // one that no columns can satisfy

    // From an answer of the reduced model to one of the given model.
    std::vector<double> columns(const std::vector<double>& reduced) const;
    std::vector<double> duals(const std::vector<double>& reduced) const;
    std::vector<double> reduced_costs(const std::vector<double>& duals) const; // of the given columns

private:
    enum class fate : char { kept, says_nothing, fixes };
    static constexpr int open = -1;
    static constexpr int by_its_bounds = -2;
    struct fixing { // a row that left its columns no choice
        int row;
        int sense; // -1: at the least it can be, 1: at the most, 0: an equality with one column left
    };

    void transpose();
    void remove_what_has_no_choice();
    void look_at(int row);
    void fix(int column, double value, int by);
    bool is_open(int column) const { return fixed_by_[static_cast<std::size_t>(column)] == open; }
    void force(int row, int sense);
    void build();
    void keep_row(int row);
    void keep_column(int column);
    void add_slack(int row);
    void finish_column(int column, double width, double cost);
    double lower(int column) const { return bounds_[static_cast<std::size_t>(column)].lower; }
    double upper(int column) const { return bounds_[static_cast<std::size_t>(column)].upper; }

    struct activity {
        double least = 0;
        double most = 0;
        double scale = 0; // of the terms, for tolerances
    };
    activity activity_of(int row) const;

    const linear_model& given_;
    const std::vector<linear_model::range>& rows_;
    std::vector<double> cost_;
    std::vector<linear_model::range> bounds_; // of the columns, narrowed
    std::vector<int> fixed_by_;               // of the columns: a row, `open`, or `by_its_bounds`
    std::vector<fate> fates_;                 // of the rows
    std::vector<int> left_;                   // of each row: how many of its columns are open
    std::vector<fixing> fixings_;
    std::vector<int> queue_;
    std::optional<int> impossible_row_;

    // The given matrix, by columns and by rows.
    std::vector<int> column_start_, column_row_, row_start_, row_column_;
    std::vector<double> column_value_, row_value_;

    boxed_model reduced_;
    std::vector<int> column_of_; // of each reduced column: the given one, or -1 for the slack of a row
    std::vector<int> row_of_;    // of each reduced row: the given one
    std::vector<int> place_;     // of each given row in the reduced model, or -1
};

} // namespace incar::smac::interior
