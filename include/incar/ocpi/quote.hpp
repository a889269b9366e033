#pragma once

/// \file
/// What a session will cost, before it begins.
///
///     pricing::request wanted;
///     wanted.start = tonight;
///     wanted.zone = time_zone::find("Europe/Madrid").value();
///     wanted.energy_kwh = decimal(20);
///     wanted.curve = {{std::chrono::minutes(0), decimal(11)}};                  // 11 kW all along
///     expected<pricing::bill> offer = pricing::quote(tariff, wanted);

#include <incar/ocpi/pricing.hpp>

namespace incar::ocpi::pricing {

/// From a time after the start on, the vehicle charges with so much power.
struct power_step {
    std::chrono::milliseconds after{0};
    decimal power_kw;                   ///< 0 or more.
    std::optional<decimal> current_a{}; ///< Sum of all phases; needed only by tariffs that restrict the current.
};

/// A session that may happen.
struct request {
    timestamp start;                      ///< Of charging.
    std::optional<time_zone> zone;        ///< As in `session`.
    decimal energy_kwh;                   ///< Wanted; more than 0, unless only parking is asked for.
    std::vector<power_step> curve;        ///< In order of time, the first at 0; the last goes on until all is charged.
    std::chrono::milliseconds parking{0}; ///< Connected after that, without asking for power.
    std::optional<timestamp> reserved_at; ///< Absent: no reservation.
};

/// The session that the request describes, for those who want to look at it or change it.
/// Errors, below "/request": errc::out_of_range for negative numbers and a request for nothing, errc::missing without a
/// curve, errc::inconsistent for steps out of order and for a curve that never reaches the energy, errc::overflow.
INCAR_OCPI_EXPORT expected<session> expected_session(const request& wanted);

/// The bill of that session. Errors as `expected_session` and `price`.
INCAR_OCPI_EXPORT expected<bill> quote(const std::vector<v221::tariff>& tariffs, const request& wanted,
                                       const policy& rules = {});
INCAR_OCPI_EXPORT expected<bill> quote(const v221::tariff& only, const request& wanted, const policy& rules = {});

/// The tariff for a kind of session at an instant: the first of that type that is valid then, else the first without
/// type; null when there is neither. A tariff is valid from `start_date_time`, included, to `end_date_time`, excluded.
INCAR_OCPI_EXPORT const v221::tariff* find_tariff(const std::vector<v221::tariff>& among, v221::tariff_type kind,
                                                  timestamp at);

/// The same for a driver's choice in their charging preferences.
INCAR_OCPI_EXPORT const v221::tariff* find_tariff(const std::vector<v221::tariff>& among, v221::profile_type chosen,
                                                  timestamp at);

} // namespace incar::ocpi::pricing
