#pragma once

/// \file
/// OCPI 2.2.1, section 10 "CDRs module": the sealed record of a session and its costs.
/// How the structs read is said in <incar/ocpi/v221/types.hpp>.

#include <incar/ocpi/v221/locations.hpp>
#include <incar/ocpi/v221/tariffs.hpp>
#include <incar/ocpi/v221/tokens.hpp>
#include <incar/ocpi/v221/types.hpp>

namespace incar::ocpi::v221 {

/// How the driver was authorised (10.4.1 AuthMethod).
enum class auth_method {
    auth_request, ///< The provider was asked.
    command,      ///< By a command of the provider, such as START_SESSION.
    whitelist,    ///< By the operator's list of tokens.
};

/// What was measured in a charging period (10.4.3 CdrDimensionType). Energy in kWh, times in hours, current in A, power
/// in kW; negative from the car to the grid.
enum class cdr_dimension_type {
    current,          ///< Mean current; in sessions only.
    energy,           ///< Energy charged, minus energy discharged.
    energy_export,    ///< Energy fed into the grid; in sessions only.
    energy_import,    ///< Energy charged; in sessions only.
    max_current,      ///< Highest sum of the phases' currents.
    min_current,      ///< Lowest sum of the phases' currents.
    max_power,        ///< Highest power.
    min_power,        ///< Lowest power.
    parking_time,     ///< Time in which the vehicle asked for no power.
    power,            ///< Mean power; in sessions only.
    reservation_time, ///< Time reserved, before use.
    state_of_charge,  ///< Percent; in sessions only.
    time,             ///< Time charging.
};

/// An amount of one dimension (10.4.2 CdrDimension).
struct cdr_dimension {
    open_enum<cdr_dimension_type> type;
    decimal volume; ///< In the unit of the dimension.
    json::extra extra;
};

/// A part of a session; it ends where the next begins, the last with the session (10.4.6 ChargingPeriod).
struct charging_period {
    timestamp start_date_time;
    std::vector<cdr_dimension> dimensions; ///< At least one.
    std::optional<id<tariff>> tariff_id;   ///< Absent: no tariff applies.
    json::extra extra;
};

/// The token of a session, with what identifies it everywhere (10.4.5 CdrToken).
struct cdr_token {
    ci_string<2> country_code; ///< Of the provider that owns it; not in 2.2.
    ci_string<3> party_id;     ///< Of the provider that owns it; not in 2.2.
    id<token> uid;
    open_enum<token_type> type;
    ci_string<36> contract_id;
    json::extra extra;
};

/// The place of a session as it was then (10.4.4 CdrLocation). "#NA" stands for an EVSE or connector that a mere
/// reservation never had.
struct cdr_location {
    incar::id<location> id;
    std::optional<std::string> name;        ///< Up to 255.
    std::string address;                    ///< Up to 45.
    std::string city;                       ///< Up to 45.
    std::optional<std::string> postal_code; ///< Up to 10.
    std::optional<std::string> state;       ///< Up to 20.
    std::string country;                    ///< ISO 3166-1 alpha-3.
    geo_location coordinates;
    incar::id<evse> evse_uid;
    ci_string<48> evse_id;
    incar::id<connector> connector_id;
    open_enum<connector_type> connector_standard;
    open_enum<v221::connector_format> connector_format;
    open_enum<power_type> connector_power_type;
    json::extra extra;
};

/// One reading, plain and signed (10.4.8 SignedValue).
struct signed_value {
    ci_string<32> nature;    ///< "Start", "End" or "Intermediate".
    std::string plain_data;  ///< Up to 5000.
    std::string signed_data; ///< Base64, up to 5000.
    json::extra extra;
};

/// Readings that a driver can verify, as German law asks for (10.4.7 SignedData).
struct signed_data {
    ci_string<36> encoding_method; ///< For example "OCMF".
    std::optional<int> encoding_method_version;
    std::optional<std::string> public_key;   ///< Base64, up to 512.
    std::vector<signed_value> signed_values; ///< At least one.
    std::optional<std::string> url;          ///< Where the driver can verify them, up to 512.
    json::extra extra;
};

/// The record of a finished session (10.3.1 CDR object). Never changed; an error is corrected by a credit CDR and a new
/// one.
struct cdr {
    ci_string<2> country_code; ///< Of the operator that owns it.
    ci_string<3> party_id;     ///< Of the operator that owns it.
    incar::id<cdr, 39> id;     ///< Up to 36, credit CDRs up to 39.
    timestamp start_date_time; ///< Of the session, or of the reservation before it.
    timestamp end_date_time;
    std::optional<incar::id<session>> session_id; ///< Absent for a reservation without session.
    v221::cdr_token cdr_token;
    open_enum<v221::auth_method> auth_method;
    std::optional<ci_string<36>> authorization_reference;
    v221::cdr_location cdr_location;
    std::optional<std::string> meter_id;           ///< Up to 255.
    std::string currency;                          ///< ISO 4217.
    std::vector<tariff> tariffs;                   ///< All that the periods name.
    std::vector<charging_period> charging_periods; ///< At least one.
    std::optional<v221::signed_data> signed_data;
    price total_cost;                            ///< Sum of all costs.
    std::optional<price> total_fixed_cost;       ///< FLAT, but for parking and reservation.
    decimal total_energy;                        ///< kWh.
    std::optional<price> total_energy_cost;      ///< ENERGY.
    decimal total_time;                          ///< Hours, charging or not.
    std::optional<price> total_time_cost;        ///< TIME.
    std::optional<decimal> total_parking_time;   ///< Hours not charging.
    std::optional<price> total_parking_cost;     ///< PARKING_TIME.
    std::optional<price> total_reservation_cost; ///< Everything under a reservation restriction.
    std::optional<std::string> remark;           ///< Up to 255.
    std::optional<ci_string<39>> invoice_reference_id;
    std::optional<bool> credit; ///< True: takes back the CDR named by `credit_reference_id`.
    std::optional<incar::id<cdr, 39>> credit_reference_id;
    std::optional<bool> home_charging_compensation; ///< The driver is paid for energy used at home; not in 2.2.
    timestamp last_updated;
    json::extra extra;
};

} // namespace incar::ocpi::v221
