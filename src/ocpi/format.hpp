#pragma once

// What OCPI demands of a text or number beyond its length, as the tables of the model say it and validate checks it.

#include "core/json_shape.hpp"

namespace incar::ocpi {

enum class format : std::uint8_t {
    none,
    ci_string,   // printable ASCII
    text,        // printable UTF-8
    url,         // absolute http or https
    country2,    // ISO 3166-1 alpha-2
    country3,    // ISO 3166-1 alpha-3
    language,    // ISO 639-1
    currency,    // ISO 4217
    time_of_day, // HH:MM
    date,        // YYYY-MM-DD
    latitude,    // decimal degrees with 5 to 7 decimals
    longitude,   // decimal degrees with 5 to 7 decimals
    time_zone,   // a name of the IANA database
    secret,      // ! to ~
    percentage,  // 0 to 100
    natural,     // >= 0
    weekday,     // 1 to 7
};

constexpr json::rule rule(format f, int max_length = 0) {
    return {max_length, static_cast<std::uint8_t>(f)};
}
constexpr json::rule ci(int max_length) {
    return rule(format::ci_string, max_length);
}
constexpr json::rule text(int max_length) {
    return rule(format::text, max_length);
}
inline constexpr json::rule url = rule(format::url, 255);
inline constexpr json::rule country_code = rule(format::country2, 2);

} // namespace incar::ocpi
