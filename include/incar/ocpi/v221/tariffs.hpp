#pragma once

/// \file
/// OCPI 2.2.1, section 11 "Tariffs module". How the structs read is said in <incar/ocpi/v221/types.hpp>; how a price
/// follows from a tariff, in <incar/ocpi/pricing.hpp>.

#include <incar/ocpi/v221/locations.hpp>
#include <incar/ocpi/v221/types.hpp>

namespace incar::ocpi::v221 {

/// 11.4.1 DayOfWeek.
enum class day_of_week { monday, tuesday, wednesday, thursday, friday, saturday, sunday };

/// Which costs of a reservation an element describes (11.4.3 ReservationRestrictionType).
enum class reservation_restriction_type {
    reservation,         ///< Of any reservation.
    reservation_expires, ///< Of one that ends without a session.
};

/// What is paid for (11.4.5 TariffDimensionType).
enum class tariff_dimension_type {
    energy,       ///< Price per kWh, steps of 1 Wh.
    flat,         ///< Price per session.
    parking_time, ///< Price per hour not charging, steps of 1 s.
    time,         ///< Price per hour charging, or of a reservation; steps of 1 s.
};

/// For whom a tariff is (11.4.7 TariffType).
enum class tariff_type {
    ad_hoc_payment, ///< Payment at the charge point.
    profile_cheap,  ///< Sessions with the profile type CHEAP.
    profile_fast,   ///< Sessions with FAST.
    profile_green,  ///< Sessions with GREEN.
    regular,        ///< Tokens without preference, or with REGULAR.
};

/// The price of one dimension (11.4.2 PriceComponent).
struct price_component {
    open_enum<tariff_dimension_type> type;
    decimal price;              ///< Per unit of the dimension, without VAT.
    std::optional<decimal> vat; ///< Percent; absent: none is due.
    int step_size = 1;          ///< Smallest billed amount, in steps of the dimension.
    json::extra extra;
};

/// When an element applies; all that is set must hold (11.4.6 TariffRestrictions). Days and times of day are local to
/// the location.
struct tariff_restrictions {
    std::optional<std::string> start_time; ///< "HH:MM", included.
    std::optional<std::string>
        end_time; ///< "HH:MM", excluded; before `start_time`: on the next day; "00:00": midnight.
    std::optional<std::string> start_date;                 ///< "YYYY-MM-DD", included.
    std::optional<std::string> end_date;                   ///< "YYYY-MM-DD", excluded.
    std::optional<decimal> min_kwh;                        ///< Energy of the session so far in kWh, included.
    std::optional<decimal> max_kwh;                        ///< Energy of the session so far in kWh, excluded.
    std::optional<decimal> min_current;                    ///< A, sum of all phases, at this moment; included.
    std::optional<decimal> max_current;                    ///< A, sum of all phases, at this moment; excluded.
    std::optional<decimal> min_power;                      ///< kW at this moment, included.
    std::optional<decimal> max_power;                      ///< kW at this moment, excluded.
    std::optional<int> min_duration;                       ///< Duration of the session so far in s, included.
    std::optional<int> max_duration;                       ///< Duration of the session so far in s, excluded.
    std::vector<open_enum<v221::day_of_week>> day_of_week; ///< Empty: every day.
    std::optional<open_enum<reservation_restriction_type>>
        reservation; ///< Set: costs of a reservation, not of charging.
    json::extra extra;
};

/// Prices that apply under the same restrictions (11.4.4 TariffElement).
struct tariff_element {
    std::vector<price_component> price_components; ///< At least one.
    std::optional<tariff_restrictions> restrictions;
    json::extra extra;
};

/// What a session costs (11.3.1 Tariff object). For each dimension the first element whose restrictions hold and which
/// prices that dimension counts.
struct tariff {
    ci_string<2> country_code; ///< Of the operator that owns it.
    ci_string<3> party_id;     ///< Of the operator that owns it.
    incar::id<tariff> id;
    std::string currency;                       ///< ISO 4217.
    std::optional<open_enum<tariff_type>> type; ///< Absent: for every session.
    std::vector<display_text> tariff_alt_text;
    std::optional<std::string> tariff_alt_url; ///< URL.
    std::optional<price> min_price;            ///< A session costs at least this.
    std::optional<price> max_price;            ///< A session costs at most this.
    std::vector<tariff_element> elements;      ///< At least one.
    std::optional<timestamp> start_date_time;  ///< Valid from.
    std::optional<timestamp> end_date_time;    ///< Valid until.
    std::optional<v221::energy_mix> energy_mix;
    timestamp last_updated;
    json::extra extra;
};

} // namespace incar::ocpi::v221
