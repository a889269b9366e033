// Slots of different lengths.

#include "smac/feasibility.hpp"
#include "smac/instances.hpp"
#include "smac/solved.hpp"
#include "smac/solver_under_test.hpp"

#include <incar/smac/baselines.hpp>
#include <incar/smac/solve.hpp>

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::test;

namespace {

// The same site with each slot cut into a third and two thirds.
smac::problem cut(const smac::problem& whole) {
    smac::problem result = whole;
    result.slots = 2 * whole.slots;
    for (int t = 0; t < whole.slots; ++t)
        for (const double share : {1.0 / 3, 2.0 / 3}) result.each_slot_minutes.push_back(whole.slot_minutes * share);
    const auto powers_and_prices = [](std::vector<double>& series) {
        std::vector<double> twice;
        for (const double value : series) twice.insert(twice.end(), {value, value});
        series = twice;
    };
    const auto energies = [](std::vector<double>& series) {
        std::vector<double> shared;
        for (const double value : series) shared.insert(shared.end(), {value / 3, value * 2 / 3});
        series = shared;
    };
    for (auto* series : {&result.site.price_eur_per_kwh, &result.site.feed_in_price_eur_per_kwh,
                         &result.site.flex_reduction_w, &result.site.limit_w, &result.site.co2_g_per_kwh})
        powers_and_prices(*series);
    for (auto* series : {&result.site.demand_wh, &result.site.production_wh}) energies(*series);
    for (auto& each : result.evs) each.arrival_slot *= 2, each.departure_slot *= 2;
    return result;
}

} // namespace

TEST_SUITE("slots of different lengths") {
    TEST_CASE("energy is power times the length of its own slot") {
        smac::problem problem = hours(3, {0.10, 0.05, 0.20});
        problem.each_slot_minutes = {60, 15, 30};
        problem.site.demand_wh = {1'000, 500, 0};
        problem.site.co2_g_per_kwh = {100, 100, 100};
        problem.evs = {car("a", 0, 3, 5'000, 10'000)};
        const smac::plan plan = solved(problem);
        CHECK(plan.evs[0].power_w == watts({2'500, 10'000, 0}));
        CHECK(plan.evs[0].soc_wh == watts({22'500, 25'000, 25'000}));
        CHECK(plan.site.import_w == watts({3'500, 12'000, 0}));
        CHECK(plan.objective_eur == doctest::Approx(3.5 * 0.10 + 3 * 0.05));
        CHECK(plan.co2_g == doctest::Approx(650));
        CHECK(plan.site.lower_flex_w == watts({2'500, 10'000, 0})); // 2.5 kWh fit into the last half hour
    }

    TEST_CASE("full power over the stay says what is reachable") {
        smac::problem problem = hours(2, {0.10, 0.10});
        problem.each_slot_minutes = {15, 30};
        problem.evs = {car("a", 0, 2, 10'000, 10'000)};
        const smac::plan plan = solved(problem);
        CHECK(plan.evs[0].unmet_wh == doctest::Approx(2'500));
        CHECK(plan.unmet[0].reason == "full power from arrival to departure stores only 27.5 kWh");
        CHECK(smac::uncontrolled(problem)->evs[0].unmet_wh == doctest::Approx(2'500));
    }

    TEST_CASE("equal lengths given one by one are the single length") {
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            CAPTURE(seed);
            smac::problem problem = random_problem(seed);
            const smac::plan single = solved(problem);
            problem.each_slot_minutes.assign(static_cast<std::size_t>(problem.slots), problem.slot_minutes);
            problem.slot_minutes = 1;
            CHECK(solved(problem).objective_eur == single.objective_eur);
        }
    }

    TEST_CASE("cutting slots changes nothing that money can see") {
        random_shape shape;
        shape.low_cars = false;
        for (std::uint64_t seed = 0; seed < 60; ++seed) {
            CAPTURE(seed);
            smac::problem problem = random_problem(seed, shape);
            problem.site.opportunity_cost_eur_per_slot = 0;
            problem.site.ramp_cost_eur_per_kw = 0;
            const smac::plan whole = solved(problem), halves = solved(cut(problem));
            CHECK(halves.objective_eur == doctest::Approx(whole.objective_eur).epsilon(1e-6));
            CHECK(halves.status == whole.status);
        }
    }
}
