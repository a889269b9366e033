#include "text.hpp"

#include <charconv>
#include <cmath>

namespace incar::demo {

std::string fixed(double value, int decimals) {
    char buffer[400]; // the largest double has 309 digits
    const double unit = std::pow(10.0, -decimals);
    const double shown = std::abs(value) < unit / 2 ? 0 : value;
    const auto written = std::to_chars(buffer, buffer + sizeof buffer, shown, std::chars_format::fixed, decimals);
    return {buffer, written.ptr};
}

std::string kilo(double value) {
    return fixed(value / 1000, 1);
}

std::string clock_text(double hour) {
    const int minutes = static_cast<int>(std::lround(hour * 60)) % (24 * 60);
    const auto two_digits = [](int number) { return std::to_string(100 + number).substr(1); };
    return two_digits(minutes / 60) + ":" + two_digits(minutes % 60);
}

std::string count_of(std::size_t number, const std::string& thing) {
    return std::to_string(number) + " " + thing + (number == 1 ? "" : "s");
}

} // namespace incar::demo
