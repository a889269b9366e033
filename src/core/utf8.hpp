#pragma once

#include <incar/core/export.hpp>

#include <cstddef>
#include <string_view>

namespace incar {

// The bytes of the character that begins a text which is not empty; 0 when they are no well-formed UTF-8 (RFC 3629: no
// overlong form, no half of a surrogate pair, nothing above U+10FFFF).
INCAR_CORE_EXPORT std::size_t utf8_character_size(std::string_view text) noexcept;

// The offset of the first byte that is not part of a well-formed character; npos when there is none.
std::size_t find_malformed_utf8(std::string_view text) noexcept;

} // namespace incar
