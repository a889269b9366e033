#include <incar/smac/solver.hpp>

#include <algorithm>
#include <cmath>

namespace incar::smac {
namespace {

constexpr double same = 1e-9; // relative, of tiers

bool is_better(const solution& one, const solution& other) {
    for (std::size_t k = 0; k < std::min(one.tier_values.size(), other.tier_values.size()); ++k) {
        const double apart = one.tier_values[k] - other.tier_values[k];
        if (std::abs(apart) > same * (1 + std::abs(other.tier_values[k]))) return apart < 0;
    }
    return false;
}

} // namespace

solver quick_then_thorough(solver quick, solver thorough) {
    solver both;
    both.name = quick.name;
    both.solve = [quick = std::move(quick), thorough = std::move(thorough)](
                     const linear_model& model, const solve_options& options) -> expected<solution> {
        expected<solution> first = quick.solve(model, options);
        const bool is_whole = !model.exclusive.empty() || !model.semicontinuous.empty();
        if (!is_whole || (first && first->gap <= options.gap)) return first;
        if (!first && first.error().code != errc::unavailable) return first;
        solve_options rest = options;
        if (first) rest.time_limit -= std::chrono::milliseconds(static_cast<long long>(first->seconds * 1000));
        if (rest.time_limit.count() <= 0) return first;
        expected<solution> second = thorough.solve(model, rest);
        if (first && (!second || !is_better(*second, *first))) return first;
        if (first && second) second->seconds += first->seconds;
        return second;
    };
    return both;
}

} // namespace incar::smac
