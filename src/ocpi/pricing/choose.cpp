#include "ocpi/pricing/tariff_rules.hpp"

namespace incar::ocpi::pricing {
namespace {

using dimension = v221::tariff_dimension_type;

bool holds(const restriction& rule, const conditions& now, std::int64_t duration) {
    if (!rule.duration.holds(duration)) return false;
    if (rule.time_of_day) {
        const std::int64_t from = *rule.time_of_day->from, until = *rule.time_of_day->until, at = now.milliseconds;
        if (from < until ? at < from || at >= until : at < from && at >= until) return false;
    }
    if (!rule.days.holds(now.day)) return false;
    if (rule.weekdays != 0x7f) {
        const std::int64_t weekday = ((now.day + 3) % 7 + 7) % 7; // 1970-01-01 was a Thursday
        if (!(rule.weekdays >> weekday & 1)) return false;
    }
    const auto reached = [&](std::int64_t level) {
        return now.energy > level || (now.energy == level && !now.falling);
    };
    if (rule.energy.from && !reached(*rule.energy.from)) return false;
    if (rule.energy.until && reached(*rule.energy.until)) return false;
    if ((rule.power.from || rule.power.until) && (!now.power || !rule.power.holds(*now.power))) return false;
    if ((rule.current.from || rule.current.until) && (!now.current || !rule.current.holds(*now.current))) return false;
    return true;
}

} // namespace

choice tariff_rules::choose(const conditions& now, const policy& policies) const {
    using of = v221::reservation_restriction_type;
    const auto first = [&](std::size_t type, std::optional<of> reservation) {
        std::int64_t duration = now.duration;
        if (policies.duration == duration_rule::same_kind && now.phase == phase::session) {
            if (type == static_cast<std::size_t>(dimension::time)) duration = now.charged;
            if (type == static_cast<std::size_t>(dimension::parking_time)) duration = now.parked;
        }
        for (std::size_t i = 0; i < components[type].size(); ++i) {
            const restriction& rule = restrictions[components[type][i].element];
            if (rule.reservation == reservation && holds(rule, now, duration)) return i;
        }
        return none;
    };
    choice chosen = no_choice;
    for (std::size_t i = 0; i < dimension_count; ++i) {
        if (now.phase == phase::session) {
            chosen[i] = first(i, std::nullopt);
            continue;
        }
        const std::size_t used = first(i, of::reservation);
        const std::size_t expired = now.phase == phase::expired_reservation ? first(i, of::reservation_expires) : none;
        chosen[i] = expired != none ? expired : used;
        const bool both = i == static_cast<std::size_t>(dimension::flat) && expired != none && used != none;
        if (both && policies.expired_flat == expired_flat_rule::added) chosen.back() = used;
    }
    return chosen;
}

} // namespace incar::ocpi::pricing
