#include "ocpi/v221/shapes.hpp"

namespace incar {

using namespace ocpi;
using namespace ocpi::v221;
using json::many;
using json::maybe;
using json::one;
using json::some;

INCAR_OCPI_ENUM(capability, "Capability", unlock_capable, "CHARGING_PROFILE_CAPABLE", "CHARGING_PREFERENCES_CAPABLE",
                "CHIP_CARD_SUPPORT", "CONTACTLESS_CARD_SUPPORT", "CREDIT_CARD_PAYABLE", "DEBIT_CARD_PAYABLE",
                "PED_TERMINAL", "REMOTE_START_STOP_CAPABLE", "RESERVABLE", "RFID_READER",
                "START_SESSION_CONNECTOR_REQUIRED", "TOKEN_GROUP_CAPABLE", "UNLOCK_CAPABLE")

INCAR_OCPI_ENUM(connector_format, "ConnectorFormat", cable, "SOCKET", "CABLE")

INCAR_OCPI_ENUM(connector_type, "ConnectorType", tesla_s, "CHADEMO", "CHAOJI", "DOMESTIC_A", "DOMESTIC_B", "DOMESTIC_C",
                "DOMESTIC_D", "DOMESTIC_E", "DOMESTIC_F", "DOMESTIC_G", "DOMESTIC_H", "DOMESTIC_I", "DOMESTIC_J",
                "DOMESTIC_K", "DOMESTIC_L", "DOMESTIC_M", "DOMESTIC_N", "DOMESTIC_O", "GBT_AC", "GBT_DC",
                "IEC_60309_2_single_16", "IEC_60309_2_three_16", "IEC_60309_2_three_32", "IEC_60309_2_three_64",
                "IEC_62196_T1", "IEC_62196_T1_COMBO", "IEC_62196_T2", "IEC_62196_T2_COMBO", "IEC_62196_T3A",
                "IEC_62196_T3C", "NEMA_5_20", "NEMA_6_30", "NEMA_6_50", "NEMA_10_30", "NEMA_10_50", "NEMA_14_30",
                "NEMA_14_50", "PANTOGRAPH_BOTTOM_UP", "PANTOGRAPH_TOP_DOWN", "TESLA_R", "TESLA_S")

INCAR_OCPI_ENUM(energy_source_category, "EnergySourceCategory", water, "NUCLEAR", "GENERAL_FOSSIL", "COAL", "GAS",
                "GENERAL_GREEN", "SOLAR", "WIND", "WATER")

INCAR_OCPI_ENUM(environmental_impact_category, "EnvironmentalImpactCategory", carbon_dioxide, "NUCLEAR_WASTE",
                "CARBON_DIOXIDE")

INCAR_OCPI_ENUM(facility, "Facility", wifi, "HOTEL", "RESTAURANT", "CAFE", "MALL", "SUPERMARKET", "SPORT",
                "RECREATION_AREA", "NATURE", "MUSEUM", "BIKE_SHARING", "BUS_STOP", "TAXI_STAND", "TRAM_STOP",
                "METRO_STATION", "TRAIN_STATION", "AIRPORT", "PARKING_LOT", "CARPOOL_PARKING", "FUEL_STATION", "WIFI")

INCAR_OCPI_ENUM(image_category, "ImageCategory", owner, "CHARGER", "ENTRANCE", "LOCATION", "NETWORK", "OPERATOR",
                "OTHER", "OWNER")

INCAR_OCPI_ENUM(parking_restriction, "ParkingRestriction", motorcycles, "EV_ONLY", "PLUGGED", "DISABLED", "CUSTOMERS",
                "MOTORCYCLES")

INCAR_OCPI_ENUM(parking_type, "ParkingType", underground_garage, "ALONG_MOTORWAY", "PARKING_GARAGE", "PARKING_LOT",
                "ON_DRIVEWAY", "ON_STREET", "UNDERGROUND_GARAGE")

INCAR_OCPI_ENUM(power_type, "PowerType", dc, "AC_1_PHASE", "AC_2_PHASE", "AC_2_PHASE_SPLIT", "AC_3_PHASE", "DC")

INCAR_OCPI_ENUM(status, "Status", unknown, "AVAILABLE", "BLOCKED", "CHARGING", "INOPERATIVE", "OUTOFORDER", "PLANNED",
                "REMOVED", "RESERVED", "UNKNOWN")

INCAR_OCPI_OBJECT(geo_location, "GeoLocation", one<&geo_location::latitude>("latitude", rule(format::latitude, 10)),
                  one<&geo_location::longitude>("longitude", rule(format::longitude, 11)))

INCAR_OCPI_OBJECT(additional_geo_location, "AdditionalGeoLocation",
                  one<&additional_geo_location::latitude>("latitude", rule(format::latitude, 10)),
                  one<&additional_geo_location::longitude>("longitude", rule(format::longitude, 11)),
                  maybe<&additional_geo_location::name>("name"))

INCAR_OCPI_OBJECT(image, "Image", one<&image::url>("url", url), maybe<&image::thumbnail>("thumbnail", url),
                  one<&image::category>("category"), one<&image::type>("type", ci(4)),
                  maybe<&image::width>("width", rule(format::natural, 5)),
                  maybe<&image::height>("height", rule(format::natural, 5)))

INCAR_OCPI_OBJECT(business_details, "BusinessDetails", one<&business_details::name>("name", text(100)),
                  maybe<&business_details::website>("website", url), maybe<&business_details::logo>("logo"))

INCAR_OCPI_OBJECT(energy_source, "EnergySource", one<&energy_source::source>("source"),
                  one<&energy_source::percentage>("percentage", rule(format::percentage)))

INCAR_OCPI_OBJECT(environmental_impact, "EnvironmentalImpact", one<&environmental_impact::category>("category"),
                  one<&environmental_impact::amount>("amount"))

INCAR_OCPI_OBJECT(energy_mix, "EnergyMix", one<&energy_mix::is_green_energy>("is_green_energy"),
                  many<&energy_mix::energy_sources>("energy_sources"),
                  many<&energy_mix::environ_impact>("environ_impact"),
                  maybe<&energy_mix::supplier_name>("supplier_name", text(64)),
                  maybe<&energy_mix::energy_product_name>("energy_product_name", text(64)))

INCAR_OCPI_OBJECT(exceptional_period, "ExceptionalPeriod", one<&exceptional_period::period_begin>("period_begin"),
                  one<&exceptional_period::period_end>("period_end"))

INCAR_OCPI_OBJECT(regular_hours, "RegularHours", one<&regular_hours::weekday>("weekday", rule(format::weekday)),
                  one<&regular_hours::period_begin>("period_begin", rule(format::time_of_day, 5)),
                  one<&regular_hours::period_end>("period_end", rule(format::time_of_day, 5)))

INCAR_OCPI_OBJECT(hours, "Hours", one<&hours::twentyfourseven>("twentyfourseven"),
                  many<&hours::regular_hours>("regular_hours"),
                  many<&hours::exceptional_openings>("exceptional_openings"),
                  many<&hours::exceptional_closings>("exceptional_closings"))

INCAR_OCPI_OBJECT(publish_token_type, "PublishTokenType", maybe<&publish_token_type::uid>("uid", ci(36)),
                  maybe<&publish_token_type::type>("type"),
                  maybe<&publish_token_type::visual_number>("visual_number", text(64)),
                  maybe<&publish_token_type::issuer>("issuer", text(64)),
                  maybe<&publish_token_type::group_id>("group_id", ci(36)))

INCAR_OCPI_OBJECT(status_schedule, "StatusSchedule", one<&status_schedule::period_begin>("period_begin"),
                  maybe<&status_schedule::period_end>("period_end"), one<&status_schedule::status>("status"))

INCAR_OCPI_OBJECT(connector, "Connector", one<&connector::id>("id", ci(36)), one<&connector::standard>("standard"),
                  one<&connector::format>("format"), one<&connector::power_type>("power_type"),
                  one<&connector::max_voltage>("max_voltage", rule(format::natural)),
                  one<&connector::max_amperage>("max_amperage", rule(format::natural)),
                  maybe<&connector::max_electric_power>("max_electric_power", rule(format::natural)),
                  many<&connector::tariff_ids>("tariff_ids", ci(36)),
                  maybe<&connector::terms_and_conditions>("terms_and_conditions", url),
                  one<&connector::last_updated>("last_updated"))

INCAR_OCPI_OBJECT(evse, "EVSE", one<&evse::uid>("uid", ci(36)), maybe<&evse::evse_id>("evse_id", ci(48)),
                  one<&evse::status>("status"), many<&evse::status_schedule>("status_schedule"),
                  many<&evse::capabilities>("capabilities"), some<&evse::connectors>("connectors"),
                  maybe<&evse::floor_level>("floor_level", text(4)), maybe<&evse::coordinates>("coordinates"),
                  maybe<&evse::physical_reference>("physical_reference", text(16)),
                  many<&evse::directions>("directions"), many<&evse::parking_restrictions>("parking_restrictions"),
                  many<&evse::images>("images"), one<&evse::last_updated>("last_updated"))

INCAR_OCPI_OBJECT(location, "Location", one<&location::country_code>("country_code", country_code),
                  one<&location::party_id>("party_id", ci(3)), one<&location::id>("id", ci(36)),
                  one<&location::publish>("publish"), many<&location::publish_allowed_to>("publish_allowed_to"),
                  maybe<&location::name>("name", text(255)), one<&location::address>("address", text(255)),
                  one<&location::city>("city", text(45)), maybe<&location::postal_code>("postal_code", text(10)),
                  maybe<&location::state>("state", text(45)),
                  one<&location::country>("country", rule(format::country3, 3)),
                  one<&location::coordinates>("coordinates"), many<&location::related_locations>("related_locations"),
                  maybe<&location::parking_type>("parking_type"), many<&location::evses>("evses"),
                  many<&location::directions>("directions"), maybe<&location::operator_>("operator"),
                  maybe<&location::suboperator>("suboperator"), maybe<&location::owner>("owner"),
                  many<&location::facilities>("facilities"),
                  one<&location::time_zone>("time_zone", rule(format::time_zone, 255)),
                  maybe<&location::opening_times>("opening_times"),
                  maybe<&location::charging_when_closed>("charging_when_closed"), many<&location::images>("images"),
                  maybe<&location::energy_mix>("energy_mix"), one<&location::last_updated>("last_updated"))

} // namespace incar
