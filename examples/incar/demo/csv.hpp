#pragma once

/// \file
/// Comma-separated figures under a line of column names, as the public data files have them. No quoted cells.
///
///     expected<std::vector<csv_row>> rows = parse_csv(text, "price.csv", {"time_utc", "price_eur_per_mwh"});
///     expected<double> price = (*rows)[0].number(1);      // errors say "price.csv:2"

#include <incar/core/expected.hpp>
#include <incar/core/timestamp.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace incar::demo {

/// One line. Cells are numbered in the order in which `parse_csv` was asked for them.
struct csv_row {
    std::string place; ///< "file:line", for errors.
    std::vector<std::string> cells;

    expected<std::string> text(std::size_t cell) const; ///< errc::missing when it is empty.
    expected<timestamp> instant(std::size_t cell) const;
    expected<double> number(std::size_t cell) const;                       ///< Finite.
    expected<std::optional<double>> number_or_gap(std::size_t cell) const; ///< Nothing when the cell is empty.
};

/// The named columns of every line. Errors, with "file:line": errc::missing for a column that is not there,
/// errc::wrong_length for a line with more or fewer cells than the first.
expected<std::vector<csv_row>> parse_csv(std::string_view content, const std::string& file,
                                         const std::vector<std::string>& columns);

} // namespace incar::demo
