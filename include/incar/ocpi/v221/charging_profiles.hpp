#pragma once

/// \file
/// OCPI 2.2.1, section 14 "ChargingProfiles module". How the structs read is said in <incar/ocpi/v221/types.hpp>.

#include <incar/ocpi/v221/types.hpp>

namespace incar::ocpi::v221 {

/// The unit of limits (14.6.2 ChargingRateUnit).
enum class charging_rate_unit {
    w, ///< Watt, sum of all phases.
    a, ///< Ampere per phase.
};

/// The operator's first answer (14.6.5 ChargingProfileResponseType).
enum class charging_profile_response_type {
    accepted,        ///< Sent on to the charge point.
    not_supported,   ///< By this operator, charge point or EVSE.
    rejected,        ///< By the operator.
    too_often,       ///< Asked too often.
    unknown_session, ///< The session named does not exist.
};

/// What came of it (14.6.6 ChargingProfileResultType).
enum class charging_profile_result_type {
    accepted, ///< By the EVSE.
    rejected, ///< By the EVSE.
    unknown,  ///< There is no profile.
};

/// A limit from some second on (14.6.4 ChargingProfilePeriod).
struct charging_profile_period {
    int start_period = 0; ///< Seconds after the start of the profile.
    decimal limit;        ///< In the profile's unit, one decimal.
    json::extra extra;
};

/// Limits over time (14.6.3 ChargingProfile).
struct charging_profile {
    std::optional<timestamp> start_date_time; ///< Absent: from the start of the session.
    std::optional<int> duration;              ///< Seconds; absent: the last period has no end.
    open_enum<v221::charging_rate_unit> charging_rate_unit;
    std::optional<decimal> min_charging_rate; ///< Below this charging is useless; one decimal.
    std::vector<v221::charging_profile_period> charging_profile_period;
    json::extra extra;
};

/// What an EVSE is following (14.6.1 ActiveChargingProfile).
struct active_charging_profile {
    timestamp start_date_time;
    v221::charging_profile charging_profile;
    json::extra extra;
};

/// 14.5.1 ChargingProfileResponse object.
struct charging_profile_response {
    open_enum<charging_profile_response_type> result;
    int timeout = 0; ///< Seconds within which the result comes.
    json::extra extra;
};

/// Sent to the response_url of a GET (14.5.2 ActiveChargingProfileResult object).
struct active_charging_profile_result {
    open_enum<charging_profile_result_type> result;
    std::optional<active_charging_profile> profile; ///< Present when accepted.
    json::extra extra;
};

/// Sent to the response_url of a PUT (14.5.3 ChargingProfileResult object).
struct charging_profile_result {
    open_enum<charging_profile_result_type> result;
    json::extra extra;
};

/// Sent to the response_url of a DELETE (14.5.4 ClearProfileResult object).
struct clear_profile_result {
    open_enum<charging_profile_result_type> result;
    json::extra extra;
};

/// 14.5.5 SetChargingProfile object.
struct set_charging_profile {
    v221::charging_profile charging_profile;
    std::string response_url; ///< URL for the result.
    json::extra extra;
};

} // namespace incar::ocpi::v221
