#include <incar/core/ci_string.hpp>

#include <algorithm>
#include <cstdint>

namespace incar {
namespace {

unsigned char lower(char character) {
    const bool upper_case = character >= 'A' && character <= 'Z';
    return static_cast<unsigned char>(upper_case ? character - 'A' + 'a' : character);
}

} // namespace

bool equals_ignoring_case(std::string_view left, std::string_view right) noexcept {
    return left.size() == right.size() && compare_ignoring_case(left, right) == 0;
}

int compare_ignoring_case(std::string_view left, std::string_view right) noexcept {
    const std::size_t shared = std::min(left.size(), right.size());
    for (std::size_t place = 0; place < shared; ++place)
        if (lower(left[place]) != lower(right[place])) return lower(left[place]) < lower(right[place]) ? -1 : 1;
    return left.size() < right.size() ? -1 : left.size() > right.size() ? 1 : 0;
}

std::size_t hash_ignoring_case(std::string_view text) noexcept {
    std::uint64_t hash = 0xcbf2'9ce4'8422'2325; // FNV-1a
    for (const char character : text) hash = (hash ^ lower(character)) * 0x100'0000'01b3;
    return static_cast<std::size_t>(hash ^ hash >> 32);
}

bool is_printable_ascii(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](char character) { return character >= ' ' && character <= '~'; });
}

} // namespace incar
