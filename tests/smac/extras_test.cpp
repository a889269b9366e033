// Random problems with everything that a problem can hold.

#include "smac/feasibility.hpp"
#include "smac/instances.hpp"
#include "smac/solved.hpp"
#include "smac/solver_under_test.hpp"

#include <incar/smac/solve.hpp>

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::test;

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
