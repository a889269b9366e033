#include "smac/formulation.hpp"

#include <algorithm>
#include <cmath>

namespace incar::smac {
namespace {

constexpr double rounding_kw = 1e-9;

} // namespace

formulation::formulation(const prepared& situation) : situation_(situation) {
    add_site();
    add_peak();
    add_grid_ramps();
    add_shared_limits();
    add_curtailment();
    for (const storage& device : situation_.devices) add_device(device);
    std::vector<linear_model::tier*> in_order = {&tiers_.limits, &tiers_.minimum};
    for (auto& [priority, tier] : tiers_.targets) {
        tier.name = tiers_.targets.size() == 1 ? "targets" : "targets " + std::to_string(in_order.size() - 1);
        in_order.push_back(&tier);
    }
    in_order.insert(in_order.end(), {&tiers_.money, &tiers_.order});
    for (linear_model::tier* tier : in_order)
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

std::vector<double> formulation::curtailed(const std::vector<double>& columns) const {
    std::vector<double> result(curtailed_.size(), 0.0);
    for (std::size_t t = 0; t < result.size(); ++t) {
        if (curtailed_[t] < 0) continue;
        const double kw = columns[static_cast<std::size_t>(curtailed_[t])];
        result[t] = kw < rounding_kw ? 0 : std::min(kw, situation_.throttle[t]);
    }
    return result;
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
