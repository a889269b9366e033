#include "smac/feasibility.hpp"
#include "smac/instances.hpp"
#include "smac/solved.hpp"
#include "smac/solver_under_test.hpp"

#include <incar/smac/solve.hpp>

#include <doctest/doctest.h>

#include <algorithm>

using namespace incar;
using namespace incar::test;

TEST_SUITE("solve: optima known by hand") {
    TEST_CASE("a car charges in the cheapest hours of its stay") {
        smac::problem problem = hours(5, {0.30, 0.10, 0.20, 0.40, 0.05});
        problem.evs = {car("a", 0, 4, 15'000, 10'000)};
        const smac::plan plan = solved(problem);
        CHECK(plan.status == smac::plan_status::optimal);
        CHECK(plan.evs[0].power_w == watts({0, 10'000, 5'000, 0, 0}));
        CHECK(plan.evs[0].soc_wh == watts({20'000, 30'000, 35'000, 35'000, 35'000}));
        CHECK(plan.objective_eur == doctest::Approx(10 * 0.10 + 5 * 0.20));
        CHECK(plan.solver.name == solver_under_test().name);
        CHECK(plan.solver.gap == 0);
    }

    TEST_CASE("two cars share a limit and the one who can wait, waits") {
        smac::problem problem = hours(3, {0.10, 0.20, 0.30});
        problem.site.max_power_w = 10'000;
        problem.evs = {car("waits", 0, 3, 10'000, 10'000), car("leaves", 0, 1, 10'000, 10'000)};
        const smac::plan plan = solved(problem);
        CHECK(plan.evs[1].power_w == watts({10'000, 0, 0}));
        CHECK(plan.evs[0].power_w == watts({0, 10'000, 0}));
        CHECK(plan.objective_eur == doctest::Approx(1 + 2));
    }

    TEST_CASE("losses are paid for") {
        smac::problem problem = hours(2, {0.10, 0.20});
        problem.evs = {car("a", 0, 2, 9'000, 10'000)};
        problem.evs[0].efficiency_charge = 0.9;
        CHECK(solved(problem).objective_eur == doctest::Approx(10 * 0.10));
    }

    TEST_CASE("local production is free and export pays its own price") {
        smac::problem problem = hours(2, {0.30, 0.30});
        problem.site.feed_in_price_eur_per_kwh = {0.08, 0.20};
        problem.site.production_wh = {6'000, 6'000};
        problem.evs = {car("a", 0, 2, 6'000, 11'000)};
        const smac::plan plan = solved(problem);
        CHECK(plan.evs[0].power_w == watts({6'000, 0})); // the sun of the first hour is worth less at the grid
        CHECK(plan.objective_eur == doctest::Approx(-6 * 0.20));
        CHECK(plan.site.export_w == watts({0, 6'000}));
    }

    TEST_CASE("a battery buys cheap and carries to the dear hour as far as its losses allow") {
        smac::problem problem = hours(2, {0.10, 0.40});
        problem.site.demand_wh = {0, 4'000};
        problem.batteries = {store("b", 10'000, 0, 5'000)};
        problem.batteries[0].efficiency_charge = 0.8;
        const smac::plan plan = solved(problem);
        CHECK(plan.batteries[0].power_w == watts({5'000, -4'000}));
        CHECK(plan.objective_eur == doctest::Approx(0.5));

        problem.batteries[0].efficiency_charge = 0.2; // 0.10 / 0.2 = 0.50 a kWh: not worth it
        CHECK(solved(problem).batteries[0].power_w == watts({0, 0}));
    }

    TEST_CASE("a car with V2G serves the dear hour and leaves full") {
        smac::problem problem = hours(3, {0.10, 0.50, 0.20});
        problem.site.demand_wh = {0, 8'000, 0};
        problem.evs = {car("a", 0, 3, 0, 10'000)};
        problem.evs[0].discharge_power_w = 5'000;
        const smac::plan plan = solved(problem);
        CHECK(plan.evs[0].power_w == watts({5'000, -5'000, 0}));
        CHECK(plan.objective_eur == doctest::Approx(5 * 0.10 + 3 * 0.50));
    }

    TEST_CASE("an order of the grid operator moves the energy out of its slots") {
        smac::problem problem = hours(3, {0.10, 0.05, 0.30});
        problem.site.max_power_w = 10'000;
        problem.site.flex_reduction_w = {0, 2'000, 0};
        problem.evs = {car("a", 0, 3, 10'000, 11'000)};
        CHECK(solved(problem).evs[0].power_w == watts({2'000, 8'000, 0}));
        problem.site.limit_w = {1e12, 3'000, 1e12};
        CHECK(solved(problem).evs[0].power_w == watts({7'000, 3'000, 0}));
    }

    TEST_CASE("opportunity cost ends a stay early where prices alone would not") {
        smac::problem problem = hours(3, {0.20, 0.15, 0.10});
        problem.evs = {car("a", 0, 3, 10'000, 10'000)};
        CHECK(solved(problem).evs[0].power_w == watts({0, 0, 10'000}));
        problem.site.opportunity_cost_eur_per_slot = 0.60; // 0.06 a kWh and slot, more than 0.05
        const smac::plan plan = solved(problem);
        CHECK(plan.evs[0].power_w == watts({10'000, 0, 0}));
        CHECK(plan.objective_eur == doctest::Approx(2.0 + 0.60));
    }

    TEST_CASE("ramp cost keeps a battery at its current set-point unless a move pays") {
        smac::problem problem = hours(2, {0.10, 0.12});
        problem.site.demand_wh = {5'000, 5'000};
        problem.site.ramp_cost_eur_per_kw = 0.05; // moving 1 kW over and back costs more than 0.02
        problem.batteries = {store("b", 10'000, 5'000, 5'000)};
        problem.batteries[0].current_power_w = 0;
        problem.batteries[0].min_soc = 0.5;
        CHECK(solved(problem).batteries[0].power_w == watts({0, 0}));
        problem.site.ramp_cost_eur_per_kw = 0.001;
        CHECK(solved(problem).batteries[0].power_w == watts({5'000, -5'000}));
    }

    TEST_CASE("where the price is flat a car charges early and a battery rests") {
        smac::problem problem = hours(4);
        problem.site.demand_wh = {1'000, 1'000, 1'000, 1'000};
        problem.evs = {car("a", 1, 4, 15'000, 10'000)};
        problem.batteries = {store("b", 10'000, 5'000, 5'000)};
        const smac::plan plan = solved(problem);
        CHECK(plan.evs[0].power_w == watts({0, 10'000, 5'000, 0}));
        CHECK(plan.batteries[0].power_w == watts({0, 0, 0, 0}));
        CHECK(plan.objective_eur == 0);
    }

    TEST_CASE("negative prices do not make a battery burn energy") {
        smac::problem problem = hours(2, {-0.10, -0.10});
        problem.batteries = {store("b", 4'000, 0, 5'000)};
        problem.batteries[0].efficiency_charge = 0.8;
        problem.batteries[0].efficiency_discharge = 0.8;
        const smac::plan plan = solved(problem);
        CHECK(plan.objective_eur == doctest::Approx(-0.5)); // 5 kWh taken fill it; burning both ways would earn more
        CHECK(plan.batteries[0].soc_wh.back() == doctest::Approx(4'000));
    }

    TEST_CASE("a feed-in price above the price does not make the site trade with itself") {
        smac::problem problem = hours(1, {0.10});
        problem.site.feed_in_price_eur_per_kwh = {0.30};
        problem.site.demand_wh = {2'000};
        problem.evs = {car("a", 0, 1, 1'000)};
        problem.evs[0].discharge_power_w = 10'000;
        CHECK(solved(problem).objective_eur == doctest::Approx(0.3));
        problem.evs[0].target_soc_wh = 0; // free to leave with 12 kWh
        const smac::plan plan = solved(problem);
        CHECK(plan.evs[0].power_w == watts({-8'000}));
        CHECK(plan.objective_eur == doctest::Approx(-6 * 0.3));
    }

    TEST_CASE("a car charges at its least power or not at all") {
        smac::problem problem = hours(3, {0.30, 0.10, 0.20});
        problem.site.max_power_w = 2'000;
        problem.evs = {car("a", 0, 3, 3'000, 7'000)};
        problem.evs[0].min_power_w = 1'400;
        const smac::plan plan = solved(problem); // 2.0 + 1.0 would be cheapest, 1.6 + 1.4 is allowed
        CHECK(plan.evs[0].power_w[1] == doctest::Approx(1'600));
        CHECK(plan.evs[0].power_w[2] == doctest::Approx(1'400));
        CHECK(plan.objective_eur == doctest::Approx(1.6 * 0.10 + 1.4 * 0.20));
    }

    TEST_CASE("a car that can discharge without loss does not hide a power below its least in a loop") {
        smac::problem problem = hours(2, {0.10, 0.30});
        problem.evs = {car("a", 0, 2, 3'000, 10'000)};
        problem.evs[0].min_power_w = 4'000;
        problem.evs[0].discharge_power_w = 10'000;
        problem.site.max_power_w = 4'500;
        const smac::plan plan = solved(problem); // 3 kW at 0.10 would do, but 4 kW is the least
        CHECK(plan.evs[0].power_w[0] >= 4'000 - 0.01);
        CHECK(plan.evs[0].soc_wh.back() >= 23'000 - 0.01);
    }

    TEST_CASE("an order to feed in that is missed by importing pays the price of taking") {
        smac::problem problem = hours(2, {0.50, 0.20});
        problem.site.feed_in_price_eur_per_kwh = {0.05, 0.05};
        problem.site.max_power_w = -1'000; // must feed in
        problem.evs = {car("a", 0, 2, 4'000, 5'000)};
        const smac::plan plan = solved(problem);
        CHECK(plan.objective_eur == doctest::Approx(0)); // nothing is taken: limits come before targets
        CHECK(plan.evs[0].unmet_wh == doctest::Approx(4'000));

        problem.site.demand_wh = {3'000, 3'000}; // cannot be avoided, and costs what taking costs
        problem.batteries = {store("b", 2'000, 2'000, 2'000)};
        CHECK(solved(problem).batteries[0].power_w == watts({-2'000, 0}));
    }

    TEST_CASE("an empty site is planned: what it takes is its own demand") {
        smac::problem problem = hours(2, {0.20, 0.30});
        problem.site.demand_wh = {1'000, 2'000};
        problem.site.co2_g_per_kwh = {100, 200};
        const smac::plan plan = solved(problem);
        CHECK(plan.site.import_w == watts({1'000, 2'000}));
        CHECK(plan.objective_eur == doctest::Approx(0.8));
        CHECK(plan.co2_g == doctest::Approx(500));
        CHECK(plan.solver.gap == 0);
    }
}

TEST_SUITE("solve: what cannot all be met") {
    TEST_CASE("an unreachable target is approached and its shortfall reported") {
        smac::problem problem = hours(2, {0.30, 0.10});
        problem.evs = {car("a", 0, 2, 30'000, 10'000)};
        const smac::plan plan = solved(problem);
        CHECK(plan.status == smac::plan_status::infeasible);
        CHECK(plan.evs[0].power_w == watts({10'000, 10'000}));
        CHECK(plan.evs[0].unmet_wh == doctest::Approx(10'000));
        REQUIRE(plan.unmet.size() == 1);
        CHECK(plan.unmet[0].what == "/evs/0/target_soc_wh");
        CHECK(plan.unmet[0].slot == 1);
        CHECK(plan.unmet[0].amount == doctest::Approx(10'000));
        CHECK(plan.unmet[0].unit == "Wh");
        CHECK(plan.unmet[0].reason.find("full power") != std::string::npos);
    }

    TEST_CASE("a target above the capacity fills the car and says so") {
        smac::problem problem = hours(8, std::vector<double>(8, 0.2));
        problem.evs = {car("a", 0, 8, 45'000, 10'000)};
        const smac::plan plan = solved(problem);
        CHECK(plan.evs[0].soc_wh.back() == doctest::Approx(60'000));
        CHECK(plan.evs[0].unmet_wh == doctest::Approx(5'000));
        CHECK(plan.unmet[0].reason.find("above the capacity") != std::string::npos);
    }

    TEST_CASE("limits of the site come before targets") {
        smac::problem problem = hours(2, {0.10, 0.10});
        problem.site.max_power_w = 4'000;
        problem.site.demand_wh = {1'000, 1'000};
        problem.evs = {car("a", 0, 2, 10'000)};
        const smac::plan plan = solved(problem);
        CHECK(plan.site.import_w == watts({4'000, 4'000}));
        CHECK(plan.evs[0].unmet_wh == doctest::Approx(4'000));
        CHECK(plan.unmet[0].reason.find("limits") != std::string::npos);
    }

    TEST_CASE("a demand above the limit is reported slot by slot and cars do not add to it") {
        smac::problem problem = hours(2);
        problem.site.max_power_w = 5'000;
        problem.site.demand_wh = {7'000, 2'000};
        problem.evs = {car("a", 0, 2, 3'000)};
        const smac::plan plan = solved(problem);
        CHECK(plan.evs[0].power_w == watts({0, 3'000}));
        REQUIRE(plan.unmet.size() == 1);
        CHECK(plan.unmet[0].what == "/site/max_power_w");
        CHECK(plan.unmet[0].slot == 0);
        CHECK(plan.unmet[0].amount == doctest::Approx(2'000));
        CHECK(plan.unmet[0].unit == "W");
    }

    TEST_CASE("an order below the site's least power is reported and followed as far as the site may") {
        smac::problem problem = hours(1);
        problem.site.max_power_w = 10'000;
        problem.site.min_power_w = 0;
        problem.site.flex_reduction_w = {12'000};
        problem.evs = {car("a", 0, 1, 3'000)};
        const smac::plan plan = solved(problem);
        CHECK(plan.evs[0].power_w == watts({0}));
        REQUIRE(plan.unmet.size() == 2);
        CHECK(plan.unmet[0].what == "/site/flex_reduction_w");
        CHECK(plan.unmet[0].amount == doctest::Approx(2'000));
    }

    TEST_CASE("a car below its minimum state of charge is brought there first and fast") {
        smac::problem problem = hours(4, {0.40, 0.10, 0.10, 0.10});
        problem.evs = {car("a", 0, 4, 0, 10'000)};
        problem.evs[0].soc_wh = 5'000;
        problem.evs[0].target_soc_wh = 20'000;
        const smac::plan plan = solved(problem);
        CHECK(plan.evs[0].power_w == watts({7'000, 8'000, 0, 0})); // 20 % of 60 kWh at once, the rest when it is cheap
        REQUIRE(plan.adjustments.size() == 1);
        CHECK(plan.adjustments[0].where == "/evs/0/min_soc");
        CHECK(plan.status == smac::plan_status::optimal);
    }

    TEST_CASE("nothing is discharged below its minimum, not even to keep a limit") {
        smac::problem problem = hours(1);
        problem.site.max_power_w = 1'000;
        problem.site.demand_wh = {2'500};
        problem.batteries = {store("b", 10'000, 0, 5'000)};
        problem.batteries[0].min_soc = 0.2;
        for (const double soc_wh : {2'000.0, 1'900.0}) {
            problem.batteries[0].soc_wh = soc_wh;
            const smac::plan plan = solved(problem);
            CHECK(plan.batteries[0].power_w == watts({0}));
            CHECK(plan.unmet.back().what == "/site/max_power_w");
        }
        problem.batteries[0].soc_wh = 3'000;
        CHECK(solved(problem).batteries[0].power_w == watts({-1'000}));
    }

    TEST_CASE("a state of charge outside the capacity is clamped and reported") {
        smac::problem problem = hours(2);
        problem.evs = {car("over", 0, 2, 0), car("under", 0, 2, 0)};
        problem.evs[0].soc_wh = 61'000;
        problem.evs[0].target_soc_wh = 60'000;
        problem.evs[1].soc_wh = -500;
        problem.evs[1].min_soc = 0;
        problem.evs[1].target_soc_wh = 1'000;
        const smac::plan plan = solved(problem);
        REQUIRE(plan.adjustments.size() == 2);
        CHECK(plan.adjustments[0].where == "/evs/0/soc_wh");
        CHECK(plan.adjustments[0].given == 61'000);
        CHECK(plan.adjustments[0].used == 60'000);
        CHECK(plan.adjustments[1].used == 0);
        CHECK(plan.evs[1].soc_wh.back() == doctest::Approx(1'000));
    }

    TEST_CASE("a departure beyond the horizon is read as its end and reported") {
        smac::problem problem = hours(2, {0.2, 0.1});
        problem.evs = {car("a", 0, 9, 5'000)};
        const smac::plan plan = solved(problem);
        CHECK(plan.evs[0].power_w == watts({0, 5'000}));
        REQUIRE(plan.adjustments.size() == 1);
        CHECK(plan.adjustments[0].where == "/evs/0/departure_slot");
        CHECK(plan.adjustments[0].used == 2);
    }
}

TEST_SUITE("solve: random sites") {
    TEST_CASE("every plan of a random site passes the independent checker") {
        random_shape shape;
        for (std::uint64_t seed = 0; seed < 200; ++seed) {
            CAPTURE(seed);
            shape.tight_limit = seed % 3 == 0;
            shape.negative_prices = seed % 4 == 0;
            shape.cars = static_cast<int>(seed % 7);
            solved(random_problem(seed, shape));
        }
    }
}
