#include "smac/formulation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace incar::smac {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double rounding_kw = 1e-9;
constexpr double least_need_kwh = 1e-3; // below it the weight e / need would drown every price
constexpr double ramp_weight = 0.1;     // of a kW, beside the kWh moved, in the tie-break

} // namespace

formulation::formulation(const prepared& situation) : situation_(situation) {
    add_site();
    for (const storage& device : situation_.devices) add_device(device);
    for (linear_model::tier* tier : {&tiers_.limits, &tiers_.minimum, &tiers_.targets, &tiers_.money, &tiers_.order})
        if (!tier->terms.empty()) model_.tiers.push_back(std::move(*tier));
    if (model_.tiers.empty()) model_.tiers.push_back({"nothing to decide", {}, false});
}

int formulation::add_column(double lower, double upper) {
    model_.columns.push_back({lower, upper});
    return static_cast<int>(model_.columns.size()) - 1;
}

int formulation::add_row(double lower, double upper) {
    model_.rows.push_back({lower, upper});
    return static_cast<int>(model_.rows.size()) - 1;
}

// For each slot: taken - fed in - charging + discharging = base. Each flow is cut where the limits lie: what they
// demand is rewarded in the tier of the limits, what they allow is free, what lies beyond costs. So the tier measures
// by how much they are passed.
void formulation::add_site() {
    const auto slots = static_cast<std::size_t>(situation_.slots);
    std::vector<double> highest = situation_.base;
    std::vector<double> lowest = situation_.base;
    for (const storage& device : situation_.devices)
        for (int t = device.first; t < device.last; ++t) {
            highest[static_cast<std::size_t>(t)] += device.charge;
            lowest[static_cast<std::size_t>(t)] -= device.discharge;
        }
    for (std::size_t t = 0; t < slots; ++t) {
        balance_.push_back(add_row(situation_.base[t], situation_.base[t]));
        const double most = situation_.most[t];
        const double least = situation_.least[t];
        const std::vector<int> taken = add_flow(1, {least, most, highest[t]}, situation_.price[t]);
        const std::vector<int> fed_in = add_flow(-1, {-most, -least, -lowest[t]}, -situation_.feed_in[t]);
        // Where feeding in pays more than taking costs, a linear model would do both at once.
        if (situation_.feed_in[t] > situation_.price[t])
            for (const int first : taken)
                for (const int second : fed_in) model_.exclusive.push_back({first, second});
    }
}

// One direction of the newest slot's exchange with the grid, in up to three pieces: demanded, allowed, beyond.
std::vector<int> formulation::add_flow(double sign, const std::array<double, 3>& ends, double price) {
    constexpr std::array<double, 3> cost_of_limits = {-1, 0, 1};
    std::vector<int> pieces;
    double from = 0;
    for (std::size_t i = 0; i < ends.size(); ++i) {
        const double to = std::min(std::max(ends[i], from), std::max(ends.back(), 0.0));
        if (to > from) {
            pieces.push_back(add_column(0, to - from));
            put(balance_.back(), pieces.back(), sign);
            charge_to(tiers_.limits, pieces.back(), situation_.hours * cost_of_limits[i]);
            charge_to(tiers_.money, pieces.back(), situation_.hours * price);
        }
        from = std::max(from, to);
    }
    return pieces;
}

void formulation::add_device(const storage& device) {
    device_columns columns;
    const int first_column = static_cast<int>(model_.columns.size()), first_row = static_cast<int>(model_.rows.size());
    const double hours = situation_.hours;
    for (int t = device.first; t < device.last; ++t) {
        const int charge = add_column(0, device.charge);
        if (t == device.first) columns.charge = charge;
        put(balance_[static_cast<std::size_t>(t)], charge, -1);
        if (device.least > 0) model_.semicontinuous.push_back({charge, device.least});
        const int place = t - device.first + 1;
        if (device.is_ev && device.need() > 0)
            charge_to(tiers_.money, charge,
                      situation_.given->site.opportunity_cost_eur_per_slot * place * hours * device.stored_per_taken /
                          std::max(device.need(), least_need_kwh));
        charge_to(tiers_.order, charge, device.is_ev ? hours * place / situation_.slots : hours);
    }
    if (device.discharge > 0)
        for (int t = device.first; t < device.last; ++t) {
            const int discharge = add_column(0, device.discharge);
            if (t == device.first) columns.discharge = discharge;
            put(balance_[static_cast<std::size_t>(t)], discharge, 1);
            charge_to(tiers_.order, discharge, hours);
            // Doing both at once burns energy where there are losses, and hides a power below the least where there is
            // one; otherwise it is the same as doing the difference.
            if (device.stored_per_taken * device.given_per_stored < 1 || device.least > 0)
                model_.exclusive.push_back({columns.charge + t - device.first, discharge});
        }
    if (device.discharge > 0 || device.starts_low)
        add_stored_energy(device, columns);
    else
        add_total(device, columns);
    if (!device.is_ev) add_ramps(device, columns);
    model_.parts.push_back(
        {first_column, static_cast<int>(model_.columns.size()), first_row, static_cast<int>(model_.rows.size())});
    devices_.push_back(columns);
}

// The general form: one column for the energy stored at the end of each slot.
void formulation::add_stored_energy(const storage& device, const device_columns& columns) {
    const double hours = situation_.hours;
    int before = -1;
    for (int i = 0; i < device.stay(); ++i) {
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
    const double target = std::min(device.target, device.high);
    if (target > 0) {
        const int unmet = add_column(0, target);
        const int row = add_row(target, infinity);
        put(row, before, 1);
        put(row, unmet, 1);
        charge_to(tiers_.targets, unmet, 1);
    }
}

// Without discharge and above its minimum the stored energy only rises: one row for its total says the same.
void formulation::add_total(const storage& device, const device_columns& columns) {
    const double room = device.high - device.soc;
    const double need = std::min(device.need(), room);
    const int row = add_row(need, room);
    for (int i = 0; i < device.stay(); ++i) put(row, columns.charge + i, situation_.hours * device.stored_per_taken);
    if (need <= 0) return;
    const int unmet = add_column(0, need);
    put(row, unmet, 1);
    charge_to(tiers_.targets, unmet, 1);
}

// power - power before = rise - fall
void formulation::add_ramps(const storage& device, const device_columns& columns) {
    const double widest = device.charge + device.discharge + std::abs(device.previous.value_or(0));
    for (int i = device.previous ? 0 : 1; i < device.stay(); ++i) {
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
            charge_to(tiers_.money, change, situation_.given->site.ramp_cost_eur_per_kw);
            charge_to(tiers_.order, change, ramp_weight);
        }
    }
}

device_powers formulation::powers(const std::vector<double>& columns) const {
    device_powers result;
    for (std::size_t k = 0; k < devices_.size(); ++k) {
        const storage& device = situation_.devices[k];
        std::vector<double> power(static_cast<std::size_t>(situation_.slots), 0.0);
        for (int i = 0; i < device.stay(); ++i) {
            double kw = columns[static_cast<std::size_t>(devices_[k].charge + i)];
            if (devices_[k].discharge >= 0) kw -= columns[static_cast<std::size_t>(devices_[k].discharge + i)];
            kw = std::clamp(kw, -device.discharge, device.charge);
            if (std::abs(kw) < rounding_kw) kw = 0;
            if (device.charge - kw < rounding_kw) kw = device.charge;
            power[static_cast<std::size_t>(device.first + i)] = kw;
        }
        result.push_back(std::move(power));
    }
    return result;
}

} // namespace incar::smac
