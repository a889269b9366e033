#pragma once

// What reading and writing JSON agree on.

#include <cstddef>
#include <cstdint>

#ifdef __SSE2__
#    include <emmintrin.h>
#endif

namespace incar::json {

constexpr std::size_t deepest = 1000; // levels that are read, whatever a caller allows

// Whether the byte cannot stand for itself between quotes.
constexpr bool is_escaped(char byte) noexcept {
    return byte == '"' || byte == '\\' || static_cast<unsigned char>(byte) < 0x20;
}

// Several bytes at a time: `find_special` is the index of the first of `special_step` bytes that is escaped between
// quotes or, for those who ask, beyond ASCII; `special_step` when there is none.
#ifdef __SSE2__

constexpr std::size_t special_step = 16;

template <bool BeyondAscii>
std::size_t find_special(const char* at) noexcept {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1f)), bytes);
    const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
    const __m128i backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
    __m128i special = _mm_or_si128(control, _mm_or_si128(quote, backslash));
    if constexpr (BeyondAscii) special = _mm_or_si128(special, bytes); // the high bit of each is what counts
    const auto bits = static_cast<unsigned>(_mm_movemask_epi8(special)) | 1u << special_step;
    return static_cast<std::size_t>(__builtin_ctz(bits));
}

#else

constexpr std::size_t special_step = 8;

template <bool BeyondAscii>
std::size_t find_special(const char* at) noexcept {
    constexpr std::uint64_t each = 0x0101010101010101, high_bits = 0x80 * each;
    const auto byte = [&](int i) { return std::uint64_t{static_cast<unsigned char>(at[i])} << 8 * i; };
    const auto zero = [](std::uint64_t word) { return (word - each) & ~word; };
    const std::uint64_t word = byte(0) | byte(1) | byte(2) | byte(3) | byte(4) | byte(5) | byte(6) | byte(7);
    std::uint64_t special = ((word - each * 0x20) & ~word) | zero(word ^ each * '"') | zero(word ^ each * '\\');
    if constexpr (BeyondAscii) special |= word;
    special &= high_bits;
    if (special == 0) return special_step;
    const std::uint64_t first = (special & (~special + 1)) >> 7; // one bit, in the first such byte
    return static_cast<std::size_t>(first * 0x0001020304050607 >> 56);
}

#endif

} // namespace incar::json
