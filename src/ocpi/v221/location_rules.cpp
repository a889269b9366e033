#include "ocpi/rules.hpp"

#include <algorithm>
#include <set>

namespace incar::ocpi::v221 {
namespace {

template <auto Key, class List>
void complain_of_twins(const List& list, std::string_view name, std::string_view member, const complain& wrong,
                       const char* message) {
    if (list.size() < 2) return;
    const auto less = [](const auto* left, const auto* right) { return left->*Key < right->*Key; };
    std::set<const typename List::value_type*, decltype(less)> seen(less);
    for (std::size_t i = 0; i < list.size(); ++i)
        if (!seen.insert(&list[i]).second) wrong(at(name, i, member), message);
}

// -- coordinates and times

decimal degrees(const std::string& text) {
    return decimal::parse(text).value_or(decimal());
}

void is_somewhere(const geo_location& point, const complain& wrong) {
    if (degrees(point.latitude) == decimal() && degrees(point.longitude) == decimal())
        wrong("", "latitude 0, longitude 0 is in the Atlantic");
}

template <class Period>
void ends_later(const Period& period, const complain& wrong) {
    if (period.period_end <= period.period_begin) wrong("/period_end", "the end is not later than the begin");
}

void schedule_ends_later(const status_schedule& schedule, const complain& wrong) {
    if (schedule.period_end && *schedule.period_end <= schedule.period_begin)
        wrong("/period_end", "the end is not later than the begin");
}

// -- opening hours

void hours_are_there(const hours& times, const complain& wrong) {
    if (!times.twentyfourseven && times.regular_hours.empty())
        wrong("/regular_hours", "regular hours are needed unless twentyfourseven is true");
}

void no_hours_when_always(const hours& times, const complain& wrong) {
    if (times.twentyfourseven && !times.regular_hours.empty())
        wrong("/regular_hours", "regular hours are only for places with twentyfourseven false");
}

bool is_whole_day(const regular_hours& day) {
    return day.period_begin == "00:00" &&
           (day.period_end == "00:00" || day.period_end == "24:00" || day.period_end == "23:59");
}

void whole_week_is_always(const hours& times, const complain& wrong) {
    std::set<int> days;
    for (const regular_hours& each : times.regular_hours)
        if (is_whole_day(each)) days.insert(each.weekday);
    if (!times.twentyfourseven && days.size() == 7)
        wrong("/twentyfourseven", "seven whole days are twentyfourseven: true");
}

void regular_hours_do_not_overlap(const hours& times, const complain& wrong) {
    const auto& all = times.regular_hours;
    for (std::size_t i = 0; i < all.size(); ++i)
        for (std::size_t k = 0; k < i; ++k)
            if (all[i].weekday == all[k].weekday && all[i].period_begin < all[k].period_end &&
                all[k].period_begin < all[i].period_end)
                wrong(at("regular_hours", i), "overlaps other hours of the same day");
}

void openings_and_closings_do_not_overlap(const hours& times, const complain& wrong) {
    for (std::size_t i = 0; i < times.exceptional_closings.size(); ++i)
        for (const exceptional_period& opening : times.exceptional_openings) {
            const exceptional_period& closing = times.exceptional_closings[i];
            if (closing.period_begin < opening.period_end && opening.period_begin < closing.period_end)
                wrong(at("exceptional_closings", i), "overlaps an exceptional opening");
        }
}

// -- energy

void sources_add_up(const energy_mix& mix, const complain& wrong) {
    if (mix.energy_sources.empty()) return;
    decimal sum;
    for (const energy_source& each : mix.energy_sources) {
        const auto more = add(sum, each.percentage);
        if (!more) return;
        sum = *more;
    }
    if (sum < decimal(99) || sum > decimal(101))
        wrong("/energy_sources", "the sources add up to " + incar::format(sum) + " %");
}

void green_is_green(const energy_mix& mix, const complain& wrong) {
    if (!mix.is_green_energy) return;
    for (std::size_t i = 0; i < mix.energy_sources.size(); ++i) {
        const auto source = mix.energy_sources[i].source.known();
        const bool is_green = source != energy_source_category::nuclear && source != energy_source_category::coal &&
                              source != energy_source_category::gas && source != energy_source_category::general_fossil;
        if (!is_green && mix.energy_sources[i].percentage > decimal())
            wrong(at("energy_sources", i), "green energy has no such source");
    }
    for (std::size_t i = 0; i < mix.environ_impact.size(); ++i)
        if (mix.environ_impact[i].amount > decimal()) wrong(at("environ_impact", i), "green energy has no such impact");
}

// -- who may see a location

void token_is_told(const publish_token_type& token, const complain& wrong) {
    if (!token.uid && !token.visual_number && !token.group_id)
        wrong("", "one of uid, visual_number and group_id is needed");
}

void uid_has_type(const publish_token_type& token, const complain& wrong) {
    if (token.uid && !token.type) wrong("/type", "a uid needs its type");
}

void number_has_issuer(const publish_token_type& token, const complain& wrong) {
    if (token.visual_number && !token.issuer) wrong("/issuer", "a visual_number needs its issuer");
}

void allowed_to_whom(const location& place, const complain& wrong) {
    if (place.publish && !place.publish_allowed_to.empty())
        wrong("/publish_allowed_to", "only for locations with publish false");
}

// -- connectors

// W; what the voltage and the current allow.
long long most_power(const connector& plug) {
    int phases = 1;
    if (plug.power_type == power_type::ac_2_phase || plug.power_type == power_type::ac_2_phase_split) phases = 2;
    if (plug.power_type == power_type::ac_3_phase) phases = 3;
    return static_cast<long long>(plug.max_voltage) * plug.max_amperage * phases;
}

void power_fits_voltage_and_current(const connector& plug, const complain& wrong) {
    if (!plug.max_electric_power || !plug.power_type.known() || plug.max_voltage <= 0 || plug.max_amperage <= 0) return;
    const long long most = most_power(plug);
    // 5 % more: figures are rounded, 230 V x 16 A is sold as 3.7 kW.
    if (*plug.max_electric_power > most + most / 20)
        wrong("/max_electric_power", std::to_string(plug.max_voltage) + " V and " + std::to_string(plug.max_amperage) +
                                         " A make " + std::to_string(most) + " W at most");
}

void connector_has_power(const connector& plug, const complain& wrong) {
    if (plug.max_voltage == 0) wrong("/max_voltage", "a connector without voltage charges nothing");
    if (plug.max_amperage == 0) wrong("/max_amperage", "a connector without current charges nothing");
    if (plug.max_electric_power == 0) wrong("/max_electric_power", "a connector without power charges nothing");
}

void current_fits_plug(const connector& plug, const complain& wrong) {
    const auto standard = plug.standard.known();
    const bool dc_only =
        standard == connector_type::chademo || standard == connector_type::gbt_dc || standard == connector_type::chaoji;
    const bool ac_only = standard == connector_type::gbt_ac || standard == connector_type::iec_62196_t1 ||
                         standard == connector_type::iec_62196_t3a || standard == connector_type::iec_62196_t3c ||
                         plug.standard.text().rfind("DOMESTIC_", 0) == 0 ||
                         plug.standard.text().rfind("IEC_60309_2_", 0) == 0;
    if (!plug.power_type.known()) return;
    const bool is_dc = plug.power_type == power_type::dc;
    if (dc_only && !is_dc) wrong("/power_type", "plugs of this standard carry direct current");
    if (ac_only && is_dc) wrong("/power_type", "plugs of this standard carry alternating current");
}

// -- what belongs together

void evse_uids_differ(const location& place, const complain& wrong) {
    complain_of_twins<&evse::uid>(place.evses, "evses", "uid", wrong, "another EVSE of the location has this uid");
}

void connector_ids_differ(const evse& point, const complain& wrong) {
    complain_of_twins<&connector::id>(point.connectors, "connectors", "id", wrong,
                                      "another connector of the EVSE has this id");
}

void location_knows_its_evses(const location& place, const complain& wrong) {
    for (std::size_t i = 0; i < place.evses.size(); ++i)
        if (place.evses[i].last_updated > place.last_updated)
            wrong("/last_updated", "earlier than that of EVSE " + place.evses[i].uid.text());
}

void evse_knows_its_connectors(const evse& point, const complain& wrong) {
    for (std::size_t i = 0; i < point.connectors.size(); ++i)
        if (point.connectors[i].last_updated > point.last_updated)
            wrong("/last_updated", "earlier than that of connector " + point.connectors[i].id.text());
}

// ES*ABC*E123, with or without asterisks.
bool is_evse_id(std::string_view id) {
    std::string letters;
    for (const char c : id)
        if (c != '*') letters += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto is_sign = [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); };
    return letters.size() >= 7 && letters.size() <= 37 && is_letter(letters[0]) && is_letter(letters[1]) &&
           letters[5] == 'E' && std::all_of(letters.begin(), letters.end(), is_sign);
}

void evse_id_is_emi3(const evse& point, const complain& wrong) {
    if (point.evse_id && !is_evse_id(point.evse_id->text()))
        wrong("/evse_id", "an EVSE ID is country, operator, E and a number, such as ES*ABC*E123");
}

void evse_has_id(const evse& point, const complain& wrong) {
    if (!point.evse_id && point.status != status::removed) wrong("/evse_id", "only EVSEs that are removed have none");
}

void has_postal_code(const location& place, const complain& wrong) {
    if (!place.postal_code) wrong("/postal_code", "only places that have none, such as motorways, go without");
}

void coordinates_are_not_swapped(const location& place, const complain& wrong) {
    // Rough boxes of those countries whose own box has no point of its mirror image.
    struct box {
        std::string_view country;
        int south, north, west, east;
    };
    static constexpr box boxes[] = {
        {"AUT", 46, 50, 9, 18},   {"BEL", 49, 52, 2, 7},    {"CHE", 45, 48, 5, 11},  {"CZE", 48, 52, 12, 19},
        {"DEU", 47, 56, 5, 16},   {"DNK", 54, 58, 7, 16},   {"ESP", 27, 44, -19, 5}, {"FIN", 59, 71, 19, 32},
        {"FRA", 41, 52, -6, 10},  {"GBR", 49, 61, -9, 2},   {"GRC", 34, 42, 19, 30}, {"HUN", 45, 49, 16, 23},
        {"IRL", 51, 56, -11, -5}, {"ITA", 35, 48, 6, 19},   {"NLD", 50, 54, 3, 8},   {"NOR", 57, 72, 4, 32},
        {"POL", 48, 55, 14, 25},  {"PRT", 30, 43, -32, -6}, {"SWE", 55, 70, 10, 25}, {"USA", 18, 72, -180, -66},
    };
    const decimal latitude = degrees(place.coordinates.latitude), longitude = degrees(place.coordinates.longitude);
    const auto is_in = [](const box& b, const decimal& north, const decimal& east) {
        return north >= decimal(b.south) && north <= decimal(b.north) && east >= decimal(b.west) &&
               east <= decimal(b.east);
    };
    for (const box& each : boxes)
        if (each.country == place.country && !is_in(each, latitude, longitude) && is_in(each, longitude, latitude))
            wrong("/coordinates", "with latitude and longitude swapped this would be in " + place.country);
}

void image_type_is_common(const image& picture, const complain& wrong) {
    for (const char* type : {"gif", "jpeg", "png", "svg"})
        if (equals_ignoring_case(picture.type.text(), type)) return;
    wrong("/type", "types are gif, jpeg, png and svg");
}

template <class T, auto List>
void words_differ(const T& object, const complain& wrong) {
    const auto& list = object.*List;
    for (std::size_t i = 0; i < list.size(); ++i)
        if (std::find(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(i), list[i]) !=
            list.begin() + static_cast<std::ptrdiff_t>(i))
            wrong("", "'" + std::string(list[i].text()) + "' is listed twice");
}

} // namespace

const std::vector<between_members>& location_rules() {
    constexpr auto specified = strictness::specified, advised = strictness::advised;
    static const std::vector<between_members> rows = {
        rule_for<location, evse_uids_differ>("evse_uids", specified),
        rule_for<location, location_knows_its_evses>("last_updated", specified),
        rule_for<location, allowed_to_whom>("publish_allowed_to", specified),
        rule_for<location, coordinates_are_not_swapped>("coordinates_swapped", advised),
        rule_for<location, has_postal_code>("postal_code", advised),
        rule_for<location, words_differ<location, &location::facilities>>("twice", advised),
        rule_for<evse, connector_ids_differ>("connector_ids", specified),
        rule_for<evse, evse_knows_its_connectors>("last_updated", specified),
        rule_for<evse, evse_has_id>("evse_id_missing", advised),
        rule_for<evse, evse_id_is_emi3>("evse_id_format", advised),
        rule_for<evse, words_differ<evse, &evse::capabilities>>("twice", advised),
        rule_for<evse, words_differ<evse, &evse::parking_restrictions>>("twice", advised),
        rule_for<connector, power_fits_voltage_and_current>("power", specified),
        rule_for<connector, connector_has_power>("no_power", advised),
        rule_for<connector, current_fits_plug>("power_type", advised),
        rule_for<geo_location, is_somewhere>("null_island", advised),
        rule_for<hours, hours_are_there>("regular_hours_missing", specified),
        rule_for<hours, no_hours_when_always>("regular_hours_superfluous", specified),
        rule_for<hours, whole_week_is_always>("twentyfourseven", specified),
        rule_for<hours, regular_hours_do_not_overlap>("hours_overlap", advised),
        rule_for<hours, openings_and_closings_do_not_overlap>("exceptions_overlap", advised),
        rule_for<regular_hours, ends_later<regular_hours>>("period_order", specified),
        rule_for<exceptional_period, ends_later<exceptional_period>>("period_order", specified),
        rule_for<status_schedule, schedule_ends_later>("period_order", specified),
        rule_for<publish_token_type, token_is_told>("token_untold", specified),
        rule_for<publish_token_type, uid_has_type>("type_missing", specified),
        rule_for<publish_token_type, number_has_issuer>("issuer_missing", specified),
        rule_for<energy_mix, sources_add_up>("sources_sum", specified),
        rule_for<energy_mix, green_is_green>("green_energy", specified),
        rule_for<image, image_type_is_common>("image_type", advised),
    };
    return rows;
}

} // namespace incar::ocpi::v221
