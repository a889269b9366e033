#include "csv.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace incar::demo {
namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

std::string_view without_carriage_return(std::string_view line) {
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    return line;
}

} // namespace

expected<std::string> csv_row::text(std::size_t cell) const {
    if (cells[cell].empty()) return error{errc::missing, place, "a cell is empty that must not be"};
    return cells[cell];
}

expected<timestamp> csv_row::instant(std::size_t cell) const {
    auto read = timestamp::parse(cells[cell]);
    if (!read) return error{read.error().code, place, "'" + cells[cell] + "': " + read.error().message};
    return read;
}

expected<double> csv_row::number(std::size_t cell) const {
    const std::string& text = cells[cell];
    double value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return error{errc::malformed, place, "'" + text + "' is no number"};
    return value;
}

expected<std::optional<double>> csv_row::number_or_gap(std::size_t cell) const {
    if (cells[cell].empty()) return std::optional<double>();
    return number(cell).transform([](double value) { return std::optional<double>(value); });
}

expected<std::vector<csv_row>> parse_csv(std::string_view content, const std::string& file,
                                         const std::vector<std::string>& columns) {
    if (!content.empty() && content.back() == '\n') content.remove_suffix(1);
    const std::vector<std::string_view> lines = split(content, '\n');
    const std::vector<std::string_view> names = split(without_carriage_return(lines.front()), ',');
    std::vector<std::size_t> chosen;
    for (const std::string& column : columns) {
        const auto found = std::find(names.begin(), names.end(), column);
        if (found == names.end()) return error{errc::missing, file + ":1", "there is no column '" + column + "'"};
        chosen.push_back(static_cast<std::size_t>(found - names.begin()));
    }
    std::vector<csv_row> rows;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        csv_row row{file + ":" + std::to_string(i + 1), {}};
        const std::vector<std::string_view> cells = split(without_carriage_return(lines[i]), ',');
        if (cells.size() != names.size())
            return error{errc::wrong_length, row.place,
                         "has " + std::to_string(cells.size()) + " cells under " + std::to_string(names.size()) +
                             " columns"};
        for (const std::size_t column : chosen) row.cells.emplace_back(cells[column]);
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace incar::demo
