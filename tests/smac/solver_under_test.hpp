#pragma once

// The solver under test: this folder's tests are built once with incar's own and once with GLPK.

#ifdef INCAR_TEST_GLPK
#    include <incar/adapters/glpk.hpp>
#else
#    include <incar/smac/interior_point.hpp>
#endif

#include <cmath>
#include <ostream>
#include <vector>

namespace incar::test {

// A series known by hand, in W or Wh: equal to ten microwatts. Plans are rounded to one.
struct watts {
    std::vector<double> values;

    watts(std::initializer_list<double> given) : values(given) {}
    friend bool operator==(const std::vector<double>& found, const watts& known) {
        bool same = found.size() == known.values.size();
        for (std::size_t t = 0; same && t < found.size(); ++t) same = std::abs(found[t] - known.values[t]) <= 1e-5;
        return same;
    }
};

inline smac::solver solver_under_test() {
#ifdef INCAR_TEST_GLPK
    return adapters::glpk();
#else
    return smac::interior_point();
#endif
}

} // namespace incar::test
