#pragma once

// A tariff made ready for questions: checked once, its texts read, its energies as whole numbers.

#include <incar/core/json.hpp>
#include <incar/ocpi/pricing.hpp>

#include <array>
#include <limits>

namespace incar::ocpi::pricing {

// The index of no component and no tariff.
constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

constexpr std::int64_t day_length = 86'400'000; // ms

// What a hostile partner can make us do at most.
constexpr std::size_t max_elements = 500;
constexpr std::int64_t max_events = 100'000;

enum class phase : std::uint8_t { session, used_reservation, expired_reservation };

// What holds at an instant, as far as restrictions ask.
struct conditions {
    pricing::phase phase = phase::session;
    std::int64_t day = 0;          // local, since 1970-01-01
    std::int64_t milliseconds = 0; // of the local clock since 00:00
    std::int64_t energy = 0;       // of the session so far, in 10^-energy_scale kWh
    bool falling = false;          // energy runs backwards: a moment later it is below `energy`
    std::int64_t duration = 0;     // ms
    std::int64_t charged = 0;      // ms of charging so far
    std::int64_t parked = 0;       // ms of parking so far
    const decimal* power = nullptr;
    const decimal* current = nullptr; // null: unknown
};

template <class T>
struct range {
    std::optional<T> from;  // included
    std::optional<T> until; // excluded
    bool holds(const T& value) const { return (!from || !(value < *from)) && (!until || value < *until); }
};

struct restriction {
    std::optional<v221::reservation_restriction_type> reservation;
    std::optional<range<std::int64_t>> time_of_day; // ms; wraps when `until` is before `from`
    range<std::int64_t> days;
    unsigned weekdays = 0x7f; // bit 0: Monday
    range<std::int64_t> energy;
    range<std::int64_t> duration; // ms
    range<decimal> power;
    range<decimal> current;
};

struct component {
    std::size_t element = none;
    std::size_t index = none; // in the element
    const v221::price_component* source = nullptr;
};

constexpr std::size_t dimension_count = 4; // of v221::tariff_dimension_type

// The component that applies to each dimension, as an index in `tariff_rules::components`, and last a second FLAT that
// is due when a reservation expires (expired_flat_rule::added).
using choice = std::array<std::size_t, dimension_count + 1>;
constexpr choice no_choice = {none, none, none, none, none};

struct tariff_rules {
    const v221::tariff* source = nullptr;
    std::vector<restriction> restrictions;              // one an element
    std::vector<component> components[dimension_count]; // in order of elements
    bool uses_local_time = false;
    bool uses_power = false;
    bool uses_current = false;

    // Where an answer can change.
    std::vector<std::int64_t> times_of_day; // ms, sorted
    std::vector<std::int64_t> energies;     // sorted
    std::vector<std::int64_t> durations;    // ms, sorted
    std::vector<decimal> powers;            // sorted
    std::vector<decimal> currents;          // sorted

    // The first component of each dimension whose element's restrictions hold.
    choice choose(const conditions&, const policy&) const;

    const component& at(v221::tariff_dimension_type type, std::size_t which) const {
        return components[static_cast<std::size_t>(type)][which];
    }
};

// The decimals that the tariff's restrictions on energy have.
int energy_decimals(const v221::tariff&);

expected<tariff_rules> compile(const v221::tariff&, const json::pointer& where, int energy_scale, const policy&);

// decimal as a whole number of 10^-scale; errc::overflow, errc::out_of_range when it has more decimals, both without
// place.
expected<std::int64_t> whole(const decimal&, int scale);

// The failure, at this place.
error at(const json::pointer& where, error failure);

} // namespace incar::ocpi::pricing
