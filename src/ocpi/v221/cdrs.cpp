#include "ocpi/v221/shapes.hpp"

namespace incar {

using namespace ocpi;
using namespace ocpi::v221;
using json::many;
using json::maybe;
using json::one;
using json::some;

INCAR_OCPI_ENUM(auth_method, "AuthMethod", whitelist, "AUTH_REQUEST", "COMMAND", "WHITELIST")

INCAR_OCPI_ENUM(cdr_dimension_type, "CdrDimensionType", time, "CURRENT", "ENERGY", "ENERGY_EXPORT", "ENERGY_IMPORT",
                "MAX_CURRENT", "MIN_CURRENT", "MAX_POWER", "MIN_POWER", "PARKING_TIME", "POWER", "RESERVATION_TIME",
                "STATE_OF_CHARGE", "TIME")

INCAR_OCPI_OBJECT(cdr_dimension, "CdrDimension", one<&cdr_dimension::type>("type"),
                  one<&cdr_dimension::volume>("volume"))

INCAR_OCPI_OBJECT(charging_period, "ChargingPeriod", one<&charging_period::start_date_time>("start_date_time"),
                  some<&charging_period::dimensions>("dimensions"),
                  maybe<&charging_period::tariff_id>("tariff_id", ci(36)))

INCAR_OCPI_OBJECT(cdr_token, "CdrToken", one<&cdr_token::country_code>("country_code", country_code),
                  one<&cdr_token::party_id>("party_id", ci(3)), one<&cdr_token::uid>("uid", ci(36)),
                  one<&cdr_token::type>("type"), one<&cdr_token::contract_id>("contract_id", ci(36)))

INCAR_OCPI_OBJECT(cdr_location, "CdrLocation", one<&cdr_location::id>("id", ci(36)),
                  maybe<&cdr_location::name>("name", text(255)), one<&cdr_location::address>("address", text(45)),
                  one<&cdr_location::city>("city", text(45)),
                  maybe<&cdr_location::postal_code>("postal_code", text(10)),
                  maybe<&cdr_location::state>("state", text(20)),
                  one<&cdr_location::country>("country", rule(format::country3, 3)),
                  one<&cdr_location::coordinates>("coordinates"), one<&cdr_location::evse_uid>("evse_uid", ci(36)),
                  one<&cdr_location::evse_id>("evse_id", ci(48)),
                  one<&cdr_location::connector_id>("connector_id", ci(36)),
                  one<&cdr_location::connector_standard>("connector_standard"),
                  one<&cdr_location::connector_format>("connector_format"),
                  one<&cdr_location::connector_power_type>("connector_power_type"))

INCAR_OCPI_OBJECT(signed_value, "SignedValue", one<&signed_value::nature>("nature", ci(32)),
                  one<&signed_value::plain_data>("plain_data", text(5000)),
                  one<&signed_value::signed_data>("signed_data", text(5000)))

INCAR_OCPI_OBJECT(signed_data, "SignedData", one<&signed_data::encoding_method>("encoding_method", ci(36)),
                  maybe<&signed_data::encoding_method_version>("encoding_method_version"),
                  maybe<&signed_data::public_key>("public_key", text(512)),
                  some<&signed_data::signed_values>("signed_values"), maybe<&signed_data::url>("url", text(512)))

INCAR_OCPI_OBJECT(
    cdr, "CDR", one<&cdr::country_code>("country_code", country_code), one<&cdr::party_id>("party_id", ci(3)),
    one<&cdr::id>("id", ci(39)), one<&cdr::start_date_time>("start_date_time"),
    one<&cdr::end_date_time>("end_date_time"), maybe<&cdr::session_id>("session_id", ci(36)),
    one<&cdr::cdr_token>("cdr_token"), one<&cdr::auth_method>("auth_method"),
    maybe<&cdr::authorization_reference>("authorization_reference", ci(36)), one<&cdr::cdr_location>("cdr_location"),
    maybe<&cdr::meter_id>("meter_id", text(255)), one<&cdr::currency>("currency", rule(format::currency, 3)),
    many<&cdr::tariffs>("tariffs"), some<&cdr::charging_periods>("charging_periods"),
    maybe<&cdr::signed_data>("signed_data"), one<&cdr::total_cost>("total_cost"),
    maybe<&cdr::total_fixed_cost>("total_fixed_cost"), one<&cdr::total_energy>("total_energy"),
    maybe<&cdr::total_energy_cost>("total_energy_cost"), one<&cdr::total_time>("total_time"),
    maybe<&cdr::total_time_cost>("total_time_cost"), maybe<&cdr::total_parking_time>("total_parking_time"),
    maybe<&cdr::total_parking_cost>("total_parking_cost"),
    maybe<&cdr::total_reservation_cost>("total_reservation_cost"), maybe<&cdr::remark>("remark", text(255)),
    maybe<&cdr::invoice_reference_id>("invoice_reference_id", ci(39)), maybe<&cdr::credit>("credit"),
    maybe<&cdr::credit_reference_id>("credit_reference_id", ci(39)),
    maybe<&cdr::home_charging_compensation>("home_charging_compensation"), one<&cdr::last_updated>("last_updated"))

} // namespace incar
