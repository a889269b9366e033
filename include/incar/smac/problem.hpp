#pragma once

/// \file
/// What a charging site looks like over the next hours: the input of smart charging (SMAC, USER-CHI D4.3
/// section 3.2.6.1).
///
///     smac::problem evening;
///     evening.start = timestamp::parse("2026-01-15T17:00:00Z").value();
///     evening.slot_minutes = 15;
///     evening.slots = 48;
///     evening.site.max_power_w = 11'000;
///     evening.evs.push_back(smac::ev{...});
///
/// Time is cut into `slots` slots of `slot_minutes` (or of `each_slot_minutes`), counted from 0. Powers are averages
/// over a slot in W, energies are Wh. Site power is positive when imported from the grid; device power is positive when
/// the device charges. An array has one entry a slot; an empty array stands for its default in every slot. All of this
/// is plain data: copy it freely; one thread at a time writes an object.

#include <incar/core/error.hpp>
#include <incar/core/timestamp.hpp>
#include <incar/smac/export.hpp>

#include <optional>
#include <string>
#include <vector>

namespace incar::smac {

/// D4.3's 1 TW: a power limit that never binds.
inline constexpr double unlimited_power_w = 1e12;

/// The supply point and all that is known about it. Names in brackets are D4.3's.
struct site {
    double max_power_w = unlimited_power_w;  ///< Most power taken from the grid [supplyPointPMax]. W
    double min_power_w = -unlimited_power_w; ///< Least power; negative: most power fed in [supplyPointPMin]. W
    std::vector<double> price_eur_per_kwh; ///< Of energy taken from the grid [price]; default 0. Currency units per kWh
    std::vector<double> feed_in_price_eur_per_kwh; ///< Paid for energy fed in; default 0. Currency units per kWh
    std::vector<double> demand_wh;        ///< Of everything else behind the supply point [demand]; default 0. Wh a slot
    std::vector<double> production_wh;    ///< Of local generation [production]; default 0. Wh a slot
    std::vector<double> flex_reduction_w; ///< Grid orders that lower max_power_w by so much [flexOrders]; default 0. W
    std::vector<double> limit_w;          ///< Grid orders that cap the power taken (absolute); default none. W
    double opportunity_cost_eur_per_slot =
        0;                             ///< Of a charge point that is still occupied [opportunityCost]. The energy e
                                       ///< stored in slot t costs it times (t - arrival + 1) e / need. >= 0
    double ramp_cost_eur_per_kw = 0;   ///< Of each kW by which a battery's power changes between slots. >= 0
    std::vector<double> co2_g_per_kwh; ///< Of energy taken from the grid; default 0. g per kWh
    double co2_price_eur_per_kg = 0; ///< What a kg of it counts beside the energy's own price; 0: it is only reported.
                                     ///< >= 0
    std::optional<double> max_phase_power_w;   ///< Most power on each of the three phases, in either direction. Demand
                                               ///< and production load them alike. W, >= 0
    std::optional<double> max_phase_current_a; ///< The same as a current, for fuses and cables. A, >= 0
    double phase_voltage_v = 230;              ///< From a phase to neutral, for currents of all phases. V, 50..1000
    double peak_price_eur_per_kw = 0; ///< Of each kW by which the highest import of the horizon passes peak_paid_w, as
                                      ///< a capacity tariff asks it. >= 0
    double peak_paid_w = 0;           ///< Peak that is paid for already, as that of the month so far. W, >= 0
    bool curtailable = false;         ///< Whether production may be throttled, where a limit or a price makes that
                                      ///< better than feeding in.
    double grid_ramp_cost_eur_per_kw =
        0; ///< Of each kW by which the exchange with the grid changes between slots. >= 0
    std::optional<double> current_power_w; ///< Exchange before slot 0; when absent the first slot pays no ramp. W,
                                           ///< positive takes
};

/// A stationary battery.
struct battery {
    std::string id;                        ///< Unique among the batteries.
    double capacity_wh = 0;                ///< [batt_capacity] Wh, > 0
    double soc_wh = 0;                     ///< Stored at the start [batt_soc]. Wh
    double charge_power_w = 0;             ///< Most power [batt_chargePower]. W, >= 0
    double discharge_power_w = 0;          ///< Most power [batt_dischargePower]. W, >= 0
    double min_soc = 0.2;                  ///< Fraction of the capacity to keep [batt_minSoC]. 0..1
    double max_soc = 1.0;                  ///< Fraction of the capacity not to exceed [batt_maxSoC]. min_soc..1
    std::optional<double> current_power_w; ///< Set-point in force before slot 0 [batt_currentChargingProfiles]; when
                                           ///< absent the first slot pays no ramp. W, positive charges
    double efficiency_charge = 1;          ///< Stored per energy taken. 0.01..1
    double efficiency_discharge = 1;       ///< Given back per energy taken from the store. 0.01..1
    double wear_eur_per_kwh = 0;           ///< Of each kWh given back, as it ages the store. >= 0
    double value_left_eur_per_kwh = 0;     ///< Of each kWh stored at the end of the horizon: what it saves later. >= 0
    std::vector<int> phases; ///< On which of the phases 1, 2 and 3 it hangs, loading them alike; empty: on all.
};

/// An electric vehicle at, or on its way to, a charge point of the site.
struct ev {
    std::string id;         ///< Unique among the vehicles.
    int arrival_slot = 0;   ///< First slot in which it may charge; 0 when it is plugged in.
    int departure_slot = 0; ///< First slot in which it is gone: the target holds at the end of slot departure_slot - 1,
                            ///< which is D4.3's [ev_targetSlot]. > arrival_slot
    double capacity_wh = 0; ///< [ev_capacity] Wh, > 0
    double soc_wh = 0;      ///< Stored on arrival [ev_soc]. Wh
    double target_soc_wh = 0;     ///< Stored on departure at least [ev_targetSoC]. Wh, >= 0
    double charge_power_w = 0;    ///< Most power [ev_chargePower]. W, >= 0
    double discharge_power_w = 0; ///< Most power back to the site (V2G) [ev_dischargePower]. W, >= 0
    double min_soc = 0.2;   ///< Fraction of the capacity to keep [ev_minSoC]; a car that arrives below it is charged to
                            ///< it first, as fast as its charge power allows. 0..1
    double min_power_w = 0; ///< Least power while charging (6 A: 1,380 W on one phase); 0: any. W, <= charge_power_w
    double efficiency_charge = 1;      ///< Stored per energy taken. 0.01..1
    double efficiency_discharge = 1;   ///< Given back per energy taken from the store. 0.01..1
    double wear_eur_per_kwh = 0;       ///< Of each kWh given back, as it ages the store. >= 0
    double value_left_eur_per_kwh = 0; ///< Of each kWh stored at the end of the stay: what it saves later. >= 0
    std::vector<int> phases; ///< On which of the phases 1, 2 and 3 it hangs, loading them alike; empty: on all.
    std::optional<double> current_power_w; ///< Set-point in force before slot 0, for a car that is plugged in: among
                                           ///< plans of equal cost the one that starts nearest is taken. W
    double ramp_cost_eur_per_kw = 0; ///< Of each kW by which its power changes between slots of the stay, and from
                                     ///< current_power_w to slot 0. >= 0
    int priority = 0;                ///< Class of its target: what is short goes to a higher class first, whatever
                                     ///< it costs the lower ones. 0..9
};

/// Charge points and batteries that share a cable, a fuse or an order of the grid operator. Their powers add up to the
/// power of the group, positive when they charge; a device may belong to several groups.
struct group {
    std::string id;                          ///< Unique among the groups.
    std::vector<std::string> evs;            ///< Ids of its vehicles.
    std::vector<std::string> batteries;      ///< Ids of its batteries.
    double max_power_w = unlimited_power_w;  ///< Most power that they take together. W
    double min_power_w = -unlimited_power_w; ///< Least power; negative: most power that they give together. W
    std::vector<double> limit_w;             ///< Caps the power taken, slot by slot; the lower counts; default none. W
    std::vector<double> feed_in_limit_w;     ///< Caps the power given, slot by slot; default none. W, >= 0
    std::optional<double> max_phase_power_w; ///< Most power on each phase of its cable, in either direction. W, >= 0
    std::optional<double> max_phase_current_a; ///< The same as a current. A, >= 0
};

/// A site over a horizon. Nothing is implied: what is not in here does not exist for the plan.
struct problem {
    timestamp start;         ///< Instant at which slot 0 begins.
    double slot_minutes = 0; ///< Length of each slot [slotDuration]. 0.01..1440
    int slots = 0;           ///< Number of slots [timeHorizon / slotDuration]. 1..100,000
    smac::site site;
    std::vector<battery> batteries;
    std::vector<ev> evs;
    std::vector<double> each_slot_minutes{}; ///< Length of each slot where they differ, instead of slot_minutes;
                                             ///< default: all are alike. 0.01..1440
    std::vector<group> groups{};
};

/// Everything that makes `candidate` unusable, each with its place ("/evs/2/departure_slot") and reason; empty when it
/// can be planned. A state of charge outside the bounds and an unreachable target are not errors: they are normal in
/// the field, and the plan reports how it dealt with them.
INCAR_SMAC_EXPORT std::vector<error> validate(const problem& candidate);

} // namespace incar::smac
