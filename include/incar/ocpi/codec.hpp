#pragma once

/// \file
/// OCPI objects from JSON and back.
///
///     expected<v221::location> read = decode<v221::location>(body);
///     if (!read) return read.error();                    // where: JSON pointer of the culprit
///     read->evses[0].status = v221::status::charging;
///     std::string text = encode(*read);                  // all the rest as it came, down to 2.00 and unknown members
///
/// Works for every struct and enumeration of `ocpi::v221` (enumerations as `open_enum`). Nothing is lost on the way:
/// unknown members, unknown words of enumerations, the digits of numbers and the spelling of times come back as they
/// were. Only the order of members and white space are not kept.
///
/// Any number of threads may read and write distinct objects at once.

#include <incar/core/expected.hpp>
#include <incar/core/json.hpp>
#include <incar/ocpi/export.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace incar::json {
struct shape;
}

namespace incar::ocpi {

/// What to do about members that are missing or cannot be read.
enum class reading {
    exact,   ///< Fail at the first: every member of the result is what the text says.
    lenient, ///< Give them their default, keep the text in `extra` and go on; `validate` lists them.
};

/// How to read.
struct decode_options {
    ocpi::reading reading = ocpi::reading::exact;
    json::limits limits = {};
};

/// How a type stands in JSON; defined for every struct of the model. For this library and its bindings.
template <class T>
const json::shape& shape_of();

namespace detail {
INCAR_OCPI_EXPORT expected<void> decode(const json::shape&, void* object, std::string_view, const decode_options&);
INCAR_OCPI_EXPORT std::string encode(const json::shape&, const void* object, json::layout);
} // namespace detail

/// Reads one object. Errors: errc::malformed, errc::duplicate and errc::limit_exceeded for what is not good JSON;
/// errc::wrong_type for something else than an object; when reading exactly, also errc::missing for a required member
/// that is absent or null, errc::wrong_type, errc::malformed, errc::out_of_range or errc::overflow for a member that
/// its type cannot hold. An unknown word in an enumeration and a text that is too long are no errors: see `validate`.
template <class T>
expected<T> decode(std::string_view text, const decode_options& options = {}) {
    T object{};
    if (auto done = detail::decode(shape_of<T>(), &object, text, options); !done) return done.error();
    return object;
}

/// Writes one object. Members are in the order of the specification; empty lists and absent members are left out unless
/// the object was read with them.
template <class T>
std::string encode(const T& object, json::layout spacing = json::layout::compact) {
    return detail::encode(shape_of<T>(), &object, spacing);
}

/// The JSON texts of the elements of an array, without looking into them; so one bad object does not spoil a page.
/// The views point into `text`. Errors as `decode`.
INCAR_OCPI_EXPORT expected<std::vector<std::string_view>> elements_of(std::string_view text,
                                                                      const json::limits& limits = {});

} // namespace incar::ocpi
