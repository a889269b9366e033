#include <incar/smac/linear_model.hpp>

#include <algorithm>
#include <cmath>

namespace incar::smac {
namespace {

std::string at(const char* list, std::size_t index) {
    return std::string("/") + list + "/" + std::to_string(index);
}

class examination {
public:
    explicit examination(const linear_model& model) : model_(model) {}

    std::optional<error> run() {
        columns();
        rows();
        if (entries()) repeated_entries();
        tiers();
        conditions();
        parts();
        return std::move(finding_);
    }

private:
    bool is_column(int j) const { return j >= 0 && static_cast<std::size_t>(j) < model_.columns.size(); }
    bool is_row(int i) const { return i >= 0 && static_cast<std::size_t>(i) < model_.rows.size(); }

    bool require(bool good, errc code, const char* list, std::size_t index, const char* message) {
        if (!good && !finding_) finding_ = error{code, at(list, index), message};
        return good;
    }

    void columns() {
        for (std::size_t j = 0; j < model_.columns.size(); ++j) {
            const auto& bounds = model_.columns[j];
            require(std::isfinite(bounds.lower) && std::isfinite(bounds.upper), errc::not_finite, "columns", j,
                    "a column needs finite bounds");
            require(bounds.lower <= bounds.upper, errc::inconsistent, "columns", j,
                    "the lower bound is above the upper");
        }
    }

    void rows() {
        for (std::size_t i = 0; i < model_.rows.size(); ++i) {
            const auto& bounds = model_.rows[i];
            require(!std::isnan(bounds.lower) && !std::isnan(bounds.upper), errc::not_finite, "rows", i,
                    "a bound is NaN");
            require(bounds.lower <= bounds.upper && bounds.lower < HUGE_VAL && bounds.upper > -HUGE_VAL,
                    errc::inconsistent, "rows", i, "no value lies between the bounds");
        }
    }

    bool entries() {
        for (std::size_t k = 0; k < model_.entries.size(); ++k) {
            const auto& entry = model_.entries[k];
            if (!require(is_column(entry.column) && is_row(entry.row), errc::out_of_range, "entries", k,
                         "names a row or column that does not exist") ||
                !require(std::isfinite(entry.value), errc::not_finite, "entries", k, "a finite number is needed"))
                return false;
        }
        return true;
    }

    void repeated_entries() {
        std::vector<int> start(model_.columns.size() + 1, 0);
        for (const auto& entry : model_.entries) ++start[static_cast<std::size_t>(entry.column) + 1];
        for (std::size_t j = 0; j + 1 < start.size(); ++j) start[j + 1] += start[j];
        std::vector<int> rows(model_.entries.size());
        std::vector<int> next = start;
        for (const auto& entry : model_.entries)
            rows[static_cast<std::size_t>(next[static_cast<std::size_t>(entry.column)]++)] = entry.row;
        std::vector<std::size_t> seen(model_.rows.size(), model_.columns.size());
        for (std::size_t j = 0; j < model_.columns.size(); ++j)
            for (int k = start[j]; k < start[j + 1]; ++k) {
                std::size_t& by = seen[static_cast<std::size_t>(rows[static_cast<std::size_t>(k)])];
                if (by == j && !finding_)
                    finding_ = error{errc::inconsistent, "/entries", "two entries have the same row and column"};
                by = j;
            }
    }

    void tiers() {
        if (model_.tiers.empty() && !finding_)
            finding_ = error{errc::inconsistent, "/tiers", "there is nothing to minimise"};
        for (std::size_t k = 0; k < model_.tiers.size(); ++k)
            for (const auto& term : model_.tiers[k].terms) {
                require(is_column(term.column), errc::out_of_range, "tiers", k, "names a column that does not exist");
                require(std::isfinite(term.cost), errc::not_finite, "tiers", k, "a cost is not finite");
            }
    }

    void conditions() {
        for (std::size_t k = 0; k < model_.exclusive.size(); ++k)
            for (const int j : {model_.exclusive[k].first, model_.exclusive[k].second})
                if (require(is_column(j), errc::out_of_range, "exclusive", k, "names a column that does not exist"))
                    require(model_.columns[static_cast<std::size_t>(j)].lower == 0, errc::inconsistent, "exclusive", k,
                            "a column of a pair needs the lower bound 0");
        for (std::size_t k = 0; k < model_.semicontinuous.size(); ++k) {
            const auto& condition = model_.semicontinuous[k];
            if (!require(is_column(condition.column), errc::out_of_range, "semicontinuous", k,
                         "names a column that does not exist"))
                continue;
            const auto& bounds = model_.columns[static_cast<std::size_t>(condition.column)];
            require(bounds.lower == 0 && condition.least > 0 && condition.least <= bounds.upper, errc::inconsistent,
                    "semicontinuous", k, "needs lower bound 0 and a least value between 0 and the upper bound");
        }
    }

    void parts() {
        int column = 0, row = 0;
        for (std::size_t k = 0; k < model_.parts.size(); ++k) {
            const auto& part = model_.parts[k];
            const bool ascends = part.first_column >= column && part.end_column >= part.first_column &&
                                 part.first_row >= row && part.end_row >= part.first_row;
            const bool exists = static_cast<std::size_t>(std::max(part.end_column, 0)) <= model_.columns.size() &&
                                static_cast<std::size_t>(std::max(part.end_row, 0)) <= model_.rows.size();
            if (!require(ascends && exists, errc::out_of_range, "parts", k,
                         "needs ranges of existing columns and rows behind those of the part before"))
                return;
            column = part.end_column;
            row = part.end_row;
        }
        if (finding_) return;
        std::vector<int> part_of_column(model_.columns.size(), -1), part_of_row(model_.rows.size(), -1);
        for (std::size_t k = 0; k < model_.parts.size(); ++k) {
            const auto fill = [&](std::vector<int>& parts, int from, int to) {
                std::fill(parts.begin() + from, parts.begin() + to, static_cast<int>(k));
            };
            fill(part_of_column, model_.parts[k].first_column, model_.parts[k].end_column);
            fill(part_of_row, model_.parts[k].first_row, model_.parts[k].end_row);
        }
        for (std::size_t k = 0; k < model_.entries.size(); ++k) {
            const auto& entry = model_.entries[k];
            const int part = part_of_row[static_cast<std::size_t>(entry.row)];
            require(part < 0 || part == part_of_column[static_cast<std::size_t>(entry.column)], errc::inconsistent,
                    "entries", k, "a row of a part has an entry in a column outside it");
        }
    }

    const linear_model& model_;
    std::optional<error> finding_;
};

} // namespace

std::optional<error> check(const linear_model& model) {
    return examination(model).run();
}

double value_of(const linear_model::tier& tier, const std::vector<double>& columns) {
    double sum = 0;
    for (const auto& term : tier.terms) sum += term.cost * columns[static_cast<std::size_t>(term.column)];
    return sum;
}

} // namespace incar::smac
