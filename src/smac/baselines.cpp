#include "smac/evaluate.hpp"
#include "smac/prepared.hpp"

#include <incar/smac/baselines.hpp>

#include <algorithm>
#include <functional>
#include <limits>

namespace incar::smac {
namespace {

// What a car still wants in a slot, and what it then gets.
struct request {
    std::size_t device = 0;
    double most = 0;
    double least = 0;
    int departure = 0;
    double granted = 0;
};

using sharing = std::function<void(std::vector<request>&, double available)>;

// Plays the horizon slot by slot: the rule sees the cars that need energy now and the power that the limits leave.
expected<plan> play(const problem& situation, const sharing& rule) {
    if (auto findings = validate(situation); !findings.empty()) return std::move(findings.front());
    const prepared ready = prepare(situation);
    device_powers powers(ready.devices.size(), std::vector<double>(static_cast<std::size_t>(ready.slots), 0.0));
    std::vector<double> stored;
    for (const storage& device : ready.devices) stored.push_back(device.soc);

    for (int t = 0; t < ready.slots; ++t) {
        const auto slot = static_cast<std::size_t>(t);
        std::vector<request> waiting;
        for (std::size_t k = 0; k < ready.devices.size(); ++k) {
            const storage& device = ready.devices[k];
            if (!device.is_ev || t < device.first || t >= device.last) continue;
            const double per_kw = ready.hours[slot] * device.stored_per_taken;
            const double room = (device.high - stored[k]) / per_kw;
            const double wanted = (std::min(device.target, device.high) - stored[k]) / per_kw;
            const double most = std::min({device.charge, room, std::max(wanted, device.least)});
            if (wanted > 1e-9 && most >= device.least) waiting.push_back({k, most, device.least, device.last, 0});
        }
        rule(waiting, ready.most[slot] - ready.base[slot]);
        for (const request& each : waiting) {
            powers[each.device][slot] = each.granted;
            stored[each.device] =
                ready.devices[each.device].soc_after(stored[each.device], each.granted, ready.hours[slot]);
        }
    }
    plan answer = evaluate(ready, powers);
    answer.solver.name = "none";
    return answer;
}

void grant_all(std::vector<request>& waiting, double) {
    for (request& each : waiting) each.granted = each.most;
}

void grant_in_order(std::vector<request>& waiting, double available) {
    std::stable_sort(waiting.begin(), waiting.end(),
                     [](const request& a, const request& b) { return a.departure < b.departure; });
    for (request& each : waiting) {
        const double share = std::min(each.most, std::max(available, 0.0));
        if (share < each.least) continue;
        each.granted = share;
        available -= share;
    }
}

// Fills from the most modest request upwards, so that what one leaves is shared by the rest. A share below a car's
// least power leaves that car out and starts again.
void grant_equally(std::vector<request>& waiting, double available) {
    std::vector<request*> sharing_now;
    for (request& each : waiting) sharing_now.push_back(&each);
    std::stable_sort(sharing_now.begin(), sharing_now.end(),
                     [](const request* a, const request* b) { return a->most < b->most; });
    for (bool again = true; again;) {
        again = false;
        double left = std::max(available, 0.0);
        for (std::size_t i = 0; i < sharing_now.size(); ++i) {
            request& each = *sharing_now[i];
            each.granted = std::min(each.most, left / static_cast<double>(sharing_now.size() - i));
            left -= each.granted;
            if (each.granted >= each.least) continue;
            for (request* other : sharing_now) other->granted = 0;
            sharing_now.erase(sharing_now.begin() + static_cast<std::ptrdiff_t>(i));
            again = true;
            break;
        }
    }
}

} // namespace

expected<plan> uncontrolled(const problem& situation) {
    return play(situation, grant_all);
}

expected<plan> equal_share(const problem& situation) {
    return play(situation, grant_equally);
}

expected<plan> earliest_deadline_first(const problem& situation) {
    return play(situation, grant_in_order);
}

} // namespace incar::smac
