// Random problems with everything that a problem can hold.

#include "smac/feasibility.hpp"
#include "smac/instances.hpp"
#include "smac/solver_under_test.hpp"

#include <incar/smac/solve.hpp>

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::test;

namespace {

smac::plan solved(const smac::problem& problem) {
    const auto answer = smac::solve(problem, solver_under_test());
    REQUIRE_MESSAGE(answer, (answer ? "" : format(answer.error())));
    for (const std::string& fault : faults(problem, *answer)) FAIL_CHECK(fault);
    return *answer;
}

} // namespace

TEST_SUITE("all at once") {
    TEST_CASE("every plan of a random site keeps what it was asked and costs what it says") {
        for (std::uint64_t seed = 0; seed < 150; ++seed) {
            CAPTURE(seed);
            random_shape shape;
            shape.extras = true;
            shape.tight_limit = seed % 3 == 0;
            shape.negative_prices = seed % 4 == 0;
            solved(random_problem(seed, shape));
        }
    }
}
