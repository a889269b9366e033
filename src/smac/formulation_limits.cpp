#include "smac/formulation.hpp"

namespace incar::smac {

// One row for each slot in which the devices could pass a limit that they share: what they take together, less what is
// beyond the upper limit, plus what lacks to the lower one, lies between the two. The devices enter later.
void formulation::add_shared_limits() {
    const auto slots = static_cast<std::size_t>(situation_.slots);
    std::vector<std::vector<double>> highest, lowest;
    for (const shared_limit& limit : situation_.limits) {
        std::vector<double> base = situation_.base;
        for (double& kw : base) kw *= limit.share_of_base;
        lowest.push_back(base);
        for (std::size_t t = 0; t < slots; ++t) base[t] += limit.share_of_base * situation_.throttle[t];
        highest.push_back(std::move(base));
    }
    for (const storage& device : situation_.devices)
        for (const auto& share : device.shares)
            for (int i = 0; i < device.stay(); ++i) {
                highest[share.limit][device.slot(i)] += share.of_power * device.charge;
                lowest[share.limit][device.slot(i)] -= share.of_power * device.discharge;
            }
    for (std::size_t l = 0; l < situation_.limits.size(); ++l) {
        const shared_limit& limit = situation_.limits[l];
        std::vector<int>& rows = limit_rows_.emplace_back(slots, -1);
        for (std::size_t t = 0; t < slots; ++t) {
            if (highest[l][t] <= limit.most[t] && lowest[l][t] >= limit.least[t]) continue;
            const double base = limit.share_of_base * situation_.base[t];
            rows[t] = add_row(limit.least[t] - base, limit.most[t] - base);
            add_passing(rows[t], t, -1, highest[l][t] - limit.most[t]);
            add_passing(rows[t], t, 1, limit.least[t] - lowest[l][t]);
        }
    }
}

void formulation::add_passing(int row, std::size_t t, double sign, double most) {
    if (!(most > 0)) return;
    const int passing = add_column(0, most);
    put(row, passing, sign);
    charge_to(tiers_.limits, passing, situation_.hours[t]);
}

void formulation::put_shares(const storage& device, std::size_t t, int column, double sign) {
    for (const auto& share : device.shares)
        if (const int row = limit_rows_[share.limit][t]; row >= 0) put(row, column, sign * share.of_power);
}

} // namespace incar::smac
