#pragma once

#include <stdexcept>

namespace incar::adapters {

// GLPK gave up: what it wanted to print before ending the process.
struct glpk_failure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

namespace detail {
void run_guarded(void (*body)(void*), void* context);
}

// Runs body(), which calls GLPK, and throws glpk_failure where GLPK would have ended the process. GLPK leaves such a
// body by longjmp: nothing with a destructor may live in it. Afterwards the thread's GLPK environment and all that is
// in it are gone.
template <class Body>
void guarded(Body& body) {
    detail::run_guarded([](void* context) { (*static_cast<Body*>(context))(); }, &body);
}

} // namespace incar::adapters
