#include "smac/formulation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace incar::smac {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double least_need_kwh = 1e-3; // below it the weight e / need would drown every price
constexpr double ramp_weight = 0.1;     // of a kW, beside the kWh moved, in the tie-break
constexpr double slightly = 0.1;        // what only parts plans that are alike otherwise: who goes first, and when

} // namespace

void formulation::add_device(const storage& device) {
    device_columns columns;
    // Devices stand in order of their ids: whoever comes first there is served first among equals.
    const auto count = static_cast<double>(situation_.devices.size());
    const double precedence = 1 + slightly * (count - static_cast<double>(devices_.size())) / count;
    const int first_column = static_cast<int>(model_.columns.size()), first_row = static_cast<int>(model_.rows.size());
    for (int t = device.first; t < device.last; ++t) {
        const double hours = hours_at(t);
        const int charge = add_column(0, device.charge);
        if (t == device.first) columns.charge = charge;
        put(balance_[static_cast<std::size_t>(t)], charge, -1);
        put_shares(device, static_cast<std::size_t>(t), charge, 1);
        if (device.least > 0) model_.semicontinuous.push_back({charge, device.least});
        const int place = t - device.first + 1;
        const double later = static_cast<double>(place) / situation_.slots;
        if (device.is_ev && device.need() > 0)
            charge_to(tiers_.money, charge,
                      situation_.given->site.opportunity_cost_eur_per_slot * place * hours * device.stored_per_taken /
                          std::max(device.need(), least_need_kwh));
        charge_to(tiers_.order, charge, hours * precedence * (device.is_ev ? later : 1 + slightly * later));
    }
    if (device.discharge > 0)
        for (int t = device.first; t < device.last; ++t) {
            const int discharge = add_column(0, device.discharge);
            if (t == device.first) columns.discharge = discharge;
            put(balance_[static_cast<std::size_t>(t)], discharge, 1);
            put_shares(device, static_cast<std::size_t>(t), discharge, -1);
            charge_to(tiers_.money, discharge, hours_at(t) * device.wear);
            charge_to(tiers_.order, discharge,
                      hours_at(t) * precedence * (1 + slightly * (t - device.first + 1) / situation_.slots));
            // Doing both at once burns energy where there are losses, and hides a power below the least where there is
            // one; otherwise it is the same as doing the difference.
            if (device.stored_per_taken * device.given_per_stored < 1 || device.least > 0)
                model_.exclusive.push_back({columns.charge + t - device.first, discharge});
        }
    if (device.discharge > 0 || device.starts_low)
        add_stored_energy(device, columns);
    else
        add_total(device, columns);
    add_ramps(device, columns);
    model_.parts.push_back(
        {first_column, static_cast<int>(model_.columns.size()), first_row, static_cast<int>(model_.rows.size())});
    devices_.push_back(columns);
}

// The general form: one column for the energy stored at the end of each slot.
void formulation::add_stored_energy(const storage& device, const device_columns& columns) {
    int before = -1;
    for (int i = 0; i < device.stay(); ++i) {
        const double hours = situation_.hours[device.slot(i)];
        const double low = device.low[static_cast<std::size_t>(i)];
        const int stored = add_column(std::min(device.soc, low), device.high); // never discharged below its minimum
        const double start = i == 0 ? device.soc : 0;
        const int row = add_row(start, start);
        put(row, stored, 1);
        if (before >= 0) put(row, before, -1);
        put(row, columns.charge + i, -hours * device.stored_per_taken);
        if (columns.discharge >= 0) put(row, columns.discharge + i, hours / device.given_per_stored);
        if (low > device.soc) {
            const int missing = add_column(0, low - device.soc);
            const int reach = add_row(low, infinity);
            put(reach, stored, 1);
            put(reach, missing, 1);
            charge_to(tiers_.minimum, missing, 1);
        }
        before = stored;
    }
    charge_to(tiers_.money, before, -device.value_left);
    const double target = std::min(device.target, device.high);
    if (target > 0) {
        const int unmet = add_column(0, target);
        const int row = add_row(target, infinity);
        put(row, before, 1);
        put(row, unmet, 1);
        charge_to(tiers_.targets[device.priority], unmet, 1);
    }
}

// Without discharge and above its minimum the stored energy only rises: one row for its total says the same.
void formulation::add_total(const storage& device, const device_columns& columns) {
    const double room = device.high - device.soc;
    const double need = std::min(device.need(), room);
    const int row = add_row(need, room);
    for (int i = 0; i < device.stay(); ++i) {
        const double stored_per_kw = situation_.hours[device.slot(i)] * device.stored_per_taken;
        put(row, columns.charge + i, stored_per_kw);
        charge_to(tiers_.money, columns.charge + i, -stored_per_kw * device.value_left);
    }
    if (need <= 0) return;
    const int unmet = add_column(0, need);
    put(row, unmet, 1);
    charge_to(tiers_.targets[device.priority], unmet, 1);
}

// power - power before = rise - fall. What a car may do between its slots is free unless it costs.
void formulation::add_ramps(const storage& device, const device_columns& columns) {
    const double widest = device.charge + device.discharge + std::abs(device.previous.value_or(0));
    for (int i = device.previous ? 0 : 1; i < device.stay(); ++i) {
        const bool is_settled = !device.is_ev || i == 0;
        if (!is_settled && device.ramp_cost == 0) break;
        const double before = i == 0 ? *device.previous : 0;
        const int row = add_row(before, before);
        for (const int sign : {1, -1}) {
            const int k = sign == 1 ? i : i - 1;
            if (k < 0) continue;
            put(row, columns.charge + k, sign);
            if (columns.discharge >= 0) put(row, columns.discharge + k, -sign);
        }
        for (const int sign : {-1, 1}) {
            const int change = add_column(0, widest);
            put(row, change, sign);
            charge_to(tiers_.money, change, device.ramp_cost);
            // A car is rather near its set-point than early: delaying a kWh to the last slot weighs no more.
            if (is_settled) charge_to(tiers_.order, change, device.is_ev ? hours_at(0) : ramp_weight);
        }
    }
}

} // namespace incar::smac
