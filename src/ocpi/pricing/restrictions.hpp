#pragma once

// The restrictions of a tariff element, read once: dates and times of day as numbers, energies as whole numbers.

#include <incar/core/json.hpp>
#include <incar/ocpi/pricing.hpp>

namespace incar::ocpi::pricing {

constexpr std::int64_t day_length = 86'400'000; // ms

template <class T>
struct range {
    std::optional<T> from;  // included
    std::optional<T> until; // excluded
    bool holds(const T& value) const { return (!from || !(value < *from)) && (!until || value < *until); }
};

struct restriction {
    std::optional<v221::reservation_restriction_type> reservation;
    std::optional<range<std::int64_t>> time_of_day; // ms; wraps when `until` is before `from`
    range<std::int64_t> days;                       // since 1970-01-01
    unsigned weekdays = 0x7f;                       // bit 0: Monday
    range<std::int64_t> energy;                     // 10^-energy_scale kWh
    range<std::int64_t> duration;                   // ms
    range<decimal> power;
    range<decimal> current;
};

// The places of errors are relative to the restrictions.
expected<restriction> read(const v221::tariff_restrictions&, int energy_scale);

// decimal as a whole number of 10^-scale; errc::overflow, errc::out_of_range when it has more decimals, both without
// place.
expected<std::int64_t> whole(const decimal&, int scale);

// The failure, with this before its place.
error at(const json::pointer& where, error failure);
error at(const char* where, error failure);

} // namespace incar::ocpi::pricing
