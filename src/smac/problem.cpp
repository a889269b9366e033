#include <incar/core/json.hpp>
#include <incar/smac/problem.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>
#include <string_view>

namespace incar::smac {
namespace {

constexpr double most_power_w = unlimited_power_w;
constexpr double most_energy_wh = 1e12;
constexpr double most_current_a = 1e9;
constexpr int most_priority = 9;
constexpr double most_price = 1e6;
constexpr int most_slots = 100'000;
constexpr double least_slot_minutes = 0.01;
constexpr double most_slot_minutes = 24 * 60;
constexpr double least_efficiency = 0.01;

std::string text_of(double number) {
    char buffer[32];
    return {buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr};
}

class inspection {
public:
    std::vector<error> findings;

    void number(const json::pointer& where, double value, double lowest, double highest) {
        if (!std::isfinite(value))
            findings.push_back({errc::not_finite, where.text(), "a finite number is needed"});
        else if (value < lowest || value > highest)
            findings.push_back({errc::out_of_range, where.text(),
                                text_of(value) + " is outside " + text_of(lowest) + " to " + text_of(highest)});
    }

    void positive(const json::pointer& where, double value, double highest) {
        if (value == 0)
            findings.push_back({errc::out_of_range, where.text(), "a number above 0 is needed"});
        else
            number(where, value, 0, highest);
    }

    void series(const json::pointer& where, const std::vector<double>& values, int slots, double lowest,
                double highest) {
        if (!values.empty() && values.size() != static_cast<std::size_t>(slots))
            findings.push_back(
                {errc::wrong_length, where.text(),
                 "has " + std::to_string(values.size()) + " entries for " + std::to_string(slots) + " slots"});
        for (std::size_t t = 0; t < values.size(); ++t) number(where / t, values[t], lowest, highest);
    }

    void phase_limits(const json::pointer& where, const std::optional<double>& power_w,
                      const std::optional<double>& current_a) {
        if (power_w) number(where / "max_phase_power_w", *power_w, 0, most_power_w);
        if (current_a) number(where / "max_phase_current_a", *current_a, 0, most_current_a);
    }

    void set_point(const json::pointer& where, const std::optional<double>& power_w) {
        if (power_w) number(where / "current_power_w", *power_w, -most_power_w, most_power_w);
    }

    void phases(const json::pointer& list, const std::vector<int>& named) {
        for (std::size_t i = 0; i < named.size(); ++i) {
            number(list / i, named[i], 1, 3);
            if (std::count(named.begin(), named.begin() + static_cast<std::ptrdiff_t>(i), named[i]) > 0)
                findings.push_back({errc::duplicate, (list / i).text(), "the phase is named twice"});
        }
    }

    // The ids in `list` must be those of some of `devices`, each once.
    template <class Device>
    void members(const json::pointer& list, const std::vector<std::string>& ids, const std::vector<Device>& devices) {
        std::set<std::string_view> known, seen;
        for (const Device& each : devices) known.insert(each.id);
        for (std::size_t i = 0; i < ids.size(); ++i)
            if (known.count(ids[i]) == 0)
                contradiction(list / i, "nothing there has the id '" + ids[i] + "'");
            else if (!seen.insert(ids[i]).second)
                findings.push_back({errc::duplicate, (list / i).text(), "'" + ids[i] + "' is named twice"});
    }

    void contradiction(const json::pointer& where, std::string message) {
        findings.push_back({errc::inconsistent, where.text(), std::move(message)});
    }

    template <class Device>
    void identity(const json::pointer& list, const std::vector<Device>& devices) {
        std::map<std::string, std::size_t> seen;
        for (std::size_t i = 0; i < devices.size(); ++i) {
            const auto [first, is_new] = seen.emplace(devices[i].id, i);
            if (devices[i].id.empty())
                findings.push_back({errc::missing, (list / i / "id").text(), "an id is needed"});
            else if (!is_new)
                findings.push_back({errc::duplicate, (list / i / "id").text(),
                                    "'" + devices[i].id + "' is also the id of " + (list / first->second).text()});
        }
    }

    template <class Device>
    void common(const json::pointer& where, const Device& device) {
        positive(where / "capacity_wh", device.capacity_wh, most_energy_wh);
        number(where / "soc_wh", device.soc_wh, -most_energy_wh, most_energy_wh);
        number(where / "charge_power_w", device.charge_power_w, 0, most_power_w);
        number(where / "discharge_power_w", device.discharge_power_w, 0, most_power_w);
        number(where / "min_soc", device.min_soc, 0, 1);
        phases(where / "phases", device.phases);
        number(where / "wear_eur_per_kwh", device.wear_eur_per_kwh, 0, most_price);
        number(where / "value_left_eur_per_kwh", device.value_left_eur_per_kwh, 0, most_price);
        number(where / "efficiency_charge", device.efficiency_charge, least_efficiency, 1);
        number(where / "efficiency_discharge", device.efficiency_discharge, least_efficiency, 1);
    }
};

void inspect(inspection& found, const json::pointer& where, const site& supply, int slots) {
    found.number(where / "max_power_w", supply.max_power_w, -most_power_w, most_power_w);
    found.number(where / "min_power_w", supply.min_power_w, -most_power_w, most_power_w);
    if (supply.min_power_w > supply.max_power_w)
        found.contradiction(where / "min_power_w", "is above max_power_w, so that no power is allowed");
    found.series(where / "price_eur_per_kwh", supply.price_eur_per_kwh, slots, -most_price, most_price);
    found.series(where / "feed_in_price_eur_per_kwh", supply.feed_in_price_eur_per_kwh, slots, -most_price, most_price);
    found.series(where / "demand_wh", supply.demand_wh, slots, 0, most_energy_wh);
    found.series(where / "production_wh", supply.production_wh, slots, 0, most_energy_wh);
    found.series(where / "flex_reduction_w", supply.flex_reduction_w, slots, -most_power_w, most_power_w);
    found.series(where / "limit_w", supply.limit_w, slots, -most_power_w, most_power_w);
    found.series(where / "co2_g_per_kwh", supply.co2_g_per_kwh, slots, 0, most_price);
    found.number(where / "co2_price_eur_per_kg", supply.co2_price_eur_per_kg, 0, most_price);
    found.phase_limits(where, supply.max_phase_power_w, supply.max_phase_current_a);
    found.number(where / "peak_price_eur_per_kw", supply.peak_price_eur_per_kw, 0, most_price);
    found.number(where / "peak_paid_w", supply.peak_paid_w, 0, most_power_w);
    found.number(where / "phase_voltage_v", supply.phase_voltage_v, 50, 1000);
    found.number(where / "opportunity_cost_eur_per_slot", supply.opportunity_cost_eur_per_slot, 0, most_price);
    found.number(where / "grid_ramp_cost_eur_per_kw", supply.grid_ramp_cost_eur_per_kw, 0, most_price);
    found.set_point(where, supply.current_power_w);
    found.number(where / "ramp_cost_eur_per_kw", supply.ramp_cost_eur_per_kw, 0, most_price);
}

void inspect(inspection& found, const json::pointer& where, const battery& device) {
    found.common(where, device);
    found.number(where / "max_soc", device.max_soc, 0, 1);
    if (device.min_soc > device.max_soc) found.contradiction(where / "min_soc", "is above max_soc");
    found.set_point(where, device.current_power_w);
}

void inspect(inspection& found, const json::pointer& where, const ev& device, int slots) {
    found.common(where, device);
    found.set_point(where, device.current_power_w);
    found.number(where / "ramp_cost_eur_per_kw", device.ramp_cost_eur_per_kw, 0, most_price);
    found.number(where / "priority", device.priority, 0, most_priority);
    found.number(where / "target_soc_wh", device.target_soc_wh, 0, most_energy_wh);
    found.number(where / "min_power_w", device.min_power_w, 0, most_power_w);
    if (device.min_power_w > device.charge_power_w)
        found.contradiction(where / "min_power_w", "is above charge_power_w");
    found.number(where / "arrival_slot", device.arrival_slot, 0, slots - 1);
    if (device.departure_slot <= device.arrival_slot)
        found.contradiction(where / "departure_slot", "the departure in slot " + std::to_string(device.departure_slot) +
                                                          " is not after the arrival in slot " +
                                                          std::to_string(device.arrival_slot));
}

void inspect(inspection& found, const json::pointer& where, const group& shared, const problem& whole) {
    found.members(where / "evs", shared.evs, whole.evs);
    found.members(where / "batteries", shared.batteries, whole.batteries);
    found.number(where / "max_power_w", shared.max_power_w, -most_power_w, most_power_w);
    found.number(where / "min_power_w", shared.min_power_w, -most_power_w, most_power_w);
    if (shared.min_power_w > shared.max_power_w)
        found.contradiction(where / "min_power_w", "is above max_power_w, so that no power is allowed");
    found.series(where / "limit_w", shared.limit_w, whole.slots, -most_power_w, most_power_w);
    found.series(where / "feed_in_limit_w", shared.feed_in_limit_w, whole.slots, 0, most_power_w);
    found.phase_limits(where, shared.max_phase_power_w, shared.max_phase_current_a);
}

} // namespace

std::vector<error> validate(const problem& candidate) {
    inspection found;
    const json::pointer root;
    found.number(root / "slot_minutes", candidate.slot_minutes, least_slot_minutes, most_slot_minutes);
    found.number(root / "slots", candidate.slots, 1, most_slots);
    found.series(root / "each_slot_minutes", candidate.each_slot_minutes, candidate.slots, least_slot_minutes,
                 most_slot_minutes);
    inspect(found, root / "site", candidate.site, candidate.slots);
    found.identity(root / "batteries", candidate.batteries);
    for (std::size_t i = 0; i < candidate.batteries.size(); ++i)
        inspect(found, root / "batteries" / i, candidate.batteries[i]);
    found.identity(root / "evs", candidate.evs);
    for (std::size_t i = 0; i < candidate.evs.size(); ++i)
        inspect(found, root / "evs" / i, candidate.evs[i], candidate.slots);
    found.identity(root / "groups", candidate.groups);
    for (std::size_t i = 0; i < candidate.groups.size(); ++i)
        inspect(found, root / "groups" / i, candidate.groups[i], candidate);
    return std::move(found.findings);
}

} // namespace incar::smac
