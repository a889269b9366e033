#pragma once

/// \file
/// Whether a partner's CDR is right: it is computed again from its own periods and tariffs.
///
///     pricing::check_options here;
///     here.zone = location_zone;                                // a CDR does not say it
///     expected<pricing::cdr_check> done = pricing::check_cdr(received, here);
///     for (const pricing::difference& each : done->differences)
///         std::cerr << each.pointer << ": " << each.stated << ", computed " << each.computed << '\n';

#include <incar/ocpi/pricing.hpp>

namespace incar::ocpi::pricing {

/// How to check.
struct check_options {
    std::optional<time_zone> zone; ///< Of the location; needed by tariffs that restrict dates, weekdays, times of day.
    policy rules;
    /// Amounts may differ by so much and still agree. Absent: by half a unit of the last decimal that is stated,
    /// counted as at least two decimals; that is what honest rounding does. Volumes always have a unit of their last
    /// decimal, counted as at least three.
    std::optional<decimal> tolerance;
};

/// Something in the CDR that is not what follows from the rest.
struct difference {
    std::string pointer;  ///< JSON pointer of the culprit: "/total_cost/incl_vat".
    std::string stated;   ///< What the CDR says; "" where it says nothing.
    std::string computed; ///< What follows from its periods and tariffs, exactly; "" where nothing does.
    std::string message;  ///< One sentence for people.
};

/// The outcome.
struct cdr_check {
    std::optional<bill> computed;        ///< Absent when the tariffs are missing.
    std::vector<difference> differences; ///< Empty: the CDR is right.
};

/// Computes a CDR again and lists every difference:
/// - each total of costs and volumes that is stated and does not follow from the periods;
/// - hours of a period that are not its length, periods outside the CDR's start and end;
/// - a period during which another price began: it should have been split, and what its parts cost cannot be known, so
/// it
///   is priced at its start and told;
/// - a tariff that a period names and the CDR lacks (then costs are not computed), a tariff in another currency.
///
/// Of a credit CDR `total_cost` is expected to be negative, all else as in the CDR that it takes back.
///
/// Errors: as `price_periods`, for what cannot be computed at all.
INCAR_OCPI_EXPORT expected<cdr_check> check_cdr(const v221::cdr& received, const check_options& how = {});

} // namespace incar::ocpi::pricing
