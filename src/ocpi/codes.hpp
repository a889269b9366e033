#pragma once

// Which codes are assigned.

#include <string>
#include <string_view>

namespace incar::ocpi {

bool is_country_2(std::string_view code); // ISO 3166-1 alpha-2, in either case
bool is_country_3(std::string_view code); // ISO 3166-1 alpha-3
bool is_currency(std::string_view code);  // ISO 4217
bool is_language(std::string_view code);  // ISO 639-1

} // namespace incar::ocpi
