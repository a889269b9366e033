#include "smac/instances.hpp"
#include "smac/solver_under_test.hpp"

#include <incar/smac/solve.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <cmath>
#include <limits>
#include <random>
#include <thread>

using namespace incar;
using namespace incar::test;
using smac::linear_model;

namespace {

// minimise -x - y subject to x + 2 y <= 4, 3 x + y <= 6, x and y in 0..10: x = 1.6, y = 1.2
linear_model textbook() {
    linear_model model;
    model.columns = {{0, 10}, {0, 10}};
    model.rows = {{-HUGE_VAL, 4}, {-HUGE_VAL, 6}};
    model.entries = {{0, 0, 1}, {0, 1, 2}, {1, 0, 3}, {1, 1, 1}};
    model.tiers = {{"profit", {{0, -1}, {1, -1}}, false}};
    return model;
}

smac::solution solved(const linear_model& model, const smac::solve_options& options = {}) {
    const auto found = solver_under_test().solve(model, options);
    REQUIRE_MESSAGE(found, (found ? "" : format(found.error())));
    return *found;
}

// One way in which a model can be broken, chosen by a number.
void spoil(linear_model& model, unsigned way, std::mt19937& engine) {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    const auto any = [&](auto& list) -> auto& {
        return list[std::uniform_int_distribution<std::size_t>(0, list.size() - 1)(engine)];
    };
    switch (way % 16) {
    case 0: any(model.columns).lower = nan; break;
    case 1: any(model.columns).upper = HUGE_VAL; break;
    case 2: any(model.columns) = {2, 1}; break;
    case 3: any(model.rows).lower = nan; break;
    case 4: any(model.rows) = {5, 4}; break;
    case 5: any(model.rows) = {HUGE_VAL, HUGE_VAL}; break;
    case 6: any(model.entries).row = -1; break;
    case 7: any(model.entries).row = static_cast<int>(model.rows.size()); break;
    case 8: any(model.entries).column = static_cast<int>(model.columns.size()) + 1000; break;
    case 9: any(model.entries).value = -HUGE_VAL; break;
    case 10: model.entries.push_back(model.entries.front()); break;
    case 11: any(model.tiers).terms.push_back({-7, 1}); break;
    case 12: any(model.tiers).terms.push_back({0, nan}); break;
    case 13: model.tiers.clear(); break;
    case 14: model.exclusive.push_back({0, static_cast<int>(model.columns.size())}); break;
    default: model.semicontinuous.push_back({0, nan}); break;
    }
}

} // namespace

TEST_SUITE("solver contract") {
    TEST_CASE("a textbook model reaches its known optimum") {
        const smac::solution found = solved(textbook());
        CHECK(found.columns[0] == doctest::Approx(1.6));
        CHECK(found.columns[1] == doctest::Approx(1.2));
        CHECK(found.tier_values[0] == doctest::Approx(-2.8));
        CHECK(found.gap == 0);
    }

    TEST_CASE("a later tier chooses among the optima of the earlier ones and never beyond") {
        linear_model model; // x + y = 3 at any split costs the same; then x is to be large; then nothing is left
        model.columns = {{0, 2}, {0, 5}};
        model.rows = {{3, 10}};
        model.entries = {{0, 0, 1}, {0, 1, 1}};
        model.tiers = {{"least", {{0, 1}, {1, 1}}, false}, {"second", {{0, -1}}, false}, {"third", {{1, -1}}, false}};
        const smac::solution found = solved(model);
        CHECK(found.columns[0] == doctest::Approx(2));
        CHECK(found.columns[1] == doctest::Approx(1));
    }

    TEST_CASE("an exclusive pair and a semicontinuous column hold in the answer and cost what they must") {
        linear_model model = textbook();
        model.exclusive = {{0, 1}};
        smac::solution found = solved(model); // (2, 0) or (0, 2)
        CHECK(found.tier_values[0] == doctest::Approx(-2));
        CHECK(std::min(found.columns[0], found.columns[1]) <= 1e-7);

        model = textbook();
        model.semicontinuous = {{1, 1.5}}; // y is 0 or at least 1.5: then x <= 1
        found = solved(model);
        CHECK(found.tier_values[0] == doctest::Approx(-2.5));
        CHECK(found.columns[1] == doctest::Approx(1.5));
    }

    TEST_CASE("a model without solution or without time is an error") {
        linear_model model = textbook();
        model.rows.push_back({21, 22});
        model.entries.push_back({2, 0, 1});
        model.entries.push_back({2, 1, 1});
        CHECK(solver_under_test().solve(model, {}).error().code == errc::unavailable);
        CHECK(solver_under_test().solve(textbook(), {std::chrono::milliseconds(0), 1e-6}).error().where ==
              "/time_limit");
        CHECK(solver_under_test().solve(textbook(), {std::chrono::seconds(1), 2}).error().where == "/gap");
    }

    TEST_CASE("an empty model is solved") {
        linear_model model;
        model.tiers = {{"nothing", {}, false}};
        CHECK(solved(model).columns.empty());
    }

    TEST_CASE("when time runs out a whole-number model still gets an answer that keeps its conditions") {
        random_shape shape;
        shape.slots = 48;
        shape.cars = 12;
        shape.tight_limit = true;
        smac::problem problem = random_problem(5, shape);
        for (auto& each : problem.evs) each.min_power_w = each.charge_power_w * 0.6;
        smac::solve_options hurried;
        hurried.time_limit = std::chrono::seconds(2);
        const auto plan = smac::solve(problem, solver_under_test(), hurried);
        REQUIRE_MESSAGE(plan, (plan ? "" : format(plan.error())));
        CHECK(plan->solver.seconds < 30);
        for (std::size_t i = 0; i < plan->evs.size(); ++i)
            for (const double watts : plan->evs[i].power_w)
                CHECK((watts < 0.02 || watts > problem.evs[i].min_power_w - 0.02));
    }

    TEST_CASE("a hundred broken models are refused with a place and harm nobody") {
        std::mt19937 engine(3);
        for (unsigned way = 0; way < 100; ++way) {
            CAPTURE(way);
            linear_model model = smac::formulate(random_problem(way)).value();
            spoil(model, way, engine);
            const auto found = solver_under_test().solve(model, {});
            REQUIRE_FALSE(found);
            CHECK_FALSE(found.error().where.empty());
            CHECK(solved(textbook()).tier_values[0] == doctest::Approx(-2.8));
        }
    }

    TEST_CASE("a thousand solves on four threads agree with one thread and leave nothing behind") {
        std::vector<smac::problem> problems;
        std::vector<double> expected_costs;
        for (std::uint64_t seed = 0; seed < 25; ++seed) {
            problems.push_back(random_problem(seed));
            expected_costs.push_back(smac::solve(problems.back(), solver_under_test()).value().objective_eur);
        }
        std::atomic<int> done{0}, wrong{0};
        std::vector<std::thread> workers;
        for (unsigned worker = 0; worker < 4; ++worker)
            workers.emplace_back([&, worker] {
                std::mt19937 engine(worker);
                for (int k = 0; k < 250; ++k) {
                    const std::size_t which = (static_cast<std::size_t>(k) * 7 + worker) % problems.size();
                    const auto plan = smac::solve(problems[which], solver_under_test());
                    if (!plan || plan->objective_eur != expected_costs[which]) ++wrong;
                    if (k % 10 == 0) { // broken ones in between
                        linear_model broken = smac::formulate(problems[which]).value();
                        spoil(broken, static_cast<unsigned>(k / 10), engine);
                        if (solver_under_test().solve(broken, {})) ++wrong;
                    }
                    ++done;
                }
            });
        for (std::thread& each : workers) each.join();
        CHECK(done == 1000);
        CHECK(wrong == 0);
    }
}
