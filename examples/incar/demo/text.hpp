#pragma once

/// \file
/// Numbers and hours for people.

#include <string>

namespace incar::demo {

/// "12.3": so many decimals, a point in every locale, never "-0.0".
std::string fixed(double value, int decimals);

/// W as kW, Wh as kWh: "46.0".
std::string kilo(double value);

/// Hours as a clock shows them: 17.5 is "17:30", 25 is "01:00".
std::string clock_text(double hour);

/// "1 car", "30 cars".
std::string count_of(std::size_t number, const std::string& thing);

} // namespace incar::demo
