#pragma once

#include <incar/smac/plan.hpp>
#include <incar/smac/problem.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace incar::smac {

// A battery or a vehicle: something that stores energy between slots [first, last) of the horizon. kW and kWh.
struct storage {
    bool is_ev = false;
    std::size_t index = 0; // in problem::evs or problem::batteries
    int first = 0;
    int last = 0;
    double soc = 0;
    double target = 0;
    int priority = 0; // of the target
    double charge = 0;
    double discharge = 0;
    double least = 0; // power while charging
    double stored_per_taken = 1;
    double given_per_stored = 1;
    double wear = 0;                // currency units per kWh given back
    double value_left = 0;          // currency units per kWh stored at the end
    double high = 0;                // most that may be stored
    std::vector<double> low;        // least to be stored at the end of slots first..last-1
    bool starts_low = false;        // below its minimum: `low` rises as fast as the device can follow
    std::optional<double> previous; // power before the first slot
    double ramp_cost = 0;           // currency units per kW
    std::vector<int> phases;
    struct share {
        std::size_t limit; // in prepared::limits
        double of_power;
    };
    std::vector<share> shares;

    int stay() const { return last - first; }
    std::size_t slot(int place) const { return static_cast<std::size_t>(first + place); } // of the stay
    double need() const { return target > soc ? target - soc : 0; }
    double soc_after(double before, double kw, double hours) const {
        return before + hours * (kw >= 0 ? kw * stored_per_taken : kw / given_per_stored);
    }
};

// What several devices may take or give together: in a group, or on one phase of the site or of a group. kW.
struct shared_limit {
    struct bound {
        std::string what; // its place in the problem
        int sign;         // 1: at most, -1: at least
        std::vector<double> kw;
        double units_per_kw;
        const char* unit;
    };
    std::string name; // for people
    double share_of_base = 0;
    std::vector<bound> bounds;
    std::vector<double> most; // the tightest of the bounds
    std::vector<double> least;

    // Which bound that is in this slot; one with this sign must exist.
    const bound& tightest(int sign, std::size_t t) const;
};

// The problem as the algorithms want it: kW and kWh, every array full, states of charge within bounds, and devices in
// an order that does not depend on the order in which they were given (batteries, then vehicles, by id).
struct prepared {
    const problem* given = nullptr;
    int slots = 0;
    std::vector<double> hours;     // of each slot
    std::vector<double> base;      // demand less production
    std::vector<double> throttle;  // production that may be curtailed
    std::vector<double> curtailed; // and that is, once a plan is made: already in `base`
    std::vector<double> most;      // what the supply point may take
    std::vector<double> least;     // and at least takes; negative: feeds in
    std::vector<double> price;     // currency units per kWh, with that of its CO2
    std::vector<double> feed_in;   // currency units per kWh
    std::vector<double> co2;       // g per kWh
    std::vector<storage> devices;
    std::vector<shared_limit> limits;
    std::vector<adjustment> adjustments;
    std::vector<unmet_requirement> conflicts; // between the limits themselves
};

// The problem must have passed validate() and must outlive the result.
prepared prepare(const problem& valid);

// Where a device stands in the problem: "/evs/3" or "/batteries/0".
std::string place_of(const storage& device);

// Fills `limits` and the devices' shares in them.
void add_shared_limits(prepared& to);

// The power in kW of each device of `prepared::devices` in each slot of the horizon; positive charges.
using device_powers = std::vector<std::vector<double>>;

// What counts against one of prepared::limits, slot by slot. kW.
std::vector<double> power_under(const prepared& situation, std::size_t limit, const device_powers& powers);

} // namespace incar::smac
