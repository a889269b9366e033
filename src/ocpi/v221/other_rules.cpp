// Tokens, commands, charging profiles, credentials, the SMAC extension.

#include "ocpi/rules.hpp"

#include <algorithm>
#include <set>

namespace incar::ocpi::v221 {
namespace {

// -- tokens

void allowed_is_valid(const authorization_info& answer, const complain& wrong) {
    if (answer.allowed == allowed_type::allowed && !answer.token.valid)
        wrong("/token/valid", "a token that is not valid is ALLOWED to charge");
}

void location_is_for_allowed(const authorization_info& answer, const complain& wrong) {
    if (answer.allowed.known() && answer.allowed != allowed_type::allowed && answer.location)
        wrong("/location", "only who is ALLOWED to charge is told where");
}

void group_fits_ocpp(const token& t, const complain& wrong) {
    if (t.group_id && t.group_id->text().size() > 20)
        wrong("/group_id", "charge points with OCPP 1.5 and 1.6 take up to 20 characters");
}

// -- commands

void connector_has_evse(const start_session& command, const complain& wrong) {
    if (command.connector_id && !command.evse_uid) wrong("/evse_uid", "a connector_id needs its evse_uid");
}

// -- charging profiles

void profile_is_in_order(const charging_profile& profile, const complain& wrong) {
    const auto& periods = profile.charging_profile_period;
    for (std::size_t i = 1; i < periods.size(); ++i)
        if (periods[i].start_period <= periods[i - 1].start_period)
            wrong(at("charging_profile_period", i, "start_period"), "not later than that of the period before");
}

void profile_fits_duration(const charging_profile& profile, const complain& wrong) {
    const auto& periods = profile.charging_profile_period;
    for (std::size_t i = 0; i < periods.size(); ++i)
        if (profile.duration && periods[i].start_period >= *profile.duration)
            wrong(at("charging_profile_period", i, "start_period"), "the profile is over by then");
}

void profile_begins_at_its_start(const charging_profile& profile, const complain& wrong) {
    const auto& periods = profile.charging_profile_period;
    if (periods.empty())
        wrong("/charging_profile_period", "a profile without limits");
    else if (periods[0].start_period > 0)
        wrong("/charging_profile_period/0/start_period", "nothing is said about the time before");
}

bool has_one_decimal(const decimal& number) {
    return number.without_trailing_zeros().scale() <= 1;
}

void limit_has_one_decimal(const charging_profile_period& period, const complain& wrong) {
    if (!has_one_decimal(period.limit)) wrong("/limit", "limits have at most one decimal");
}

void rate_has_one_decimal(const charging_profile& profile, const complain& wrong) {
    if (profile.min_charging_rate && !has_one_decimal(*profile.min_charging_rate))
        wrong("/min_charging_rate", "rates have at most one decimal");
}

void accepted_has_profile(const active_charging_profile_result& result, const complain& wrong) {
    if (result.result == charging_profile_result_type::accepted && !result.profile)
        wrong("/profile", "an answer that is ACCEPTED has the profile");
}

// -- versions and credentials

void roles_differ(const credentials& c, const complain& wrong) {
    for (std::size_t i = 0; i < c.roles.size(); ++i)
        for (std::size_t k = 0; k < i; ++k) {
            const credentials_role &one = c.roles[i], &other = c.roles[k];
            if (one.role == other.role && one.party_id == other.party_id && one.country_code == other.country_code)
                wrong(at("roles", i), "the party has this role already");
        }
}

void url_is_encrypted(const credentials& c, const complain& wrong) {
    if (equals_ignoring_case(std::string_view(c.url).substr(0, 7), "http://"))
        wrong("/url", "whoever listens on the way can read the tokens");
}

void endpoints_differ(const version_details& details, const complain& wrong) {
    for (std::size_t i = 0; i < details.endpoints.size(); ++i)
        for (std::size_t k = 0; k < i; ++k)
            if (details.endpoints[i].identifier == details.endpoints[k].identifier &&
                details.endpoints[i].role == details.endpoints[k].role)
                wrong(at("endpoints", i), "the module has an endpoint for this role already");
}

void credentials_are_served(const version_details& details, const complain& wrong) {
    const bool found = std::any_of(details.endpoints.begin(), details.endpoints.end(),
                                   [](const endpoint& each) { return each.identifier == module_id::credentials; });
    if (!found) wrong("/endpoints", "every party serves the module credentials");
}

// -- SMAC

void powers_are_in_order(const sc_optimisation& site, const complain& wrong) {
    if (site.min_power && site.max_power && *site.min_power > *site.max_power)
        wrong("/min_power", "more than max_power");
}

struct series {
    const char* name;
    std::vector<slot_value> sc_optimisation::*values;
};
constexpr series all_series[] = {{"demand", &sc_optimisation::demand},
                                 {"generation", &sc_optimisation::generation},
                                 {"demand_forecast", &sc_optimisation::demand_forecast},
                                 {"generation_forecast", &sc_optimisation::generation_forecast},
                                 {"storage_soc", &sc_optimisation::storage_soc},
                                 {"price", &sc_optimisation::price},
                                 {"flex_orders", &sc_optimisation::flex_orders}};

void slots_differ(const sc_optimisation& site, const complain& wrong) {
    for (const series& each : all_series) {
        std::set<timestamp> seen;
        const auto& values = site.*each.values;
        for (std::size_t i = 0; i < values.size(); ++i)
            if (!seen.insert(values[i].time_slot).second)
                wrong(at(each.name, i, "time_slot"), "this slot has a value already");
    }
}

void soc_is_a_percentage(const sc_optimisation& site, const complain& wrong) {
    for (std::size_t i = 0; i < site.storage_soc.size(); ++i)
        if (site.storage_soc[i].value < decimal() || site.storage_soc[i].value > decimal(100))
            wrong(at("storage_soc", i, "value"), "a state of charge is from 0 to 100");
}

} // namespace

const std::vector<between_members>& other_rules() {
    constexpr auto specified = strictness::specified, advised = strictness::advised;
    static const std::vector<between_members> rows = {
        rule_for<authorization_info, location_is_for_allowed>("location_superfluous", specified),
        rule_for<authorization_info, allowed_is_valid>("allowed", advised),
        rule_for<token, group_fits_ocpp>("group_id_length", advised),
        rule_for<start_session, connector_has_evse>("evse_missing", specified),
        rule_for<charging_profile, profile_is_in_order>("periods_order", specified),
        rule_for<charging_profile, rate_has_one_decimal>("one_decimal", specified),
        rule_for<charging_profile_period, limit_has_one_decimal>("one_decimal", specified),
        rule_for<charging_profile, profile_fits_duration>("periods_inside", advised),
        rule_for<charging_profile, profile_begins_at_its_start>("profile_start", advised),
        rule_for<active_charging_profile_result, accepted_has_profile>("profile_missing", specified),
        rule_for<credentials, roles_differ>("roles", specified),
        rule_for<credentials, url_is_encrypted>("https", advised),
        rule_for<version_details, endpoints_differ>("endpoints", specified),
        rule_for<version_details, credentials_are_served>("credentials_missing", specified),
        rule_for<sc_optimisation, powers_are_in_order>("bounds_order", specified),
        rule_for<sc_optimisation, slots_differ>("slots", specified),
        rule_for<sc_optimisation, soc_is_a_percentage>("percentage", specified),
    };
    return rows;
}

} // namespace incar::ocpi::v221
