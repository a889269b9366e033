#include "core/utf8.hpp"

#include <cstdint>
#include <cstring>

namespace incar {
namespace {

bool is_ascii(const char* eight_bytes) noexcept {
    std::uint64_t word;
    std::memcpy(&word, eight_bytes, sizeof word);
    return (word & 0x8080808080808080u) == 0;
}

} // namespace

// Table 3-7 of the Unicode standard.
std::size_t utf8_character_size(std::string_view text) noexcept {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = at(0);
    if (first < 0x80) return 1;
    const std::size_t size = first >= 0xc2 && first < 0xe0   ? 2
                             : first >= 0xe0 && first < 0xf0 ? 3
                             : first >= 0xf0 && first < 0xf5 ? 4
                                                             : 0;
    if (size == 0 || size > text.size()) return 0;
    const unsigned char lowest = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    const unsigned char highest = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (at(1) < lowest || at(1) > highest) return 0;
    for (std::size_t i = 2; i < size; ++i)
        if ((at(i) & 0xc0) != 0x80) return 0;
    return size;
}

std::size_t find_malformed_utf8(std::string_view text) noexcept {
    std::size_t at = 0;
    while (at < text.size()) {
        if (at + 8 <= text.size() && is_ascii(text.data() + at)) {
            at += 8;
            continue;
        }
        const std::size_t size = utf8_character_size(text.substr(at));
        if (size == 0) return at;
        at += size;
    }
    return std::string_view::npos;
}

} // namespace incar
