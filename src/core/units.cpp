#include <incar/core/units.hpp>

#include <charconv>
#include <cmath>

namespace incar {
namespace {

std::string format(double value, const char* unit) {
    constexpr const char* prefixes[] = {" ", " k", " M", " G"};
    constexpr double rounds_to_thousand = 999.95, rounds_to_nothing = 0.0005;
    constexpr int significant_digits = 4;

    const char* const* prefix = prefixes;
    for (; std::abs(value) >= rounds_to_thousand && prefix != std::end(prefixes) - 1; ++prefix) value /= 1000;
    if (std::abs(value) < rounds_to_nothing) value = 0;
    char digits[32];
    const auto end =
        std::to_chars(std::begin(digits), std::end(digits), value, std::chars_format::general, significant_digits).ptr;
    return std::string(digits, end) + *prefix + unit;
}

} // namespace

std::string format(power rate) {
    return format(rate.watts(), "W");
}

std::string format(energy amount) {
    return format(amount.watt_hours(), "Wh");
}

} // namespace incar
