#pragma once

// What reading and writing JSON agree on.

#include <cstddef>
#include <cstdint>

namespace incar::json {

constexpr std::size_t deepest = 1000; // levels that are read, whatever a caller allows

// Whether the byte cannot stand for itself between quotes.
constexpr bool is_escaped(char byte) noexcept {
    return byte == '"' || byte == '\\' || static_cast<unsigned char>(byte) < 0x20;
}

// The first byte that cannot stand for itself between quotes; `end` when there is none.
inline const char* find_escaped(const char* at, const char* end) noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101, highs = 0x8080808080808080;
    const auto byte = [&](int i) { return std::uint64_t{static_cast<unsigned char>(at[i])} << 8 * i; };
    const auto has_zero = [](std::uint64_t word) { return (word - ones) & ~word; };
    for (; end - at >= 8; at += 8) {
        const std::uint64_t word = byte(0) | byte(1) | byte(2) | byte(3) | byte(4) | byte(5) | byte(6) | byte(7);
        const std::uint64_t control = (word - ones * 0x20) & ~word;
        const std::uint64_t found = (control | has_zero(word ^ ones * '"') | has_zero(word ^ ones * '\\')) & highs;
        if (!found) continue;
        const std::uint64_t first = (found & (~found + 1)) >> 7; // one bit, in the first such byte
        return at + (first * 0x0001020304050607 >> 56);
    }
    while (at < end && !is_escaped(*at)) ++at;
    return at;
}

} // namespace incar::json
