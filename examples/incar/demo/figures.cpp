#include "figures.hpp"

#include <incar/core/time_zone.hpp>

namespace incar::demo {

expected<civil_time> parse_date(const std::string& text) {
    const auto midnight = timestamp::parse(text + "T00:00:00Z");
    if (!midnight || text.size() != 10)
        return error{errc::malformed, "", "'" + text + "' is no date of the form 2019-03-25"};
    return to_civil(*midnight);
}

std::string format_date(const civil_time& date) {
    return format(from_civil(date).value()).substr(0, 10);
}

civil_time days_later(const civil_time& date, int days) {
    return to_civil(from_civil(date).value() + std::chrono::hours(24 * days));
}

expected<span> garage_day(const std::string& date) {
    const auto first = parse_date(date);
    if (!first) return first.error();
    const auto zone = time_zone::find(garage_zone);
    if (!zone) return zone.error();
    span result;
    for (timestamp* edge : {&result.begin, &result.end}) {
        civil_time local = days_later(*first, edge == &result.end ? 1 : 0);
        local.hour = first_hour;
        const auto instant = zone->to_utc(local);
        if (!instant) return instant.error();
        *edge = *instant;
    }
    return result;
}

} // namespace incar::demo
