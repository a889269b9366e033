#pragma once

/// \file
/// Files of `incar price`: what a session file says, and a bill as JSON. docs/reference/pricing.md describes both.

#include <incar/core/json.hpp>
#include <incar/ocpi/check_cdr.hpp>
#include <incar/ocpi/pricing.hpp>

#include <string>
#include <variant>

namespace incar::program {

/// Readings of a meter, or charging periods that someone made already.
using session_file = std::variant<ocpi::pricing::session, ocpi::pricing::recorded_session>;

/// Reads an OCPI Session or CDR, or the simple form with "readings".
expected<session_file> parse_session(std::string_view text);

/// Reads one tariff or an array of tariffs.
expected<std::vector<ocpi::v221::tariff>> parse_tariffs(std::string_view text);

/// Error: errc::overflow, errc::out_of_range, for a total that does not fit so many digits.
expected<json::object> to_json(const ocpi::pricing::bill& owed, const ocpi::pricing::rounding_policy& how);

json::array to_json(const std::vector<ocpi::pricing::difference>& differences);

} // namespace incar::program
