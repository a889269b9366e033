#pragma once

/// \file
/// How amounts are written, and the switches for what the specification of tariffs leaves open. The defaults agree with
/// its worked examples of edition 2.2.1.
///
///     pricing::policy ours;
///     ours.time_steps = pricing::time_step_rule::together;     // as OCPI 2.2 had it

#include <incar/core/decimal.hpp>

namespace incar::ocpi::pricing {

/// How a decimal is made of an exact amount. Rounding happens there and nowhere else.
struct rounding_policy {
    int digits = 4; ///< Decimals, 0 to 18.
    rounding mode = rounding::half_up;
};

/// Which time the `step_size` of TIME and PARKING_TIME rounds up, once a session.
enum class time_step_rule {
    parking,  ///< Where parking is billed the total of parking, whenever it was; else the total of charging.
    last,     ///< The total of whichever of the two is billed last.
    together, ///< The total of both, as in the first editions of OCPI 2.2.
};

/// Whether the time of a reservation has a `step_size` of its own.
enum class reservation_step_rule {
    separate,     ///< It is rounded up by itself.
    with_session, ///< It counts as charging time; rounded up by itself only if nothing follows it.
};

/// What a change of tariff does to `step_size`.
enum class tariff_step_rule {
    last_tariff,   ///< Only what was used since the last change is rounded up.
    whole_session, ///< The total over all tariffs is rounded up, by the last step size.
};

/// Whether a component with the price 0 counts for `step_size`.
enum class zero_price_rule {
    free,   ///< No: it is as if nothing priced the dimension then.
    billed, ///< Yes: what it prices is part of the total, and it can be the last.
};

/// How often FLAT is due.
enum class flat_rule {
    each_tariff,    ///< Once a tariff: the first FLAT component whose restrictions come to hold.
    each_session,   ///< Once a session: the same, under whichever tariff comes first.
    each_component, ///< Once for each FLAT component that comes to apply.
};

/// Whether the FLAT of RESERVATION is due when a reservation expires and RESERVATION_EXPIRES has a FLAT, too.
enum class expired_flat_rule {
    replaced, ///< No, as with TIME.
    added,    ///< Yes, both.
};

/// What `min_duration` and `max_duration` measure.
enum class duration_rule {
    session,          ///< Time since the session began; a reservation before it has its own clock.
    with_reservation, ///< Time since the reservation began.
    same_kind,        ///< For TIME the time charged so far, for PARKING_TIME the time parked; else as `session`.
};

/// What becomes of a meter that runs backwards, that is, of energy from the vehicle.
enum class discharging_rule {
    refuse, ///< An error, because it is mostly a broken meter.
    net,    ///< Energy counts negative, at the price of the moment, and so do the restrictions on energy.
};

/// Where `price` begins a new charging period.
enum class period_rule {
    when_price_changes, ///< Only where another component begins to apply.
    at_every_reading,   ///< There, and at each reading.
};

/// How `price_periods` and `check_cdr` read a TIME, PARKING_TIME or RESERVATION_TIME in hours.
enum class hours_rule {
    rounded_length, ///< As the period's length, if the number is that length rounded to three or more decimals.
    as_written,     ///< As the number says.
};

/// All switches.
struct policy {
    time_step_rule time_steps = time_step_rule::parking;
    reservation_step_rule reservation_steps = reservation_step_rule::separate;
    tariff_step_rule tariff_steps = tariff_step_rule::last_tariff;
    zero_price_rule zero_price = zero_price_rule::free;
    bool next_step_at_exact_multiples = false; ///< True: 10 minutes in steps of 5 are billed as 15.
    flat_rule flat = flat_rule::each_tariff;
    expired_flat_rule expired_flat = expired_flat_rule::replaced;
    duration_rule duration = duration_rule::session;
    discharging_rule discharging = discharging_rule::refuse;
    period_rule periods = period_rule::when_price_changes;
    hours_rule hours = hours_rule::rounded_length;
    bool ignore_unknown_restrictions = false; ///< True: members that OCPI's restrictions do not have are overlooked.
    int volume_digits = 6;                    ///< Decimals of hours in the charging periods, 4 to 9.
};

} // namespace incar::ocpi::pricing
