// What counts beside the price of energy.

#include "smac/feasibility.hpp"
#include "smac/instances.hpp"
#include "smac/solved.hpp"
#include "smac/solver_under_test.hpp"

#include <incar/smac/solve.hpp>

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::test;

TEST_SUITE("money") {
    TEST_CASE("wear keeps a battery still until the spread pays for it") {
        smac::problem problem = hours(2, {0.10, 0.20});
        problem.site.demand_wh = {0, 4'000};
        problem.batteries = {store("b", 10'000, 0, 5'000)};
        problem.batteries[0].wear_eur_per_kwh = 0.11;
        CHECK(solved(problem).batteries[0].power_w == watts({0, 0}));
        problem.batteries[0].wear_eur_per_kwh = 0.04;
        const smac::plan plan = solved(problem);
        CHECK(plan.batteries[0].power_w == watts({4'000, -4'000}));
        CHECK(plan.objective_eur == doctest::Approx(4 * 0.10 + 4 * 0.04));
    }

    TEST_CASE("wear of a car is paid for what it gives back, not for what it takes") {
        smac::problem problem = hours(3, {0.10, 0.50, 0.20});
        problem.site.demand_wh = {0, 8'000, 0};
        problem.evs = {car("a", 0, 3, 0, 10'000)};
        problem.evs[0].discharge_power_w = 5'000;
        problem.evs[0].efficiency_discharge = 0.8;
        problem.evs[0].wear_eur_per_kwh = 0.05;
        const smac::plan plan = solved(problem);
        CHECK(plan.evs[0].power_w == watts({6'250, -5'000, 0}));
        CHECK(plan.objective_eur == doctest::Approx(6.25 * 0.10 + 3 * 0.50 + 5 * 0.05));
    }

    TEST_CASE("energy left in a battery is worth its value and no more") {
        smac::problem problem = hours(2, {0.10, 0.30});
        problem.batteries = {store("b", 8'000, 2'000, 5'000)};
        problem.batteries[0].value_left_eur_per_kwh = 0.20;
        smac::plan plan = solved(problem); // buys at 0.10, not at 0.30
        CHECK(plan.batteries[0].soc_wh == watts({7'000, 7'000}));
        CHECK(plan.objective_eur == doctest::Approx(5 * 0.10 - 7 * 0.20));
        problem.site.demand_wh = {0, 3'000}; // and sells itself where it saves 0.30
        CHECK(solved(problem).batteries[0].power_w == watts({5'000, -3'000}));
        problem.batteries[0].efficiency_charge = 0.4; // 0.25 for what is worth 0.20, or saves 0.30
        CHECK(solved(problem).batteries[0].soc_wh == watts({3'000, 0}));
    }

    TEST_CASE("a car takes more than its target where that is worth it, with V2G or without") {
        smac::problem problem = hours(3, {0.30, 0.10, 0.25});
        problem.evs = {car("a", 0, 3, 12'000, 10'000)};
        problem.evs[0].value_left_eur_per_kwh = 0.26;
        const smac::plan plan = solved(problem);
        CHECK(plan.evs[0].power_w == watts({0, 10'000, 10'000}));
        CHECK(plan.objective_eur == doctest::Approx(1.0 + 2.5 - 40 * 0.26));
        problem.evs[0].discharge_power_w = 4'000;
        CHECK(solved(problem).evs[0].power_w == watts({0, 10'000, 10'000}));
        problem.site.demand_wh = {4'000, 0, 0};
        CHECK(solved(problem).evs[0].power_w == watts({-4'000, 10'000, 10'000}));
    }

    TEST_CASE("a price of CO2 moves a car into the cleaner hour and shows in the cost") {
        smac::problem problem = hours(2, {0.20, 0.25});
        problem.site.co2_g_per_kwh = {600, 100};
        problem.evs = {car("a", 0, 2, 8'000, 10'000)};
        CHECK(solved(problem).evs[0].power_w == watts({8'000, 0}));
        problem.site.co2_price_eur_per_kg = 0.2;
        const smac::plan plan = solved(problem); // 0.32 against 0.27
        CHECK(plan.evs[0].power_w == watts({0, 8'000}));
        CHECK(plan.objective_eur == doctest::Approx(8 * 0.27));
        CHECK(plan.co2_g == doctest::Approx(800));
    }

    TEST_CASE("CO2 with a price keeps a site from trading with itself") {
        smac::problem problem = hours(1, {0.10});
        problem.site.feed_in_price_eur_per_kwh = {0.15};
        problem.site.co2_g_per_kwh = {400};
        problem.site.co2_price_eur_per_kg = 0.2; // 0.18 together
        problem.site.demand_wh = {1'000};
        CHECK(smac::formulate(problem)->exclusive.empty());
        CHECK(solved(problem).objective_eur == doctest::Approx(0.18));
    }
}
