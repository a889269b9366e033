#pragma once

// A generated site for benchmarks: noon to noon, workplace, overnight and public stays, every second car with V2G, one
// battery, sun, an hourly price and an evening order. The same mix for every size, from a fixed seed.

#include <incar/smac/problem.hpp>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>

namespace incar::bench {

inline smac::problem garage(int cars, int slots = 96, bool v2g = true) {
    constexpr double pi = 3.14159265358979;
    std::mt19937_64 engine(2026);
    const auto uniform = [&](double low, double high) {
        return std::uniform_real_distribution<double>(low, high)(engine);
    };
    std::lognormal_distribution<double> energy_kwh(std::log(14.0), 0.6);

    smac::problem result;
    result.start = timestamp::parse("2026-01-15T12:00:00Z").value();
    result.slots = slots;
    result.slot_minutes = 24.0 * 60 / slots;
    const double hour = 24.0 / slots;
    const auto slot_of = [&](double hours) { return std::clamp(static_cast<int>(hours / hour), 0, slots - 1); };
    double total_wh = 0;
    for (int i = 0; i < cars; ++i) {
        smac::ev each;
        each.id = "car" + std::to_string(i);
        const double kind = uniform(0, 1);
        double from = 0, to = 0;
        if (kind < 0.175) // at work already
            from = 0, to = uniform(3, 7);
        else if (kind < 0.35) // at work tomorrow
            from = uniform(19, 21.5), to = 24;
        else if (kind < 0.65) // overnight
            from = uniform(4, 9), to = uniform(18, 21);
        else // a few hours
            from = uniform(0, 20), to = from + uniform(1, 4);
        constexpr double points_w[] = {3'700, 7'400, 11'000, 22'000};
        each.arrival_slot = slot_of(from);
        each.departure_slot = std::max(slot_of(std::min(to, 24.0)), each.arrival_slot + 1);
        each.charge_power_w = points_w[static_cast<int>(uniform(0, 4)) % 4];
        each.efficiency_charge = 0.95;
        each.efficiency_discharge = 0.95;
        if (v2g && i % 2 == 0) each.discharge_power_w = each.charge_power_w;
        each.capacity_wh = uniform(30'000, 90'000);
        each.soc_wh = each.capacity_wh * uniform(0.2, 0.6);
        const double reachable = 0.9 * each.charge_power_w * hour * (each.departure_slot - each.arrival_slot) * 0.95;
        const double need = std::min({energy_kwh(engine) * 1000, each.capacity_wh - each.soc_wh, reachable});
        each.target_soc_wh = each.soc_wh + need;
        total_wh += need;
        result.evs.push_back(each);
    }
    smac::battery battery;
    battery.id = "battery";
    battery.capacity_wh = 2'000.0 * cars;
    battery.soc_wh = battery.capacity_wh / 2;
    battery.charge_power_w = battery.discharge_power_w = battery.capacity_wh / 2;
    battery.efficiency_charge = battery.efficiency_discharge = 0.95;
    result.batteries = {battery};

    double peak_w = 0;
    for (int t = 0; t < slots; ++t) {
        const double clock = std::fmod(12 + t * hour, 24.0);
        const double evening = std::exp(-0.5 * std::pow((clock - 19) / 2, 2));
        const double sun = std::max(0.0, std::sin((clock - 8) / 9 * pi)) * (clock > 8 && clock < 17 ? 1 : 0);
        const double network = clock >= 17 && clock < 21 ? 0.10 : 0.04;
        result.site.price_eur_per_kwh.push_back(0.12 + 0.10 * evening - 0.04 * sun + network +
                                                0.01 * std::sin(std::floor(clock) * 7));
        result.site.feed_in_price_eur_per_kwh.push_back(0.7 * (result.site.price_eur_per_kwh.back() - network));
        result.site.demand_wh.push_back((300 + 700 * evening) * cars * hour);
        result.site.production_wh.push_back(900 * sun * cars * hour);
        peak_w = std::max(peak_w, result.site.demand_wh.back() / hour);
    }
    result.site.max_power_w = peak_w + 2 * total_wh / 24;
    result.site.min_power_w = -result.site.max_power_w;
    result.site.opportunity_cost_eur_per_slot = 0.01;
    result.site.flex_reduction_w.assign(static_cast<std::size_t>(slots), 0.0);
    for (int t = slot_of(6); t < slot_of(8); ++t)
        result.site.flex_reduction_w[static_cast<std::size_t>(t)] = 0.25 * result.site.max_power_w;
    return result;
}

} // namespace incar::bench
