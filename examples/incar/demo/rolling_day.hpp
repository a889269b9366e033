#pragma once

/// \file
/// Plays a day as it would have happened: nobody knows a car before it arrives nor the order before it is announced.
///
///     expected<record> played = play(today, strategies()[0]);
///
/// At every change (an arrival, a departure, the announcement) the strategy plans what is left of the day from what is
/// known by then; between changes the cars follow the plan. The building's load, the sun and the prices are known
/// beforehand, and a car tells on arrival when it leaves. All strategies are measured by the same meter. No clock is
/// involved except to time the planning.

#include "day.hpp"
#include "strategy.hpp"

#include <string>
#include <vector>

namespace incar::demo {

/// What the meters saw.
struct record {
    std::string name;
    std::vector<std::vector<double>> power_w; ///< For each visit and slot. W
    std::vector<double> delivered_wh;         ///< For each visit. Wh
    std::vector<double> grid_w;               ///< For each slot; positive when imported. W
    double cost_eur = 0;                      ///< Energy taken minus energy fed in.
    double peak_w = 0;                        ///< Most power imported. W
    double not_served_wh = 0;                 ///< Asked for, possible by the car and its stay, and not delivered. Wh
    double impossible_wh = 0;                 ///< Asked for beyond full power over the whole stay. Wh
    double co2_kg = 0;                        ///< Of the energy imported.
    double over_limit_w = 0; ///< Most by which cars passed the limit outside the order; what the building alone takes
                             ///< is not theirs. W
    double over_order_w = 0; ///< Most by which cars passed the ordered limit. W
    int replans = 0;
    double mean_ms = 0; ///< Of planning.
    double max_ms = 0;
};

/// Errors: those of the strategy.
expected<record> play(const day& given, const strategy& chosen);

} // namespace incar::demo
