#include "smac/evaluate.hpp"
#include "smac/flexibility.hpp"

#include <incar/core/units.hpp>

#include <algorithm>
#include <cmath>

namespace incar::smac {
namespace {

constexpr double kilo = 1000;
constexpr double negligible = 1e-3; // W or Wh: below this a requirement counts as met

class evaluation {
public:
    evaluation(const prepared& situation, const device_powers& powers) : situation_(situation), powers_(powers) {
        answer_.adjustments = situation.adjustments;
        answer_.unmet = situation.conflicts;
        answer_.batteries.resize(situation.given->batteries.size());
        answer_.evs.resize(situation.given->evs.size());
    }

    plan run() {
        std::vector<double> grid = situation_.base;
        for (std::size_t k = 0; k < situation_.devices.size(); ++k) {
            for (std::size_t t = 0; t < grid.size(); ++t) grid[t] += powers_[k][t];
            follow(situation_.devices[k], powers_[k]);
        }
        for (std::size_t t = 0; t < grid.size(); ++t) settle(t, grid[t]);
        settle_shape(grid);
        for (std::size_t l = 0; l < situation_.limits.size(); ++l) compare(situation_.limits[l], l);
        for (std::size_t k = 0; k < situation_.devices.size(); ++k) own_costs(situation_.devices[k], powers_[k]);
        answer_.status = answer_.unmet.empty() ? plan_status::optimal : plan_status::infeasible;
        add_flexibility(situation_, powers_, answer_);
        return std::move(answer_);
    }

private:
    void follow(const storage& device, const std::vector<double>& power) {
        device_plan& result = device.is_ev ? answer_.evs[device.index] : answer_.batteries[device.index];
        result.id =
            device.is_ev ? situation_.given->evs[device.index].id : situation_.given->batteries[device.index].id;
        double soc = device.soc;
        double worst = 0;
        int worst_slot = 0;
        for (int t = 0; t < situation_.slots; ++t) {
            const auto slot = static_cast<std::size_t>(t);
            soc = device.soc_after(soc, power[slot], situation_.hours[slot]);
            result.power_w.push_back(power[slot] * kilo);
            result.soc_wh.push_back(soc * kilo);
            if (t < device.first || t >= device.last) continue;
            const double missing = device.low[static_cast<std::size_t>(t - device.first)] - soc;
            if (missing > worst) {
                worst = missing;
                worst_slot = t;
            }
        }
        if (worst * kilo > negligible)
            answer_.unmet.push_back({place_of(device) + "/min_soc", worst_slot, worst * kilo, "Wh",
                                     "the limits leave too little power to reach the minimum state of charge in time"});
        const double missing_wh = (device.target - soc) * kilo;
        if (missing_wh > negligible) {
            result.unmet_wh = missing_wh;
            answer_.unmet.push_back(
                {place_of(device) + "/target_soc_wh", device.last - 1, missing_wh, "Wh", why_missed(device)});
        }
    }

    std::string why_missed(const storage& device) const {
        double at_full_power = device.soc;
        for (int i = 0; i < device.stay(); ++i)
            at_full_power = device.soc_after(at_full_power, device.charge, situation_.hours[device.slot(i)]);
        if (device.target > device.high && at_full_power >= device.high)
            return "the target is above the capacity of " + format(energy::kilowatt_hours(device.high));
        if (at_full_power < device.target - negligible / kilo)
            return "full power from arrival to departure stores only " + format(energy::kilowatt_hours(at_full_power));
        return "the limits leave too little power before the departure";
    }

    void settle(std::size_t t, double grid) {
        const double hours = situation_.hours[t];
        const double import = std::max(grid, 0.0);
        const double fed_in = std::max(-grid, 0.0);
        answer_.site.import_w.push_back(import * kilo);
        answer_.site.export_w.push_back(fed_in * kilo);
        if (situation_.given->site.curtailable) answer_.site.curtailed_w.push_back(situation_.curtailed[t] * kilo);
        answer_.objective_eur += hours * (situation_.price[t] * import - situation_.feed_in[t] * fed_in);
        answer_.co2_g += hours * situation_.co2[t] * import;
        report_limit(t, grid, grid - situation_.most[t], upper_limit_at(t), "at most", situation_.most[t]);
        report_limit(t, grid, situation_.least[t] - grid, "/site/min_power_w", "at least", situation_.least[t]);
    }

    // What does not add up slot by slot: the peak and the ramps.
    void settle_shape(const std::vector<double>& grid) {
        const site& supply = situation_.given->site;
        const double peak = *std::max_element(grid.begin(), grid.end()) - supply.peak_paid_w / kilo;
        answer_.objective_eur += supply.peak_price_eur_per_kw * std::max(peak, 0.0);
        double before = supply.current_power_w ? *supply.current_power_w / kilo : grid.front();
        for (const double kw : grid) {
            answer_.objective_eur += supply.grid_ramp_cost_eur_per_kw * std::abs(kw - before);
            before = kw;
        }
    }

    void report_limit(std::size_t t, double grid, double excess, const std::string& what, const char* bound,
                      double allowed) {
        if (excess * kilo <= negligible) return;
        answer_.unmet.push_back({what, static_cast<int>(t), excess * kilo, "W",
                                 "the site takes " + format(power::kilowatts(grid)) + " where " + bound + " " +
                                     format(power::kilowatts(allowed)) + " is allowed"});
    }

    void compare(const shared_limit& limit, std::size_t index) {
        const std::vector<double> sum = power_under(situation_, index, powers_);
        for (std::size_t t = 0; t < sum.size(); ++t) {
            report_shared(limit, 1, t, sum[t] - limit.most[t], sum[t]);
            report_shared(limit, -1, t, limit.least[t] - sum[t], sum[t]);
        }
    }

    void report_shared(const shared_limit& limit, int sign, std::size_t t, double excess, double kw) {
        if (!(excess * kilo > negligible)) return;
        const shared_limit::bound& bound = limit.tightest(sign, t);
        answer_.unmet.push_back(
            {bound.what, static_cast<int>(t), excess * bound.units_per_kw, bound.unit,
             limit.name + " takes " + format(power::kilowatts(kw)) + " where " + (sign > 0 ? "at most " : "at least ") +
                 format(power::kilowatts(sign > 0 ? limit.most[t] : limit.least[t])) + " is allowed"});
    }

    std::string upper_limit_at(std::size_t t) const {
        const site& supply = situation_.given->site;
        const double reduction = supply.flex_reduction_w.empty() ? 0 : supply.flex_reduction_w[t];
        if (!supply.limit_w.empty() && supply.limit_w[t] <= supply.max_power_w - reduction) return "/site/limit_w";
        return reduction > 0 ? "/site/flex_reduction_w" : "/site/max_power_w";
    }

    void own_costs(const storage& device, const std::vector<double>& power) {
        const site& supply = situation_.given->site;
        double left = device.soc;
        for (int i = 0; i < device.stay(); ++i) {
            const std::size_t t = device.slot(i);
            left = device.soc_after(left, power[t], situation_.hours[t]);
            answer_.objective_eur += device.wear * situation_.hours[t] * std::max(-power[t], 0.0);
        }
        answer_.objective_eur -= device.value_left * left;
        if (device.is_ev && device.need() > 0)
            for (int i = 0; i < device.stay(); ++i) {
                const std::size_t t = device.slot(i);
                const double stored = situation_.hours[t] * device.stored_per_taken * std::max(power[t], 0.0);
                answer_.objective_eur += supply.opportunity_cost_eur_per_slot * (i + 1) * stored / device.need();
            }
        double before = device.previous.value_or(power[device.slot(0)]);
        for (int i = 0; i < device.stay(); ++i) {
            const double kw = power[device.slot(i)];
            answer_.objective_eur += device.ramp_cost * std::abs(kw - before);
            before = kw;
        }
    }

    const prepared& situation_;
    const device_powers& powers_;
    plan answer_;
};

} // namespace

plan evaluate(const prepared& situation, const device_powers& powers) {
    return evaluation(situation, powers).run();
}

} // namespace incar::smac
