#pragma once

// Problems for tests: small ones to build on, and random ones from a seed.

#include <incar/smac/problem.hpp>

#include <random>

namespace incar::test {

inline smac::problem hours(int slots, std::vector<double> price_eur_per_kwh = {}) {
    smac::problem result;
    result.start = timestamp::parse("2026-01-15T17:00:00Z").value();
    result.slot_minutes = 60;
    result.slots = slots;
    result.site.price_eur_per_kwh = std::move(price_eur_per_kwh);
    return result;
}

// A car that wants `need_wh` in slots [arrival, departure).
inline smac::ev car(std::string id, int arrival, int departure, double need_wh, double charge_power_w = 11'000) {
    smac::ev result;
    result.id = std::move(id);
    result.arrival_slot = arrival;
    result.departure_slot = departure;
    result.capacity_wh = 60'000;
    result.soc_wh = 20'000;
    result.target_soc_wh = 20'000 + need_wh;
    result.charge_power_w = charge_power_w;
    return result;
}

inline smac::battery store(std::string id, double capacity_wh, double soc_wh, double power_w) {
    smac::battery result;
    result.id = std::move(id);
    result.capacity_wh = capacity_wh;
    result.soc_wh = soc_wh;
    result.charge_power_w = power_w;
    result.discharge_power_w = power_w;
    result.min_soc = 0;
    return result;
}

inline smac::group together(std::string id, std::vector<std::string> evs, std::vector<std::string> batteries = {}) {
    smac::group result;
    result.id = std::move(id);
    result.evs = std::move(evs);
    result.batteries = std::move(batteries);
    return result;
}

struct random_shape {
    int slots = 12;
    int cars = 4;
    int batteries = 1;
    bool v2g = true;
    bool losses = true;
    bool low_cars = true;     // some arrive below their minimum state of charge
    bool tight_limit = false; // the site cannot serve everybody
    bool negative_prices = false;
    bool feed_in = true;
    bool extras = false; // all that D4.3 does not have
};

// Up to two groups of random devices, and limits of phases.
inline void add_groups(smac::problem& to, std::mt19937_64& engine) {
    const auto uniform = [&](double low, double high) {
        return std::uniform_real_distribution<double>(low, high)(engine);
    };
    const auto chance = [&](double likely) { return uniform(0, 1) < likely; };
    const std::vector<std::vector<int>> wirings = {{}, {1}, {2}, {3}, {1, 2}, {3, 1, 2}};
    double nominal = 0;
    for (auto& each : to.evs) {
        each.phases = wirings[static_cast<std::size_t>(uniform(0, 5.99))];
        nominal += each.charge_power_w;
    }
    for (int g = 0; g < 2; ++g) {
        if (chance(0.5)) continue;
        smac::group each;
        each.id = "group" + std::to_string(g);
        for (const auto& ev : to.evs)
            if (chance(0.6)) each.evs.push_back(ev.id);
        for (const auto& battery : to.batteries)
            if (chance(0.6)) each.batteries.push_back(battery.id);
        if (chance(0.5)) each.max_power_w = nominal * uniform(0.1, 0.5);
        if (chance(0.5)) each.min_power_w = -nominal * uniform(0, 0.2);
        for (int t = 0; t < to.slots && g == 1; ++t) each.limit_w.push_back(nominal * uniform(0.1, 0.5));
        for (int t = 0; t < to.slots && g == 1; ++t) each.feed_in_limit_w.push_back(nominal * uniform(0, 0.1));
        if (chance(0.3)) each.max_phase_current_a = uniform(16, 63);
        to.groups.push_back(each);
    }
    if (chance(0.3)) to.site.max_phase_power_w = nominal * uniform(0.1, 0.5);
}

// Adds, each by chance, what a plain problem leaves at its default.
inline void add_extras(smac::problem& to, std::mt19937_64& engine) {
    const auto uniform = [&](double low, double high) {
        return std::uniform_real_distribution<double>(low, high)(engine);
    };
    const auto chance = [&](double likely) { return uniform(0, 1) < likely; };
    const auto slots = static_cast<std::size_t>(to.slots);
    const auto money = [&](auto& device) {
        if (chance(0.5)) device.wear_eur_per_kwh = uniform(0, 0.1);
        if (chance(0.5)) device.value_left_eur_per_kwh = uniform(0, 0.4);
    };
    for (auto& each : to.batteries) money(each);
    for (auto& each : to.evs) money(each);
    if (chance(0.5)) {
        for (std::size_t t = 0; t < slots; ++t) to.site.co2_g_per_kwh.push_back(uniform(0, 600));
        to.site.co2_price_eur_per_kg = uniform(0, 0.5);
    }
    if (chance(0.4)) {
        to.site.peak_price_eur_per_kw = uniform(0, 1);
        to.site.peak_paid_w = uniform(0, 10'000);
    }
    to.site.curtailable = chance(0.4);
    if (chance(0.3)) to.site.grid_ramp_cost_eur_per_kw = uniform(0, 0.05);
    if (chance(0.3)) to.site.current_power_w = uniform(-5'000, 10'000);
    for (auto& each : to.evs) {
        if (chance(0.3)) each.ramp_cost_eur_per_kw = uniform(0, 0.05);
        if (chance(0.3)) each.current_power_w = uniform(0, each.charge_power_w);
    }
    add_groups(to, engine);
    if (chance(0.3))
        for (std::size_t t = 0; t < slots; ++t) to.each_slot_minutes.push_back(to.slot_minutes * uniform(0.3, 2));
}

inline smac::problem random_problem(std::uint64_t seed, const random_shape& shape = {}) {
    std::mt19937_64 engine(seed);
    const auto uniform = [&](double low, double high) {
        return std::uniform_real_distribution<double>(low, high)(engine);
    };
    const auto whole = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(engine); };
    const auto chance = [&](double likely) { return uniform(0, 1) < likely; };

    smac::problem result = hours(shape.slots);
    result.slot_minutes = whole(0, 1) == 0 ? 15 : 60;
    const double hour = result.slot_minutes / 60;
    smac::site& site = result.site;
    double nominal = 0;
    for (int i = 0; i < shape.cars; ++i) {
        smac::ev each = car("car" + std::to_string(i), 0, 0, 0, uniform(3'700, 22'000));
        each.arrival_slot = whole(0, shape.slots - 2);
        each.departure_slot = whole(each.arrival_slot + 1, shape.slots);
        each.capacity_wh = uniform(20'000, 90'000);
        each.soc_wh = each.capacity_wh * uniform(shape.low_cars ? 0.02 : 0.21, 0.7);
        const double reachable = each.charge_power_w * hour * (each.departure_slot - each.arrival_slot);
        each.target_soc_wh = std::min(each.capacity_wh, each.soc_wh + reachable * uniform(0, 0.9));
        if (shape.losses) each.efficiency_charge = uniform(0.8, 1);
        if (shape.losses) each.efficiency_discharge = uniform(0.8, 1);
        if (shape.v2g && chance(0.5)) each.discharge_power_w = uniform(2'000, 11'000);
        nominal += each.charge_power_w;
        result.evs.push_back(each);
    }
    for (int i = 0; i < shape.batteries; ++i) {
        smac::battery each = store("battery" + std::to_string(i), uniform(5'000, 30'000), 0, uniform(2'000, 10'000));
        each.min_soc = uniform(0, 0.3);
        each.max_soc = uniform(0.8, 1);
        each.soc_wh = each.capacity_wh * uniform(each.min_soc, each.max_soc);
        if (chance(0.5)) each.current_power_w = uniform(-1'000, 1'000);
        if (shape.losses) each.efficiency_charge = uniform(0.85, 1);
        if (shape.losses) each.efficiency_discharge = uniform(0.85, 1);
        result.batteries.push_back(each);
    }
    const double demand_peak = uniform(1'000, 10'000);
    for (int t = 0; t < shape.slots; ++t) {
        site.price_eur_per_kwh.push_back(shape.negative_prices && chance(0.3) ? uniform(-0.2, 0) : uniform(0.05, 0.4));
        site.feed_in_price_eur_per_kwh.push_back(shape.feed_in ? site.price_eur_per_kwh.back() * uniform(0, 0.7) : 0);
        if (site.feed_in_price_eur_per_kwh.back() > site.price_eur_per_kwh.back())
            site.feed_in_price_eur_per_kwh.back() = site.price_eur_per_kwh.back();
        site.demand_wh.push_back(demand_peak * hour * uniform(0.2, 1));
        site.production_wh.push_back(demand_peak * hour * (chance(0.5) ? uniform(0, 1.5) : 0));
    }
    site.max_power_w = demand_peak + nominal * (shape.tight_limit ? uniform(0.1, 0.3) : uniform(0.6, 1));
    site.min_power_w = -uniform(0.5, 3) * demand_peak;
    if (chance(0.3)) site.opportunity_cost_eur_per_slot = uniform(0, 0.1);
    if (chance(0.3)) site.ramp_cost_eur_per_kw = uniform(0, 0.05);
    if (chance(0.5)) {
        site.flex_reduction_w.assign(static_cast<std::size_t>(shape.slots), 0.0);
        site.flex_reduction_w[static_cast<std::size_t>(whole(0, shape.slots - 1))] = site.max_power_w * uniform(0, 0.4);
    }
    if (shape.extras) add_extras(result, engine);
    return result;
}

} // namespace incar::test
