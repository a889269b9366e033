#pragma once

#include <incar/core/expected.hpp>
#include <incar/core/timestamp.hpp>

#include <cstdint>

namespace incar::calendar {

constexpr std::int64_t milliseconds_per_day = 86'400'000;

/// Days since 1970-01-01 in the proleptic Gregorian calendar, and back: Howard Hinnant's algorithms.
std::int64_t days_from_date(std::int64_t year, std::int64_t month, std::int64_t day) noexcept;
void date_from_days(std::int64_t days, civil_time& date) noexcept;

/// Checks each member against its range, the year against the one given.
expected<void> check(const civil_time& time, int first_year, int last_year);

} // namespace incar::calendar
