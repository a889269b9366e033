#include "ocpi/rules.hpp"
#include "ocpi/v221/periods.hpp"

namespace incar::ocpi::v221 {
namespace {

void session_ends_later(const session& s, const complain& wrong) {
    if (s.end_date_time && *s.end_date_time < s.start_date_time)
        wrong("/end_date_time", "the end is earlier than the start");
}

void completed_has_end(const session& s, const complain& wrong) {
    if (s.status == session_status::completed && !s.end_date_time)
        wrong("/end_date_time", "a session that is COMPLETED has an end");
}

void running_has_no_end(const session& s, const complain& wrong) {
    const bool has_not_ended = s.status == session_status::pending || s.status == session_status::reservation;
    if (has_not_ended && s.end_date_time) wrong("/end_date_time", "a session that has not begun has no end");
}

void session_periods_are_in_order(const session& s, const complain& wrong) {
    periods_are_in_order(s.charging_periods, wrong);
}

void session_periods_are_inside(const session& s, const complain& wrong) {
    periods_are_inside(s.charging_periods, s.start_date_time, s.end_date_time, wrong);
}

void na_is_for_reservations(const session& s, const complain& wrong) {
    if (s.status == session_status::reservation || s.status == session_status::pending) return;
    // A reservation that never became a session may still be closed.
    if (s.kwh == decimal() && s.status != session_status::active) return;
    if (s.evse_uid.text() == "#NA") wrong("/evse_uid", "only a reservation may do without an EVSE");
    if (s.connector_id.text() == "#NA") wrong("/connector_id", "only a reservation may do without a connector");
}

void session_amounts_are_positive(const session& s, const complain& wrong) {
    if (s.kwh < decimal()) wrong("/kwh", "less than nothing was charged");
    if (s.total_cost && s.total_cost->excl_vat < decimal()) wrong("/total_cost/excl_vat", "the driver would be paid");
}

void volume_fits_dimension(const cdr_dimension& dimension, const complain& wrong) {
    const auto type = dimension.type.known();
    const bool is_percentage = type == cdr_dimension_type::state_of_charge;
    if (is_percentage && (dimension.volume < decimal() || dimension.volume > decimal(100)))
        wrong("/volume", "a state of charge is from 0 to 100");
    const bool is_time = type == cdr_dimension_type::time || type == cdr_dimension_type::parking_time ||
                         type == cdr_dimension_type::reservation_time;
    const bool is_one_way = type == cdr_dimension_type::energy_export || type == cdr_dimension_type::energy_import;
    if ((is_time || is_one_way) && dimension.volume < decimal()) wrong("/volume", "this cannot be negative");
}

void dimensions_differ(const charging_period& period, const complain& wrong) {
    for (std::size_t i = 0; i < period.dimensions.size(); ++i)
        for (std::size_t k = 0; k < i; ++k)
            if (period.dimensions[i].type == period.dimensions[k].type) {
                wrong(at("dimensions", i, "type"), "the period has this dimension already");
                break;
            }
}

void battery_holds_it(const charging_preferences& wish, const complain& wrong) {
    if (wish.energy_need && wish.capacity && *wish.energy_need > *wish.capacity)
        wrong("/energy_need", "more than the battery holds");
}

void wish_is_positive(const charging_preferences& wish, const complain& wrong) {
    if (wish.energy_need && *wish.energy_need < decimal()) wrong("/energy_need", "less than nothing is wanted");
    if (wish.capacity && *wish.capacity <= decimal()) wrong("/capacity", "a battery holds something");
}

} // namespace

const std::vector<between_members>& session_rules() {
    constexpr auto specified = strictness::specified, advised = strictness::advised;
    static const std::vector<between_members> rows = {
        rule_for<session, session_ends_later>("period_order", specified),
        rule_for<session, completed_has_end>("end_missing", specified),
        rule_for<session, na_is_for_reservations>("na", specified),
        rule_for<session, session_periods_are_in_order>("periods_order", specified),
        rule_for<session, session_periods_are_inside>("periods_inside", specified),
        rule_for<session, running_has_no_end>("end_superfluous", advised),
        rule_for<session, session_amounts_are_positive>("negative", advised),
        rule_for<cdr_dimension, volume_fits_dimension>("volume", specified),
        rule_for<charging_period, dimensions_differ>("dimension_twice", advised),
        rule_for<charging_preferences, battery_holds_it>("energy_need", advised),
        rule_for<charging_preferences, wish_is_positive>("negative", advised),
    };
    return rows;
}

} // namespace incar::ocpi::v221
