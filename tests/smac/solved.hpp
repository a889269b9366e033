#pragma once

// A plan of the solver under test that has passed the independent checker.

#include "smac/feasibility.hpp"
#include "smac/solver_under_test.hpp"

#include <incar/smac/solve.hpp>

#include <doctest/doctest.h>

namespace incar::test {

inline smac::plan solved(const smac::problem& problem) {
    const auto answer = smac::solve(problem, solver_under_test());
    REQUIRE_MESSAGE(answer, (answer ? "" : format(answer.error())));
    for (const std::string& fault : faults(problem, *answer)) FAIL_CHECK(fault);
    return *answer;
}

} // namespace incar::test
