#pragma once

#include <chrono>
#include <stdexcept>

namespace incar::adapters {

// GLPK gave up: what it wanted to print before ending the process.
struct glpk_failure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// GLPK was still complaining when its time was over.
struct glpk_timeout : glpk_failure {
    using glpk_failure::glpk_failure;
};

using deadline = std::chrono::steady_clock::time_point;

namespace detail {
void run_guarded(void (*body)(void*), void* context, deadline end);
}

// Runs body(), which calls GLPK, and throws glpk_failure where GLPK would have ended the process. Past the deadline the
// next warning of GLPK ends it with glpk_timeout: branch-and-bound looks at the time between its nodes only, and inside
// one the simplex method can circle for ever, warning at each turn. GLPK leaves such a body by longjmp: nothing with a
// destructor may live in it. Afterwards the thread's GLPK environment and all that is in it are gone.
template <class Body>
void guarded(Body& body, deadline end = deadline::max()) {
    detail::run_guarded([](void* context) { (*static_cast<Body*>(context))(); }, &body, end);
}

} // namespace incar::adapters
