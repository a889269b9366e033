#pragma once

#include "smac/prepared.hpp"

#include <incar/smac/linear_model.hpp>

#include <array>
#include <functional>
#include <map>

namespace incar::smac {

// The linear model of a situation and the way back from its columns. Tiers: limits, minimum states of charge, targets,
// money, tie-break; those that cannot bind are left out.
class formulation {
public:
    explicit formulation(const prepared& situation);

    const linear_model& model() const { return model_; }

    // The powers that a solution's columns stand for, cleaned of the solver's rounding.
    device_powers powers(const std::vector<double>& columns) const;
    std::vector<double> curtailed(const std::vector<double>& columns) const; // in kW, slot by slot

private:
    struct device_columns {
        int charge = -1;    // first of stay() columns
        int discharge = -1; // first of stay() columns, -1 without discharge
    };
    struct tiers {
        linear_model::tier limits{"limits", {}, false};
        linear_model::tier minimum{"minimum states of charge", {}, false};
        std::map<int, linear_model::tier, std::greater<>> targets; // by priority
        linear_model::tier money{"money", {}, false};
        linear_model::tier order{"earlier first, fewer moves", {}, true};
    };

    void add_site();
    std::vector<int> add_flow(std::size_t t, double sign, const std::array<double, 3>& ends, double price);
    void add_curtailment();
    void add_peak();
    void add_grid_ramps();
    void add_shared_limits();
    void add_passing(int row, std::size_t t, double sign, double most);
    void put_shares(const storage& device, std::size_t t, int column, double sign);
    void add_device(const storage& device);
    void add_stored_energy(const storage& device, const device_columns& columns);
    void add_total(const storage& device, const device_columns& columns);
    void add_ramps(const storage& device, const device_columns& columns);

    int add_column(double lower, double upper);
    int add_row(double lower, double upper);
    void put(int row, int column, double value) { model_.entries.push_back({row, column, value}); }
    double hours_at(int t) const { return situation_.hours[static_cast<std::size_t>(t)]; }
    static void charge_to(linear_model::tier& tier, int column, double cost) {
        if (cost != 0) tier.terms.push_back({column, cost});
    }

    const prepared& situation_;
    linear_model model_;
    tiers tiers_;
    std::vector<int> balance_;                 // row of each slot
    std::vector<std::vector<int>> taken_;      // columns of each slot
    std::vector<std::vector<int>> fed_in_;     // likewise
    std::vector<double> highest_;              // net power of each slot
    std::vector<double> lowest_;               // likewise
    std::vector<int> curtailed_;               // column of each slot, -1 without
    std::vector<std::vector<int>> limit_rows_; // of each shared limit and slot, -1: cannot be passed
    std::vector<device_columns> devices_;
};

} // namespace incar::smac
