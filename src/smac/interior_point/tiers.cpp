#include "smac/interior_point/reduction.hpp"
#include "smac/interior_point/tiers.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace incar::smac::interior {
namespace {

using vector = std::vector<double>;

constexpr double heavier = 30;   // a tier than the dearest usual cost behind it
constexpr double lighter = 1e-5; // a tie-break than the usual cost, where nothing else helps
constexpr double usual = 0.95;   // share of the columns whose cost is usual
constexpr double raise = 100;    // weights that were not heavy enough
constexpr int raises = 3;
constexpr double same_value = 1e-7;  // of tiers
constexpr double near_enough = 1e-8; // a gap that counts as none
constexpr double sound_row = 1e-6;   // of an answer that was stopped

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

struct interruption {
    error reason;
};

class in_order {
public:
    in_order(const linear_model& model, const barrier_options& options)
        : model_(model), given_{model.columns, model.rows}, options_(options) {
        for (const auto& tier : model.tiers) (tier.tie_break ? tie_breaks_ : deciding_).push_back(&tier);
    }

    tiers_answer run() {
        if (deciding_.empty()) std::swap(deciding_, tie_breaks_);
        weigh();
        stage last;
        for (int attempt = 0;; ++attempt) {
            last = minimise(combined(deciding_.size()), given_);
            if (last.stopped) break;
            const std::size_t light = first_too_light(last.columns);
            if (light == deciding_.size()) break;
            if (attempt == raises) { // not proven: say by how much
                last.gap = std::max(last.gap, doubt_);
                break;
            }
            for (std::size_t k = 0; k <= light; ++k) weights_[k] *= raise;
        }
        result_.gap = last.gap;
        if (!last.stopped)
            for (const auto* tier : tie_breaks_) last = among_optima(*tier, std::move(last));
        result_.columns = std::move(last.columns);
        return std::move(result_);
    }

private:
    struct stage {
        vector columns;
        vector duals;
        vector reduced_costs;
        double gap = 0;
        bool stopped = false;
    };

    // The last deciding tier weighs 1, each before it more than what a unit of it could save in those behind.
    void weigh() {
        weights_.assign(deciding_.size(), 1.0);
        for (std::size_t k = deciding_.size() - 1; k-- > 0;) {
            const double behind = usual_of(combined_from(k + 1));
            double least = 0;
            for (const auto& term : deciding_[k]->terms)
                if (term.cost != 0) least = least == 0 ? std::abs(term.cost) : std::min(least, std::abs(term.cost));
            weights_[k] = behind > 0 && least > 0 ? heavier * behind / least : weights_[k + 1];
        }
    }

    static double usual_of(const vector& costs) {
        vector sizes;
        for (const double c : costs)
            if (c != 0) sizes.push_back(std::abs(c));
        if (sizes.empty()) return 0;
        const auto place = sizes.begin() + static_cast<std::ptrdiff_t>(usual * static_cast<double>(sizes.size() - 1));
        std::nth_element(sizes.begin(), place, sizes.end());
        return *place;
    }

    vector combined_from(std::size_t first) const {
        vector cost(model_.columns.size(), 0.0);
        for (std::size_t k = first; k < deciding_.size(); ++k)
            for (const auto& term : deciding_[k]->terms) cost[at(term.column)] += weights_[k] * term.cost;
        return cost;
    }

    // The first `count` deciding tiers, the last of them at weight 1.
    vector combined(std::size_t count) const {
        vector cost(model_.columns.size(), 0.0);
        for (std::size_t k = 0; k < count; ++k)
            for (const auto& term : deciding_[k]->terms)
                cost[at(term.column)] += weights_[k] / weights_[count - 1] * term.cost;
        return cost;
    }

    stage minimise(const vector& cost, const bounds& within) {
        const reduction small(model_, within, cost);
        if (small.impossible_row())
            throw interruption{error{errc::unavailable, "/rows/" + std::to_string(*small.impossible_row()),
                                     "no column values satisfy this row within their bounds"}};
        barrier_answer found = interior::minimise(small.reduced(), options_);
        result_.iterations += found.iterations;
        stage result;
        result.stopped = found.outcome == barrier_outcome::stopped;
        if (found.infeasibility > sound_row) {
            if (result.stopped)
                throw interruption{error{errc::limit_exceeded, "/time_limit", "the time ran out before any answer"}};
            throw interruption{error{errc::unavailable, "/rows", "no column values satisfy all rows and bounds"}};
        }
        result.columns = small.columns(found.x);
        result.duals = small.duals(found.y);
        result.reduced_costs = small.reduced_costs(result.duals);
        result.gap = found.relative_gap <= near_enough ? 0 : found.relative_gap;
        return result;
    }

    // The least that a tier can be whatever the rows say.
    double least_of(const linear_model::tier& tier) const {
        double sum = 0;
        for (const auto& term : tier.terms) {
            const auto& bounds = model_.columns[at(term.column)];
            sum += std::min(term.cost * bounds.lower, term.cost * bounds.upper);
        }
        return sum;
    }

    // The first tier that another plan would serve better without harm to those before it; the number of deciding tiers
    // when there is none. A tier at the least it can ever be needs no proof; any other is minimised together with only
    // those before it.
    std::size_t first_too_light(const vector& columns) {
        vector best;
        for (std::size_t k = 0; k + 1 < deciding_.size(); ++k) {
            best.push_back(value_of(*deciding_[k], columns));
            if (best[k] <= least_of(*deciding_[k]) + tolerance_at(best[k])) continue;
            const stage alone = minimise(combined(k + 1), given_);
            if (alone.stopped) break;
            for (std::size_t i = 0; i < k; ++i)
                if (is_above(value_of(*deciding_[i], alone.columns), best[i])) return i;
            if (is_above(best[k], value_of(*deciding_[k], alone.columns))) return k;
        }
        return deciding_.size();
    }

    bool is_above(double value, double best) {
        doubt_ = (value - best) / (1 + std::abs(best));
        return value > best + tolerance_at(best);
    }

    static double tolerance_at(double value) { return same_value * (1 + std::abs(value)); }

    // Holds what the tiers so far leave no freedom, and minimises this one over the rest. Too much freedom shows as a
    // dearer answer: then more is held, and in the end this tier is only a light weight beside the others.
    stage among_optima(const linear_model::tier& tier, stage before) {
        vector cost(model_.columns.size(), 0.0);
        for (const auto& term : tier.terms) cost[at(term.column)] += term.cost;
        for (const double caution : {1.0, 1e2, 1e4})
            if (auto after = as_good_as(before, cost, what_is_left(before, caution))) return std::move(*after);
        const double light = usual_of(cost) > 0 ? lighter * usual_of(combined_from(0)) / usual_of(cost) : 0;
        vector both = combined_from(0);
        for (std::size_t j = 0; j < both.size(); ++j) both[j] += light * cost[j];
        if (auto after = as_good_as(before, both, given_)) return std::move(*after);
        return before;
    }

    std::optional<stage> as_good_as(const stage& before, const vector& cost, const bounds& within) {
        try {
            stage after = minimise(cost, within);
            for (const auto* decided : deciding_) {
                const double had = value_of(*decided, before.columns);
                if (value_of(*decided, after.columns) > had + tolerance_at(had)) return std::nullopt;
            }
            return after;
        } catch (const interruption&) {
            return std::nullopt;
        }
    }

    // At an optimum a column stands at a bound, or costs nothing to move. The larger of the two distances, each
    // relative to what is usual, tells which.
    bounds what_is_left(const stage& before, double caution) const {
        bounds held = given_;
        const double usual_cost = usual_of(combined_from(deciding_.size() - 1)) / caution;
        const auto hold = [&](linear_model::range& range, double x, double price) {
            const double room = price > 0 ? x - range.lower : range.upper - x;
            const double width = range.upper - range.lower;
            if (std::abs(price) > usual_cost * (std::isfinite(width) && width > 0 ? room / width : room))
                range = {x, x};
        };
        for (std::size_t j = 0; j < held.columns.size(); ++j)
            hold(held.columns[j], before.columns[j], before.reduced_costs[j]);
        vector activity(held.rows.size(), 0.0);
        for (const auto& entry : model_.entries)
            activity[at(entry.row)] += entry.value * before.columns[at(entry.column)];
        for (std::size_t i = 0; i < held.rows.size(); ++i)
            if (held.rows[i].lower != held.rows[i].upper) hold(held.rows[i], activity[i], before.duals[i]);
        return held;
    }

    const linear_model& model_;
    const bounds given_;
    const barrier_options& options_;
    std::vector<const linear_model::tier*> deciding_, tie_breaks_;
    vector weights_;
    double doubt_ = 0; // by how much, relative, the last comparison of tiers was off
    tiers_answer result_;
};

} // namespace

expected<tiers_answer> minimise_in_order(const linear_model& model, const barrier_options& options) {
    try {
        return in_order(model, options).run();
    } catch (const interruption& stopped) {
        return stopped.reason;
    }
}

} // namespace incar::smac::interior
