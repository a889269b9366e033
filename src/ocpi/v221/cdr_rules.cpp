#include "ocpi/v221/periods.hpp"

#include <algorithm>

namespace incar::ocpi::v221 {
namespace {

bool is_credit(const cdr& record) {
    return record.credit.value_or(false);
}

void cdr_ends_later(const cdr& record, const complain& wrong) {
    if (is_placeholder(record.start_date_time) || is_placeholder(record.end_date_time)) return;
    if (record.end_date_time < record.start_date_time) wrong("/end_date_time", "the end is earlier than the start");
}

void cdr_times_are_known(const cdr& record, const complain& wrong) {
    if (is_placeholder(record.start_date_time)) wrong("/start_date_time", "the start is told to be unknown");
    if (is_placeholder(record.end_date_time)) wrong("/end_date_time", "the end is told to be unknown");
}

void cdr_periods_are_in_order(const cdr& record, const complain& wrong) {
    periods_are_in_order(record.charging_periods, wrong);
}

void cdr_periods_are_inside(const cdr& record, const complain& wrong) {
    periods_are_inside(record.charging_periods, record.start_date_time, record.end_date_time, wrong);
}

void only_credit_has_long_id(const cdr& record, const complain& wrong) {
    if (!is_credit(record) && record.id.text().size() > 36)
        wrong("/id", "only a credit CDR has more than 36 characters");
}

void credit_names_what_it_takes_back(const cdr& record, const complain& wrong) {
    if (!is_credit(record)) return;
    if (!record.credit_reference_id)
        wrong("/credit_reference_id", "a credit CDR names the CDR that it takes back");
    else if (*record.credit_reference_id == record.id)
        wrong("/credit_reference_id", "a credit CDR has an id of its own");
}

void credit_is_negative(const cdr& record, const complain& wrong) {
    if (is_credit(record) && record.total_cost.excl_vat > decimal())
        wrong("/total_cost/excl_vat", "a credit CDR gives back: the total is negative");
}

void reference_is_for_credit(const cdr& record, const complain& wrong) {
    if (!is_credit(record) && record.credit_reference_id)
        wrong("/credit_reference_id", "only a credit CDR takes another back");
}

void cdr_amounts_are_positive(const cdr& record, const complain& wrong) {
    if (!is_credit(record) && record.total_cost.excl_vat < decimal())
        wrong("/total_cost/excl_vat", "only a credit CDR gives back");
    if (record.total_time < decimal()) wrong("/total_time", "less than no time has passed");
    if (record.total_parking_time && *record.total_parking_time < decimal())
        wrong("/total_parking_time", "less than no time has passed");
}

void dimensions_are_for_cdrs(const cdr& record, const complain& wrong) {
    constexpr cdr_dimension_type session_only[] = {cdr_dimension_type::current, cdr_dimension_type::energy_export,
                                                   cdr_dimension_type::energy_import, cdr_dimension_type::power,
                                                   cdr_dimension_type::state_of_charge};
    for (std::size_t i = 0; i < record.charging_periods.size(); ++i)
        for (std::size_t k = 0; k < record.charging_periods[i].dimensions.size(); ++k) {
            const auto type = record.charging_periods[i].dimensions[k].type.known();
            if (type && std::find(std::begin(session_only), std::end(session_only), *type) != std::end(session_only))
                wrong(at("charging_periods", i) + at("dimensions", k, "type"), "this dimension is for sessions only");
        }
}

const tariff* find_tariff(const cdr& record, const id<tariff>& wanted) {
    for (const tariff& each : record.tariffs)
        if (each.id == wanted) return &each;
    return nullptr;
}

void tariffs_are_there(const cdr& record, const complain& wrong) {
    if (record.tariffs.empty()) return;
    for (std::size_t i = 0; i < record.charging_periods.size(); ++i) {
        const auto& wanted = record.charging_periods[i].tariff_id;
        if (wanted && !find_tariff(record, *wanted))
            wrong(at("charging_periods", i, "tariff_id"), "the CDR has no tariff of this id");
    }
}

void tariffs_have_the_currency(const cdr& record, const complain& wrong) {
    for (std::size_t i = 0; i < record.tariffs.size(); ++i)
        if (record.tariffs[i].currency != record.currency)
            wrong(at("tariffs", i, "currency"), "the CDR is in " + record.currency);
}

// The sum of a dimension over all periods; absent when no period has it, or when it is too large.
std::optional<decimal> sum_of(const cdr& record, cdr_dimension_type wanted) {
    std::optional<decimal> sum;
    for (const charging_period& period : record.charging_periods)
        for (const cdr_dimension& each : period.dimensions) {
            if (each.type != wanted) continue;
            const auto more = add(sum.value_or(decimal()), each.volume);
            if (!more) return std::nullopt;
            sum = *more;
        }
    return sum;
}

bool differs(const decimal& total, const decimal& sum, const decimal& tolerance) {
    const auto difference = subtract(total, sum);
    return !difference || *difference > tolerance || *difference < -tolerance;
}

// Volumes are rounded period by period: 0.001 kWh, or 0.001 h, each.
decimal volume_tolerance(const cdr& record) {
    return decimal(static_cast<std::int64_t>(record.charging_periods.size()), 3);
}

void energy_adds_up(const cdr& record, const complain& wrong) {
    const auto sum = sum_of(record, cdr_dimension_type::energy);
    if (sum && differs(record.total_energy, *sum, volume_tolerance(record)))
        wrong("/total_energy", "the periods add up to " + incar::format(*sum) + " kWh");
}

void parking_adds_up(const cdr& record, const complain& wrong) {
    const auto sum = sum_of(record, cdr_dimension_type::parking_time);
    if (sum && record.total_parking_time && differs(*record.total_parking_time, *sum, volume_tolerance(record)))
        wrong("/total_parking_time", "the periods add up to " + incar::format(*sum) + " hours");
}

void time_holds_parking(const cdr& record, const complain& wrong) {
    if (record.total_parking_time && *record.total_parking_time > record.total_time)
        wrong("/total_parking_time", "longer than the whole session");
}

void time_fits_session(const cdr& record, const complain& wrong) {
    if (is_placeholder(record.start_date_time) || is_placeholder(record.end_date_time)) return;
    const auto milliseconds = (record.end_date_time - record.start_date_time).count();
    const auto hours = divide(decimal(milliseconds), decimal(3'600'000), 4, rounding::half_up);
    const auto most = hours ? add(*hours, decimal(1, 2)) : hours;
    if (most && record.total_time > *most)
        wrong("/total_time", "between start and end there are " + incar::format(*hours) + " hours");
}

void costs_add_up(const cdr& record, const complain& wrong) {
    // A least or highest price changes the total and none of its parts.
    const bool is_clamped = std::any_of(record.tariffs.begin(), record.tariffs.end(),
                                        [](const tariff& each) { return each.min_price || each.max_price; });
    if (is_clamped) return;
    decimal sum;
    int parts = 0;
    for (const auto* each : {&record.total_fixed_cost, &record.total_energy_cost, &record.total_time_cost,
                             &record.total_parking_cost, &record.total_reservation_cost})
        if (*each) {
            const auto more = add(sum, (*each)->excl_vat);
            if (!more) return;
            sum = *more;
            ++parts;
        }
    if (parts == 0 || sum == decimal(std::numeric_limits<std::int64_t>::min())) return;
    const decimal expected_total = is_credit(record) && sum > decimal() ? -sum : sum;
    if (differs(record.total_cost.excl_vat, expected_total, decimal(parts, 2)))
        wrong("/total_cost/excl_vat", "the parts add up to " + incar::format(sum));
}

void na_is_for_reservations(const cdr& record, const complain& wrong) {
    const bool was_reservation = !record.session_id && record.total_energy == decimal();
    if (was_reservation) return;
    const cdr_location& place = record.cdr_location;
    const std::pair<const char*, const std::string*> members[] = {
        {"/cdr_location/evse_uid", &place.evse_uid.text()},
        {"/cdr_location/evse_id", &place.evse_id.text()},
        {"/cdr_location/connector_id", &place.connector_id.text()}};
    for (const auto& [pointer, text] : members)
        if (*text == "#NA") wrong(pointer, "only a reservation without session has none");
}

bool is_base64(std::string_view text) {
    while (!text.empty() && text.back() == '=') text.remove_suffix(1);
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
    });
}

void signature_is_base64(const signed_value& value, const complain& wrong) {
    if (!is_base64(value.signed_data)) wrong("/signed_data", "this is no Base64");
}

void key_is_base64(const signed_data& data, const complain& wrong) {
    if (data.public_key && !is_base64(*data.public_key)) wrong("/public_key", "this is no Base64");
}

void nature_is_common(const signed_value& value, const complain& wrong) {
    for (const char* each : {"Start", "End", "Intermediate"})
        if (equals_ignoring_case(value.nature.text(), each)) return;
    wrong("/nature", "values are read at the Start, at the End or Intermediate");
}

} // namespace

const std::vector<between_members>& cdr_rules() {
    constexpr auto specified = strictness::specified, advised = strictness::advised;
    static const std::vector<between_members> rows = {
        rule_for<cdr, only_credit_has_long_id>("id_length", specified),
        rule_for<cdr, cdr_ends_later>("period_order", specified),
        rule_for<cdr, na_is_for_reservations>("na", specified),
        rule_for<cdr, tariffs_have_the_currency>("tariff_currency", specified),
        rule_for<cdr, cdr_periods_are_in_order>("periods_order", specified),
        rule_for<cdr, cdr_periods_are_inside>("periods_inside", specified),
        rule_for<cdr, dimensions_are_for_cdrs>("session_dimension", specified),
        rule_for<cdr, tariffs_are_there>("tariff_missing", specified),
        rule_for<cdr, costs_add_up>("cost_sum", specified),
        rule_for<cdr, energy_adds_up>("energy_sum", specified),
        rule_for<cdr, parking_adds_up>("parking_sum", specified),
        rule_for<cdr, time_holds_parking>("parking_time", specified),
        rule_for<cdr, credit_names_what_it_takes_back>("credit_reference", specified),
        rule_for<cdr, credit_is_negative>("credit_sign", specified),
        rule_for<cdr, reference_is_for_credit>("credit_superfluous", advised),
        rule_for<cdr, cdr_amounts_are_positive>("negative", advised),
        rule_for<cdr, cdr_times_are_known>("placeholder_time", advised),
        rule_for<cdr, time_fits_session>("total_time", advised),
        rule_for<signed_value, signature_is_base64>("base64", specified),
        rule_for<signed_data, key_is_base64>("base64", specified),
        rule_for<signed_value, nature_is_common>("nature", advised),
    };
    return rows;
}

} // namespace incar::ocpi::v221
