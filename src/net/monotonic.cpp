#include <incar/net/monotonic.hpp>

namespace incar::net {

monotonic_clock system_monotonic_clock() {
    return [] { return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()); };
}

} // namespace incar::net
