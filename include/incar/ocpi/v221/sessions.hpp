#pragma once

/// \file
/// OCPI 2.2.1, section 9 "Sessions module". How the structs read is said in <incar/ocpi/v221/types.hpp>.

#include <incar/ocpi/v221/cdrs.hpp>
#include <incar/ocpi/v221/types.hpp>

namespace incar::ocpi::v221 {

/// The answer to charging preferences (9.4.1 ChargingPreferencesResponse); in JSON a bare word.
enum class charging_preferences_response {
    accepted,                   ///< Will be tried, without guarantee.
    departure_required,         ///< `departure_time` is missing.
    energy_need_required,       ///< `energy_need` is missing.
    not_possible,               ///< The EVSE cannot fulfil them.
    profile_type_not_supported, ///< Not at this EVSE.
};

/// 9.4.3 SessionStatus.
enum class session_status {
    active,      ///< Accepted and running, whether or not energy flows.
    completed,   ///< Finished; will not change any more.
    invalid,     ///< Will not be billed.
    pending,     ///< Not started yet.
    reservation, ///< Begun by a reservation, not charging yet.
};

/// A charging session while it lasts (9.3.1 Session object). "#NA" stands for an EVSE or connector that a reservation
/// does not have yet.
struct session {
    ci_string<2> country_code; ///< Of the operator that owns it.
    ci_string<3> party_id;     ///< Of the operator that owns it.
    incar::id<session> id;
    timestamp start_date_time;
    std::optional<timestamp> end_date_time;
    decimal kwh; ///< Energy charged so far.
    v221::cdr_token cdr_token;
    open_enum<v221::auth_method> auth_method;
    std::optional<ci_string<36>> authorization_reference;
    incar::id<location> location_id;
    incar::id<evse> evse_uid;
    incar::id<connector> connector_id;
    std::optional<std::string> meter_id; ///< Up to 255.
    std::string currency;                ///< ISO 4217.
    std::vector<charging_period> charging_periods;
    std::optional<price> total_cost; ///< So far; absent says nothing about the price.
    open_enum<session_status> status;
    timestamp last_updated;
    json::extra extra;
};

/// What the driver wants from smart charging (9.3.2 ChargingPreferences object), with three members of the SMAC
/// extension (USER-CHI D4.3, 4.1.2.1) that make vehicle-to-grid possible.
struct charging_preferences {
    open_enum<v221::profile_type> profile_type;
    std::optional<timestamp> departure_time;
    std::optional<decimal> energy_need;    ///< kWh.
    std::optional<bool> discharge_allowed; ///< Absent: false.
    std::optional<decimal> capacity;       ///< Extension: the whole battery, kWh.
    std::optional<decimal> soc;            ///< Extension: state of charge when plugged in, percent.
    std::optional<decimal> target_soc;     ///< Extension: wanted at departure, percent.
    json::extra extra;
};

} // namespace incar::ocpi::v221
