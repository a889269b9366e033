// The closed form against linear programs: how far can one device move in one slot so that its future can still be
// completed?

#include "smac/instances.hpp"
#include "smac/solver_under_test.hpp"

#include <incar/smac/solve.hpp>

#include <doctest/doctest.h>

#include <algorithm>

using namespace incar;
using namespace incar::test;

namespace {

// Largest (sign 1) or smallest (sign -1) power of the car in `slot` when the slots before it stay as planned and those
// after it are free, with the stored energy between its bounds and the target reached.
double extreme_kw(const smac::ev& car, double hour, const std::vector<double>& planned_w, int slot, double sign) {
    double stored = car.soc_wh / 1000;
    for (int t = car.arrival_slot; t < slot; ++t) {
        const double kw = planned_w[static_cast<std::size_t>(t)] / 1000;
        stored += hour * (kw > 0 ? kw * car.efficiency_charge : kw / car.efficiency_discharge);
    }
    constexpr double rounding_kwh = 1e-8; // the plan's powers are whole microwatts
    smac::linear_model model;
    smac::linear_model::tier goal{"extreme", {}, false};
    int before = -1;
    for (int t = slot; t < car.departure_slot; ++t) {
        const int in = static_cast<int>(model.columns.size());
        const bool last = t == car.departure_slot - 1;
        model.columns.push_back({0, car.charge_power_w / 1000});
        model.columns.push_back({0, car.discharge_power_w / 1000});
        model.columns.push_back(
            {std::max(car.min_soc * car.capacity_wh, last ? car.target_soc_wh : 0) / 1000 - rounding_kwh,
             car.capacity_wh / 1000 + rounding_kwh});
        const int row = static_cast<int>(model.rows.size());
        const double start = t == slot ? stored : 0;
        model.rows.push_back({start, start});
        model.entries.push_back({row, in + 2, 1});
        model.entries.push_back({row, in, -hour * car.efficiency_charge});
        model.entries.push_back({row, in + 1, hour / car.efficiency_discharge});
        if (before >= 0) model.entries.push_back({row, before, -1});
        if (t == slot) goal.terms = {{in, -sign}, {in + 1, sign}};
        before = in + 2;
    }
    for (int in = 0; in < static_cast<int>(model.columns.size()); in += 3) model.exclusive.push_back({in, in + 1});
    model.tiers = {goal};
    const auto found = solver_under_test().solve(model, {});
    REQUIRE_MESSAGE(found, (found ? "" : format(found.error())));
    return found->columns[0] - found->columns[1];
}

} // namespace

TEST_SUITE("flexibility") {
    TEST_CASE("a car that waits can rise at once and can only fall once it charges") {
        smac::problem problem = hours(3, {0.3, 0.1, 0.2});
        problem.site.max_power_w = 8'000;
        problem.evs = {car("a", 0, 3, 5'000, 10'000)};
        const smac::plan plan = smac::solve(problem, solver_under_test()).value();
        CHECK(plan.evs[0].power_w == watts({0, 5'000, 0}));
        CHECK(plan.site.upper_flex_w == watts({8'000, 3'000, 8'000})); // the limit binds before the car does
        CHECK(plan.site.lower_flex_w == watts({0, 5'000, 0}));         // slot 2 could still make up for slot 1
    }

    TEST_CASE("a car that must charge offers nothing") {
        smac::problem problem = hours(1);
        problem.evs = {car("a", 0, 1, 10'000, 10'000)};
        const smac::plan plan = smac::solve(problem, solver_under_test()).value();
        CHECK(plan.site.upper_flex_w[0] == 0);
        CHECK(plan.site.lower_flex_w[0] == 0);
    }

    TEST_CASE("feed-in limits bound what can be given") {
        smac::problem problem = hours(1);
        problem.site.min_power_w = -1'000;
        problem.evs = {car("a", 0, 1, 0)};
        problem.evs[0].discharge_power_w = 5'000;
        problem.evs[0].target_soc_wh = 10'000;
        const smac::plan plan = smac::solve(problem, solver_under_test()).value();
        CHECK(plan.site.lower_flex_w[0] == doctest::Approx(1'000));
        CHECK(plan.site.upper_flex_w[0] == doctest::Approx(11'000));
    }

    TEST_CASE("without a site limit the closed form equals the linear programs") {
        random_shape shape;
        shape.batteries = 0;
        shape.cars = 3;
        shape.slots = 8;
        shape.low_cars = false;
        for (std::uint64_t seed = 0; seed < 40; ++seed) {
            CAPTURE(seed);
            smac::problem problem = random_problem(seed, shape);
            problem.site.max_power_w = 1e9;
            problem.site.min_power_w = -1e9;
            problem.site.flex_reduction_w.clear();
            const smac::plan plan = smac::solve(problem, solver_under_test()).value();
            REQUIRE(plan.unmet.empty());
            for (int t = 0; t < problem.slots; ++t) {
                double up = 0, down = 0;
                for (std::size_t i = 0; i < problem.evs.size(); ++i) {
                    const smac::ev& each = problem.evs[i];
                    if (t < each.arrival_slot || t >= each.departure_slot) continue;
                    const auto& power = plan.evs[i].power_w;
                    const double hour = problem.slot_minutes / 60;
                    up += extreme_kw(each, hour, power, t, 1) * 1000 - power[static_cast<std::size_t>(t)];
                    down += power[static_cast<std::size_t>(t)] - extreme_kw(each, hour, power, t, -1) * 1000;
                }
                CHECK(plan.site.upper_flex_w[static_cast<std::size_t>(t)] ==
                      doctest::Approx(up).epsilon(1e-6).scale(1000));
                CHECK(plan.site.lower_flex_w[static_cast<std::size_t>(t)] ==
                      doctest::Approx(down).epsilon(1e-6).scale(1000));
            }
        }
    }
}
