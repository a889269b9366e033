#include "app/core.hpp"
#include "app/route.hpp"

namespace incar::app {
namespace {

using kind = parameter::kind;

std::vector<std::string> split(std::string_view path) {
    std::vector<std::string> segments;
    for (std::size_t at = 0; at < path.size();) {
        const std::size_t end = std::min(path.find('/', at + 1), path.size());
        segments.emplace_back(path.substr(at + 1, end - at - 1));
        at = end;
    }
    return segments;
}

bool is_name(const std::string& segment) {
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

} // namespace

const std::vector<parameter>& parameters() {
    static const std::vector<parameter> all = {
        {"emsp", "query", kind::party, "The driver's EMSP.", {}},
        {"token", "query", kind::text, "The uid of the driver's token.", {}},
        {"token_type", "query", kind::choice, "The type of the token; without it, the one that is known.",
         "APP_USER RFID AD_HOC_USER OTHER"},
        {"contract", "query", kind::text, "The driver's contract_id, for the records of all its tokens.", {}},
        {"cpo", "query", kind::words, "CPOs, such as NL*TNM; a command goes to one.", {}},
        {"bbox", "query", kind::words, "West, south, east, north in degrees. West of its east it crosses 180.", {}},
        {"near", "query", kind::words, "Latitude, longitude in degrees: the nearest first.", {}},
        {"radius_m", "query", kind::number, "Of near, more than 0 to 500000 m; 5000 unless given.", {}},
        {"connector", "query", kind::words, "Any of these standards, such as IEC_62196_T2.", {}},
        {"min_power_w", "query", kind::number, "Of the connector.", {}},
        {"energy", "query", kind::choice, "Of renewable sources only.", "green"},
        {"free_now", "query", kind::flag, "The EVSE of the connector is AVAILABLE.", {}},
        {"limit", "query", kind::count, "Most objects of the page.", {}},
        {"offset", "query", kind::count, "So many are left out.", {}},
        {"date_from", "query", kind::time, "Last updated then or later.", {}},
        {"date_to", "query", kind::time, "Last updated before.", {}},
        {"kwh", "query", kind::number, "The energy of a quote, more than 0.", {}},
        {"start", "query", kind::time, "Of charging; now unless given.", {}},
        {"power_w", "query", kind::number, "The vehicle takes no more than that.", {}},
        {"parking_min", "query", kind::number, "Connected so long after charging.", {}},
        {"profile", "query", kind::choice, "The driver's choice.", "REGULAR CHEAP FAST GREEN"},
        {"wait", "query", kind::number, "Seconds to wait for the result.", {}},
        {"X-Request-ID", "header", kind::text, "The same for a command that is repeated.", {}},
        {"OCPI-from-country-code", "header", kind::text, "Of the driver's EMSP.", {}},
        {"OCPI-from-party-id", "header", kind::text, "Of the driver's EMSP.", {}},
        {"OCPI-to-country-code", "header", kind::text, "Of the CPO.", {}},
        {"OCPI-to-party-id", "header", kind::text, "Of the CPO.", {}},
        {"command",
         "path",
         kind::text,
         "POST: CANCEL_RESERVATION, RESERVE_NOW, START_SESSION, STOP_SESSION or UNLOCK_CONNECTOR; GET: the id of a "
         "command.",
         {}},
        {"country_code", "path", kind::text, "Of the CPO.", {}},
        {"party_id", "path", kind::text, "Of the CPO.", {}},
        {"location_id", "path", kind::text, "", {}},
        {"evse_uid", "path", kind::text, "", {}},
        {"session_id", "path", kind::text, "", {}},
        {"cdr_id", "path", kind::text, "", {}},
        {"emsp_country_code", "path", kind::text, "Of the driver's EMSP.", {}},
        {"emsp_party_id", "path", kind::text, "Of the driver's EMSP.", {}},
        {"token_uid", "path", kind::text, "The uid of the driver's token.", {}},
    };
    return all;
}

const std::vector<route>& routes() {
    static const std::vector<std::string_view> search = {"bbox",        "near",  "radius_m", "connector",
                                                         "min_power_w", "cpo",   "energy",   "free_now",
                                                         "emsp",        "token", "limit",    "offset"};
    static const std::vector<std::string_view> history = {"emsp",      "token",   "contract", "cpo",
                                                          "date_from", "date_to", "limit",    "offset"};
    static const std::vector<std::string_view> one_record = {"emsp", "token", "contract", "cpo"};
    static const std::vector<std::string_view> order = {"emsp", "token", "token_type", "cpo", "X-Request-ID"};
    static const std::vector<std::string_view> seed_order = {
        "OCPI-from-country-code", "OCPI-from-party-id", "OCPI-to-country-code", "OCPI-to-party-id", "X-Request-ID"};
    static const std::vector<route> all = {
        {"GET",
         "/app/1.0/openapi.json",
         "describe",
         "This document",
         {},
         nullptr,
         nullptr,
         false,
         false,
         true,
         &core::describe},
        {"GET",
         "/app/1.0/emsps",
         "listEmsps",
         "EMSPs, and where their drivers log in",
         {},
         nullptr,
         "Emsp",
         true,
         false,
         false,
         &core::list_emsps},
        {"GET", "/app/1.0/locations", "searchLocations", "Locations in a box, near a point, or all", search, nullptr,
         "Location", true, false, false, &core::search_locations},
        {"GET",
         "/app/1.0/locations/{country_code}/{party_id}/{location_id}",
         "getLocation",
         "One location",
         {"emsp", "token"},
         nullptr,
         "Location",
         false,
         false,
         false,
         &core::get_location},
        {"GET",
         "/app/1.0/locations/{country_code}/{party_id}/{location_id}/evses/{evse_uid}/tariffs",
         "getEvseTariffs",
         "The tariffs of an EVSE's connectors, with kwh what a session will cost",
         {"emsp", "token", "kwh", "start", "power_w", "parking_min", "profile"},
         nullptr,
         "ConnectorTariffs",
         true,
         false,
         false,
         &core::get_tariffs},
        {"GET",
         "/app/1.0/tariffs",
         "listTariffs",
         "All tariffs",
         {"emsp", "cpo", "limit", "offset"},
         nullptr,
         "Tariff",
         true,
         false,
         false,
         &core::list_tariffs},
        {"POST", "/app/1.0/commands/{command}", "sendCommand", "Sends a command to a CPO", order, "Command",
         "CommandAnswer", false, false, false, &core::send_command},
        {"GET",
         "/app/1.0/commands/{command}",
         "getCommand",
         "What came of a command",
         {"emsp", "token", "wait"},
         nullptr,
         "CommandState",
         false,
         false,
         false,
         &core::get_command},
        {"GET", "/app/1.0/sessions", "listSessions", "The driver's sessions, the latest first", history, nullptr,
         "Session", true, false, false, &core::list_sessions},
        {"GET", "/app/1.0/sessions/{session_id}", "getSession", "One of them", one_record, nullptr, "Session", false,
         false, false, &core::get_session},
        {"PUT", "/app/1.0/sessions/{session_id}/charging_preferences", "setChargingPreferences",
         "What the driver wants from smart charging", one_record, "ChargingPreferences", "ChargingPreferencesResponse",
         false, false, false, &core::set_preferences},
        {"GET", "/app/1.0/cdrs", "listCdrs", "The driver's CDRs, the latest first", history, nullptr, "Cdr", true,
         false, false, &core::list_cdrs},
        {"GET", "/app/1.0/cdrs/{cdr_id}", "getCdr", "One of them", one_record, nullptr, "Cdr", false, false, false,
         &core::get_cdr},
        {"GET",
         "/ocpi/2.2/hubclientinfo/emsps",
         "seedListEmsps",
         "As listEmsps",
         {},
         nullptr,
         "Emsp",
         true,
         true,
         false,
         &core::list_emsps},
        {"GET", "/ocpi/hub/2.2/locations", "seedSearchLocations", "As searchLocations", search, nullptr, "Location",
         true, true, false, &core::search_locations},
        {"GET",
         "/ocpi/hub/2.2/tariffs",
         "seedListTariffs",
         "As listTariffs",
         {"emsp", "cpo", "limit", "offset"},
         nullptr,
         "Tariff",
         true,
         true,
         false,
         &core::list_tariffs},
        {"POST", "/ocpi/hub/2.2/commands/app/receiver/{command}", "seedSendCommand", "As sendCommand", seed_order,
         "Command", "CommandAnswer", false, true, false, &core::send_command},
        {"GET",
         "/ocpi/hub/2.2/sessions/{emsp_country_code}/{emsp_party_id}/{token_uid}",
         "seedListSessions",
         "As listSessions",
         {"limit", "offset"},
         nullptr,
         "Session",
         true,
         true,
         false,
         &core::list_sessions},
        {"GET",
         "/ocpi/hub/2.2/cdrs/{emsp_country_code}/{emsp_party_id}/{token_uid}",
         "seedListCdrs",
         "As listCdrs",
         {"limit", "offset"},
         nullptr,
         "Cdr",
         true,
         true,
         false,
         &core::list_cdrs},
    };
    return all;
}

const parameter* find_parameter(std::string_view name) {
    for (const parameter& each : parameters())
        if (each.name == name) return &each;
    return nullptr;
}

std::vector<std::string> names_in(std::string_view path) {
    std::vector<std::string> names;
    for (const std::string& each : split(path))
        if (is_name(each)) names.push_back(each.substr(1, each.size() - 2));
    return names;
}

std::optional<std::map<std::string, std::string>> match(const route& with, const std::vector<std::string>& segments) {
    const auto wanted = split(with.path);
    if (wanted.size() != segments.size()) return std::nullopt;
    std::map<std::string, std::string> values;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (!is_name(wanted[i]) && wanted[i] != segments[i]) return std::nullopt;
        if (is_name(wanted[i]) && segments[i].empty()) return std::nullopt;
        if (is_name(wanted[i])) values[wanted[i].substr(1, wanted[i].size() - 2)] = segments[i];
    }
    return values;
}

} // namespace incar::app
