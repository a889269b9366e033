#include "smac/feasibility.hpp"
#include "smac/instances.hpp"
#include "smac/solver_under_test.hpp"

#include <incar/smac/baselines.hpp>
#include <incar/smac/solve.hpp>

#include <doctest/doctest.h>

#include <algorithm>

using namespace incar;
using namespace incar::test;

namespace {

using series = std::vector<double>;

} // namespace

TEST_SUITE("baselines") {
    TEST_CASE("uncontrolled charging starts at once and reports the limit it passes") {
        smac::problem problem = hours(3, {0.3, 0.2, 0.1});
        problem.site.max_power_w = 15'000;
        problem.evs = {car("a", 0, 3, 15'000, 10'000), car("b", 0, 3, 10'000, 10'000)};
        const smac::plan plan = smac::uncontrolled(problem).value();
        CHECK(plan.evs[0].power_w == series{10'000, 5'000, 0});
        CHECK(plan.evs[1].power_w == series{10'000, 0, 0});
        REQUIRE(plan.unmet.size() == 1);
        CHECK(plan.unmet[0].what == "/site/max_power_w");
        CHECK(plan.unmet[0].amount == doctest::Approx(5'000));
        CHECK(plan.solver.name == "none");
    }

    TEST_CASE("equal share hands on what a modest car leaves") {
        smac::problem problem = hours(2);
        problem.site.max_power_w = 14'000;
        problem.site.demand_wh = {2'000, 2'000};
        problem.evs = {car("a", 0, 2, 20'000, 11'000), car("b", 0, 2, 20'000, 11'000), car("c", 0, 2, 20'000, 2'000)};
        const smac::plan plan = smac::equal_share(problem).value();
        CHECK(plan.evs[0].power_w == series{5'000, 5'000});
        CHECK(plan.evs[1].power_w == series{5'000, 5'000});
        CHECK(plan.evs[2].power_w == series{2'000, 2'000});
    }

    TEST_CASE("earliest deadline serves who leaves first") {
        smac::problem problem = hours(3);
        problem.site.max_power_w = 10'000;
        problem.evs = {car("late", 0, 3, 10'000, 10'000), car("early", 0, 1, 8'000, 10'000)};
        const smac::plan plan = smac::earliest_deadline_first(problem).value();
        CHECK(plan.evs[1].power_w == series{8'000, 0, 0});
        CHECK(plan.evs[0].power_w == series{2'000, 8'000, 0});
    }

    TEST_CASE("a share below the least power leaves a car out instead of starving all") {
        smac::problem problem = hours(1);
        problem.site.max_power_w = 4'000;
        problem.evs = {car("a", 0, 1, 5'000), car("b", 0, 1, 5'000), car("c", 0, 1, 5'000)};
        for (auto& each : problem.evs) each.min_power_w = 1'400;
        const smac::plan plan = smac::equal_share(problem).value();
        const auto charging =
            std::count_if(plan.evs.begin(), plan.evs.end(), [](const auto& each) { return each.power_w[0] > 0; });
        CHECK(charging == 2);
        CHECK(plan.site.import_w[0] == doctest::Approx(4'000));
    }

    TEST_CASE("every baseline is sound and none meets more for less than the solver") {
        for (std::uint64_t seed = 0; seed < 100; ++seed) {
            CAPTURE(seed);
            random_shape shape;
            shape.tight_limit = seed % 2 == 0;
            shape.low_cars = false;
            const smac::problem problem = random_problem(seed, shape);
            const smac::plan best = smac::solve(problem, solver_under_test()).value();
            const auto missing = [](const smac::plan& plan) {
                double sum = 0;
                for (const auto& each : plan.unmet) sum += each.unit == "W" ? 1e3 * each.amount : each.amount;
                return sum;
            };
            for (const auto& plan :
                 {smac::uncontrolled(problem), smac::equal_share(problem), smac::earliest_deadline_first(problem)}) {
                for (const std::string& fault : faults(problem, plan.value())) FAIL_CHECK(fault);
                if (plan->unmet.empty()) {
                    CHECK(best.unmet.empty());
                    CHECK(best.objective_eur <= plan->objective_eur + 1e-6);
                }
                CHECK(missing(best) <= missing(*plan) + 0.1);
            }
        }
    }
}
