#pragma once

// The elements of a JSON array as texts.

#include <incar/core/json.hpp>

#include <string_view>
#include <vector>

namespace incar::json {

// Views into `text`, one an element, with nothing around them. The whole text is checked against the grammar, the
// encoding and the limits; names that appear twice are left to whoever reads an element.
INCAR_CORE_EXPORT expected<std::vector<std::string_view>> elements_of(std::string_view text, const limits&);

} // namespace incar::json
