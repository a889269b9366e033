#pragma once

/// \file
/// What is wrong with an OCPI object, as a list.
///
///     for (const finding& each : validate(location))
///         std::cerr << each.pointer << ": " << each.message << '\n';
///
/// Reading is forgiving and loses nothing; this is the other half. It covers what is missing or could not be read,
/// cardinalities, lengths, characters, formats and words of enumerations, and rules between members. The rules have
/// names that programs may rely on; docs/reference/validation.md explains each.
///
/// Objects from a partner are read with `reading::lenient` first; objects that a program built itself can be checked as
/// they are, before they are sent. Any number of threads may check distinct objects at once, or one that nobody
/// changes.

#include <incar/ocpi/codec.hpp>

#include <string>
#include <string_view>
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
    std::string pointer; ///< JSON pointer (RFC 6901) of the culprit in the text that was read; "" for the whole object.
    std::string rule;    ///< Stable name for programs: one of `validation_rules`.
    std::string message; ///< One sentence for people, without the place, no final stop.
    strictness level = strictness::specified; ///< The least strictness that reports it.
};

/// One rule that `validate` checks.
struct rule_description {
    std::string_view name;
    strictness level;        ///< The least strictness that reports it.
    std::string_view object; ///< The object it belongs to, as the specification calls it; "" for all.
};

/// All rules: those for every object first. A name stands more than once when several objects have the rule.
INCAR_OCPI_EXPORT const std::vector<rule_description>& validation_rules();

namespace detail {
INCAR_OCPI_EXPORT std::vector<finding> validate(const json::shape&, const void* object, edition, strictness);
}

/// What is wrong with the object: findings about members in their order, each object's rules between members after
/// them. Empty when nothing is. Never fails. Rules between the members of an object are not checked while one of them
/// is missing or could not be read.
template <class T>
std::vector<finding> validate(const T& object, edition against = edition::v2_2_1,
                              strictness how = strictness::specified) {
    return detail::validate(shape_of<T>(), &object, against, how);
}

} // namespace incar::ocpi
