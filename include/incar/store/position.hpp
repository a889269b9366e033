#pragma once

/// \file
/// What a store writes into `object_page::next`. Of use to who writes a store, not to who uses one.

#include <incar/core/expected.hpp>
#include <incar/core/timestamp.hpp>
#include <incar/store/export.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace incar::store {

/// A place in the order of `object_store::list`: that of an object, which may have moved or gone since.
struct position {
    timestamp last_updated;
    std::uint64_t number = 0; ///< The revision of its first save: at most 2^63 - 1.
};

/// Digits, dots and a minus sign: fit for a URL as it is.
INCAR_STORE_EXPORT std::string format(const position& place);

/// Reads what `format` wrote. Fails with errc::malformed at "/after" for any other text.
INCAR_STORE_EXPORT expected<position> parse_position(std::string_view text);

} // namespace incar::store
