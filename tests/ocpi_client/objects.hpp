#pragma once

// Objects of NL*CPO and DE*MSP, complete and small.

#include <incar/ocpi_client/party.hpp>

#include <string>

namespace incar::ocpi_client {

inline timestamp at(const std::string& time) {
    return timestamp::parse(time).value();
}

template <class T>
T read(const std::string& text) {
    return ocpi::decode<T>(text).value();
}

inline v221::connector connector_of(const std::string& id, const std::string& updated = "2026-01-01T00:00:00Z") {
    return read<v221::connector>(R"({"id":")" + id + R"(","standard":"IEC_62196_T2","format":"SOCKET",
        "power_type":"AC_3_PHASE","max_voltage":230,"max_amperage":32,"last_updated":")" +
                                 updated + "\"}");
}

inline v221::evse evse_of(const std::string& uid, const std::string& updated = "2026-01-01T00:00:00Z") {
    auto evse = read<v221::evse>(R"({"uid":")" + uid + R"(","status":"AVAILABLE","connectors":[],"last_updated":")" +
                                 updated + "\"}");
    evse.connectors = {connector_of("1", updated)};
    return evse;
}

inline v221::location location_of(const std::string& id, const std::string& updated = "2026-01-01T00:00:00Z") {
    auto location = read<v221::location>(R"({"country_code":"NL","party_id":"CPO","id":")" + id + R"(","publish":true,
        "address":"Quay 7","city":"Delft","country":"NLD","time_zone":"Europe/Amsterdam",
        "coordinates":{"latitude":"52.011600","longitude":"4.357100"},"last_updated":")" +
                                         updated + "\"}");
    location.evses = {evse_of("e1", updated)};
    return location;
}

inline v221::tariff tariff_of(const std::string& id, const std::string& updated = "2026-01-01T00:00:00Z") {
    return read<v221::tariff>(R"({"country_code":"NL","party_id":"CPO","id":")" + id + R"(","currency":"EUR",
        "elements":[{"price_components":[{"type":"ENERGY","price":0.250,"vat":21.0,"step_size":1}]}],
        "last_updated":")" + updated +
                              "\"}");
}

inline v221::token token_of(const std::string& uid, const std::string& type = "RFID",
                            const std::string& updated = "2026-01-01T00:00:00Z") {
    return read<v221::token>(R"({"country_code":"DE","party_id":"MSP","uid":")" + uid + R"(","type":")" + type +
                             R"(","contract_id":"DE-MSP-C1","issuer":"MSP","valid":true,"whitelist":"ALLOWED",
        "last_updated":")" + updated +
                             "\"}");
}

inline v221::session session_of(const std::string& id, const std::string& updated = "2026-01-01T00:00:00Z",
                                const std::string& party = "MSP") {
    return read<v221::session>(R"({"country_code":"NL","party_id":"CPO","id":")" + id + R"(","start_date_time":
        "2026-01-01T00:00:00Z","kwh":1.50,"cdr_token":{"country_code":"DE","party_id":")" +
                               party + R"(","uid":"A",
        "type":"RFID","contract_id":"DE-MSP-C1"},"auth_method":"WHITELIST","location_id":"L1","evse_uid":"#NA",
        "connector_id":"#NA","currency":"EUR","charging_periods":[
        {"start_date_time":"2026-01-01T00:00:00Z","dimensions":[{"type":"ENERGY","volume":1.0}]},
        {"start_date_time":"2026-01-01T00:15:00Z","dimensions":[{"type":"ENERGY","volume":0.50}]}],
        "status":"ACTIVE","last_updated":")" +
                               updated + "\"}");
}

inline v221::cdr cdr_of(const std::string& id, const std::string& updated = "2026-01-01T00:00:00Z",
                        const std::string& party = "MSP") {
    return read<v221::cdr>(R"({"country_code":"NL","party_id":"CPO","id":")" + id + R"(","start_date_time":
        "2026-01-01T00:00:00Z","end_date_time":"2026-01-01T01:00:00Z","session_id":"S1","cdr_token":{"country_code":
        "DE","party_id":")" +
                           party + R"(","uid":"A","type":"RFID","contract_id":"DE-MSP-C1"},"auth_method":
        "WHITELIST","cdr_location":{"id":"L1","address":"Quay 7","city":"Delft","country":"NLD","coordinates":
        {"latitude":"52.011600","longitude":"4.357100"},"evse_uid":"e1","evse_id":"NL*CPO*E1","connector_id":"1",
        "connector_standard":"IEC_62196_T2","connector_format":"SOCKET","connector_power_type":"AC_3_PHASE"},
        "currency":"EUR","charging_periods":[{"start_date_time":"2026-01-01T00:00:00Z","dimensions":
        [{"type":"ENERGY","volume":1.50}]}],"total_cost":{"excl_vat":0.38},"total_energy":1.50,"total_time":1.0,
        "last_updated":")" +
                           updated + "\"}");
}

inline v221::client_info client_info_of(const std::string& party, const std::string& updated = "2026-01-01T00:00:00Z") {
    return read<v221::client_info>(R"({"country_code":"FR","party_id":")" + party + R"(","role":"CPO","status":
        "CONNECTED","last_updated":")" +
                                   updated + "\"}");
}

inline v221::sc_optimisation optimisation_of(const std::string& id) {
    return read<v221::sc_optimisation>(R"({"country_code":"NL","party_id":"CPO","id":")" + id + R"(","evses":[
        {"location_id":"L1","evse_uid":"e1","connectors":[{"connector_id":"1","power":11000}]}],
        "last_updated":"2026-01-01T00:00:00Z"})");
}

} // namespace incar::ocpi_client
