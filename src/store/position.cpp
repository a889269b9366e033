#include <incar/store/position.hpp>

#include <charconv>

namespace incar::store {

std::string format(const position& place) {
    return std::to_string(place.last_updated.since_1970().count()) + "." + std::to_string(place.number);
}

expected<position> parse_position(std::string_view text) {
    std::int64_t milliseconds = 0, number = 0;
    const char* const end = text.data() + text.size();
    const auto time = std::from_chars(text.data(), end, milliseconds);
    if (time.ec == std::errc() && time.ptr != end) std::from_chars(time.ptr + 1, end, number);
    const position place{timestamp(std::chrono::milliseconds(milliseconds)), static_cast<std::uint64_t>(number)};
    if (number < 0 || format(place) != text) return error{errc::malformed, "/after", "this is no place in a list"};
    return place;
}

} // namespace incar::store
