#include "smac/interior_point/barrier.hpp"
#include "smac/interior_point/normal_equations.hpp"
#include "smac/interior_point/pairs.hpp"
#include "smac/interior_point/sweeps.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace incar::smac::interior {
namespace {

using vector = std::vector<double>;
using index = std::size_t;

constexpr double first_barrier = 2;     // times the mean cost of crossing a box
constexpr double weight_of_width = 1.5; // of a box: this times the root of its width, relative to the usual one
constexpr double most_of_the_way = 0.9995;
constexpr double widest_correction = 3; // times the barrier
constexpr double least_scale = 1e-3;    // of a gap, relative to all that is paid and earned
constexpr double one_box = 100;         // times the mean cost of crossing a box: the least turnover that counts
constexpr double worth_keeping = 1e8;   // times what is wanted
constexpr double steep = 0.1;           // share of the distance left by a turn that is worth another
constexpr double polished = 1e-4;       // times what is wanted: clean numbers
constexpr int patience = 8;             // turns without a better point

class iteration {
public:
    iteration(const boxed_model& model, const barrier_options& options)
        : model_(model), options_(options), equations_(model), matrix_(model), n_(model.width.size()), below_(n_),
          above_(n_), price_below_(n_), price_above_(n_), d_(n_), step_(n_), affine_(n_), weight_(n_),
          y_(model.right.size()), rows_(model.right.size()), missing_(model.right), sizes_(model.right.size()) {
        point_ = {below_.data(), above_.data(), price_below_.data(), price_above_.data(),
                  d_.data(),     step_.data(),  affine_.data(),      weight_.data()};
    }

    barrier_answer run() {
        if (n_ > 0) start();
        measure();
        for (int turn = 0; is_worth_going_on(turn); ++turn) {
            predict();
            correct();
            advance();
        }
        best_.bound = bound_of(best_.y);
        return std::move(best_);
    }

private:
    // The columns of a part; for p = number of parts those of none.
    range columns_of(index p) const {
        if (p < model_.parts.size())
            return {static_cast<index>(model_.parts[p].first_column), static_cast<index>(model_.parts[p].end_column)};
        return {static_cast<index>(model_.joining_columns_from()), n_};
    }

    // rows_ := (A D A')^-1 (rows_ + A step_). `before(columns)` fills step_, and d_ where the matrix is new;
    // `after(columns)` finds the solution for its part in rows_.
    template <class Before, class After>
    void solve(bool is_new, Before before, After after) {
        if (is_new) equations_.begin();
        for (index p = 0; p <= model_.parts.size(); ++p) {
            before(columns_of(p));
            matrix_.add(columns_of(p), step_.data(), rows_.data());
            if (p == model_.parts.size()) break;
            if (is_new) equations_.factor(p, d_.data());
            equations_.eliminate(p, rows_.data());
        }
        if (is_new) equations_.factor_joining(d_.data());
        equations_.solve_joining(rows_.data());
        for (index p = 0; p <= model_.parts.size(); ++p) {
            if (p < model_.parts.size()) equations_.substitute(p, rows_.data());
            after(columns_of(p));
        }
    }

    // Multipliers that leave the least reduced costs, weighed by what the boxes allow; then the point of each box where
    // the barrier balances its reduced cost. So all dual conditions hold from the beginning, and every reduced cost is
    // from then on the difference of two prices.
    void start() {
        vector widths = model_.width;
        const auto middle = widths.begin() + static_cast<std::ptrdiff_t>(n_ / 2);
        std::nth_element(widths.begin(), middle, widths.end());
        solve(
            true,
            [&](range of) {
                for (index j = of.first; j < of.end; ++j) {
                    d_[j] = model_.width[j] * model_.width[j];
                    step_[j] = d_[j] * model_.cost[j];
                }
            },
            [](range) {});
        y_ = rows_;
        const vector reduced = reduced_costs(y_);
        for (index j = 0; j < n_; ++j) {
            weight_[j] = std::max(1.0, weight_of_width * std::sqrt(model_.width[j] / *middle));
            weights_ += weight_[j];
            scale_ += std::abs(reduced[j]) * model_.width[j];
        }
        if (!(scale_ > 0)) scale_ = weights_; // nothing costs anything: any answer will do
        barrier_ = first_barrier * scale_ / weights_;
        for (index j = 0; j < n_; ++j) {
            const double w = model_.width[j], mu = barrier_ * weight_[j];
            const double push = reduced[j] * w;
            const double near = 2 * mu * w / (std::abs(push) + 2 * mu + std::sqrt(push * push + 4 * mu * mu));
            below_[j] = push >= 0 ? near : w - near;
            above_[j] = push >= 0 ? w - near : near;
            price_below_[j] = mu / below_[j];
            price_above_[j] = mu / above_[j];
        }
    }

    // The direction to complementarity 0, and how far it may be followed.
    void predict() {
        rows_ = missing_;
        reach affine;
        solve(
            true, [&](range of) { start_affine(point_, of); },
            [&](range of) {
                matrix_.transpose(of, rows_.data(), affine_.data() + of.first);
                end_affine(point_, of, affine);
            });
        const double primal = affine.primal > 1 ? 1 / affine.primal : 1, dual = affine.dual > 1 ? 1 / affine.dual : 1;
        const double after = affine.products + primal * affine.first_order -
                             dual * (affine.products + affine.first_order) + primal * dual * affine.second_order;
        const double ratio = std::max(after, 0.0) / affine.products;
        barrier_ = affine.products / (2 * weights_);
        aim_ = {ratio * ratio * ratio * barrier_, widest_correction * barrier_};
    }

    void correct() {
        rows_ = missing_;
        reach limits;
        solve(
            false, [&](range of) { start_corrected(point_, of, aim_); },
            [&](range of) {
                along_.resize(of.end - of.first);
                matrix_.transpose(of, rows_.data(), along_.data());
                end_corrected(point_, of, aim_, along_.data(), limits);
            });
        primal_step_ = limits.primal > most_of_the_way ? most_of_the_way / limits.primal : 1;
        dual_step_ = limits.dual > most_of_the_way ? most_of_the_way / limits.dual : 1;
    }

    void advance() {
        move(point_, {0, n_}, primal_step_, dual_step_);
        for (index i = 0; i < y_.size(); ++i) y_[i] += dual_step_ * rows_[i];
        measure();
    }

    void measure() {
        std::fill(missing_.begin(), missing_.end(), 0.0);
        std::fill(sizes_.begin(), sizes_.end(), 1.0);
        matrix_.add_with_sizes(below_.data(), missing_.data(), sizes_.data());
        now_.infeasibility = 0;
        double bound = 0, cost = 0, turnover = 0;
        for (index i = 0; i < missing_.size(); ++i) {
            missing_[i] = model_.right[i] - missing_[i];
            bound += model_.right[i] * y_[i];
            now_.infeasibility = std::max(now_.infeasibility, std::abs(missing_[i]) / sizes_[i]);
        }
        for (index j = 0; j < n_; ++j) {
            cost += model_.cost[j] * below_[j];
            turnover += std::abs(model_.cost[j]) * below_[j];
            bound += std::min(0.0, price_below_[j] - price_above_[j]) * model_.width[j];
        }
        now_.cost = cost;
        now_.bound = bound;
        turnover_ = std::max(turnover, scale_ / std::max(weights_, 1.0) * one_box);
    }

    vector reduced_costs(const vector& y) const {
        vector result(n_);
        matrix_.transpose({0, n_}, y.data(), result.data());
        for (index j = 0; j < n_; ++j) result[j] = model_.cost[j] - result[j];
        return result;
    }

    double bound_of(const vector& y) const {
        double bound = 0;
        for (index i = 0; i < y.size(); ++i) bound += model_.right[i] * y[i];
        const vector reduced = reduced_costs(y);
        for (index j = 0; j < n_; ++j) bound += std::min(0.0, reduced[j]) * model_.width[j];
        return bound;
    }

    // Rounding ends every descent: beyond it the rows drift away again. So the best point so far is kept.
    bool is_worth_going_on(int turn) {
        const double relative_to = std::max(std::abs(now_.bound), least_scale * turnover_);
        const double distance = n_ == 0 ? 0 : (now_.cost - now_.bound) / relative_to;
        const double off =
            n_ == 0 ? 0 : std::max(std::abs(distance) / options_.gap, now_.infeasibility / options_.infeasibility);
        best_.iterations = turn;
        if (turn > 0 && !std::isfinite(off)) return false;
        if (off < best_off_ || turn == 0) {
            best_off_ = off;
            best_turn_ = turn;
            if (off < worth_keeping || turn == 0) {
                best_ = now_;
                best_.relative_gap = std::max(distance, 0.0);
                best_.x = below_;
                best_.y = y_;
                best_.iterations = turn;
            }
        }
        if (best_off_ <= 1) {
            best_.outcome = barrier_outcome::optimal;
            const bool falls_steeply = off <= steep * last_off_ && off > polished;
            last_off_ = off;
            return falls_steeply;
        }
        last_off_ = off;
        if (options_.stop && options_.stop()) {
            best_.outcome = barrier_outcome::stopped;
            return false;
        }
        return turn < options_.iterations && (best_off_ > worth_keeping || turn - best_turn_ < patience);
    }

    const boxed_model& model_;
    const barrier_options& options_;
    normal_equations equations_;
    pairs matrix_;
    index n_;
    vector below_, above_;             // distances to the ends of the boxes
    vector price_below_, price_above_; // their multipliers
    vector d_, step_, affine_;
    vector weight_;
    point point_;
    vector along_;
    vector y_, rows_, missing_, sizes_;
    double weights_ = 0;  // their sum
    double scale_ = 0;    // the cost of crossing every box
    double turnover_ = 0; // the cost without signs
    double barrier_ = 0;
    aim aim_{0, 0};
    double primal_step_ = 0;
    double dual_step_ = 0;
    barrier_answer now_, best_;
    double best_off_ = 0, last_off_ = 0;
    int best_turn_ = 0;
};

} // namespace

barrier_answer minimise(const boxed_model& model, const barrier_options& options) {
    return iteration(model, options).run();
}

} // namespace incar::smac::interior
