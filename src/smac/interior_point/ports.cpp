#include "smac/interior_point/ports.hpp"

#include <cmath>
#include <map>

namespace incar::smac::interior {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

} // namespace

ports ports_of(const boxed_model& model, const boxed_model::part& part) {
    constexpr double same = 1e-14;
    const int joining = model.joining_rows_from();
    using pattern = std::vector<std::pair<int, double>>;
    std::map<int, std::vector<std::pair<pattern, std::vector<int>>>> found; // by first row: patterns and their columns
    ports result;
    result.of_column.assign(at(part.end_column - part.first_column), -1);
    result.weights.assign(result.of_column.size(), 0.0);
    for (int j = part.first_column; j < part.end_column; ++j) {
        pattern meets;
        for (int k = model.start[at(j)]; k < model.start[at(j) + 1]; ++k)
            if (model.row[at(k)] >= joining) meets.emplace_back(model.row[at(k)] - joining, model.value[at(k)]);
        if (meets.empty()) continue;
        const double weight = meets.front().second;
        for (auto& [row, value] : meets) value /= weight;
        result.weights[at(j - part.first_column)] = weight;
        auto& candidates = found[meets.front().first];
        const auto matches = [&](const pattern& other) {
            bool equal = other.size() == meets.size();
            for (std::size_t k = 0; equal && k < other.size(); ++k)
                equal = other[k].first == meets[k].first && std::abs(other[k].second - meets[k].second) <= same;
            return equal;
        };
        auto match = candidates.begin();
        while (match != candidates.end() && !matches(match->first)) ++match;
        if (match == candidates.end()) match = candidates.insert(match, {meets, {}});
        match->second.push_back(j - part.first_column);
    }
    result.start.push_back(0);
    for (const auto& [row, candidates] : found)
        for (const auto& [meets, columns] : candidates) {
            for (const int column : columns) result.of_column[at(column)] = result.count();
            for (const auto& [meets_row, value] : meets) result.row.push_back(meets_row), result.value.push_back(value);
            result.start.push_back(static_cast<int>(result.row.size()));
        }
    result.are_consecutive_rows = true;
    for (int p = 0; p < result.count(); ++p)
        if (result.start[at(p) + 1] != p + 1 || result.row[at(p)] != result.row[0] + p)
            result.are_consecutive_rows = false;
    return result;
}

} // namespace incar::smac::interior
