#pragma once

/// \file
/// What a session costs under its tariffs, to the last digit, and why.
///
///     pricing::session charged;
///     charged.zone = time_zone::find("Europe/Madrid").value();
///     charged.readings = {{begin, meter_begin}, {full, meter_end, pricing::vehicle::parked}, {end, meter_end}};
///     expected<pricing::bill> owed = pricing::price(tariff, charged);
///     std::cout << format(owed->total.incl_vat.rounded().value()) << ' ' << owed->currency << '\n';
///
/// Before a session: `quote` in <incar/ocpi/quote.hpp>. A partner's CDR: <incar/ocpi/check_cdr.hpp>. All three
/// use one engine and give one kind of bill.
///
/// Nothing is rounded before an amount is written as a decimal, and then as the caller says. What cannot be priced for
/// certain is refused with the place of the culprit: a bill is right or there is none. Where the specification leaves a
/// choice, `policy` has a switch; docs/reference/pricing.md tells the rules at length.
///
/// Functions are pure; any number of threads may call them at once.

#include <incar/core/decimal.hpp>
#include <incar/core/expected.hpp>
#include <incar/core/time_zone.hpp>
#include <incar/core/timestamp.hpp>
#include <incar/ocpi/export.hpp>
#include <incar/ocpi/pricing_policy.hpp>
#include <incar/ocpi/v221/cdrs.hpp>
#include <incar/ocpi/v221/sessions.hpp>
#include <incar/ocpi/v221/tariffs.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace incar::ocpi::pricing {

// -- what happened

/// What the vehicle does from one reading to the next. It decides between TIME and PARKING_TIME.
enum class vehicle {
    charging, ///< It asks for power, whether or not it gets any: TIME.
    parked,   ///< It is connected and asks for none: PARKING_TIME.
};

/// The meter at an instant, and what holds from then until the next reading. Between readings energy flows evenly.
struct meter_reading {
    timestamp at;
    decimal energy_kwh;                                    ///< What the meter shows; only differences count.
    pricing::vehicle vehicle = pricing::vehicle::charging; ///< Until the next reading.
    std::optional<decimal> current_a{}; ///< Sum of all phases; needed only by tariffs that restrict the current.
    std::optional<decimal> power_kw{};  ///< Absent: the mean that follows from the energies.
};

/// A reservation. Used: it ends when the session starts. Expired: there is no session.
struct reservation {
    timestamp start;                     ///< When it was made.
    std::optional<timestamp> expired_at; ///< Set: nobody came until then.
};

/// From an instant on, another tariff applies, for example because the driver chose another charging profile.
struct tariff_change {
    timestamp at;
    id<v221::tariff> tariff_id; ///< One of the tariffs given to `price`.
};

/// A session as the meter saw it.
struct session {
    std::optional<time_zone> zone; ///< Of the location. Needed by tariffs that restrict dates, weekdays, times of day.
    std::vector<meter_reading>
        readings; ///< At least two in order of time: the start, ..., the end. None if nobody came.
    std::optional<pricing::reservation> reservation;
    std::vector<tariff_change> tariff_changes; ///< In order of time; empty: the first tariff throughout.
};

// -- what it costs

/// An exact amount of money in the bill's currency: a fraction, because 7 minutes of an hourly price are seldom a
/// decimal. A plain value; the default is 0.
class INCAR_OCPI_EXPORT amount {
public:
    amount() noexcept = default;

    /// As a decimal with exactly `how.digits` decimals. Error: errc::overflow beyond the range of `decimal`,
    /// errc::out_of_range for other than 0 to 18 digits.
    expected<decimal> rounded(const rounding_policy& how = {}) const;

    /// The exact value: "12.861" when it is a decimal, else a fraction in lowest terms such as "23/60".
    std::string text() const;

    /// -1, 0 or 1 as `left` is less than, equal to or more than `right`, exactly.
    friend INCAR_OCPI_EXPORT int compare(const amount& left, const amount& right) noexcept;
    friend bool operator==(const amount& left, const amount& right) noexcept { return compare(left, right) == 0; }
    friend bool operator!=(const amount& left, const amount& right) noexcept { return compare(left, right) != 0; }
    friend bool operator<(const amount& left, const amount& right) noexcept { return compare(left, right) < 0; }

private:
    friend struct amount_access;
    std::int64_t high_ = 0; // numerator, two's complement
    std::uint64_t low_ = 0;
    int scale_ = 0; // denominator: 3600 * 10^scale
};

/// A sum without and with VAT.
struct cost {
    amount excl_vat;
    amount incl_vat;    ///< Equal to `excl_vat` where no VAT is due.
    bool taxed = false; ///< Whether any part has a rate of VAT, be it 0 %.
};

/// Why a line is on the bill.
enum class line_kind {
    component,            ///< A price component applies: the first of its dimension whose element's restrictions hold.
    unpriced,             ///< The tariff prices this dimension, but no element's restrictions hold: free.
    raised_to_min_price,  ///< What is missing to the tariff's `min_price`.
    lowered_to_max_price, ///< What goes beyond the tariff's `max_price`, negative.
};

/// One line of the bill: one dimension in one charging period. The lines add up to the total.
struct line {
    line_kind kind = line_kind::component;
    std::size_t tariff = 0;    ///< Index in the tariffs given.
    std::size_t element = 0;   ///< Index in its elements; of `component` lines only.
    std::size_t component = 0; ///< Index in the element's price_components; of `component` lines only.
    std::size_t period = 0;    ///< Index in the bill's periods; the last of them for limits.
    v221::tariff_dimension_type dimension = v221::tariff_dimension_type::flat; ///< Of no meaning for limits.
    bool of_reservation = false;                                               ///< TIME or FLAT of a reservation.
    decimal quantity;                                                          ///< Used: kWh, seconds, or 1 for FLAT.
    decimal step_extra; ///< Billed beyond that, because of the step size; same unit.
    int step_size = 0;  ///< That caused `step_extra`; 0 where none was applied.
    decimal price;      ///< Per kWh, hour or session, without VAT.
    amount excl_vat;
    std::optional<decimal> vat_percent; ///< Absent: none is due.
    amount vat;                         ///< Of `excl_vat`; of limits, what the limits add to it.
};

/// One sentence for people: "element 2 is the first that applies; 2520 s and 180 s to a full step of 300".
INCAR_OCPI_EXPORT std::string explain(const line& of_bill);

/// What is owed, and how it came about.
struct bill {
    std::string currency; ///< ISO 4217.
    cost total;           ///< After `min_price` and `max_price`: total_cost.
    cost fixed;           ///< FLAT without reservations: total_fixed_cost.
    cost energy;          ///< ENERGY: total_energy_cost.
    cost time;            ///< TIME: total_time_cost.
    cost parking;         ///< PARKING_TIME: total_parking_cost.
    cost reservation;     ///< Everything under a reservation restriction: total_reservation_cost.
    std::vector<line> lines;
    std::vector<v221::charging_period> periods; ///< As they belong into the CDR or Session.
    timestamp start;                            ///< Of the reservation if there is one, else of the session.
    timestamp end;
    decimal energy_kwh;
    std::chrono::milliseconds session_time{0}; ///< Charging and parked, without reservation.
    std::chrono::milliseconds parking_time{0};
    std::chrono::milliseconds reservation_time{0};
};

/// Prices a session from its meter readings and splits it into charging periods, at every moment at which another price
/// begins: a time of day, date or weekday at the location, an amount of energy (interpolated between readings), a
/// duration, a reading with another power or current, a change of tariff. Each of the tariffs, `type` and validity
/// included, is the caller's choice (`find_tariff` in <incar/ocpi/quote.hpp> helps).
///
/// Errors, with a JSON pointer like "/tariffs/0/elements/1/restrictions/start_time" or "/session/readings/3/at":
/// errc::missing for what a price depends on and nobody gave (a zone, a current, members of the tariff that were
/// absent); errc::malformed for times, dates and members of the tariff that could not be read; errc::out_of_range for
/// unknown words in the tariff and negative steps; errc::duplicate; errc::inconsistent for readings out of order, a
/// meter that runs backwards (unless `policy::discharging` allows it) and limits that contradict each other;
/// errc::not_found for a tariff_id without tariff; errc::currency_mismatch; errc::overflow where exact arithmetic needs
/// more than 128 bits; errc::limit_exceeded for more than 500 elements, and for sessions of centuries.
INCAR_OCPI_EXPORT expected<bill> price(const std::vector<v221::tariff>& tariffs, const session& charged,
                                       const policy& rules = {});
INCAR_OCPI_EXPORT expected<bill> price(const v221::tariff& only, const session& charged, const policy& rules = {});

/// A session that someone else has split already, as an OCPI Session or CDR has it.
struct recorded_session {
    std::optional<time_zone> zone; ///< As in `session`.
    timestamp start;
    timestamp end;
    std::vector<v221::charging_period> periods; ///< At least one.
};

/// Prices each charging period at what holds when it begins; nothing is interpolated. A period without tariff_id is
/// free, unless there is one tariff only and no period names any. Errors as `price`, below "/charging_periods".
INCAR_OCPI_EXPORT expected<bill> price_periods(const std::vector<v221::tariff>& tariffs,
                                               const recorded_session& charged, const policy& rules = {});

/// Copies what a bill knows into a CDR: start, end, currency, the tariffs that apply, charging periods and totals. What
/// only the operator knows (id, token, location, ...) stays as it is. Costs without VAT get no `incl_vat`; costs per
/// dimension are set where the tariffs price it. Error: errc::overflow.
INCAR_OCPI_EXPORT expected<void> fill(v221::cdr& record, const bill& owed, const std::vector<v221::tariff>& tariffs,
                                      const rounding_policy& how = {});

/// The same for a Session: kwh, currency, charging periods and total_cost.
INCAR_OCPI_EXPORT expected<void> fill(v221::session& running, const bill& owed, const rounding_policy& how = {});

} // namespace incar::ocpi::pricing
