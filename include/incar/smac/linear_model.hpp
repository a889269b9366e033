#pragma once

/// \file
/// A linear optimisation model with several objectives in order of importance: what smac asks a solver to solve.
///
///     minimise tier[0], then tier[1] among the minima of tier[0], and so on
///     subject to   row.lower <= sum of entries * columns <= row.upper,   column.lower <= column <= column.upper
///
/// Two kinds of whole-number conditions may come on top: pairs of columns of which one must be zero, and columns that
/// are zero or at least some value. Plain data without units; every column is bounded on both sides.

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
};

} // namespace incar::smac
