#pragma once

/// \file
/// Where a host takes the time from: the system's clock, or one set by hand in a test.
///
///     manual_clock time(timestamp::parse("2026-01-02T03:04:05Z").value());
///     host server(time.as_clock());       // in production: host server(system_clock())
///     time.advance(std::chrono::minutes(5));
///
/// Clocks are for hosts and adapters. A core takes the time as an argument, or a clock among the ports it is given; it
/// never asks the system by itself.

#include <incar/core/export.hpp>
#include <incar/core/timestamp.hpp>

#include <chrono>
#include <functional>

namespace incar {

/// Tells the time. Write `incar::clock` next to `using namespace incar`, as C has a function `clock` too.
using clock = std::function<timestamp()>;

/// The clock of the operating system, which may be set forward and back. Safe to use from many threads at a time.
INCAR_CORE_EXPORT clock system_clock();

/// A clock that stands still until it is set. Used by one thread at a time, together with the clocks taken from it.
class manual_clock {
public:
    explicit manual_clock(timestamp start = {}) noexcept : now_(start) {}
    manual_clock(const manual_clock&) = delete;
    manual_clock& operator=(const manual_clock&) = delete;

    timestamp now() const noexcept { return now_; }

    /// Forward or back.
    void set(timestamp now) noexcept { now_ = now; }
    void advance(std::chrono::milliseconds step) noexcept { now_ += step; }

    /// A clock that shows what this one is set to. It must not be used after this object is gone.
    clock as_clock() const {
        return [this] { return now_; };
    }

private:
    timestamp now_;
};

} // namespace incar
