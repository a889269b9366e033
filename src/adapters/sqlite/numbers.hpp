#pragma once

// Numbers as eight bytes, the lowest first, on every machine.

#include <cstdint>
#include <string>

namespace incar::adapters::sqlite {

inline void put(std::string& to, std::int64_t number) {
    const auto all = static_cast<std::uint64_t>(number);
    const auto byte = [&](int i) { return static_cast<char>(all >> 8 * i & 0xff); };
    const char bytes[] = {byte(0), byte(1), byte(2), byte(3), byte(4), byte(5), byte(6), byte(7)};
    to.append(bytes, sizeof bytes);
}

inline std::int64_t number_at(const std::string& from, std::size_t at) {
    const auto* const bytes = reinterpret_cast<const unsigned char*>(from.data()) + at;
    const auto byte = [&](int i) { return std::uint64_t{bytes[i]} << 8 * i; };
    return static_cast<std::int64_t>(byte(0) | byte(1) | byte(2) | byte(3) | byte(4) | byte(5) | byte(6) | byte(7));
}

} // namespace incar::adapters::sqlite
