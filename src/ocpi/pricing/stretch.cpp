#include "ocpi/pricing/exact.hpp"
#include "ocpi/pricing/stretch.hpp"

#include <algorithm>
#include <limits>

namespace incar::ocpi::pricing {
namespace {

std::int64_t floor_of(int128 dividend, int128 divisor) {
    const int128 quotient = dividend / divisor;
    return static_cast<std::int64_t>(dividend % divisor < 0 ? quotient - 1 : quotient);
}

std::int64_t day_of(std::int64_t milliseconds) {
    return milliseconds / day_length - (milliseconds % day_length < 0 ? 1 : 0);
}

constexpr std::int64_t farthest = std::numeric_limits<std::int64_t>::max();

std::optional<std::int64_t> next_after(const std::vector<std::int64_t>& sorted, std::int64_t number) {
    const auto next = std::upper_bound(sorted.begin(), sorted.end(), number);
    if (next == sorted.end()) return std::nullopt;
    return *next;
}

bool is_inside(const stretch& of, std::int64_t at) {
    return of.begin < at && at < of.end;
}

void add_times_of_day(const stretch& of, const tariff_rules& rules, local_clock& clock, std::vector<event>& to) {
    for (std::int64_t at = of.begin; at < of.end;) {
        const std::int64_t offset = clock.offset(at);
        const std::int64_t until = std::min(of.end, clock.valid_until());
        for (std::int64_t day = day_of(at + offset); day * day_length - offset < until; ++day)
            for (const std::int64_t time : rules.times_of_day) {
                const std::int64_t instant = day * day_length + time - offset;
                if (instant >= at && instant < until && is_inside(of, instant))
                    to.push_back({instant, energy_at(of, instant)});
            }
        if (is_inside(of, until)) to.push_back({until, energy_at(of, until)});
        at = until;
    }
}

void add_durations(const stretch& of, const tariff_rules& rules, const policy& how, std::vector<event>& to) {
    const auto add = [&](std::int64_t origin) {
        for (const std::int64_t duration : rules.durations)
            if (is_inside(of, origin + duration)) to.push_back({origin + duration, energy_at(of, origin + duration)});
    };
    add(of.origin);
    if (how.duration != duration_rule::same_kind || of.phase != phase::session) return;
    if (of.charges) add(of.begin - of.charged);
    if (of.parks) add(of.begin - of.parked);
}

} // namespace

std::int64_t local_clock::offset(std::int64_t at) {
    if (at < from_ || at >= until_) {
        const timestamp now{std::chrono::milliseconds(at)};
        offset_ = zone_->to_local(now).utc_offset.count() * 1000;
        from_ = at;
        until_ = zone_->next_transition(now).value_or(timestamp::max()).since_1970().count();
    }
    return offset_;
}

std::int64_t energy_at(const stretch& of, std::int64_t at) {
    if (of.energy_begin == of.energy_end || at <= of.begin) return of.energy_begin;
    const int128 rise = static_cast<int128>(of.energy_end - of.energy_begin) * (at - of.begin);
    return of.energy_begin + floor_of(rise, of.end - of.begin);
}

conditions conditions_at(const stretch& of, const event& now, const tariff_rules& rules, local_clock& clock) {
    conditions at;
    at.phase = of.phase;
    at.energy = now.energy;
    at.falling = of.energy_end < of.energy_begin;
    at.duration = now.at - of.origin;
    at.charged = of.charged + (of.charges ? now.at - of.begin : 0);
    at.parked = of.parked + (of.parks ? now.at - of.begin : 0);
    at.power = of.power;
    at.current = of.current;
    if (rules.uses_local_time) {
        const std::int64_t local = now.at + clock.offset(now.at);
        at.day = day_of(local);
        at.milliseconds = local - at.day * day_length;
    }
    return at;
}

void add_instants(const stretch& of, const tariff_rules& rules, const policy& how, local_clock& clock,
                  std::vector<event>& to) {
    if (rules.uses_local_time) add_times_of_day(of, rules, clock, to);
    if (!rules.durations.empty()) add_durations(of, rules, how, to);
}

void add_energies(const stretch& of, const tariff_rules& rules, std::vector<event>& to) {
    const std::int64_t low = std::min(of.energy_begin, of.energy_end), high = std::max(of.energy_begin, of.energy_end);
    const std::int64_t length = of.end - of.begin;
    const auto first = std::upper_bound(rules.energies.begin(), rules.energies.end(), low);
    for (auto level = first; level != rules.energies.end() && *level < high; ++level) {
        const int128 done = static_cast<int128>(*level - of.energy_begin) * length;
        const int128 whole_rise = of.energy_end - of.energy_begin;
        const bool rises = whole_rise > 0;
        // Rising: the first ms at which the level is reached. Falling: the last.
        const std::int64_t after = rises ? -floor_of(-done, whole_rise) : floor_of(-done, -whole_rise);
        to.push_back({of.begin + after, *level});
    }
}

bool reach::covers_begin(const stretch& of) const {
    return from <= of.begin && of.begin < until && energy_from <= of.energy_begin && of.energy_begin < energy_until &&
           of.energy_begin <= of.energy_end && phase == of.phase && charges == of.charges && parks == of.parks &&
           origin == of.origin;
}

bool reach::covers(const stretch& of) const {
    return covers_begin(of) && of.end <= until && of.energy_end <= energy_until;
}

reach reach_of(const stretch& of, const event& now, const tariff_rules& rules, const policy& how, local_clock& clock) {
    reach found{now.at, farthest, -farthest, farthest, of.phase, of.charges, of.parks, of.origin};
    const bool own_clocks = how.duration == duration_rule::same_kind && !rules.durations.empty();
    if (rules.uses_power || rules.uses_current || own_clocks || of.energy_end < of.energy_begin) return {};
    if (rules.uses_local_time) {
        const std::int64_t local = now.at + clock.offset(now.at);
        const std::int64_t midnight = day_of(local) * day_length;
        const std::int64_t next = next_after(rules.times_of_day, local - midnight).value_or(day_length);
        found.until = std::min(now.at + (midnight + next - local), clock.valid_until());
    }
    if (const auto next = next_after(rules.durations, now.at - of.origin))
        found.until = std::min(found.until, of.origin + *next);
    const auto above = std::upper_bound(rules.energies.begin(), rules.energies.end(), now.energy);
    if (above != rules.energies.end()) found.energy_until = *above;
    if (above != rules.energies.begin()) found.energy_from = above[-1];
    return found;
}

bool too_long(const tariff_rules& rules, std::int64_t milliseconds) {
    return milliseconds / day_length * static_cast<std::int64_t>(rules.times_of_day.size()) > max_events;
}

void sort_events(const stretch& of, std::vector<event>& events) {
    const bool falls = of.energy_end < of.energy_begin;
    std::sort(events.begin(), events.end(), [&](const event& a, const event& b) {
        return a.at != b.at ? a.at < b.at : falls ? a.energy > b.energy : a.energy < b.energy;
    });
    const auto same = [](const event& a, const event& b) { return a.at == b.at && a.energy == b.energy; };
    events.erase(std::unique(events.begin(), events.end(), same), events.end());
}

} // namespace incar::ocpi::pricing
