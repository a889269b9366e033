#pragma once

/// \file
/// One real day as measured: what the demo is made from, before it becomes a site with slots.
///
/// The garage stands in Los Angeles, the prices are Spain's and the house is in France, so each series is kept by the
/// clock of its own place, from 06:00 to 06:00: at nine the garage's cars meet nine o'clock's price and nine o'clock's
/// sun.

#include <incar/core/expected.hpp>
#include <incar/core/timestamp.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace incar::demo {

inline constexpr const char* garage_zone = "America/Los_Angeles";
inline constexpr int first_hour = 6; ///< A garage's day begins when the night's last car is full.

/// One stay of a car, as the charge point recorded it.
struct session {
    std::string id;
    timestamp arrival;
    timestamp departure;
    double energy_kwh = 0; ///< What the car took in reality: what it asks for here.
    double max_power_kw = 0;
};

/// Where figures come from and under which terms.
struct source {
    std::string what;
    std::string origin;
    std::string licence;
};

struct figures {
    std::string date;                      ///< Of the sessions, by the garage's clock: "2019-03-25".
    std::vector<session> sessions;         ///< That arrive between 06:00 and 06:00, in order of arrival.
    std::string price_date;                ///< By Madrid's clock; the same day of the week.
    std::vector<double> price_eur_per_mwh; ///< 24, from 06:00.
    std::string house_date;                ///< By Paris' clock; the same day of the week.
    std::vector<double> load_w;            ///< 48, from 06:00.
    std::vector<double> pv_w;              ///< 48, from 06:00.
    std::vector<std::string> remarks;      ///< What was filled in or passed over.
    std::vector<source> sources;
};

/// From the three files of public data in a folder; docs say where to get them. `date` is "2019-03-01" to "2019-03-31".
/// Errors name the file and the line.
expected<figures> figures_from_csv(const std::string& folder, const std::string& date);

/// From the text that `to_json` writes. Errors carry JSON pointers.
expected<figures> figures_from_json(std::string_view text);

std::string to_json(const figures& day);

/// The 24 hours of the clock (23 or 25 when it is changed) that begin at 06:00 in the garage. Errors: errc::malformed
/// for what is no date, and those of the time zone database.
struct span {
    timestamp begin;
    timestamp end;
};
expected<span> garage_day(const std::string& date);

/// Reads "2019-03-25". Error: errc::malformed.
expected<civil_time> parse_date(const std::string& text);

/// Writes "2019-03-25".
std::string format_date(const civil_time& date);

/// The date so many days later, or earlier.
civil_time days_later(const civil_time& date, int days);

} // namespace incar::demo
