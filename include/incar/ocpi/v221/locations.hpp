#pragma once

/// \file
/// OCPI 2.2.1, section 8 "Locations module": places, their EVSEs (one car at a time each) and the connectors of those.
/// How the structs read is said in <incar/ocpi/v221/types.hpp>.

#include <incar/ocpi/v221/tokens.hpp>
#include <incar/ocpi/v221/types.hpp>

namespace incar::ocpi::v221 {

/// What an EVSE can do (8.4.3 Capability).
enum class capability {
    charging_profile_capable,         ///< Follows charging profiles.
    charging_preferences_capable,     ///< Takes the driver's charging preferences.
    chip_card_support,                ///< Payment terminal for chip cards.
    contactless_card_support,         ///< Payment terminal for contactless cards.
    credit_card_payable,              ///< Credit cards are accepted.
    debit_card_payable,               ///< Debit cards are accepted.
    ped_terminal,                     ///< Payment terminal with a device for the PIN.
    remote_start_stop_capable,        ///< Sessions can be started and stopped from afar.
    reservable,                       ///< Can be reserved.
    rfid_reader,                      ///< Authorisation by RFID token.
    start_session_connector_required, ///< START_SESSION must name the connector.
    token_group_capable,              ///< A session may be stopped with another token of the same group.
    unlock_capable,                   ///< Connectors can be unlocked from afar.
};

/// Socket or fixed cable (8.4.4 ConnectorFormat).
enum class connector_format { socket, cable };

/// The standard of a plug or socket (8.4.5 ConnectorType).
enum class connector_type {
    chademo,               ///< CHAdeMO, direct current.
    chaoji,                ///< ChaoJi, CHAdeMO 3.0.
    domestic_a,            ///< Household: NEMA 1-15, 2 pins.
    domestic_b,            ///< Household: NEMA 5-15, 3 pins.
    domestic_c,            ///< Household: CEE 7/17, 2 pins.
    domestic_d,            ///< Household: type D, 3 pins.
    domestic_e,            ///< Household: CEE 7/5, 3 pins.
    domestic_f,            ///< Household: CEE 7/4, Schuko, 3 pins.
    domestic_g,            ///< Household: BS 1363, Commonwealth, 3 pins.
    domestic_h,            ///< Household: SI-32, 3 pins.
    domestic_i,            ///< Household: AS 3112, 3 pins.
    domestic_j,            ///< Household: SEV 1011, 3 pins.
    domestic_k,            ///< Household: DS 60884-2-D1, 3 pins.
    domestic_l,            ///< Household: CEI 23-16-VII, 3 pins.
    domestic_m,            ///< Household: BS 546, 3 pins.
    domestic_n,            ///< Household: NBR 14136, 3 pins.
    domestic_o,            ///< Household: TIS 166-2549, 3 pins.
    gbt_ac,                ///< Guobiao GB/T 20234.2, alternating current.
    gbt_dc,                ///< Guobiao GB/T 20234.3, direct current.
    iec_60309_2_single_16, ///< Industrial, one phase, 16 A.
    iec_60309_2_three_16,  ///< Industrial, three phases, 16 A.
    iec_60309_2_three_32,  ///< Industrial, three phases, 32 A.
    iec_60309_2_three_64,  ///< Industrial, three phases, 64 A.
    iec_62196_t1,          ///< Type 1, SAE J1772.
    iec_62196_t1_combo,    ///< CCS with type 1, direct current.
    iec_62196_t2,          ///< Type 2, Mennekes.
    iec_62196_t2_combo,    ///< CCS with type 2, direct current.
    iec_62196_t3a,         ///< Type 3A.
    iec_62196_t3c,         ///< Type 3C, Scame.
    nema_5_20,             ///< NEMA 5-20, 3 pins.
    nema_6_30,             ///< NEMA 6-30, 3 pins.
    nema_6_50,             ///< NEMA 6-50, 3 pins.
    nema_10_30,            ///< NEMA 10-30, 3 pins.
    nema_10_50,            ///< NEMA 10-50, 3 pins.
    nema_14_30,            ///< NEMA 14-30, 3 pins, 30 A.
    nema_14_50,            ///< NEMA 14-50, 3 pins, 50 A.
    pantograph_bottom_up,  ///< On the vehicle, upwards to the infrastructure (OppCharge inverse).
    pantograph_top_down,   ///< On the infrastructure, downwards to the vehicle.
    tesla_r,               ///< Tesla Roadster, round.
    tesla_s,               ///< Tesla Model S, oval.
};

/// Where electricity comes from (8.4.8 EnergySourceCategory).
enum class energy_source_category {
    nuclear,        ///< Nuclear power.
    general_fossil, ///< Fossil fuels of any kind.
    coal,           ///< Coal.
    gas,            ///< Gas.
    general_green,  ///< Renewables of any kind.
    solar,          ///< Sun.
    wind,           ///< Wind.
    water,          ///< Water.
};

/// What a kilowatt-hour leaves behind (8.4.10 EnvironmentalImpactCategory).
enum class environmental_impact_category {
    nuclear_waste,  ///< Grams of nuclear waste.
    carbon_dioxide, ///< Grams of carbon dioxide.
};

/// What there is at a location besides charging (8.4.12 Facility).
enum class facility {
    hotel,
    restaurant,
    cafe,
    mall,
    supermarket,
    sport,
    recreation_area,
    nature,
    museum,
    bike_sharing,
    bus_stop,
    taxi_stand,
    tram_stop,
    metro_station,
    train_station,
    airport,
    parking_lot,
    carpool_parking,
    fuel_station,
    wifi,
};

/// What an image shows (8.4.16 ImageCategory).
enum class image_category {
    charger,   ///< The device.
    entrance,  ///< The entrance, as seen by a car from the street.
    location,  ///< The whole place.
    network,   ///< Logo of the roaming network.
    operator_, ///< Logo of the operator; "OPERATOR" in JSON.
    other,     ///< Something else.
    owner,     ///< Logo of the owner.
};

/// Who may park at an EVSE (8.4.17 ParkingRestriction).
enum class parking_restriction {
    ev_only,     ///< Electric vehicles.
    plugged,     ///< Only while plugged in.
    disabled,    ///< People with a disability badge.
    customers,   ///< Guests and customers.
    motorcycles, ///< Motorcycles and scooters.
};

/// What kind of parking a location is (8.4.18 ParkingType).
enum class parking_type {
    along_motorway,     ///< Rest area.
    parking_garage,     ///< Building with several storeys.
    parking_lot,        ///< Open ground.
    on_driveway,        ///< In front of a house.
    on_street,          ///< Public space along a street.
    underground_garage, ///< Mainly below ground.
};

/// The electricity at a connector (8.4.19 PowerType).
enum class power_type {
    ac_1_phase,       ///< One phase.
    ac_2_phase,       ///< Two of three phases.
    ac_2_phase_split, ///< Split phase.
    ac_3_phase,       ///< Three phases.
    dc,               ///< Direct current.
};

/// What an EVSE is doing (8.4.22 Status).
enum class status {
    available,   ///< Ready for a session.
    blocked,     ///< Out of reach, for example behind another car.
    charging,    ///< In use.
    inoperative, ///< Not in service at present, but not broken.
    outoforder,  ///< Broken.
    planned,     ///< Will be in service soon.
    removed,     ///< Gone for good.
    reserved,    ///< Kept for one driver.
    unknown,     ///< Not known, also while offline.
};

/// A point on Earth, WGS 84, in decimal degrees with 5 to 7 decimals (8.4.13 GeoLocation).
struct geo_location {
    std::string latitude;  ///< Up to 10, for example "50.770774".
    std::string longitude; ///< Up to 11, for example "-126.104965".
    json::extra extra;
};

/// A point of interest near a location (8.4.1 AdditionalGeoLocation).
struct additional_geo_location {
    std::string latitude;             ///< Up to 10.
    std::string longitude;            ///< Up to 11.
    std::optional<display_text> name; ///< For people.
    json::extra extra;
};

/// Where to find a picture (8.4.15 Image).
struct image {
    std::string url;                      ///< URL of the full image.
    std::optional<std::string> thumbnail; ///< URL of a small one.
    open_enum<image_category> category;   ///< What it shows.
    ci_string<4> type;                    ///< gif, jpeg, png or svg.
    std::optional<int> width;             ///< Pixels, up to 5 digits.
    std::optional<int> height;            ///< Pixels, up to 5 digits.
    json::extra extra;
};

/// A company (8.4.2 BusinessDetails).
struct business_details {
    std::string name;                   ///< Up to 100.
    std::optional<std::string> website; ///< URL.
    std::optional<image> logo;
    json::extra extra;
};

/// One part of an energy mix (8.4.7 EnergySource).
struct energy_source {
    open_enum<energy_source_category> source;
    decimal percentage; ///< 0 to 100.
    json::extra extra;
};

/// What the generation of one kilowatt-hour emits (8.4.9 EnvironmentalImpact).
struct environmental_impact {
    open_enum<environmental_impact_category> category;
    decimal amount; ///< g/kWh.
    json::extra extra;
};

/// Where the energy of a location or tariff comes from (8.4.6 EnergyMix).
struct energy_mix {
    bool is_green_energy = false;                     ///< All of it from renewable sources.
    std::vector<energy_source> energy_sources;        ///< Percentages that add up to 100.
    std::vector<environmental_impact> environ_impact; ///< Per kWh.
    std::optional<std::string> supplier_name;         ///< Up to 64.
    std::optional<std::string> energy_product_name;   ///< Up to 64.
    json::extra extra;
};

/// A span in which a location is open or closed against its rule (8.4.11 ExceptionalPeriod).
struct exceptional_period {
    timestamp period_begin; ///< Included.
    timestamp period_end;   ///< Later than the begin.
    json::extra extra;
};

/// Opening hours of one day of the week (8.4.21 RegularHours).
struct regular_hours {
    int weekday = 1;          ///< 1 is Monday, 7 is Sunday.
    std::string period_begin; ///< Local time "HH:MM".
    std::string period_end;   ///< Local time "HH:MM", later than the begin.
    json::extra extra;
};

/// When a location can be used (8.4.14 Hours).
struct hours {
    bool twentyfourseven = false;                         ///< Always, but for the exceptions.
    std::vector<v221::regular_hours> regular_hours;       ///< At least one unless `twentyfourseven`.
    std::vector<exceptional_period> exceptional_openings; ///< Also open then.
    std::vector<exceptional_period> exceptional_closings; ///< Closed then, whatever else is said.
    json::extra extra;
};

/// A token to whose owner a location may be shown; all members that are set must match (8.4.20 PublishTokenType).
/// At least one of `uid`, `visual_number` and `group_id` is set.
struct publish_token_type {
    std::optional<id<token>> uid; ///< With `type`.
    std::optional<open_enum<token_type>> type;
    std::optional<std::string> visual_number; ///< Up to 64; with `issuer`.
    std::optional<std::string> issuer;        ///< Up to 64.
    std::optional<ci_string<36>> group_id;
    json::extra extra;
};

/// A status that is planned (8.4.23 StatusSchedule).
struct status_schedule {
    timestamp period_begin;
    std::optional<timestamp> period_end; ///< Absent: open end.
    open_enum<v221::status> status;
    json::extra extra;
};

/// A socket, or a cable with its plug (8.3.3 Connector object).
struct connector {
    incar::id<connector> id; ///< Unique within the EVSE.
    open_enum<connector_type> standard;
    open_enum<connector_format> format;
    open_enum<v221::power_type> power_type;
    int max_voltage = 0;                             ///< V; for AC of three phases from phase to neutral.
    int max_amperage = 0;                            ///< A per phase.
    std::optional<int> max_electric_power;           ///< W; needed when it is less than voltage and amperage allow.
    std::vector<incar::id<tariff>> tariff_ids;       ///< One for each profile type, valid ones and later ones.
    std::optional<std::string> terms_and_conditions; ///< URL.
    timestamp last_updated;
    json::extra extra;
};

/// What supplies one car at a time (8.3.2 EVSE object).
struct evse {
    id<evse> uid;                         ///< The operator's own key; never changes, never reused.
    std::optional<ci_string<48>> evse_id; ///< The number on the device, eMI3.
    open_enum<v221::status> status;
    std::vector<v221::status_schedule> status_schedule;
    std::vector<open_enum<capability>> capabilities;
    std::vector<connector> connectors;      ///< At least one; one is used at a time.
    std::optional<std::string> floor_level; ///< Up to 4, as on the signs.
    std::optional<geo_location> coordinates;
    std::optional<std::string> physical_reference; ///< Up to 16, printed on the outside.
    std::vector<display_text> directions;          ///< From the location to the EVSE.
    std::vector<open_enum<parking_restriction>> parking_restrictions;
    std::vector<image> images;
    timestamp last_updated; ///< Of the EVSE or of one of its connectors.
    json::extra extra;
};

/// A place with EVSEs that belong together (8.3.1 Location object).
struct location {
    ci_string<2> country_code;                          ///< Of the operator that owns it, ISO 3166-1 alpha-2.
    ci_string<3> party_id;                              ///< Of the operator that owns it.
    incar::id<location> id;                             ///< Never changes.
    bool publish = false;                               ///< May be shown to everybody.
    std::vector<publish_token_type> publish_allowed_to; ///< If not: may be shown to the owners of these.
    std::optional<std::string> name;                    ///< Up to 255.
    std::string address;                                ///< Street and number, up to 255.
    std::string city;                                   ///< Up to 45.
    std::optional<std::string> postal_code;             ///< Up to 10; absent only where there is none.
    std::optional<std::string> state;                   ///< Up to 45.
    std::string country;                                ///< ISO 3166-1 alpha-3.
    geo_location coordinates;
    std::vector<additional_geo_location> related_locations;
    std::optional<open_enum<v221::parking_type>> parking_type;
    std::vector<evse> evses;
    std::vector<display_text> directions;      ///< How to get there.
    std::optional<business_details> operator_; ///< "operator" in JSON; absent: as in the credentials.
    std::optional<business_details> suboperator;
    std::optional<business_details> owner;
    std::vector<open_enum<facility>> facilities;
    std::string time_zone; ///< IANA name such as "Europe/Oslo", up to 255.
    std::optional<hours> opening_times;
    std::optional<bool> charging_when_closed; ///< Absent: true.
    std::vector<image> images;
    std::optional<v221::energy_mix> energy_mix;
    timestamp last_updated; ///< Of the location, its EVSEs or their connectors.
    json::extra extra;
};

} // namespace incar::ocpi::v221
