#pragma once

/// \file
/// OCPI 2.2.1, section 16 "Types": what several modules share.
///
/// How the structs of `ocpi::v221` read, here and in the headers beside this one:
/// - A struct is an object of the specification and a member is a field under the same name. The member's type tells
///   the cardinality: `T` is required (1), `std::optional<T>` may be absent (?), a `std::vector<T>` may be empty (*)
///   unless its comment asks for at least one (+).
/// - `ci_string<36>` and `id<...>` are CiString(36): printable ASCII, compared without case. "Up to 255" is the length
///   of a string in characters: printable Unicode, compared with case. A URL has up to 255.
/// - `timestamp` is a DateTime in UTC, `decimal` a number, exact.
/// - Structs hold whatever they are given; `ocpi::validate` says what is wrong with it. `extra` keeps what a partner
/// sent
///   beyond the specification.
/// - All are plain values: distinct objects are independent, one object belongs to one thread at a time.

#include <incar/core/ci_string.hpp>
#include <incar/core/decimal.hpp>
#include <incar/core/json_extra.hpp>
#include <incar/core/timestamp.hpp>
#include <incar/ocpi/open_enum.hpp>

#include <optional>
#include <string>
#include <vector>

namespace incar::ocpi::v221 {

struct cdr;
struct connector;
struct evse;
struct location;
struct session;
struct tariff;
struct token;

/// The market roles (16.6 Role).
enum class role {
    cpo,   ///< Charge point operator.
    emsp,  ///< E-mobility service provider.
    hub,   ///< Roaming hub.
    nap,   ///< National access point: the database of a country's locations.
    nsp,   ///< Navigation service provider.
    other, ///< Any other.
    scsp,  ///< Smart charging service provider.
};

/// A text for people in one language (16.3 DisplayText).
struct display_text {
    std::string language; ///< Two letters, ISO 639-1.
    std::string text;     ///< Up to 512, without markup.
    json::extra extra;
};

/// An amount of money in a currency that the surrounding object names (16.5 Price).
struct price {
    decimal excl_vat;                ///< Without value added tax.
    std::optional<decimal> incl_vat; ///< With it; absent when no tax is known or due.
    json::extra extra;
};

} // namespace incar::ocpi::v221
