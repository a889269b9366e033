// Groups of charge points and the three phases.

#include "smac/feasibility.hpp"
#include "smac/instances.hpp"
#include "smac/solved.hpp"
#include "smac/solver_under_test.hpp"

#include <incar/smac/solve.hpp>

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::test;

TEST_SUITE("groups and phases") {
    TEST_CASE("a group's limit holds for its members together and for nobody else") {
        smac::problem problem = hours(2, {0.10, 0.20});
        problem.evs = {car("a", 0, 2, 8'000, 10'000), car("b", 0, 2, 4'000, 10'000), car("c", 0, 2, 9'000, 10'000)};
        problem.groups = {together("east", {"a", "b"})};
        problem.groups[0].max_power_w = 7'000;
        const smac::plan plan = solved(problem);
        CHECK(plan.status == smac::plan_status::optimal);
        CHECK(plan.evs[0].power_w[0] + plan.evs[1].power_w[0] == doctest::Approx(7'000));
        CHECK(plan.evs[2].power_w == watts({9'000, 0}));
        CHECK(plan.objective_eur == doctest::Approx(7 * 0.10 + 5 * 0.20 + 9 * 0.10));
    }

    TEST_CASE("a series caps a group slot by slot, the lower of two limits counts") {
        smac::problem problem = hours(3, {0.10, 0.20, 0.30});
        problem.evs = {car("a", 0, 3, 9'000, 10'000)};
        problem.groups = {together("east", {"a"})};
        problem.groups[0].max_power_w = 5'000;
        problem.groups[0].limit_w = {3'000, 8'000, 8'000};
        CHECK(solved(problem).evs[0].power_w == watts({3'000, 5'000, 1'000}));
    }

    TEST_CASE("what a group may give bounds its batteries and V2G") {
        smac::problem problem = hours(2, {0.10, 0.50});
        problem.site.demand_wh = {0, 9'000};
        problem.evs = {car("a", 0, 2, 0, 10'000)};
        problem.evs[0].discharge_power_w = 10'000;
        problem.evs[0].target_soc_wh = 0;
        problem.batteries = {store("b", 10'000, 8'000, 8'000)};
        problem.groups = {together("west", {"a"}, {"b"})};
        problem.groups[0].min_power_w = -6'000;
        smac::plan plan = solved(problem);
        CHECK(plan.site.import_w[1] == doctest::Approx(3'000));
        problem.groups[0].feed_in_limit_w = {0, 2'000};
        plan = solved(problem);
        CHECK(plan.site.import_w[1] == doctest::Approx(7'000));
        CHECK(plan.status == smac::plan_status::optimal);
    }

    TEST_CASE("a group that must charge more than it can, and one that may take less than it must, are reported") {
        smac::problem problem = hours(2);
        problem.evs = {car("a", 1, 2, 0, 4'000)};
        problem.groups = {together("east", {"a"})};
        problem.groups[0].min_power_w = 3'000;
        smac::plan plan = solved(problem);
        CHECK(plan.evs[0].power_w == watts({0, 3'000}));
        REQUIRE(plan.unmet.size() == 1);
        CHECK(plan.unmet[0].what == "/groups/0/min_power_w");
        CHECK(plan.unmet[0].slot == 0);
        CHECK(plan.unmet[0].amount == doctest::Approx(3'000));
        CHECK(plan.unmet[0].unit == "W");
        CHECK(plan.unmet[0].reason == "the group 'east' takes 0 W where at least 3 kW is allowed");

        problem.groups[0].min_power_w = -1'000;
        problem.groups[0].limit_w = {0, -2'000};
        plan = solved(problem);
        REQUIRE(plan.unmet.size() == 2);
        CHECK(plan.unmet[0].what == "/groups/0/limit_w");
        CHECK(plan.unmet[0].amount == doctest::Approx(1'000));
        CHECK(plan.unmet[0].reason == "less is allowed than /groups/0/min_power_w demands");
        CHECK(plan.unmet[1].amount == doctest::Approx(1'000));
    }

    TEST_CASE("groups come before targets, and a shortfall is the driver's") {
        smac::problem problem = hours(1, {0.10});
        problem.evs = {car("a", 0, 1, 8'000, 10'000)};
        problem.groups = {together("all", {"a"}), together("none", {})};
        problem.groups[0].limit_w = {5'000};
        const smac::plan plan = solved(problem);
        CHECK(plan.evs[0].power_w == watts({5'000}));
        REQUIRE(plan.unmet.size() == 1);
        CHECK(plan.unmet[0].what == "/evs/0/target_soc_wh");
    }

    TEST_CASE("nested groups all hold") {
        smac::problem problem = hours(1, {0.10});
        problem.evs = {car("a", 0, 1, 9'000, 10'000), car("b", 0, 1, 9'000, 10'000), car("c", 0, 1, 9'000, 10'000)};
        problem.groups = {together("pair", {"a", "b"}), together("row", {"a", "b", "c"})};
        problem.groups[0].max_power_w = 6'000;
        problem.groups[1].max_power_w = 11'000;
        const smac::plan plan = solved(problem);
        CHECK(plan.site.import_w[0] == doctest::Approx(11'000));
        CHECK(plan.evs[2].power_w[0] >= 5'000 - 0.01);
    }

    TEST_CASE("cars on one phase share its current, those on the others do not") {
        smac::problem problem = hours(1, {0.10});
        problem.evs = {car("a", 0, 1, 7'000, 7'400), car("b", 0, 1, 7'000, 7'400), car("c", 0, 1, 7'000, 7'400)};
        problem.evs[0].phases = {1};
        problem.evs[1].phases = {1};
        problem.evs[2].phases = {2};
        problem.site.max_phase_current_a = 40; // 9.2 kW
        const smac::plan plan = solved(problem);
        CHECK(plan.evs[0].power_w[0] + plan.evs[1].power_w[0] == doctest::Approx(9'200));
        CHECK(plan.evs[2].power_w == watts({7'000}));
        problem.site.phase_voltage_v = 200;
        CHECK(solved(problem).site.import_w[0] == doctest::Approx(15'000));
    }

    TEST_CASE("a car on three phases loads each by a third, and demand too") {
        smac::problem problem = hours(1, {0.10});
        problem.site.demand_wh = {3'000};
        problem.evs = {car("a", 0, 1, 12'000, 22'000), car("b", 0, 1, 4'000, 7'400)};
        problem.evs[1].phases = {3};
        problem.site.max_phase_power_w = 6'000;
        const smac::plan plan = solved(problem); // 1 kW of demand; b full: 1 + 4 + a / 3 <= 6
        CHECK(plan.site.import_w[0] >= 3'000 + 7'000 - 0.01);
        CHECK(plan.evs[0].power_w[0] / 3 + plan.evs[1].power_w[0] == doctest::Approx(5'000));
        CHECK(plan.evs[0].power_w[0] == doctest::Approx(12'000)); // a third of it loads phase 3: more for the same
        CHECK(plan.evs[1].power_w[0] == doctest::Approx(1'000));
    }

    TEST_CASE("a phase that feeds in too much, or is loaded by demand alone, is reported with its number and amperes") {
        smac::problem problem = hours(1);
        problem.site.demand_wh = {9'000};
        problem.site.max_phase_current_a = 10;
        problem.batteries = {store("b", 10'000, 5'000, 500)};
        problem.batteries[0].phases = {2};
        smac::plan plan = solved(problem);
        CHECK(plan.batteries[0].power_w == watts({-500}));
        REQUIRE(plan.unmet.size() == 3);
        CHECK(plan.unmet[1].what == "/site/max_phase_current_a");
        CHECK(plan.unmet[1].unit == "A");
        CHECK(plan.unmet[1].amount == doctest::Approx(200 / 230.0));
        CHECK(plan.unmet[1].reason == "phase 2 of the site takes 2.5 kW where at most 2.3 kW is allowed");
        problem.site.demand_wh = {0};
        problem.site.production_wh = {9'000};
        plan = solved(problem);
        CHECK(plan.batteries[0].power_w == watts({500}));
        CHECK(plan.unmet[1].reason == "phase 2 of the site takes -2.5 kW where at least -2.3 kW is allowed");
    }

    TEST_CASE("a group has phases of its own") {
        smac::problem problem = hours(1, {0.10});
        problem.site.demand_wh = {30'000}; // not in the group
        problem.evs = {car("a", 0, 1, 7'000, 7'400), car("b", 0, 1, 9'000, 11'000)};
        problem.evs[0].phases = {2};
        problem.groups = {together("cable", {"a", "b"})};
        problem.groups[0].max_phase_power_w = 6'000;
        const smac::plan plan = solved(problem);
        CHECK(plan.evs[0].power_w[0] + plan.evs[1].power_w[0] / 3 == doctest::Approx(6'000));
        CHECK(plan.evs[1].power_w == watts({9'000}));
    }

    TEST_CASE("limits that cannot be passed leave the model as it was") {
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            smac::problem problem = random_problem(seed);
            const smac::linear_model plain = smac::formulate(problem).value();
            problem.groups = {together("all", {})};
            for (const auto& each : problem.evs) problem.groups[0].evs.push_back(each.id);
            problem.groups[0].max_power_w = 1e6;
            problem.groups[0].feed_in_limit_w.assign(static_cast<std::size_t>(problem.slots), 1e6);
            problem.site.max_phase_current_a = 1e5;
            const smac::linear_model with = smac::formulate(problem).value();
            CHECK(with.columns.size() == plain.columns.size());
            CHECK(with.rows.size() == plain.rows.size());
            CHECK(with.entries.size() == plain.entries.size());
        }
    }

    TEST_CASE("one group of everything says what the site's limit says") {
        for (std::uint64_t seed = 0; seed < 60; ++seed) {
            CAPTURE(seed);
            random_shape shape;
            shape.tight_limit = seed % 2 == 0;
            smac::problem problem = random_problem(seed, shape);
            problem.site.demand_wh.clear();
            problem.site.production_wh.clear();
            problem.site.flex_reduction_w.clear();
            const smac::plan by_site = solved(problem);
            problem.groups = {together("all", {})};
            for (const auto& each : problem.evs) problem.groups[0].evs.push_back(each.id);
            for (const auto& each : problem.batteries) problem.groups[0].batteries.push_back(each.id);
            std::swap(problem.groups[0].max_power_w, problem.site.max_power_w);
            std::swap(problem.groups[0].min_power_w, problem.site.min_power_w);
            const smac::plan by_group = solved(problem);
            CHECK(by_group.objective_eur == doctest::Approx(by_site.objective_eur).epsilon(1e-6));
            CHECK(by_group.status == by_site.status);
            for (std::size_t i = 0; i < problem.evs.size(); ++i)
                CHECK(by_group.evs[i].unmet_wh == doctest::Approx(by_site.evs[i].unmet_wh).epsilon(1e-5).scale(1000));
        }
    }

    TEST_CASE("flexibility stays within the groups") {
        smac::problem problem = hours(2, {0.30, 0.10});
        problem.evs = {car("a", 0, 2, 4'000, 10'000), car("b", 0, 2, 0, 10'000), car("c", 0, 2, 4'000, 10'000)};
        problem.groups = {together("pair", {"a", "b"})};
        problem.groups[0].max_power_w = 12'000;
        const smac::plan plan = solved(problem);
        CHECK(plan.site.upper_flex_w == watts({22'000, 14'000})); // 12 of the pair and 10; then 8 and 6 are left
    }
}
