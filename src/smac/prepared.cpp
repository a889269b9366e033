#include "smac/prepared.hpp"

#include <algorithm>

namespace incar::smac {
namespace {

constexpr double kilo = 1000;

std::vector<double> filled(const std::vector<double>& given, int slots, double otherwise, double divisor = 1) {
    std::vector<double> result(static_cast<std::size_t>(slots), otherwise);
    for (std::size_t t = 0; t < given.size(); ++t) result[t] = given[t] / divisor;
    return result;
}

// From Wh a slot to kW.
std::vector<double> averages(const std::vector<double>& energies, const std::vector<double>& hours) {
    std::vector<double> result(hours.size(), 0.0);
    for (std::size_t t = 0; t < energies.size(); ++t) result[t] = energies[t] / (kilo * hours[t]);
    return result;
}

class preparation {
public:
    explicit preparation(const problem& valid) : given_(valid) {
        result_.given = &valid;
        result_.slots = valid.slots;
        result_.hours = filled(valid.each_slot_minutes, valid.slots, valid.slot_minutes / 60, 60);
    }

    prepared run() {
        supply_point();
        for (std::size_t i = 0; i < given_.batteries.size(); ++i) add(given_.batteries[i], i);
        for (std::size_t i = 0; i < given_.evs.size(); ++i) add(given_.evs[i], i);
        std::sort(result_.devices.begin(), result_.devices.end(), [this](const storage& a, const storage& b) {
            return a.is_ev != b.is_ev ? b.is_ev : id_of(a) < id_of(b);
        });
        add_shared_limits(result_);
        return std::move(result_);
    }

private:
    const std::string& id_of(const storage& device) const {
        return device.is_ev ? given_.evs[device.index].id : given_.batteries[device.index].id;
    }

    void supply_point() {
        const site& from = given_.site;
        const int slots = given_.slots;
        const std::vector<double> demand = averages(from.demand_wh, result_.hours);
        const std::vector<double> production = averages(from.production_wh, result_.hours);
        const std::vector<double> reduction = filled(from.flex_reduction_w, slots, 0, kilo);
        const std::vector<double> limit = filled(from.limit_w, slots, unlimited_power_w / kilo, kilo);
        result_.price = filled(from.price_eur_per_kwh, slots, 0);
        result_.feed_in = filled(from.feed_in_price_eur_per_kwh, slots, 0);
        result_.co2 = filled(from.co2_g_per_kwh, slots, 0);
        for (std::size_t t = 0; t < demand.size(); ++t)
            result_.price[t] += from.co2_price_eur_per_kg * result_.co2[t] / kilo;
        result_.throttle = from.curtailable ? production : std::vector<double>(production.size(), 0.0);
        result_.curtailed.assign(production.size(), 0.0);
        result_.least.assign(demand.size(), from.min_power_w / kilo);
        for (std::size_t t = 0; t < demand.size(); ++t) {
            result_.base.push_back(demand[t] - production[t]);
            const double ordered = std::min(from.max_power_w / kilo - reduction[t], limit[t]);
            result_.most.push_back(std::max(ordered, result_.least[t]));
            if (ordered < result_.least[t])
                result_.conflicts.push_back({limit[t] <= ordered ? "/site/limit_w" : "/site/flex_reduction_w",
                                             static_cast<int>(t), (result_.least[t] - ordered) * kilo, "W",
                                             "the order asks for less than the site's min_power_w"});
        }
    }

    void add(const battery& from, std::size_t index) {
        storage device;
        device.index = index;
        device.last = given_.slots;
        device.soc = within_capacity("/batteries/", index, from.soc_wh, from.capacity_wh) / kilo;
        device.charge = from.charge_power_w / kilo;
        device.discharge = from.discharge_power_w / kilo;
        take_what_is_common(from, device);
        device.high = from.max_soc * from.capacity_wh / kilo;
        if (from.current_power_w) device.previous = *from.current_power_w / kilo;
        device.ramp_cost = given_.site.ramp_cost_eur_per_kw;
        if (device.soc > device.high) {
            result_.adjustments.push_back({place_of(device) + "/max_soc", from.max_soc,
                                           device.soc * kilo / from.capacity_wh,
                                           "the battery starts above its maximum; it may stay there but not rise"});
            device.high = device.soc;
        }
        finish(std::move(device), from.min_soc, from.capacity_wh);
    }

    void add(const ev& from, std::size_t index) {
        storage device;
        device.is_ev = true;
        device.index = index;
        device.first = from.arrival_slot;
        device.last = std::min(from.departure_slot, given_.slots);
        if (from.departure_slot > given_.slots)
            result_.adjustments.push_back({place_of(device) + "/departure_slot",
                                           static_cast<double>(from.departure_slot), static_cast<double>(given_.slots),
                                           "the departure is beyond the horizon; the target must hold at its end"});
        device.soc = within_capacity("/evs/", index, from.soc_wh, from.capacity_wh) / kilo;
        device.target = from.target_soc_wh / kilo;
        device.priority = from.priority;
        device.charge = from.charge_power_w / kilo;
        device.discharge = from.discharge_power_w / kilo;
        device.least = from.min_power_w / kilo;
        if (from.current_power_w && from.arrival_slot == 0) device.previous = *from.current_power_w / kilo;
        device.ramp_cost = from.ramp_cost_eur_per_kw;
        take_what_is_common(from, device);
        device.high = from.capacity_wh / kilo;
        finish(std::move(device), from.min_soc, from.capacity_wh);
    }

    template <class Device>
    static void take_what_is_common(const Device& from, storage& device) {
        device.stored_per_taken = from.efficiency_charge;
        device.given_per_stored = from.efficiency_discharge;
        device.phases = from.phases.empty() ? std::vector<int>{1, 2, 3} : from.phases;
        device.wear = from.wear_eur_per_kwh;
        device.value_left = from.value_left_eur_per_kwh;
    }

    double within_capacity(const char* list, std::size_t index, double soc_wh, double capacity_wh) {
        const double used = std::clamp(soc_wh, 0.0, capacity_wh);
        if (used != soc_wh)
            result_.adjustments.push_back({list + std::to_string(index) + "/soc_wh", soc_wh, used,
                                           soc_wh < 0 ? "a state of charge below 0 is read as 0"
                                                      : "a state of charge above the capacity is read as full"});
        return used;
    }

    void finish(storage device, double min_soc, double capacity_wh) {
        const double low = min_soc * capacity_wh / kilo;
        device.starts_low = device.soc < low;
        if (device.starts_low)
            result_.adjustments.push_back({place_of(device) + "/min_soc", min_soc, device.soc * kilo / capacity_wh,
                                           "it starts below its minimum; the bound rises as fast as it can charge"});
        double reachable = device.soc;
        for (int t = device.first; t < device.last; ++t) {
            reachable = device.soc_after(reachable, device.charge, result_.hours[static_cast<std::size_t>(t)]);
            device.low.push_back(std::min(low, std::max(device.soc, reachable)));
        }
        if (!device.starts_low) std::fill(device.low.begin(), device.low.end(), low);
        result_.devices.push_back(std::move(device));
    }

    const problem& given_;
    prepared result_;
};

} // namespace

prepared prepare(const problem& valid) {
    return preparation(valid).run();
}

std::string place_of(const storage& device) {
    return (device.is_ev ? "/evs/" : "/batteries/") + std::to_string(device.index);
}

} // namespace incar::smac
