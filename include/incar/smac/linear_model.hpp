#pragma once

/// \file
/// A linear optimisation model with several objectives in order of importance: what smac asks a solver to solve.
///
///     minimise tier[0], then tier[1] among the minima of tier[0], and so on
///     subject to   row.lower <= sum of entries * columns <= row.upper,   column.lower <= column <= column.upper
///
/// Two kinds of whole-number conditions may come on top: pairs of columns of which one must be zero, and columns that
/// are zero or at least some value. Plain data without units; every column is bounded on both sides.

#include <incar/core/error.hpp>
#include <incar/smac/export.hpp>

#include <optional>
#include <string>
#include <vector>

namespace incar::smac {

/// See the file's comment. Indices count from 0.
struct linear_model {
    struct range {
        double lower = 0; ///< May be -infinity in rows.
        double upper = 0; ///< May be +infinity in rows.
    };
    struct entry {
        int row = 0;
        int column = 0;
        double value = 0;
    };
    struct term {
        int column = 0;
        double cost = 0;
    };
    struct tier {
        std::string name; ///< For messages: "limits", "targets", "money", ...
        std::vector<term> terms;
        bool tie_break =
            false; ///< Only orders what the tiers before it leave open; it never decides a whole-number condition.
    };
    struct pair {
        int first = 0; ///< Both columns have lower bound 0.
        int second = 0;
    };
    struct part {
        int first_column = 0;
        int end_column = 0;
        int first_row = 0;
        int end_row = 0;
    };
    struct semicontinuous_column {
        int column = 0;   ///< Has lower bound 0.
        double least = 0; ///< The column is 0 or at least this. > 0
    };

    std::vector<range> columns;
    std::vector<range> rows;
    std::vector<entry> entries; ///< At most one for a row and a column.
    std::vector<tier> tiers;    ///< Most important first, at least one.
    std::vector<pair> exclusive;
    std::vector<semicontinuous_column> semicontinuous;

    /// Ranges of columns and rows, in ascending order, that belong together: the rows of a part have entries in its
    /// columns only. A hint for solvers that work part by part, one part for each device; may be empty.
    std::vector<part> parts;
};

/// The first way in which a model breaks its own rules, with its place ("/columns/3"); nothing when it can be solved or
/// proven impossible. Codes: errc::out_of_range, errc::not_finite, errc::inconsistent. Takes time in proportion to the
/// entries.
INCAR_SMAC_EXPORT std::optional<error> check(const linear_model& model);

/// The value of a tier at these columns.
INCAR_SMAC_EXPORT double value_of(const linear_model::tier& tier, const std::vector<double>& columns);

} // namespace incar::smac
