// Every plan on a grid of powers, enumerated. Where all powers, needs and limits are multiples of one unit the best
// plan on the grid is the best of all (the constraint matrix is totally unimodular), so the solver must reach exactly
// its cost.

#include "smac/instances.hpp"
#include "smac/solver_under_test.hpp"

#include <incar/smac/solve.hpp>

#include <doctest/doctest.h>

#include <array>
#include <random>

using namespace incar;
using namespace incar::test;

namespace {

constexpr int slots = 4;
constexpr double unit_w = 10'000;

struct tiny_site {
    smac::problem problem;
    std::vector<int> needs; // of the cars, in units
    std::array<int, slots> limit{};
    std::array<int, slots> demand{};
    int stored = 0; // in the battery, of two units
};

tiny_site random_tiny(std::mt19937& engine, bool with_battery) {
    const auto whole = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(engine); };
    tiny_site result;
    result.problem = hours(slots);
    for (int t = 0; t < slots; ++t) {
        const auto at = static_cast<std::size_t>(t);
        result.problem.site.price_eur_per_kwh.push_back(whole(1, 40) / 100.0);
        result.limit[at] = whole(0, 3);
        result.demand[at] = whole(0, 1);
        result.problem.site.limit_w.push_back(result.limit[at] * unit_w);
        result.problem.site.demand_wh.push_back(result.demand[at] * unit_w);
    }
    result.problem.site.min_power_w = 0;
    for (int i = 0; i < 2; ++i) {
        const int arrival = whole(0, slots - 1);
        const int departure = whole(arrival + 1, slots);
        result.needs.push_back(whole(0, departure - arrival + 1)); // sometimes one more than it can get
        result.problem.evs.push_back(
            car(std::string(1, static_cast<char>('a' + i)), arrival, departure, result.needs.back() * unit_w, unit_w));
        result.problem.evs.back().capacity_wh = 100'000;
    }
    if (with_battery) {
        result.stored = whole(0, 2);
        result.problem.batteries = {store("b", 2 * unit_w, result.stored * unit_w, unit_w)};
    }
    return result;
}

struct score {
    int excess = 0;
    int missing = 0;
    double cost = 0;
    bool operator<(const score& other) const {
        if (excess != other.excess) return excess < other.excess;
        if (missing != other.missing) return missing < other.missing;
        return cost < other.cost;
    }
};

// Tries every combination of {0, 1} for the cars and {-1, 0, 1} for the battery in every slot.
score best_by_enumeration(const tiny_site& site) {
    score best{1000, 1000, 1e9};
    const int levels = site.problem.batteries.empty() ? 1 : 3;
    int combinations = 1;
    for (int t = 0; t < slots; ++t) combinations *= 4 * levels;
    for (int code = 0; code < combinations; ++code) {
        score now;
        int rest = code;
        std::array<int, 2> got{};
        int stored = site.stored;
        bool possible = true;
        for (int t = 0; t < slots && possible; ++t) {
            const auto at = static_cast<std::size_t>(t);
            int grid = site.demand[at];
            for (std::size_t i = 0; i < 2; ++i) {
                const int takes = rest & 1;
                rest >>= 1;
                const smac::ev& each = site.problem.evs[i];
                if (takes && (t < each.arrival_slot || t >= each.departure_slot)) possible = false;
                got[i] += takes;
                grid += takes;
            }
            if (levels == 3) {
                const int move = rest % 3 - 1;
                rest /= 3;
                stored += move;
                grid += move;
                if (stored < 0 || stored > 2) possible = false;
            }
            if (grid < 0) possible = false;
            now.excess += std::max(0, grid - site.limit[at]);
            now.cost += site.problem.site.price_eur_per_kwh[at] * grid * unit_w / 1000;
        }
        if (!possible) continue;
        for (std::size_t i = 0; i < 2; ++i) {
            if (got[i] * unit_w > site.problem.evs[i].capacity_wh - site.problem.evs[i].soc_wh) possible = false;
            now.missing += std::max(0, site.needs[i] - got[i]);
        }
        if (possible && now < best) best = now;
    }
    return best;
}

} // namespace

TEST_SUITE("solve: brute force") {
    TEST_CASE("no plan on the grid of powers beats the solver's") {
        std::mt19937 engine(11);
        for (int round = 0; round < 150; ++round) {
            CAPTURE(round);
            const tiny_site site = random_tiny(engine, round % 3 == 0);
            const score best = best_by_enumeration(site);
            const smac::plan plan = smac::solve(site.problem, solver_under_test()).value();
            double excess = 0, missing = 0;
            for (const auto& each : plan.unmet) (each.unit == "W" ? excess : missing) += each.amount / unit_w;
            CHECK(excess == doctest::Approx(best.excess).epsilon(1e-6));
            CHECK(missing == doctest::Approx(best.missing).epsilon(1e-6));
            CHECK(plan.objective_eur == doctest::Approx(best.cost).epsilon(1e-6));
        }
    }
}
