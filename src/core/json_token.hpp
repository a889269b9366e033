#pragma once

// Values of JSON that are neither objects nor arrays, and which kinds of types take them.

#include "core/json_events.hpp"
#include "core/json_shape.hpp"

#include <string>
#include <string_view>

namespace incar::json {

inline bool fits(kind wanted, token t) {
    switch (wanted) {
    case kind::boolean: return t == token::boolean;
    case kind::number: return t == token::number;
    case kind::text: return t == token::text;
    case kind::number_or_text: return t == token::number || t == token::text;
    case kind::any: return true;
    default: return false;
    }
}

inline const char* name_of(token t) {
    constexpr const char* names[] = {"null", "a boolean", "a number", "a text"};
    return names[static_cast<int>(t)];
}

inline const char* name_of(kind k) {
    constexpr const char* names[] = {"a boolean", "a number",  "a text",  "a number or a text",
                                     "any value", "an object", "an array"};
    return names[static_cast<int>(k)];
}

inline std::string needed(kind wanted, const char* found) {
    return std::string(name_of(wanted)) + " is needed, not " + found;
}

// As it stands in JSON; `text` has no quotes and no escapes.
inline std::string json_of(token t, std::string_view text) {
    return t == token::text ? format(value(std::string(text))) : std::string(text);
}

} // namespace incar::json
