#include "smac/flexibility.hpp"

#include <algorithm>

namespace incar::smac {
namespace {

constexpr double kilo = 1000;

struct band {
    std::vector<double> up;
    std::vector<double> down;
    std::vector<std::vector<double>> room_up; // of each shared limit, what the devices so far have left
    std::vector<std::vector<double>> room_down;
};

// As much of `wanted` as the limits leave that the device shares with others.
double take(const storage& device, std::size_t t, double wanted, std::vector<std::vector<double>>& rooms) {
    double kw = std::max(wanted, 0.0);
    for (const auto& share : device.shares) kw = std::min(kw, std::max(rooms[share.limit][t], 0.0) / share.of_power);
    for (const auto& share : device.shares) rooms[share.limit][t] -= share.of_power * kw;
    return kw;
}

void widen(const prepared& situation, const storage& device, const std::vector<double>& power, band& total) {
    std::vector<double> before; // state of charge at the start of each slot of the stay, then at its end
    before.push_back(device.soc);
    for (int t = device.first; t < device.last; ++t)
        before.push_back(device.soc_after(before.back(), power[static_cast<std::size_t>(t)],
                                          situation.hours[static_cast<std::size_t>(t)]));

    double lowest = device.target;
    double highest = device.high;
    for (int t = device.last - 1; t >= device.first; --t) {
        const auto slot = static_cast<std::size_t>(t);
        const auto stay = static_cast<std::size_t>(t - device.first);
        const double hours = situation.hours[slot];
        const double planned_end = before[stay + 1];
        lowest = std::min(std::max(lowest, device.low[stay]), planned_end);
        highest = std::max(highest, planned_end);
        const double start = before[stay];
        const double most = std::min(device.charge, (highest - start) / (device.stored_per_taken * hours));
        const double room = start - lowest;
        const double least = room >= 0 ? -std::min(device.discharge, room * device.given_per_stored / hours)
                                       : -room / (device.stored_per_taken * hours);
        total.up[slot] += take(device, slot, most - power[slot], total.room_up);
        total.down[slot] += take(device, slot, power[slot] - least, total.room_down);
        lowest -= hours * device.charge * device.stored_per_taken;
        highest = std::min(highest + hours * device.discharge / device.given_per_stored, device.high);
    }
}

} // namespace

void add_flexibility(const prepared& situation, const device_powers& powers, plan& answer) {
    const auto slots = static_cast<std::size_t>(situation.slots);
    band total{std::vector<double>(slots), std::vector<double>(slots), {}, {}};
    for (std::size_t l = 0; l < situation.limits.size(); ++l) {
        const std::vector<double> now = power_under(situation, l, powers);
        total.room_up.push_back(situation.limits[l].most);
        total.room_down.push_back(now);
        for (std::size_t t = 0; t < slots; ++t) {
            total.room_up[l][t] -= now[t];
            total.room_down[l][t] -= situation.limits[l].least[t];
        }
    }
    for (std::size_t k = 0; k < situation.devices.size(); ++k) widen(situation, situation.devices[k], powers[k], total);
    for (std::size_t t = 0; t < slots; ++t) {
        const double grid = (answer.site.import_w[t] - answer.site.export_w[t]) / kilo;
        const double up = std::min(total.up[t], situation.most[t] - grid);
        const double down = std::min(total.down[t], grid - situation.least[t]);
        answer.site.upper_flex_w.push_back(std::max(up, 0.0) * kilo);
        answer.site.lower_flex_w.push_back(std::max(down, 0.0) * kilo);
    }
}

} // namespace incar::smac
