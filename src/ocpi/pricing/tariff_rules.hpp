#pragma once

// A tariff made ready for questions: checked once, its restrictions read, its components by dimension.

#include "ocpi/pricing/restrictions.hpp"

#include <array>
#include <limits>

namespace incar::ocpi::pricing {

// The index of no component and no tariff.
constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

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

struct component {
    std::size_t element = none;
    std::size_t index = none; // in the element
    const v221::price_component* source = nullptr;
    decimal vat; // percent, without trailing zeros; 0 where none is due
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

// Compiles the tariffs; checks that they speak of one currency.
expected<std::vector<tariff_rules>> compile_all(const std::vector<v221::tariff>&, int energy_scale, const policy&);

// The index of the tariff with this id. Errors are without place.
expected<std::size_t> index_of(const std::vector<v221::tariff>&, const id<v221::tariff>&);

} // namespace incar::ocpi::pricing
