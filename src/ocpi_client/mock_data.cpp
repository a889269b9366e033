#include "ocpi_client/mock_data.hpp"

namespace incar::ocpi_client {
namespace {

const timestamp first_update = timestamp::parse("2026-01-01T00:00:00Z").value();

template <class T>
void take_up(party& with, const mock_options& options, std::size_t index, T object) {
    object.country_code = options.party.country_code;
    object.party_id = options.party.party_id;
    object.last_updated = first_update + std::chrono::hours(index);
    with.own(object).value();
}

v221::location location_of(const std::string& number) {
    v221::connector connector;
    connector.id = id<v221::connector>("1");
    connector.standard = v221::connector_type::iec_62196_t2;
    connector.format = v221::connector_format::socket;
    connector.power_type = v221::power_type::ac_3_phase;
    connector.max_voltage = 230;
    connector.max_amperage = 32;
    connector.tariff_ids = {id<v221::tariff>("T1")};
    connector.last_updated = first_update;
    v221::evse evse;
    evse.uid = id<v221::evse>("E" + number);
    evse.status = v221::status::available;
    evse.connectors = {connector};
    evse.last_updated = first_update;
    v221::location location;
    location.id = id<v221::location>("L" + number);
    location.publish = true;
    location.address = "Test street " + number;
    location.city = "Delft";
    location.postal_code = "2611 AA";
    location.country = "NLD";
    location.coordinates.latitude = "52.011600";
    location.coordinates.longitude = "4.357100";
    location.time_zone = "Europe/Amsterdam";
    location.evses = {evse};
    return location;
}

v221::tariff tariff_of(const std::string& number) {
    v221::price_component energy;
    energy.type = v221::tariff_dimension_type::energy;
    energy.price = decimal::parse("0.30").value();
    v221::tariff tariff;
    tariff.id = id<v221::tariff>("T" + number);
    tariff.currency = "EUR";
    tariff.elements = {{{energy}, std::nullopt, {}}};
    return tariff;
}

v221::cdr_token token_of(const mock_options& options) {
    v221::cdr_token token;
    token.country_code = options.partner.country_code;
    token.party_id = options.partner.party_id;
    token.uid = id<v221::token>("A1");
    token.type = v221::token_type::rfid;
    token.contract_id = ci_string<36>("A1");
    return token;
}

v221::charging_period period() {
    v221::charging_period all;
    all.start_date_time = first_update;
    all.dimensions = {{v221::cdr_dimension_type::energy, decimal::parse("10.00").value(), {}}};
    return all;
}

v221::session session_of(const std::string& number, const mock_options& options) {
    v221::session session;
    session.id = id<v221::session>("S" + number);
    session.start_date_time = first_update;
    session.kwh = decimal::parse("10.00").value();
    session.cdr_token = token_of(options);
    session.auth_method = v221::auth_method::whitelist;
    session.location_id = id<v221::location>("L1");
    session.evse_uid = id<v221::evse>("E1");
    session.connector_id = id<v221::connector>("1");
    session.currency = "EUR";
    session.charging_periods = {period()};
    session.status = v221::session_status::active;
    return session;
}

v221::cdr cdr_of(const std::string& number, const mock_options& options) {
    v221::cdr record;
    record.id = id<v221::cdr, 39>("C" + number);
    record.start_date_time = first_update;
    record.end_date_time = first_update + std::chrono::hours(1);
    record.session_id = id<v221::session>("S" + number);
    record.cdr_token = token_of(options);
    record.auth_method = v221::auth_method::whitelist;
    const v221::location place = location_of("1");
    record.cdr_location.id = place.id;
    record.cdr_location.address = place.address;
    record.cdr_location.city = place.city;
    record.cdr_location.country = place.country;
    record.cdr_location.coordinates = place.coordinates;
    record.cdr_location.evse_uid = place.evses[0].uid;
    record.cdr_location.evse_id = ci_string<48>("NL*MCK*E1");
    record.cdr_location.connector_id = place.evses[0].connectors[0].id;
    record.cdr_location.connector_standard = place.evses[0].connectors[0].standard;
    record.cdr_location.connector_format = place.evses[0].connectors[0].format;
    record.cdr_location.connector_power_type = place.evses[0].connectors[0].power_type;
    record.currency = "EUR";
    record.charging_periods = {period()};
    record.total_cost.excl_vat = decimal::parse("3.00").value();
    record.total_energy = decimal::parse("10.00").value();
    record.total_time = decimal::parse("1.0").value();
    return record;
}

v221::token token_of(const std::string& number) {
    v221::token token;
    token.uid = id<v221::token>("A" + number);
    token.type = v221::token_type::rfid;
    token.contract_id = ci_string<36>("A" + number);
    token.issuer = "Mock";
    token.valid = true;
    token.whitelist = v221::whitelist_type::allowed;
    return token;
}

} // namespace

void fill(party& with, const mock_options& options) {
    for (std::size_t i = 0; i < options.objects; ++i) {
        const std::string number = std::to_string(i + 1);
        if (options.role == v221::role::emsp) {
            take_up(with, options, i, token_of(number));
        } else if (options.role == v221::role::cpo) {
            take_up(with, options, i, location_of(number));
            take_up(with, options, i, tariff_of(number));
            take_up(with, options, i, session_of(number, options));
            take_up(with, options, i, cdr_of(number, options));
        }
    }
}

} // namespace incar::ocpi_client
