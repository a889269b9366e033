#pragma once

/// \file
/// A day at the garage as the demo plays it: 24 hours in slots of 15 minutes, a site, its cars and one order of the
/// grid operator.

#include "figures.hpp"

#include <incar/smac/problem.hpp>

#include <string>
#include <vector>

namespace incar::demo {

/// What the demo adds to the measured figures.
struct garage {
    double limit_w = 46'000;       ///< Most power from the grid. W
    double load_factor = 8;        ///< Houses that the building stands for.
    double pv_factor = 12;         ///< Roofs that its photovoltaics stand for.
    double feed_in_share = 0.5;    ///< Of the price, paid for energy fed in.
    double co2_g_per_kwh = 246;    ///< Spanish grid, average of 2018 (Red Electrica); no hourly figures are at hand.
    double order_share = 0.3;      ///< Of the limit that the order takes away.
    double order_announced = 17.5; ///< Hour of the garage's clock.
    double order_begins = 18;
    double order_ends = 19;
};

/// One car's stay in whole slots.
struct visit {
    std::string id;
    int arrival = 0;        ///< First whole slot of the stay.
    int departure = 0;      ///< First slot in which it is gone; at most the number of slots.
    double need_wh = 0;     ///< Energy asked for. Wh
    double max_power_w = 0; ///< W
    double possible_wh = 0; ///< What full power over the whole stay would give, at most the need. Wh
};

struct order {
    int announced = 0; ///< Slot in which the garage learns of it.
    int begin = 0;
    int end = 0;            ///< First slot that is free again.
    double reduction_w = 0; ///< Off the limit. W
};

struct day {
    std::string date;
    timestamp start;
    int slots = 0;
    smac::site site; ///< Without the order.
    std::vector<visit> visits;
    demo::order order;
    double co2_g_per_kwh = 0;
    std::vector<double> clock_hours; ///< What the garage's clock shows when each slot begins: 6, 6.25, ... 29.75.
    std::vector<std::string> remarks;
    std::vector<source> sources;
};

inline constexpr int slot_minutes = 15;
inline constexpr double slot_hours = slot_minutes / 60.0;

/// Errors: those of `garage_day`, and errc::out_of_range for a session that arrives on another day.
expected<day> make_day(const figures& measured, const garage& setting);

/// Most power from the grid in a slot, the order included.
double limit_in(const day& given, int slot);

/// The whole day as one problem, as if every arrival and the order were known at 06:00.
smac::problem with_foresight(const day& given);

/// A visit as smac sees it when so much energy was delivered: the sessions do not tell a battery's size, so what is
/// still needed stands for the whole battery, empty now and to be full on departure.
smac::ev as_ev(const visit& car, int arrival, int departure, double missing_wh);

} // namespace incar::demo
