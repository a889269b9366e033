// incar's own solver beside GLPK's simplex on the same models: two methods that share nothing but the model.

#include "../benchmarks/garage.hpp"
#include "smac/instances.hpp"

#include <incar/adapters/glpk.hpp>
#include <incar/smac/interior_point.hpp>
#include <incar/smac/solve.hpp>

#include <doctest/doctest.h>

#include <cmath>

using namespace incar;
using namespace incar::test;

namespace {

random_shape shape_of(std::uint64_t seed) {
    random_shape shape;
    shape.slots = 2 + static_cast<int>(seed % 27);
    shape.cars = static_cast<int>(seed % 8);
    shape.batteries = static_cast<int>(seed % 3);
    shape.losses = seed % 5 != 0;
    shape.tight_limit = seed % 3 == 0;
    shape.negative_prices = seed % 7 == 0;
    return shape;
}

smac::linear_model relaxed(smac::linear_model model) {
    model.exclusive.clear();
    model.semicontinuous.clear();
    return model;
}

// Tier by tier: as soon as one differs the later ones may.
void compare(const smac::linear_model& model, double relative = 1e-7, double of_tie_break = 1e-4) {
    const auto ours = smac::interior_point().solve(model, {});
    const auto theirs = adapters::glpk().solve(model, {});
    REQUIRE_MESSAGE(theirs, (theirs ? "" : format(theirs.error())));
    REQUIRE_MESSAGE(ours, (ours ? "" : format(ours.error())));
    for (std::size_t k = 0; k < model.tiers.size(); ++k) {
        const double expected = theirs->tier_values[k];
        const double tolerance = (model.tiers[k].tie_break ? of_tie_break : relative) * (1 + std::abs(expected));
        CAPTURE(model.tiers[k].name);
        CHECK(std::abs(ours->tier_values[k] - expected) <= tolerance);
    }
}

} // namespace

TEST_SUITE("two solvers") {
    TEST_CASE("a thousand random sites: every tier agrees") {
        for (std::uint64_t seed = 0; seed < 1'000; ++seed) {
            CAPTURE(seed);
            compare(relaxed(smac::formulate(random_problem(seed, shape_of(seed))).value()));
        }
    }

    TEST_CASE("five hundred random sites with everything that a problem can hold: every tier agrees") {
        for (std::uint64_t seed = 0; seed < 500; ++seed) {
            CAPTURE(seed);
            random_shape shape = shape_of(seed);
            shape.extras = true;
            // Where much is unmet, its weight leaves money a gap of more than 1e-7; where ramps make many plans equally
            // good, the tie-break ends a little early.
            compare(relaxed(smac::formulate(random_problem(seed, shape)).value()), 5e-7, 5e-3);
        }
    }

    TEST_CASE("three hundred random sites with too little for two classes of cars: every tier agrees") {
        for (std::uint64_t seed = 0; seed < 300; ++seed) {
            CAPTURE(seed);
            random_shape shape = shape_of(seed);
            shape.tight_limit = true;
            smac::problem problem = random_problem(seed, shape);
            for (std::size_t i = 0; i < problem.evs.size(); i += 2) problem.evs[i].priority = 1;
            compare(relaxed(smac::formulate(problem).value()), 1e-6); // one tier more shares the interior point's gap
        }
    }

    TEST_CASE("a garage of sixty cars over a day: every tier agrees") {
        compare(relaxed(smac::formulate(bench::garage(60)).value()));
    }

    TEST_CASE("where rounding leaves a gap the thorough one closes it, and elsewhere is not asked") {
        int asked = 0;
        const smac::solver thorough = {"thorough",
                                       [&](const smac::linear_model& model, const smac::solve_options& options) {
                                           ++asked;
                                           return adapters::glpk().solve(model, options);
                                       }};
        const smac::solver both = smac::quick_then_thorough(smac::interior_point(), thorough);
        smac::problem problem = hours(3, {0.30, 0.10, 0.20});
        problem.site.max_power_w = 2'000;
        problem.evs = {car("a", 0, 3, 3'000, 7'000)};
        CHECK(smac::solve(problem, both).value().objective_eur == doctest::Approx(2.0 * 0.10 + 1.0 * 0.20));
        CHECK(asked == 0);
        problem.evs[0].min_power_w = 1'400; // now 1.6 + 1.4
        CHECK(smac::solve(problem, both).value().objective_eur == doctest::Approx(1.6 * 0.10 + 1.4 * 0.20));
        for (std::uint64_t seed = 0; seed < 30; ++seed) {
            CAPTURE(seed);
            problem = random_problem(seed);
            for (auto& each : problem.evs) each.min_power_w = each.charge_power_w * 0.4;
            const smac::linear_model model = smac::formulate(problem).value();
            const auto best = both.solve(model, {}), known = adapters::glpk().solve(model, {});
            REQUIRE(best);
            REQUIRE(known);
            for (std::size_t k = 0; k < model.tiers.size() && !model.tiers[k].tie_break; ++k)
                CHECK(best->tier_values[k] <= known->tier_values[k] + 1e-5 * (1 + std::abs(known->tier_values[k])));
        }
        CHECK(asked > 0);
    }
}
