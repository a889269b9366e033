#include "rolling_day.hpp"

#include <algorithm>
#include <chrono>

namespace incar::demo {
namespace {

constexpr double negligible_wh = 1e-3;

class rolling_day {
public:
    rolling_day(const day& given, const strategy& chosen) : day_(given), strategy_(chosen) {
        record_.name = chosen.name;
        record_.power_w.assign(day_.visits.size(), std::vector<double>(static_cast<std::size_t>(day_.slots), 0.0));
        record_.delivered_wh.assign(day_.visits.size(), 0.0);
    }

    expected<record> run() {
        for (int t = 0; t < day_.slots; ++t) {
            if (something_changes(t))
                if (auto done = replan(t); !done) return done.error();
            deliver(t);
            measure(t);
        }
        settle();
        return std::move(record_);
    }

private:
    // A car in the plan that is being followed: its visit and its line of powers, which begins at slot `planned_at_`.
    struct follower {
        std::size_t visit;
        std::vector<double> power_w;
    };

    bool something_changes(int t) const {
        return t == day_.order.announced || std::any_of(day_.visits.begin(), day_.visits.end(), [t](const visit& car) {
                   return car.arrival == t || car.departure == t;
               });
    }

    smac::problem known_at(int t, std::vector<std::size_t>& present) const {
        const int slots = day_.slots - t;
        const auto rest = [t](const std::vector<double>& whole) {
            return std::vector<double>(whole.begin() + t, whole.end());
        };
        smac::problem known;
        known.start = day_.start + std::chrono::minutes(slot_minutes * t);
        known.slot_minutes = slot_minutes;
        known.slots = slots;
        known.site = day_.site;
        for (std::vector<double>* series :
             {&known.site.price_eur_per_kwh, &known.site.feed_in_price_eur_per_kwh, &known.site.demand_wh,
              &known.site.production_wh, &known.site.co2_g_per_kwh})
            *series = rest(*series);
        if (t >= day_.order.announced)
            for (int slot = t; slot < day_.slots; ++slot)
                known.site.flex_reduction_w.push_back(day_.site.max_power_w - limit_in(day_, slot));
        for (std::size_t v = 0; v < day_.visits.size(); ++v) {
            const visit& car = day_.visits[v];
            const double missing_wh = car.need_wh - record_.delivered_wh[v];
            if (t < car.arrival || t >= car.departure || missing_wh < negligible_wh) continue;
            present.push_back(v);
            known.evs.push_back(as_ev(car, 0, car.departure - t, missing_wh));
        }
        return known;
    }

    expected<void> replan(int t) {
        std::vector<std::size_t> present;
        const smac::problem known = known_at(t, present);
        const auto before = std::chrono::steady_clock::now();
        auto plan = strategy_.plan(known);
        const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - before;
        if (!plan) return plan.error();
        followers_.clear();
        planned_at_ = t;
        for (std::size_t i = 0; i < present.size(); ++i)
            followers_.push_back({present[i], std::move(plan->evs[i].power_w)});
        ++record_.replans;
        record_.mean_ms += took.count(); // the sum, until settle()
        record_.max_ms = std::max(record_.max_ms, took.count());
        return {};
    }

    // A car takes what the plan says, but neither more than it can nor more than it asked for.
    void deliver(int t) {
        for (const follower& each : followers_) {
            const visit& car = day_.visits[each.visit];
            if (t >= car.departure) continue;
            double& delivered_wh = record_.delivered_wh[each.visit];
            const double planned_w = each.power_w[static_cast<std::size_t>(t - planned_at_)];
            const double most_w = std::min(car.max_power_w, (car.need_wh - delivered_wh) / slot_hours);
            const double power_w = std::clamp(planned_w, 0.0, std::max(most_w, 0.0));
            record_.power_w[each.visit][static_cast<std::size_t>(t)] = power_w;
            delivered_wh += power_w * slot_hours;
        }
    }

    void measure(int t) {
        const auto slot = static_cast<std::size_t>(t);
        double grid_w = (day_.site.demand_wh[slot] - day_.site.production_wh[slot]) / slot_hours;
        double cars_w = 0;
        for (const auto& power_w : record_.power_w) cars_w += power_w[slot];
        grid_w += cars_w;
        const double import_kwh = std::max(grid_w, 0.0) * slot_hours / 1000;
        const double fed_in_kwh = std::max(-grid_w, 0.0) * slot_hours / 1000;
        record_.grid_w.push_back(grid_w);
        record_.cost_eur +=
            import_kwh * day_.site.price_eur_per_kwh[slot] - fed_in_kwh * day_.site.feed_in_price_eur_per_kwh[slot];
        record_.co2_kg += import_kwh * day_.site.co2_g_per_kwh[slot] / 1000;
        record_.peak_w = std::max(record_.peak_w, grid_w);
        const bool ordered = t >= day_.order.begin && t < day_.order.end;
        double& worst = ordered ? record_.over_order_w : record_.over_limit_w;
        worst = std::max(worst, std::min(grid_w - limit_in(day_, t), cars_w));
    }

    void settle() {
        for (std::size_t v = 0; v < day_.visits.size(); ++v) {
            const visit& car = day_.visits[v];
            record_.impossible_wh += car.need_wh - car.possible_wh;
            record_.not_served_wh += std::max(car.possible_wh - record_.delivered_wh[v], 0.0);
        }
        if (record_.replans > 0) record_.mean_ms /= record_.replans;
    }

    const day& day_;
    const strategy& strategy_;
    record record_;
    std::vector<follower> followers_;
    int planned_at_ = 0;
};

} // namespace

expected<record> play(const day& given, const strategy& chosen) {
    return rolling_day(given, chosen).run();
}

} // namespace incar::demo
