#include "smac/formulation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace incar::smac {
namespace {

constexpr double kilo = 1000;
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double curtailment_weight = 2; // of a kWh, beside a kWh moved, in the tie-break

} // namespace

// For each slot: taken - fed in - charging + discharging = base. Each flow is cut where the limits lie: what they
// demand is rewarded in the tier of the limits, what they allow is free, what lies beyond costs. So the tier measures
// by how much they are passed.
void formulation::add_site() {
    const auto slots = static_cast<std::size_t>(situation_.slots);
    std::vector<double>& highest = highest_ = situation_.base;
    for (std::size_t t = 0; t < slots; ++t) highest[t] += situation_.throttle[t];
    std::vector<double>& lowest = lowest_ = situation_.base;
    for (const storage& device : situation_.devices)
        for (int t = device.first; t < device.last; ++t) {
            highest[static_cast<std::size_t>(t)] += device.charge;
            lowest[static_cast<std::size_t>(t)] -= device.discharge;
        }
    for (std::size_t t = 0; t < slots; ++t) {
        balance_.push_back(add_row(situation_.base[t], situation_.base[t]));
        const double most = situation_.most[t];
        const double least = situation_.least[t];
        const std::vector<int>& taken =
            taken_.emplace_back(add_flow(t, 1, {least, most, highest[t]}, situation_.price[t]));
        const std::vector<int>& fed_in =
            fed_in_.emplace_back(add_flow(t, -1, {-most, -least, -lowest[t]}, -situation_.feed_in[t]));
        // Where feeding in pays more than taking costs, a linear model would do both at once.
        if (situation_.feed_in[t] > situation_.price[t])
            for (const int first : taken)
                for (const int second : fed_in) model_.exclusive.push_back({first, second});
    }
}

// The highest import beyond what is paid already: one column that no slot's import may pass.
void formulation::add_peak() {
    const site& supply = situation_.given->site;
    const double paid = supply.peak_paid_w / kilo;
    const double most = *std::max_element(highest_.begin(), highest_.end()) - paid;
    if (supply.peak_price_eur_per_kw == 0 || most <= 0) return;
    const int above = add_column(0, most);
    charge_to(tiers_.money, above, supply.peak_price_eur_per_kw);
    for (std::size_t t = 0; t < highest_.size(); ++t) {
        if (highest_[t] <= paid) continue;
        const int row = add_row(-infinity, paid);
        for (const int piece : taken_[t]) put(row, piece, 1);
        put(row, above, -1);
    }
}

// exchange - exchange before = rise - fall
void formulation::add_grid_ramps() {
    const site& supply = situation_.given->site;
    if (supply.grid_ramp_cost_eur_per_kw == 0) return;
    const auto widest = [this](std::size_t t) { return std::max(std::abs(highest_[t]), std::abs(lowest_[t])); };
    for (std::size_t t = supply.current_power_w ? 0 : 1; t < highest_.size(); ++t) {
        const double before = t == 0 ? *supply.current_power_w / kilo : 0;
        const int row = add_row(before, before);
        for (const std::size_t k : {t, t - 1}) {
            if (k > t) continue; // before slot 0
            const double sign = k == t ? 1 : -1;
            for (const int piece : taken_[k]) put(row, piece, sign);
            for (const int piece : fed_in_[k]) put(row, piece, -sign);
        }
        for (const int sign : {-1, 1}) {
            const int change = add_column(0, widest(t) + (t == 0 ? std::abs(before) : widest(t - 1)));
            put(row, change, sign);
            charge_to(tiers_.money, change, supply.grid_ramp_cost_eur_per_kw);
        }
    }
}

// Production that is not made. Where money does not care it is made: storing it comes first in the tie-break.
void formulation::add_curtailment() {
    curtailed_.assign(highest_.size(), -1);
    for (std::size_t t = 0; t < highest_.size(); ++t) {
        if (!(situation_.throttle[t] > 0)) continue;
        const int column = curtailed_[t] = add_column(0, situation_.throttle[t]);
        put(balance_[t], column, -1);
        charge_to(tiers_.order, column, curtailment_weight * situation_.hours[t]);
        for (std::size_t l = 0; l < situation_.limits.size(); ++l)
            if (const int row = limit_rows_[l][t]; row >= 0 && situation_.limits[l].share_of_base != 0)
                put(row, column, situation_.limits[l].share_of_base);
    }
}

// One direction of a slot's exchange with the grid, in up to three pieces: demanded, allowed, beyond.
std::vector<int> formulation::add_flow(std::size_t t, double sign, const std::array<double, 3>& ends, double price) {
    constexpr std::array<double, 3> cost_of_limits = {-1, 0, 1};
    std::vector<int> pieces;
    double from = 0;
    for (std::size_t i = 0; i < ends.size(); ++i) {
        const double to = std::min(std::max(ends[i], from), std::max(ends.back(), 0.0));
        if (to > from) {
            pieces.push_back(add_column(0, to - from));
            put(balance_[t], pieces.back(), sign);
            charge_to(tiers_.limits, pieces.back(), situation_.hours[t] * cost_of_limits[i]);
            charge_to(tiers_.money, pieces.back(), situation_.hours[t] * price);
        }
        from = std::max(from, to);
    }
    return pieces;
}

} // namespace incar::smac
