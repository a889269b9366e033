#include "smac/prepared.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace incar::smac {
namespace {

constexpr double kilo = 1000;
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr int phases = 3;

class sharing {
public:
    explicit sharing(prepared& to) : to_(to), slots_(static_cast<std::size_t>(to.slots)) {}

    void run() {
        const site& supply = to_.given->site;
        std::vector<std::size_t> all(to_.devices.size());
        for (std::size_t k = 0; k < all.size(); ++k) all[k] = k;
        add_phases("/site", "the site", all, 1.0 / phases, supply.max_phase_power_w, supply.max_phase_current_a);
        for (std::size_t i = 0; i < to_.given->groups.size(); ++i) add(to_.given->groups[i], i);
    }

private:
    struct member {
        std::size_t device;
        double share;
    };

    void add(const group& from, std::size_t index) {
        const std::string place = "/groups/" + std::to_string(index);
        const std::string name = "the group '" + from.id + "'";
        const std::vector<std::size_t> devices = devices_of(from);
        shared_limit together;
        together.name = name;
        add_constant(together, place + "/max_power_w", 1, from.max_power_w);
        add_constant(together, place + "/min_power_w", -1, from.min_power_w);
        add_series(together, place + "/limit_w", 1, from.limit_w);
        add_series(together, place + "/feed_in_limit_w", -1, from.feed_in_limit_w);
        std::vector<member> members;
        for (const std::size_t k : devices) members.push_back({k, 1});
        keep(std::move(together), members);
        add_phases(place, name, devices, 0, from.max_phase_power_w, from.max_phase_current_a);
    }

    std::vector<std::size_t> devices_of(const group& from) const {
        const std::set<std::string> evs(from.evs.begin(), from.evs.end());
        const std::set<std::string> batteries(from.batteries.begin(), from.batteries.end());
        std::vector<std::size_t> result;
        for (std::size_t k = 0; k < to_.devices.size(); ++k) {
            const storage& device = to_.devices[k];
            const std::string& id =
                device.is_ev ? to_.given->evs[device.index].id : to_.given->batteries[device.index].id;
            if ((device.is_ev ? evs : batteries).count(id) > 0) result.push_back(k);
        }
        return result;
    }

    void add_phases(const std::string& place, const std::string& name, const std::vector<std::size_t>& devices,
                    double share_of_base, const std::optional<double>& power_w,
                    const std::optional<double>& current_a) {
        if (!power_w && !current_a) return;
        const double amperes = kilo / to_.given->site.phase_voltage_v;
        for (int phase = 1; phase <= phases; ++phase) {
            shared_limit limit;
            limit.name = "phase " + std::to_string(phase) + " of " + name;
            limit.share_of_base = share_of_base;
            for (const int sign : {1, -1}) {
                if (power_w) add_bound(limit, place + "/max_phase_power_w", sign, sign * *power_w / kilo, kilo, "W");
                if (current_a)
                    add_bound(limit, place + "/max_phase_current_a", sign, sign * *current_a / amperes, amperes, "A");
            }
            std::vector<member> members;
            for (const std::size_t k : devices) {
                const std::vector<int>& on = to_.devices[k].phases;
                if (std::count(on.begin(), on.end(), phase) > 0)
                    members.push_back({k, 1.0 / static_cast<double>(on.size())});
            }
            keep(std::move(limit), members);
        }
    }

    void add_constant(shared_limit& limit, std::string what, int sign, double watts) const {
        if (std::abs(watts) < unlimited_power_w) add_bound(limit, std::move(what), sign, watts / kilo, kilo, "W");
    }

    void add_bound(shared_limit& limit, std::string what, int sign, double kw, double units_per_kw,
                   const char* unit) const {
        limit.bounds.push_back({std::move(what), sign, std::vector<double>(slots_, kw), units_per_kw, unit});
    }

    static void add_series(shared_limit& limit, std::string what, int sign, const std::vector<double>& watts) {
        if (watts.empty()) return;
        shared_limit::bound bound{std::move(what), sign, {}, kilo, "W"};
        for (const double each : watts) bound.kw.push_back(sign * each / kilo);
        limit.bounds.push_back(std::move(bound));
    }

    void keep(shared_limit limit, const std::vector<member>& members) {
        if (limit.bounds.empty()) return;
        limit.most.assign(slots_, infinity);
        limit.least.assign(slots_, -infinity);
        for (std::size_t t = 0; t < slots_; ++t) {
            for (const auto& bound : limit.bounds) {
                double& tightest = bound.sign > 0 ? limit.most[t] : limit.least[t];
                tightest = bound.sign > 0 ? std::min(tightest, bound.kw[t]) : std::max(tightest, bound.kw[t]);
            }
            if (limit.most[t] >= limit.least[t]) continue;
            const auto& most = limit.tightest(1, t);
            to_.conflicts.push_back({most.what, static_cast<int>(t),
                                     (limit.least[t] - limit.most[t]) * most.units_per_kw, most.unit,
                                     "less is allowed than " + limit.tightest(-1, t).what + " demands"});
            limit.most[t] = limit.least[t];
        }
        for (const member& each : members) to_.devices[each.device].shares.push_back({to_.limits.size(), each.share});
        to_.limits.push_back(std::move(limit));
    }

    prepared& to_;
    std::size_t slots_;
};

} // namespace

const shared_limit::bound& shared_limit::tightest(int sign, std::size_t t) const {
    const bound* result = nullptr;
    for (const bound& each : bounds)
        if (each.sign == sign && (!result || sign * each.kw[t] < sign * result->kw[t])) result = &each;
    return *result;
}

std::vector<double> power_under(const prepared& situation, std::size_t limit, const device_powers& powers) {
    std::vector<double> result;
    for (const double base : situation.base) result.push_back(situation.limits[limit].share_of_base * base);
    for (std::size_t k = 0; k < situation.devices.size(); ++k)
        for (const auto& share : situation.devices[k].shares)
            if (share.limit == limit)
                for (std::size_t t = 0; t < result.size(); ++t) result[t] += share.of_power * powers[k][t];
    return result;
}

void add_shared_limits(prepared& to) {
    sharing(to).run();
}

} // namespace incar::smac
