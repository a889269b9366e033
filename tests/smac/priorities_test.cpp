// Classes of targets: what is short goes to the higher class.

#include "smac/feasibility.hpp"
#include "smac/instances.hpp"
#include "smac/solved.hpp"
#include "smac/solver_under_test.hpp"

#include <incar/smac/solve.hpp>

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::test;

TEST_SUITE("priorities") {
    TEST_CASE("the higher class is served, the lower one waits") {
        smac::problem problem = hours(2, {0.10, 0.20});
        problem.site.max_power_w = 6'000;
        problem.evs = {car("a", 0, 2, 10'000), car("b", 0, 2, 8'000), car("c", 0, 2, 3'000)};
        problem.evs[1].priority = 2;
        problem.evs[2].priority = 1;
        const smac::plan plan = solved(problem);
        CHECK(plan.evs[1].unmet_wh == doctest::Approx(0));
        CHECK(plan.evs[2].unmet_wh == doctest::Approx(0));
        CHECK(plan.evs[0].unmet_wh == doctest::Approx(9'000));
    }

    TEST_CASE("a kWh of the higher class outweighs any number of the lower") {
        smac::problem problem = hours(1, {0.10});
        problem.site.max_power_w = 9'000;
        for (const char* id : {"a", "b", "c"}) problem.evs.push_back(car(id, 0, 1, 3'000));
        problem.evs.push_back(car("d", 0, 1, 9'000));
        problem.evs[3].efficiency_charge = 0.3; // 2.7 kWh where the others would store 9
        problem.evs[3].priority = 9;
        const smac::plan plan = solved(problem);
        CHECK(plan.evs[3].power_w == watts({9'000}));
        problem.evs[3].priority = 0;
        CHECK(solved(problem).evs[3].power_w == watts({0}));
    }

    TEST_CASE("classes change nothing while there is enough") {
        for (std::uint64_t seed = 0; seed < 30; ++seed) {
            CAPTURE(seed);
            random_shape shape;
            shape.low_cars = false;
            smac::problem problem = random_problem(seed, shape);
            const smac::plan plain = solved(problem);
            if (!plain.unmet.empty()) continue;
            for (std::size_t i = 0; i < problem.evs.size(); ++i) problem.evs[i].priority = static_cast<int>(i % 3);
            const smac::plan classes = solved(problem);
            CHECK(classes.objective_eur == doctest::Approx(plain.objective_eur).epsilon(1e-6));
            CHECK(classes.unmet.empty());
        }
    }

    TEST_CASE("the highest class misses what it would miss alone") {
        for (std::uint64_t seed = 0; seed < 40; ++seed) {
            CAPTURE(seed);
            random_shape shape;
            shape.tight_limit = true;
            shape.batteries = 0;
            shape.v2g = false;
            shape.low_cars = false;
            smac::problem problem = random_problem(seed, shape);
            problem.evs[0].priority = problem.evs[1].priority = 3;
            const smac::plan together = solved(problem);
            smac::problem alone = problem;
            alone.evs.resize(2);
            const smac::plan first = solved(alone);
            CHECK(together.evs[0].unmet_wh + together.evs[1].unmet_wh ==
                  doctest::Approx(first.evs[0].unmet_wh + first.evs[1].unmet_wh).epsilon(1e-5).scale(1000));
        }
    }

    TEST_CASE("tiers are named, one for each class that is there") {
        smac::problem problem = hours(1, {0.10});
        problem.evs = {car("a", 0, 1, 1'000), car("b", 0, 1, 1'000)};
        problem.evs[0].priority = problem.evs[1].priority = 4;
        CHECK(smac::formulate(problem)->tiers[0].name == "targets");
        problem.evs[1].priority = 5;
        const auto tiers = smac::formulate(problem)->tiers;
        CHECK(tiers[0].name == "targets 1");
        CHECK(tiers[1].name == "targets 2");
        CHECK(tiers[2].name == "money");
    }
}
