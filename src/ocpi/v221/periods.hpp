#pragma once

// What sessions and CDRs demand of their charging periods.

#include "ocpi/rules.hpp"

namespace incar::ocpi::v221 {

// A time that nobody knows is written as 1970-01-01.
inline bool is_placeholder(timestamp at) {
    return at == timestamp();
}

inline void periods_are_in_order(const std::vector<charging_period>& periods, const complain& wrong) {
    for (std::size_t i = 1; i < periods.size(); ++i)
        if (periods[i].start_date_time < periods[i - 1].start_date_time)
            wrong(at("charging_periods", i, "start_date_time"), "earlier than that of the period before");
}

inline void periods_are_inside(const std::vector<charging_period>& periods, timestamp start,
                               std::optional<timestamp> end, const complain& wrong) {
    for (std::size_t i = 0; i < periods.size(); ++i) {
        const timestamp begin = periods[i].start_date_time;
        const std::string pointer = at("charging_periods", i, "start_date_time");
        if (is_placeholder(begin)) continue;
        if (!is_placeholder(start) && begin < start) wrong(pointer, "earlier than the start of the session");
        if (end && !is_placeholder(*end) && begin > *end) wrong(pointer, "later than the end of the session");
    }
}

} // namespace incar::ocpi::v221
