// What the supply point may do: peaks that are paid for, production that is throttled, ramps.

#include "smac/feasibility.hpp"
#include "smac/instances.hpp"
#include "smac/solved.hpp"
#include "smac/solver_under_test.hpp"

#include <incar/smac/solve.hpp>

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::test;

TEST_SUITE("capacity charge") {
    TEST_CASE("a car flattens the import when the peak costs more than the spread of prices") {
        smac::problem problem = hours(2, {0.10, 0.20});
        problem.evs = {car("a", 0, 2, 10'000, 10'000)};
        CHECK(solved(problem).evs[0].power_w == watts({10'000, 0}));
        problem.site.peak_price_eur_per_kw = 0.3; // a kWh moved costs 0.1 and saves a kW
        const smac::plan plan = solved(problem);
        CHECK(plan.evs[0].power_w == watts({5'000, 5'000}));
        CHECK(plan.objective_eur == doctest::Approx(0.5 + 1.0 + 5 * 0.3));
        problem.site.peak_price_eur_per_kw = 0.09;
        CHECK(solved(problem).evs[0].power_w == watts({10'000, 0}));
    }

    TEST_CASE("the peak that is paid already is free, and no more than that") {
        smac::problem problem = hours(2, {0.10, 0.20});
        problem.site.peak_price_eur_per_kw = 2;
        problem.site.peak_paid_w = 7'000;
        problem.site.demand_wh = {1'000, 0};
        problem.evs = {car("a", 0, 2, 10'000, 10'000)};
        const smac::plan plan = solved(problem);
        CHECK(plan.evs[0].power_w == watts({6'000, 4'000}));
        CHECK(plan.objective_eur == doctest::Approx(0.7 + 0.8));
        problem.site.peak_paid_w = 11'000;
        CHECK(solved(problem).evs[0].power_w == watts({10'000, 0}));
    }

    TEST_CASE("targets come before the peak, and feeding in makes none") {
        smac::problem problem = hours(1, {0.10});
        problem.site.peak_price_eur_per_kw = 50;
        problem.evs = {car("a", 0, 1, 10'000, 10'000)};
        CHECK(solved(problem).objective_eur == doctest::Approx(1 + 500));
        problem.site.production_wh = {25'000};
        CHECK(solved(problem).objective_eur == doctest::Approx(0));
    }

    TEST_CASE("a battery shaves the peak of a demand") {
        smac::problem problem = hours(4, {0.20, 0.20, 0.20, 0.20});
        problem.site.demand_wh = {2'000, 8'000, 2'000, 0};
        problem.site.peak_price_eur_per_kw = 1;
        problem.batteries = {store("b", 10'000, 2'000, 5'000)};
        problem.batteries[0].value_left_eur_per_kwh = 0.2;
        const smac::plan plan = solved(problem); // 2 + x in the first hour, 8 - (2 + x) in the second
        CHECK(plan.batteries[0].power_w[1] == doctest::Approx(-4'000));
        CHECK(plan.site.import_w[1] == doctest::Approx(4'000));
    }
}

TEST_SUITE("curtailment") {
    TEST_CASE("production is throttled at the feed-in limit, after cars and batteries have had theirs") {
        smac::problem problem = hours(2, {0.30, 0.30});
        problem.site.feed_in_price_eur_per_kwh = {0.08, 0.08};
        problem.site.production_wh = {9'000, 2'000};
        problem.site.min_power_w = -3'000;
        problem.batteries = {store("b", 10'000, 0, 4'000)};
        smac::plan plan = solved(problem);
        CHECK(plan.unmet.size() == 1);
        CHECK(plan.site.curtailed_w.empty());
        problem.site.curtailable = true;
        plan = solved(problem);
        CHECK(plan.status == smac::plan_status::optimal);
        CHECK(plan.site.export_w[0] == doctest::Approx(3'000));
        CHECK(plan.batteries[0].power_w[0] == doctest::Approx(4'000));
        CHECK(plan.site.curtailed_w == watts({2'000, 0}));
    }

    TEST_CASE("a negative price for feeding in throttles, a price of nothing does not") {
        smac::problem problem = hours(2, {0.10, 0.10});
        problem.site.curtailable = true;
        problem.site.feed_in_price_eur_per_kwh = {-0.05, 0};
        problem.site.production_wh = {4'000, 4'000};
        problem.site.demand_wh = {1'000, 1'000};
        const smac::plan plan = solved(problem);
        CHECK(plan.site.curtailed_w == watts({3'000, 0}));
        CHECK(plan.site.export_w == watts({0, 3'000}));
        CHECK(plan.objective_eur == doctest::Approx(0));
    }

    TEST_CASE("where taking is paid for, production makes room for it") {
        smac::problem problem = hours(1, {-0.10});
        problem.site.feed_in_price_eur_per_kwh = {-0.10};
        problem.site.curtailable = true;
        problem.site.production_wh = {3'000};
        problem.evs = {car("a", 0, 1, 2'000)};
        problem.evs[0].capacity_wh = 22'000;
        problem.evs[0].target_soc_wh = 22'000;
        const smac::plan plan = solved(problem);
        CHECK(plan.site.import_w == watts({2'000}));
        CHECK(plan.objective_eur == doctest::Approx(-0.2));
    }

    TEST_CASE("throttling unloads the phases") {
        smac::problem problem = hours(1);
        problem.site.production_wh = {9'000};
        problem.site.max_phase_power_w = 2'000;
        problem.site.curtailable = true;
        const smac::plan plan = solved(problem);
        CHECK(plan.status == smac::plan_status::optimal);
        CHECK(plan.site.curtailed_w == watts({3'000}));
    }
}

TEST_SUITE("ramps") {
    TEST_CASE("a car that pays for changes charges evenly unless a spread pays for them") {
        smac::problem problem = hours(4, {0.20, 0.21, 0.20, 0.21});
        problem.evs = {car("a", 0, 4, 8'000, 10'000)};
        CHECK(solved(problem).evs[0].power_w == watts({8'000, 0, 0, 0}));
        problem.evs[0].ramp_cost_eur_per_kw = 0.05;
        problem.evs[0].current_power_w = 2'000;
        smac::plan plan = solved(problem);
        CHECK(plan.evs[0].power_w == watts({2'000, 2'000, 2'000, 2'000}));
        CHECK(plan.objective_eur == doctest::Approx(4 * 0.41));
        problem.site.price_eur_per_kwh = {0.90, 0.10, 0.10, 0.90};
        plan = solved(problem);
        CHECK(plan.evs[0].power_w == watts({0, 4'000, 4'000, 0}));
        CHECK(plan.objective_eur == doctest::Approx(0.8 + 0.05 * (2 + 4 + 4)));
    }

    TEST_CASE("among equal costs a car stays near its set-point") {
        smac::problem problem = hours(3, {0.20, 0.20, 0.20});
        problem.evs = {car("a", 0, 3, 9'000, 11'000), car("b", 1, 3, 9'000, 11'000)};
        problem.evs[0].current_power_w = 4'000;
        problem.evs[1].current_power_w = 4'000; // not plugged in yet: says nothing
        const smac::plan plan = solved(problem);
        CHECK(plan.evs[0].power_w == watts({4'000, 5'000, 0}));
        CHECK(plan.evs[1].power_w == watts({0, 9'000, 0}));
    }

    TEST_CASE("a site that pays for changes fills the valleys of its demand") {
        smac::problem problem = hours(3, {0.20, 0.20, 0.20});
        problem.site.demand_wh = {5'000, 1'000, 5'000};
        problem.site.grid_ramp_cost_eur_per_kw = 0.05;
        problem.evs = {car("a", 0, 3, 4'000, 10'000)};
        smac::plan plan = solved(problem);
        CHECK(plan.evs[0].power_w == watts({0, 4'000, 0}));
        CHECK(plan.objective_eur == doctest::Approx(15 * 0.2));
        problem.site.current_power_w = -1'000;
        plan = solved(problem);
        CHECK(plan.evs[0].power_w == watts({0, 4'000, 0}));
        CHECK(plan.objective_eur == doctest::Approx(15 * 0.2 + 6 * 0.05));
        problem.evs[0].target_soc_wh = 0;
        CHECK(solved(problem).objective_eur == doctest::Approx(11 * 0.2 + (6 + 4 + 4) * 0.05));
    }
}
