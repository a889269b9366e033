// Statements that hold for every problem, tried on random ones.

#include "smac/instances.hpp"
#include "smac/solver_under_test.hpp"

#include <incar/smac/solve.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

using namespace incar;
using namespace incar::test;

namespace {

smac::plan solved(const smac::problem& problem) {
    return smac::solve(problem, solver_under_test()).value();
}

// Sites that can serve everybody: statements about cost alone hold only where nothing is given up.
std::vector<smac::problem> servable(int count, random_shape shape) {
    shape.low_cars = false;
    std::vector<smac::problem> result;
    for (std::uint64_t seed = 1000; static_cast<int>(result.size()) < count; ++seed) {
        smac::problem candidate = random_problem(seed, shape);
        candidate.site.flex_reduction_w.clear();
        if (solved(candidate).unmet.empty()) result.push_back(std::move(candidate));
    }
    return result;
}

double tolerance(double cost) {
    return 1e-6 * (1 + std::abs(cost));
}

} // namespace

TEST_SUITE("solve: properties") {
    TEST_CASE("prices in another currency scale the cost and leave the plan alone") {
        for (smac::problem problem : servable(30, {})) {
            const smac::plan before = solved(problem);
            for (double& price : problem.site.price_eur_per_kwh) price *= 400;
            for (double& price : problem.site.feed_in_price_eur_per_kwh) price *= 400;
            problem.site.opportunity_cost_eur_per_slot *= 400;
            problem.site.ramp_cost_eur_per_kw *= 400;
            const smac::plan after = solved(problem);
            CHECK(std::abs(after.objective_eur / 400 - before.objective_eur) <= tolerance(before.objective_eur));
            for (std::size_t i = 0; i < before.evs.size(); ++i)
                for (std::size_t t = 0; t < before.evs[i].power_w.size(); ++t)
                    CHECK(after.evs[i].power_w[t] ==
                          doctest::Approx(before.evs[i].power_w[t]).epsilon(1e-6).scale(1000));
        }
    }

    TEST_CASE("one more car never lowers the cost") {
        random_shape shape;
        shape.v2g = false;
        shape.cars = 5;
        for (smac::problem problem : servable(30, shape)) {
            const double with_all = solved(problem).objective_eur;
            problem.evs.pop_back();
            const double without_last = solved(problem).objective_eur;
            CHECK(with_all >= without_last - tolerance(with_all));
        }
    }

    TEST_CASE("a wider limit never raises the cost and never the shortfall") {
        random_shape shape;
        shape.tight_limit = true;
        for (std::uint64_t seed = 0; seed < 60; ++seed) {
            CAPTURE(seed);
            smac::problem problem = random_problem(seed, shape);
            const smac::plan before = solved(problem);
            problem.site.max_power_w *= 1.3;
            problem.site.min_power_w *= 1.3;
            const smac::plan after = solved(problem);
            double missing_before = 0, missing_after = 0;
            for (const auto& each : before.evs) missing_before += each.unmet_wh;
            for (const auto& each : after.evs) missing_after += each.unmet_wh;
            if (before.unmet.empty())
                CHECK(after.objective_eur <= before.objective_eur + tolerance(before.objective_eur));
            else if (std::none_of(before.unmet.begin(), before.unmet.end(),
                                  [](const auto& each) { return each.what.find("target") == std::string::npos; }))
                CHECK(missing_after <= missing_before + 0.01);
        }
    }

    TEST_CASE("the order of the devices does not matter: the plan follows the names") {
        std::mt19937 engine(7);
        random_shape shape;
        shape.cars = 6;
        shape.batteries = 2;
        for (std::uint64_t seed = 0; seed < 40; ++seed) {
            smac::problem problem = random_problem(seed, shape);
            if (seed % 2 == 0) { // twins differ in their name alone
                problem.evs[1] = problem.evs[0];
                problem.evs[1].id = "twin";
            }
            const smac::plan before = solved(problem);
            smac::problem shuffled = problem;
            std::shuffle(shuffled.evs.begin(), shuffled.evs.end(), engine);
            std::shuffle(shuffled.batteries.begin(), shuffled.batteries.end(), engine);
            const smac::plan after = solved(shuffled);
            CHECK(after.objective_eur == before.objective_eur);
            for (std::size_t i = 0; i < after.evs.size(); ++i) {
                CHECK(after.evs[i].id == shuffled.evs[i].id);
                const auto same = std::find_if(before.evs.begin(), before.evs.end(),
                                               [&](const auto& each) { return each.id == after.evs[i].id; });
                CHECK(same->power_w == after.evs[i].power_w);
            }
        }
    }

    TEST_CASE("the same problem gives the same plan to the bit") {
        for (std::uint64_t seed = 0; seed < 10; ++seed) {
            const smac::problem problem = random_problem(seed);
            const smac::plan first = solved(problem);
            const smac::plan again = solved(problem);
            CHECK(first.objective_eur == again.objective_eur);
            for (std::size_t i = 0; i < first.evs.size(); ++i) CHECK(first.evs[i].power_w == again.evs[i].power_w);
        }
    }

    TEST_CASE("slots cut in half cost the same or less") {
        random_shape shape;
        shape.low_cars = false;
        for (smac::problem problem : servable(10, shape)) {
            problem.site.opportunity_cost_eur_per_slot = 0;
            problem.site.ramp_cost_eur_per_kw = 0;
            smac::problem fine = problem;
            fine.slot_minutes /= 2;
            fine.slots *= 2;
            const auto doubled = [](const std::vector<double>& series, double factor) {
                std::vector<double> result;
                for (const double value : series) result.insert(result.end(), 2, value * factor);
                return result;
            };
            fine.site.price_eur_per_kwh = doubled(problem.site.price_eur_per_kwh, 1);
            fine.site.feed_in_price_eur_per_kwh = doubled(problem.site.feed_in_price_eur_per_kwh, 1);
            fine.site.demand_wh = doubled(problem.site.demand_wh, 0.5);
            fine.site.production_wh = doubled(problem.site.production_wh, 0.5);
            for (smac::ev& each : fine.evs) {
                each.arrival_slot *= 2;
                each.departure_slot *= 2;
            }
            const double coarse_cost = solved(problem).objective_eur;
            CHECK(solved(fine).objective_eur <= coarse_cost + tolerance(coarse_cost));
        }
    }
}
