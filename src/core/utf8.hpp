#pragma once

#include <cstddef>
#include <string_view>

namespace incar {

// The offset of the first byte that is not part of a well-formed UTF-8 sequence (RFC 3629: no overlong form, no half
// of a surrogate pair, nothing above U+10FFFF); npos when there is none.
std::size_t find_malformed_utf8(std::string_view text) noexcept;

} // namespace incar
