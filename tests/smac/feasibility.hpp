#pragma once

// An independent check of a plan against its problem, in W and Wh and written without a look at the library's own code:
// every sentence of docs/units_signs_slots.md and of D4.3 3.2.6 as arithmetic.

#include <incar/smac/plan.hpp>
#include <incar/smac/problem.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

namespace incar::test {

// What a plan does that the problem does not allow, beyond what the plan itself reports as unmet; empty when it is
// sound.
inline std::vector<std::string> faults(const smac::problem& problem, const smac::plan& plan) {
    constexpr double watt = 0.02;
    std::vector<std::string> found;
    const auto n = static_cast<std::size_t>(problem.slots);
    const auto say = [&](bool good, const std::string& what) {
        if (!good) found.push_back(what);
    };
    const auto entry = [](const std::vector<double>& series, std::size_t t, double otherwise) {
        return series.empty() ? otherwise : series[t];
    };
    const auto hour = [&](std::size_t t) { return entry(problem.each_slot_minutes, t, problem.slot_minutes) / 60; };
    std::map<std::string, double> reported; // what + slot
    for (const auto& each : plan.unmet) reported[each.what + "@" + std::to_string(each.slot)] += each.amount;
    const auto excused = [&](const std::string& what, std::size_t slot) {
        return reported[what + "@" + std::to_string(slot)];
    };

    const auto curtailed = [&](std::size_t t) { return entry(plan.site.curtailed_w, t, 0); };
    const auto base = [&](std::size_t t) {
        return (entry(problem.site.demand_wh, t, 0) - entry(problem.site.production_wh, t, 0)) / hour(t) + curtailed(t);
    };
    say(plan.site.curtailed_w.size() == (problem.site.curtailable ? n : 0), "curtailment lacks slots");
    for (std::size_t t = 0; t < n; ++t)
        say(curtailed(t) >= 0 && curtailed(t) * hour(t) <= entry(problem.site.production_wh, t, 0) + watt,
            "more is curtailed than produced");
    std::vector<double> grid(n);
    double cost = 0;
    for (std::size_t t = 0; t < n; ++t) grid[t] = base(t);

    const auto follow = [&](const std::string& name, const smac::device_plan& device, double soc, double capacity,
                            double most, double least, double charge, double discharge, double in, double out,
                            std::size_t from, std::size_t to) {
        say(device.power_w.size() == n && device.soc_wh.size() == n, name + " lacks slots");
        double stored = std::min(std::max(soc, 0.0), capacity);
        const double start = stored;
        double followable = start;
        for (std::size_t t = 0; t < n; ++t) {
            const std::string at = name + " in slot " + std::to_string(t);
            const double p = device.power_w[t];
            grid[t] += p;
            if (t < from || t >= to) {
                say(p == 0, at + " moves while away");
                continue;
            }
            say(p <= charge + watt && -p <= discharge + watt, at + " passes its power");
            stored += p > 0 ? p * in * hour(t) : p / out * hour(t);
            followable += charge * in * hour(t);
            say(std::abs(device.soc_wh[t] - stored) < watt,
                at + " reports another state of charge than its power gives");
            say(stored <= std::max(most, start) + watt, at + " is too full");
            const double bound = start < least ? std::min(least, followable) : least;
            if (stored < bound - watt)
                found.push_back(excused(name + "/min_soc", t) > 0 || start < least ? "" : at + " is too empty");
        }
        return stored;
    };
    const auto worth = [&](const auto& device, const smac::device_plan& made, double stored) {
        for (std::size_t t = 0; t < n; ++t)
            cost += device.wear_eur_per_kwh * std::max(-made.power_w[t], 0.0) / 1000 * hour(t);
        cost -= device.value_left_eur_per_kwh * stored / 1000;
    };
    for (std::size_t i = 0; i < problem.batteries.size(); ++i) {
        const auto& b = problem.batteries[i];
        const std::string name = "/batteries/" + std::to_string(i);
        say(plan.batteries[i].id == b.id, name + " has another id");
        const double left = follow(name, plan.batteries[i], b.soc_wh, b.capacity_wh, b.max_soc * b.capacity_wh,
                                   b.min_soc * b.capacity_wh, b.charge_power_w, b.discharge_power_w,
                                   b.efficiency_charge, b.efficiency_discharge, 0, n);
        worth(b, plan.batteries[i], left);
        double before = b.current_power_w ? *b.current_power_w : plan.batteries[i].power_w[0];
        for (const double p : plan.batteries[i].power_w) {
            cost += problem.site.ramp_cost_eur_per_kw * std::abs(p - before) / 1000;
            before = p;
        }
    }
    for (std::size_t i = 0; i < problem.evs.size(); ++i) {
        const auto& c = problem.evs[i];
        const std::string name = "/evs/" + std::to_string(i);
        const auto from = static_cast<std::size_t>(c.arrival_slot);
        const auto to = std::min(static_cast<std::size_t>(c.departure_slot), n);
        say(plan.evs[i].id == c.id, name + " has another id");
        const double stored =
            follow(name, plan.evs[i], c.soc_wh, c.capacity_wh, c.capacity_wh, c.min_soc * c.capacity_wh,
                   c.charge_power_w, c.discharge_power_w, c.efficiency_charge, c.efficiency_discharge, from, to);
        worth(c, plan.evs[i], stored);
        double before = c.current_power_w && from == 0 ? *c.current_power_w : plan.evs[i].power_w[from];
        for (std::size_t t = from; t < to; ++t) {
            cost += c.ramp_cost_eur_per_kw * std::abs(plan.evs[i].power_w[t] - before) / 1000;
            before = plan.evs[i].power_w[t];
        }
        const double missing = std::max(c.target_soc_wh - stored, 0.0);
        say(std::abs(missing - plan.evs[i].unmet_wh) < watt, name + " reports another shortfall than it has");
        say(missing < watt || std::abs(excused(name + "/target_soc_wh", to - 1) - missing) < watt,
            name + " misses its target");
        const double need = c.target_soc_wh - std::min(std::max(c.soc_wh, 0.0), c.capacity_wh);
        for (std::size_t t = from; t < to; ++t) {
            const double p = plan.evs[i].power_w[t];
            say(p <= watt || p >= c.min_power_w - watt, name + " charges below its least power");
            if (need > 0 && p > 0)
                cost += problem.site.opportunity_cost_eur_per_slot * static_cast<double>(t - from + 1) * p *
                        c.efficiency_charge * hour(t) / need;
        }
    }
    for (std::size_t t = 0; t < n; ++t) {
        const std::string at = "the site in slot " + std::to_string(t);
        say(std::abs(plan.site.import_w[t] - std::max(grid[t], 0.0)) < watt,
            at + " imports another power than it takes");
        say(std::abs(plan.site.export_w[t] - std::max(-grid[t], 0.0)) < watt,
            at + " exports another power than it gives");
        const double ordered = std::min(problem.site.max_power_w - entry(problem.site.flex_reduction_w, t, 0),
                                        entry(problem.site.limit_w, t, smac::unlimited_power_w));
        const double above =
            excused("/site/max_power_w", t) + excused("/site/limit_w", t) + excused("/site/flex_reduction_w", t);
        say(grid[t] <= ordered + above + watt, at + " takes too much");
        say(grid[t] >= problem.site.min_power_w - excused("/site/min_power_w", t) - watt, at + " feeds in too much");
        cost += hour(t) / 1000 *
                ((entry(problem.site.price_eur_per_kwh, t, 0) +
                  problem.site.co2_price_eur_per_kg * entry(problem.site.co2_g_per_kwh, t, 0) / 1000) *
                     std::max(grid[t], 0.0) -
                 entry(problem.site.feed_in_price_eur_per_kwh, t, 0) * std::max(-grid[t], 0.0));
        say(plan.site.upper_flex_w[t] >= 0 && plan.site.lower_flex_w[t] >= 0, at + " has negative flexibility");
    }
    cost += problem.site.peak_price_eur_per_kw / 1000 *
            std::max(*std::max_element(grid.begin(), grid.end()) - problem.site.peak_paid_w, 0.0);
    double exchange = problem.site.current_power_w ? *problem.site.current_power_w : grid[0];
    for (const double now : grid) {
        cost += problem.site.grid_ramp_cost_eur_per_kw * std::abs(now - exchange) / 1000;
        exchange = now;
    }
    // What a group or phase takes, by its own arithmetic.
    const auto weigh = [&](const std::vector<std::string>& evs, const std::vector<std::string>& batteries, bool all,
                           int phase, double base_share) {
        std::vector<double> sum(n, 0.0);
        const auto add = [&](const auto& devices, const auto& plans, const std::vector<std::string>& ids) {
            for (std::size_t i = 0; i < devices.size(); ++i) {
                if (!all && std::find(ids.begin(), ids.end(), devices[i].id) == ids.end()) continue;
                std::vector<int> on = devices[i].phases;
                if (on.empty()) on = {1, 2, 3};
                double share = phase == 0 ? 1 : 0;
                if (phase != 0 && std::find(on.begin(), on.end(), phase) != on.end())
                    share = 1.0 / static_cast<double>(on.size());
                for (std::size_t t = 0; t < n; ++t) sum[t] += share * plans[i].power_w[t];
            }
        };
        add(problem.evs, plan.evs, evs);
        add(problem.batteries, plan.batteries, batteries);
        for (std::size_t t = 0; t < n; ++t) sum[t] += base_share * base(t);
        return sum;
    };
    const auto keeps = [&](const std::string& what, std::size_t t, double excess, double in_watts) {
        if (excess > 2 * watt)
            say(excused(what, t) * in_watts >= excess - 2 * watt,
                what + " is passed in slot " + std::to_string(t) + " without a word");
    };
    const auto keeps_phases = [&](const std::string& place, const auto& of, const auto& sum_of) {
        for (int phase = 1; phase <= 3; ++phase) {
            const std::vector<double> sum = sum_of(phase);
            for (std::size_t t = 0; t < n; ++t) {
                if (of.max_phase_power_w)
                    keeps(place + "/max_phase_power_w", t,
                          of.max_phase_current_a ? 0 : std::abs(sum[t]) - *of.max_phase_power_w, 1);
                if (of.max_phase_current_a)
                    keeps(place + "/max_phase_current_a", t,
                          of.max_phase_power_w
                              ? 0
                              : std::abs(sum[t]) - *of.max_phase_current_a * problem.site.phase_voltage_v,
                          problem.site.phase_voltage_v);
            }
        }
    };
    keeps_phases("/site", problem.site, [&](int phase) { return weigh({}, {}, true, phase, 1.0 / 3); });
    for (std::size_t g = 0; g < problem.groups.size(); ++g) {
        const auto& group = problem.groups[g];
        const std::string name = "/groups/" + std::to_string(g);
        keeps_phases(name, group, [&](int phase) { return weigh(group.evs, group.batteries, false, phase, 0); });
        const std::vector<double> sum = weigh(group.evs, group.batteries, false, 0, 0);
        for (std::size_t t = 0; t < n; ++t) {
            const double limit = entry(group.limit_w, t, smac::unlimited_power_w);
            const double fed_in = -entry(group.feed_in_limit_w, t, smac::unlimited_power_w);
            keeps(limit < group.max_power_w ? name + "/limit_w" : name + "/max_power_w", t,
                  sum[t] - std::min(limit, group.max_power_w), 1);
            keeps(fed_in > group.min_power_w ? name + "/feed_in_limit_w" : name + "/min_power_w", t,
                  std::max(fed_in, group.min_power_w) - sum[t], 1);
        }
    }
    say(std::abs(cost - plan.objective_eur) < 1e-6 * (1 + std::abs(cost)), "the cost is another than the flows give");
    say((plan.status == smac::plan_status::optimal) == plan.unmet.empty(), "the status contradicts the unmet list");
    found.erase(std::remove(found.begin(), found.end(), std::string()), found.end());
    return found;
}

} // namespace incar::test
