#pragma once

#include <string_view>

namespace incar::net {

inline bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

inline bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

struct character_set {
    bool among[256] = {};
    constexpr bool has(char c) const { return among[static_cast<unsigned char>(c)]; }
};

constexpr character_set letters_digits_and(std::string_view marks) {
    character_set made;
    for (const std::string_view range : {std::string_view("az"), std::string_view("AZ"), std::string_view("09")})
        for (char c = range[0]; c <= range[1]; ++c) made.among[static_cast<unsigned char>(c)] = true;
    for (const char c : marks) made.among[static_cast<unsigned char>(c)] = true;
    return made;
}

// -1 when it is none.
inline int hexadecimal_digit(char c) {
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

} // namespace incar::net
