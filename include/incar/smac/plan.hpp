#pragma once

/// \file
/// What smart charging answers (SMAC, USER-CHI D4.3 section 3.2.6.2): powers for every device and slot, what they cost,
/// what they leave unmet and the room that is left for grid services.
///
/// Signs and slots are those of problem.hpp. Devices stand in the order in which the problem names them.

#include <string>
#include <vector>

namespace incar::smac {

/// D4.3's `status`.
enum class plan_status {
    optimal,   ///< Every requirement is met.
    infeasible ///< Not everything could be met; the plan comes as near as possible and `unmet` says what is missing.
};

/// One battery or vehicle over the horizon.
struct device_plan {
    std::string id;
    std::vector<double>
        power_w; ///< Average power in each slot [ev_chargingProfiles, batt_chargingProfiles]. W, positive charges
    std::vector<double>
        soc_wh; ///< Stored at the end of each slot; outside the stay of a vehicle the value it came or left with. Wh
    double unmet_wh = 0; ///< What is missing to the target on departure; 0 for batteries. Wh
};

/// The supply point over the horizon.
struct site_plan {
    std::vector<double> import_w;     ///< Taken from the grid. W, >= 0
    std::vector<double> export_w;     ///< Fed in. W, >= 0
    std::vector<double> curtailed_w;  ///< Production that is throttled; empty unless site::curtailable. W, >= 0
    std::vector<double> upper_flex_w; ///< By how much consumption could rise in this slot alone, every target still
                                      ///< reachable [upperFlexProfile]. W, >= 0
    std::vector<double>
        lower_flex_w; ///< By how much consumption could fall in this slot alone [lowerFlexProfile]. W, >= 0
};

/// A requirement that could not be met.
struct unmet_requirement {
    std::string what;  ///< Its place in the problem: "/evs/3/target_soc_wh", "/site/limit_w", ...
    int slot = 0;      ///< Slot in which it is missed; for a target the last slot before departure.
    double amount = 0; ///< By how much.
    std::string unit;  ///< Of the amount: "W", "Wh", or "A" for a phase's current.
    std::string reason;
};

/// An input that was read other than given, because it is outside its bounds as happens in the field.
struct adjustment {
    std::string where; ///< Its place in the problem.
    double given = 0;
    double used = 0;
    std::string reason;
};

/// How the answer was found.
struct solver_report {
    std::string name;   ///< For example "glpk", or "none" for the baselines.
    double seconds = 0; ///< Elapsed in the solver.
    int iterations = 0; ///< Steps of the solver's method.
    double gap =
        0; ///< Proven relative distance to the optimum; 0 when the plan is optimal within the solver's tolerance.
};

/// The answer.
struct plan {
    plan_status status = plan_status::optimal;
    double objective_eur =
        0; ///< Energy taken minus energy fed in, plus opportunity and ramp cost; no penalties. Currency units
    double co2_g = 0; ///< Of the energy taken from the grid. g
    std::vector<device_plan> evs;
    std::vector<device_plan> batteries;
    site_plan site;
    std::vector<unmet_requirement> unmet;
    std::vector<adjustment> adjustments;
    solver_report solver;
};

} // namespace incar::smac
