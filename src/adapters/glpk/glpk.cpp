#include "adapters/glpk/guard.hpp"
#include "adapters/glpk/session.hpp"

#include <incar/adapters/glpk.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <system_error>
#include <thread>

namespace incar::adapters {
namespace {

using smac::linear_model;
using smac::solution;
using smac::solve_options;

constexpr double holds = 1e-7;    // a condition counts as met up to this
constexpr int patient_rounds = 3; // rounds in which only broken conditions are decided; then all are
constexpr std::chrono::milliseconds last_word = std::chrono::seconds(60);

struct interruption { // carries an error out of the depths of a solve
    error reason;
};

bool is_met(const linear_model& model, std::size_t condition, const std::vector<double>& columns) {
    const auto value = [&](int j) { return columns[static_cast<std::size_t>(j)]; };
    if (is_pair(model, condition)) {
        const auto& pair = model.exclusive[condition];
        return std::min(value(pair.first), value(pair.second)) <= holds;
    }
    const auto& bound_below = model.semicontinuous[condition - model.exclusive.size()];
    return value(bound_below.column) <= holds || value(bound_below.column) >= bound_below.least - holds;
}

class solving {
public:
    solving(const linear_model& model, const solve_options& options)
        : model_(model), options_(options), begin_(std::chrono::steady_clock::now()) {}

    // The relaxed answer first. The conditions it breaks are decided by branch-and-bound, only those, until none is
    // broken; when the time for that runs out the rest is rounded.
    solution run() {
        if (auto finding = smac::check(model_)) throw interruption{std::move(*finding)};
        std::vector<choice> settled(condition_count(model_), choice::open);
        std::vector<double> columns = in_order_of_tiers(settled, left());
        const std::vector<double> relaxed = values(columns);
        std::vector<std::size_t> encoded;
        bool searching = true;
        for (int round = 1; !all_met(columns); ++round) {
            if (round > 2 * patient_rounds)
                throw interruption{error{errc::unavailable, "", "GLPK's rounding breaks a settled choice"}};
            if (searching) {
                const std::size_t before = encoded.size();
                encode_broken(encoded, columns, round > patient_rounds);
                auto better = encoded.size() > before ? whole_numbers(encoded) : std::nullopt;
                searching = better.has_value();
                if (better) settled = std::move(*better);
            }
            if (!searching) settle_by_rounding(settled, columns, round > patient_rounds);
            columns = in_order_of_tiers(settled, std::max(left(), last_word));
        }
        solution result;
        result.tier_values = values(columns);
        result.columns = std::move(columns);
        if (!encoded.empty()) result.gap = searching && proven_ ? options_.gap : distance(relaxed, result.tier_values);
        result.iterations = iterations_;
        result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
        return result;
    }

private:
    std::chrono::milliseconds left() const {
        const auto used = std::chrono::steady_clock::now() - begin_;
        return options_.time_limit - std::chrono::duration_cast<std::chrono::milliseconds>(used);
    }

    std::vector<double> in_order_of_tiers(const std::vector<choice>& settled, std::chrono::milliseconds granted) {
        const deadline end = std::chrono::steady_clock::now() + granted;
        session work(model_, settled);
        for (const auto& tier : model_.tiers) {
            if (&tier != model_.tiers.data()) work.keep_to_optima();
            const auto rest =
                std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
            const glpk_outcome outcome = rest.count() > 0 ? work.minimise(tier, rest) : glpk_outcome::time_is_up;
            if (outcome != glpk_outcome::optimal) stop(outcome, tier);
        }
        iterations_ += work.iterations();
        return work.columns();
    }

    void encode_broken(std::vector<std::size_t>& encoded, const std::vector<double>& columns, bool all) const {
        for (std::size_t k = 0; k < condition_count(model_); ++k)
            if (all || !is_met(model_, k, columns)) encoded.push_back(k);
        std::sort(encoded.begin(), encoded.end());
        encoded.erase(std::unique(encoded.begin(), encoded.end()), encoded.end());
    }

    // Branch-and-bound through the tiers that decide; nothing when the time ran out before any answer.
    std::optional<std::vector<choice>> whole_numbers(const std::vector<std::size_t>& encoded) {
        session work(model_, std::vector<choice>(condition_count(model_), choice::open));
        work.encode(encoded);
        std::optional<std::vector<choice>> best;
        proven_ = true;
        for (const auto& tier : model_.tiers) {
            if (tier.tie_break) break;
            const auto outcome =
                left().count() > 0 ? work.branch_and_bound(tier, left(), options_.gap) : glpk_outcome::time_is_up;
            if (outcome != glpk_outcome::optimal) proven_ = false;
            if (outcome != glpk_outcome::optimal && outcome != glpk_outcome::incumbent) break;
            best = work.choices();
            work.hold(tier, value_of(tier, work.whole_number_columns()));
        }
        iterations_ += work.iterations();
        return best;
    }

    // Settles the broken conditions so that the columns only shrink: the smaller of a pair is emptied, a
    // semicontinuous column is set to zero. With `all` the others are settled as they stand, so that nothing is left to
    // break.
    void settle_by_rounding(std::vector<choice>& settled, const std::vector<double>& columns, bool all) const {
        const auto value = [&](int j) { return columns[static_cast<std::size_t>(j)]; };
        for (std::size_t k = 0; k < settled.size(); ++k) {
            if (is_met(model_, k, columns) && !all) continue;
            if (is_pair(model_, k)) {
                const auto& pair = model_.exclusive[k];
                settled[k] = value(pair.first) < value(pair.second) ? choice::first_empty : choice::second_empty;
            } else {
                const auto& bound_below = model_.semicontinuous[k - model_.exclusive.size()];
                settled[k] = value(bound_below.column) < bound_below.least - holds ? choice::zero : choice::at_least;
            }
        }
    }

    bool all_met(const std::vector<double>& columns) const {
        for (std::size_t k = 0; k < condition_count(model_); ++k)
            if (!is_met(model_, k, columns)) return false;
        return true;
    }

    std::vector<double> values(const std::vector<double>& columns) const {
        std::vector<double> result;
        for (const auto& tier : model_.tiers) result.push_back(value_of(tier, columns));
        return result;
    }

    double distance(const std::vector<double>& bound, const std::vector<double>& reached) const {
        for (std::size_t k = 0; k < bound.size(); ++k) {
            const double apart = reached[k] - bound[k];
            if (apart > options_.gap * std::max(1.0, std::abs(reached[k])))
                return apart / std::max(std::abs(reached[k]), 1e-9);
        }
        return 0;
    }

    [[noreturn]] static void stop(glpk_outcome outcome, const linear_model::tier& tier) {
        switch (outcome) {
        case glpk_outcome::time_is_up:
            throw interruption{
                error{errc::limit_exceeded, "/time_limit", "the time ran out in tier '" + tier.name + "'"}};
        case glpk_outcome::no_solution:
            throw interruption{error{errc::unavailable, "/rows", "no column values satisfy all rows and bounds"}};
        default: throw interruption{error{errc::unavailable, "", "GLPK failed in tier '" + tier.name + "'"}};
        }
    }

    const linear_model& model_;
    const solve_options& options_;
    std::chrono::steady_clock::time_point begin_;
    int iterations_ = 0;
    bool proven_ = true;
};

expected<solution> answer(const linear_model& model, const solve_options& options) {
    try {
        return solving(model, options).run();
    } catch (const interruption& stopped) {
        return stopped.reason;
    } catch (const glpk_failure& failure) {
        return error{errc::unavailable, "", std::string("GLPK gave up: ") + failure.what()};
    } catch (const std::exception& failure) {
        return error{errc::unavailable, "", failure.what()};
    }
}

// GLPK keeps an environment for each thread. A thread of our own has one that no host shares and that ends with the
// solve.
expected<solution> solve_on_own_thread(const linear_model& model, const solve_options& options) {
    if (options.time_limit.count() <= 0 || !(options.gap >= 0 && options.gap <= 1))
        return error{errc::out_of_range, options.time_limit.count() <= 0 ? "/time_limit" : "/gap",
                     "is outside its range"};
    expected<solution> result = error{errc::unavailable, "", "not solved"};
    try {
        std::thread worker([&] {
            result = answer(model, options);
            glp_free_env();
        });
        worker.join();
    } catch (const std::system_error& failure) {
        return error{errc::unavailable, "", std::string("no thread for GLPK: ") + failure.what()};
    }
    return result;
}

} // namespace

smac::solver glpk() {
    return {"glpk", solve_on_own_thread};
}

} // namespace incar::adapters
