#include "smac/interior_point/tiers.hpp"

#include <incar/smac/interior_point.hpp>

#include <algorithm>
#include <cmath>

namespace incar::smac {
namespace {

using clock = std::chrono::steady_clock;

constexpr double holds = 1e-7; // a condition counts as met up to this
constexpr int rounds = 6;
constexpr auto last_word = std::chrono::seconds(60); // for the solves that complete a rounded answer

// Settles the conditions that these columns break so that the columns only shrink: the smaller of a pair is emptied, a
// semicontinuous column below its least value is emptied or, when it is nearer, raised to it.
bool settle(linear_model& model, const std::vector<double>& columns, bool only_down) {
    const auto value = [&](int j) { return columns[static_cast<std::size_t>(j)]; };
    const auto bounds = [&](int j) -> linear_model::range& { return model.columns[static_cast<std::size_t>(j)]; };
    bool any = false;
    for (const auto& pair : model.exclusive)
        if (std::min(value(pair.first), value(pair.second)) > holds) {
            bounds(value(pair.first) < value(pair.second) ? pair.first : pair.second) = {0, 0};
            any = true;
        }
    for (const auto& condition : model.semicontinuous) {
        const double x = value(condition.column);
        if (x <= holds || x >= condition.least - holds) continue;
        linear_model::range& range = bounds(condition.column);
        if (x > condition.least / 2 && !only_down)
            range.lower = condition.least;
        else
            range = {0, 0};
        any = true;
    }
    return any;
}

expected<solution> run(const linear_model& model, const solve_options& options) {
    const auto begin = clock::now();
    if (options.time_limit.count() <= 0 || !(options.gap >= 0 && options.gap <= 1))
        return error{errc::out_of_range, options.time_limit.count() <= 0 ? "/time_limit" : "/gap",
                     "is outside its range"};
    if (auto finding = check(model)) return std::move(*finding);
    interior::barrier_options within;
    within.stop = [end = begin + options.time_limit] { return clock::now() >= end; };
    expected<interior::tiers_answer> relaxed = interior::minimise_in_order(model, within);
    if (!relaxed) return relaxed.error();
    solution result;
    result.columns = relaxed->columns;
    result.iterations = relaxed->iterations;
    result.gap = relaxed->gap;
    linear_model settled;
    for (int round = 0; !model.exclusive.empty() || !model.semicontinuous.empty(); ++round) {
        if (round == 0) settled = model;
        const std::vector<linear_model::range> before = settled.columns;
        if (!settle(settled, result.columns, round >= rounds / 2)) break;
        within.stop = [end = std::max(begin + options.time_limit, clock::now() + last_word)] {
            return clock::now() >= end;
        };
        expected<interior::tiers_answer> found = interior::minimise_in_order(settled, within);
        if (!found && round < rounds / 2) {
            settled.columns = before;
            settle(settled, result.columns, true);
            found = interior::minimise_in_order(settled, within);
        }
        if (!found) return found.error();
        result.columns = found->columns;
        result.iterations += found->iterations;
        if (round == 2 * rounds) return error{errc::unavailable, "", "rounding breaks a settled choice"};
    }
    for (const auto& tier : model.tiers) result.tier_values.push_back(value_of(tier, result.columns));
    if (!settled.columns.empty())
        for (std::size_t k = 0; k < model.tiers.size() && !model.tiers[k].tie_break; ++k) {
            const double bound = value_of(model.tiers[k], relaxed->columns), reached = result.tier_values[k];
            if (reached - bound <= options.gap * std::max(1.0, std::abs(reached))) continue;
            result.gap = std::max(result.gap, (reached - bound) / std::max(std::abs(reached), 1e-9));
            break;
        }
    result.seconds = std::chrono::duration<double>(clock::now() - begin).count();
    return result;
}

} // namespace

solver interior_point() {
    return {"interior_point", run};
}

} // namespace incar::smac
