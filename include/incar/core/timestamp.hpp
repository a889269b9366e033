#pragma once

/// \file
/// An instant in UTC with millisecond resolution, its RFC 3339 text, and the calendar.
///
///     const timestamp start = timestamp::parse("2026-01-02T03:04:05Z").value();
///     const timestamp end = start + std::chrono::minutes(90);
///     std::cout << format(end) << '\n';                  // 2026-01-02T04:34:05Z
///     if (to_civil(end).hour < 6) std::cout << "night\n";
///
/// Days have 86 400 seconds: leap seconds are not counted, as in Unix time. Local times are the business of
/// `time_zone`.

#include <incar/core/expected.hpp>
#include <incar/core/export.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace incar {

/// An instant between 0000-01-01T00:00:00Z and 9999-12-31T23:59:59.999Z (proleptic Gregorian calendar), so that each
/// has a text. A plain value of eight bytes; the default is 1970-01-01T00:00:00Z.
///
/// Arithmetic takes a `std::chrono` duration of whole milliseconds or coarser. It never leaves the range: a result
/// before `min()` is `min()`, one after `max()` is `max()`, which makes `timestamp::max()` a dependable "never".
class timestamp {
public:
    constexpr timestamp() noexcept = default;

    /// The instant so long after 1970-01-01T00:00:00Z (before it when negative), kept within `min()` and `max()`.
    constexpr explicit timestamp(std::chrono::milliseconds since_1970) noexcept
        : since_1970_(clamped(since_1970.count())) {}

    /// Reads a date and time as in RFC 3339 section 5.6: "2026-01-02T03:04:05Z", "2026-01-02 04:04:05.25+01:00".
    ///
    /// - `T` may be `t` or a space, `Z` may be `z`. Without `Z` or an offset the time is UTC, as OCPI has it.
    /// - Any number of fraction digits; what follows the millisecond is cut off, that is, moved towards the past.
    /// - The leap second, 23:59:60 in UTC, is read as the midnight that follows, whatever its fraction.
    ///   Any other second 60 is refused, and so is hour 24.
    ///
    /// Errors: `errc::malformed` for a text that is no such date and time, 30 February included; `errc::out_of_range`
    /// when the offset or the leap second carries a well-formed text out of the years 0000 to 9999 in UTC.
    static INCAR_CORE_EXPORT expected<timestamp> parse(std::string_view text);

    /// 0000-01-01T00:00:00Z, the first instant there is.
    static constexpr timestamp min() noexcept { return timestamp(std::chrono::milliseconds(first)); }

    /// 9999-12-31T23:59:59.999Z, the last instant there is.
    static constexpr timestamp max() noexcept { return timestamp(std::chrono::milliseconds(last)); }

    /// The time since 1970-01-01T00:00:00Z, negative before.
    constexpr std::chrono::milliseconds since_1970() const noexcept { return std::chrono::milliseconds(since_1970_); }

    constexpr timestamp& operator+=(std::chrono::milliseconds step) noexcept { return *this = *this + step; }
    constexpr timestamp& operator-=(std::chrono::milliseconds step) noexcept { return *this = *this - step; }

    friend constexpr timestamp operator+(timestamp at, std::chrono::milliseconds step) noexcept {
        if (step.count() > last - at.since_1970_) return max();
        if (step.count() < first - at.since_1970_) return min();
        return timestamp(at.since_1970() + step);
    }
    friend constexpr timestamp operator+(std::chrono::milliseconds step, timestamp at) noexcept { return at + step; }
    friend constexpr timestamp operator-(timestamp at, std::chrono::milliseconds step) noexcept {
        if (step.count() < at.since_1970_ - last) return max();
        if (step.count() > at.since_1970_ - first) return min();
        return timestamp(at.since_1970() - step);
    }
    friend constexpr std::chrono::milliseconds operator-(timestamp left, timestamp right) noexcept {
        return left.since_1970() - right.since_1970();
    }

    friend constexpr bool operator==(timestamp left, timestamp right) noexcept {
        return left.since_1970_ == right.since_1970_;
    }
    friend constexpr bool operator!=(timestamp left, timestamp right) noexcept { return !(left == right); }
    friend constexpr bool operator<(timestamp left, timestamp right) noexcept {
        return left.since_1970_ < right.since_1970_;
    }
    friend constexpr bool operator>(timestamp left, timestamp right) noexcept { return right < left; }
    friend constexpr bool operator<=(timestamp left, timestamp right) noexcept { return !(right < left); }
    friend constexpr bool operator>=(timestamp left, timestamp right) noexcept { return !(left < right); }

private:
    static constexpr std::int64_t first = -62'167'219'200'000;
    static constexpr std::int64_t last = 253'402'300'799'999;

    static constexpr std::int64_t clamped(std::int64_t milliseconds) noexcept {
        return milliseconds < first ? first : milliseconds > last ? last : milliseconds;
    }

    std::int64_t since_1970_ = 0;
};

/// "2026-01-02T03:04:05Z", or "2026-01-02T03:04:05.120Z" when the milliseconds are not zero.
/// `timestamp::parse` reads it back as the same instant.
INCAR_CORE_EXPORT std::string format(timestamp at);

/// A date and a time of day as a calendar and a clock show them; whose clock is for the context to say.
struct civil_time {
    int year = 1970;     ///< Proleptic Gregorian; 0 is the year before 1.
    int month = 1;       ///< 1 to 12.
    int day = 1;         ///< 1 to the length of the month.
    int hour = 0;        ///< 0 to 23.
    int minute = 0;      ///< 0 to 59.
    int second = 0;      ///< 0 to 59.
    int millisecond = 0; ///< 0 to 999.
};

INCAR_CORE_EXPORT bool operator==(const civil_time& left, const civil_time& right) noexcept;
INCAR_CORE_EXPORT bool operator!=(const civil_time& left, const civil_time& right) noexcept;
/// Earlier on the same clock.
INCAR_CORE_EXPORT bool operator<(const civil_time& left, const civil_time& right) noexcept;

/// The date and time in UTC.
INCAR_CORE_EXPORT civil_time to_civil(timestamp at) noexcept;

/// The instant of a date and time in UTC. Fails with `errc::out_of_range` and the member's name ("/day") when a member
/// lies outside its range, the year outside 0 to 9999.
INCAR_CORE_EXPORT expected<timestamp> from_civil(const civil_time& utc);

/// The days of the week, numbered as in ISO 8601 but from 0.
enum class weekday { monday, tuesday, wednesday, thursday, friday, saturday, sunday };

/// The day of the week in UTC.
INCAR_CORE_EXPORT weekday weekday_of(timestamp at) noexcept;

/// The day of the week of a date, whose members must be within their ranges.
INCAR_CORE_EXPORT weekday weekday_of(const civil_time& date) noexcept;

} // namespace incar

template <>
struct std::hash<incar::timestamp> {
    std::size_t operator()(incar::timestamp at) const noexcept {
        return std::hash<std::int64_t>{}(at.since_1970().count());
    }
};
