#pragma once

/// \file
/// What is wrong with an OCPI object, as a list.
///
///     for (const finding& each : validate(location))
///         std::cerr << each.pointer << ": " << each.message << '\n';
///
/// Reading is forgiving and loses nothing; this is the other half. It covers cardinalities, lengths, characters,
/// formats and words of enumerations, and rules between members.

#include <incar/ocpi/codec.hpp>

#include <string>
#include <vector>

namespace incar::ocpi {

/// The text of the specification to hold an object against.
enum class edition {
    v2_2,   ///< OCPI 2.2 with its corrections of 2025.
    v2_2_1, ///< OCPI 2.2.1 with its corrections of 2026.
};

/// How much to report; each includes the ones before.
enum class strictness {
    usable,    ///< Only what keeps the object from being used: members that are missing or cannot be read.
    specified, ///< All that the specification demands.
    advised,   ///< Also what is allowed but looks wrong, such as a location in the middle of the sea.
};

/// One thing that is wrong.
struct finding {
    std::string pointer; ///< JSON pointer (RFC 6901) of the culprit; "" for the whole object.
    std::string rule;    ///< Stable name for programs: see docs/reference/validation_rules.md.
    std::string message; ///< One sentence for people.
};

namespace detail {
INCAR_OCPI_EXPORT std::vector<finding> validate(const json::shape&, const void* object, edition, strictness);
}

/// What is wrong with the object, in the order of its members; empty when nothing is. Never fails.
template <class T>
std::vector<finding> validate(const T& object, edition against = edition::v2_2_1,
                              strictness how = strictness::specified) {
    return detail::validate(shape_of<T>(), &object, against, how);
}

} // namespace incar::ocpi
