#pragma once

// A stretch of a session in which only time and energy move, and the instants inside it at which another price can
// begin.

#include "ocpi/pricing/tariff_rules.hpp"

namespace incar::ocpi::pricing {

// Local dates and times of day, fast for instants that follow each other. Without a zone it must not be asked.
class local_clock {
public:
    explicit local_clock(const std::optional<time_zone>& zone) : zone_(zone ? &*zone : nullptr) {}

    // Local minus UTC in ms, and until when.
    std::int64_t offset(std::int64_t at);
    std::int64_t valid_until() const { return until_; }

private:
    const time_zone* zone_;
    std::int64_t from_ = 1, until_ = 0, offset_ = 0;
};

struct stretch {
    std::int64_t begin = 0, end = 0;               // ms since 1970
    std::int64_t energy_begin = 0, energy_end = 0; // of the session so far
    pricing::phase phase = phase::session;
    bool charges = false, parks = false;
    std::int64_t origin = 0;  // where the duration starts
    std::int64_t charged = 0; // ms of charging before `begin`
    std::int64_t parked = 0;
    const decimal* power = nullptr;
    const decimal* current = nullptr;
};

struct event {
    std::int64_t at = 0;
    std::int64_t energy = 0;
};

std::int64_t energy_at(const stretch&, std::int64_t at);

conditions conditions_at(const stretch&, const event&, const tariff_rules&, local_clock&);

// Add the events strictly inside the stretch that the tariff's restrictions ask about, unsorted: those that the clock
// tells, and those at which an energy is reached.
void add_instants(const stretch&, const tariff_rules&, const policy&, local_clock&, std::vector<event>& to);
void add_energies(const stretch&, const tariff_rules&, std::vector<event>& to);

// How far a choice reaches: to stretches of the same kind that stay between the events around the one it was made at.
struct reach {
    std::int64_t from = 0, until = 0; // ms since 1970
    std::int64_t energy_from = 0, energy_until = 0;
    pricing::phase phase = phase::session;
    bool charges = false, parks = false;
    std::int64_t origin = 0;

    bool covers_begin(const stretch&) const;
    bool covers(const stretch&) const;
};

// Nowhere when the tariff asks for more than the reach tells.
reach reach_of(const stretch&, const event&, const tariff_rules&, const policy&, local_clock&);

// Whether so many ms have more events than a bill should.
bool too_long(const tariff_rules&, std::int64_t milliseconds);

// In order, each once.
void sort_events(const stretch&, std::vector<event>&);

} // namespace incar::ocpi::pricing
