#pragma once

/// \file
/// Time that only goes forward, for durations and rates; `incar::clock` is the one for dates.

#include <incar/net/export.hpp>

#include <chrono>
#include <functional>

namespace incar::net {

/// The time since some moment that stays the same while the process runs.
using monotonic_clock = std::function<std::chrono::nanoseconds()>;

/// The operating system's, which no one sets. Safe to use from many threads at a time.
INCAR_NET_EXPORT monotonic_clock system_monotonic_clock();

} // namespace incar::net
