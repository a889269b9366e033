#pragma once

// The shapes of the structs and enumerations of OCPI 2.2.1. Each .cpp beside this file has the tables of one header.

#include "core/json_shape.hpp"
#include "ocpi/format.hpp"

#include <incar/ocpi/codec.hpp>
#include <incar/ocpi/v221/cdrs.hpp>
#include <incar/ocpi/v221/charging_profiles.hpp>
#include <incar/ocpi/v221/commands.hpp>
#include <incar/ocpi/v221/credentials.hpp>
#include <incar/ocpi/v221/hub_client_info.hpp>
#include <incar/ocpi/v221/locations.hpp>
#include <incar/ocpi/v221/sc_optimisations.hpp>
#include <incar/ocpi/v221/sessions.hpp>
#include <incar/ocpi/v221/tariffs.hpp>
#include <incar/ocpi/v221/tokens.hpp>
#include <incar/ocpi/v221/types.hpp>

namespace incar {

// clang-format off
#define INCAR_OCPI_OBJECTS(_) \
    _(display_text) _(price) \
    _(geo_location) _(additional_geo_location) _(image) _(business_details) _(energy_source) _(environmental_impact) \
    _(energy_mix) _(exceptional_period) _(regular_hours) _(hours) _(publish_token_type) _(status_schedule) \
    _(connector) _(evse) _(location) \
    _(energy_contract) _(location_references) _(token) _(authorization_info) \
    _(price_component) _(tariff_restrictions) _(tariff_element) _(tariff) \
    _(cdr_dimension) _(charging_period) _(cdr_token) _(cdr_location) _(signed_value) _(signed_data) _(cdr) \
    _(session) _(charging_preferences) \
    _(cancel_reservation) _(command_response) _(command_result) _(reserve_now) _(start_session) _(stop_session) \
    _(unlock_connector) \
    _(charging_profile_period) _(charging_profile) _(active_charging_profile) _(charging_profile_response) \
    _(active_charging_profile_result) _(charging_profile_result) _(clear_profile_result) _(set_charging_profile) \
    _(client_info) \
    _(version) _(endpoint) _(version_details) _(credentials_role) _(credentials) \
    _(slot_value) _(sc_connector) _(sc_evse) _(sc_optimisation)

#define INCAR_OCPI_ENUMS(_) \
    _(role) \
    _(capability) _(connector_format) _(connector_type) _(energy_source_category) _(environmental_impact_category) \
    _(facility) _(image_category) _(parking_restriction) _(parking_type) _(power_type) _(status) \
    _(allowed_type) _(profile_type) _(token_type) _(whitelist_type) \
    _(day_of_week) _(reservation_restriction_type) _(tariff_dimension_type) _(tariff_type) \
    _(auth_method) _(cdr_dimension_type) \
    _(charging_preferences_response) _(session_status) \
    _(command_response_type) _(command_result_type) _(command_type) \
    _(charging_rate_unit) _(charging_profile_response_type) _(charging_profile_result_type) \
    _(connection_status) \
    _(version_number) _(interface_role) _(module_id)
// clang-format on

namespace json {

#define INCAR_OCPI_DECLARE(type)                                                                                       \
    template <>                                                                                                        \
    struct shape_for<ocpi::v221::type> {                                                                               \
        INCAR_OCPI_EXPORT static const shape& get();                                                                   \
    };
INCAR_OCPI_OBJECTS(INCAR_OCPI_DECLARE)
#undef INCAR_OCPI_DECLARE

#define INCAR_OCPI_DECLARE(type)                                                                                       \
    template <>                                                                                                        \
    struct shape_for<ocpi::open_enum<ocpi::v221::type>> {                                                              \
        INCAR_OCPI_EXPORT static const shape& get();                                                                   \
    };
INCAR_OCPI_ENUMS(INCAR_OCPI_DECLARE)
#undef INCAR_OCPI_DECLARE

template <class Enum>
shape enum_shape(std::string_view name) {
    shape s{name, kind::text};
    s.words = &ocpi::names_of<Enum>;
    s.read = [](void* to, std::string_view from) -> expected<void> {
        *static_cast<ocpi::open_enum<Enum>*>(to) = ocpi::open_enum<Enum>(from);
        return {};
    };
    s.write = [](const void* from, std::string&) -> std::string_view {
        return static_cast<const ocpi::open_enum<Enum>*>(from)->text();
    };
    s.is_canonical = [](std::string_view) { return true; };
    s.is_known = [](const void* from) { return static_cast<const ocpi::open_enum<Enum>*>(from)->known().has_value(); };
    return s;
}

} // namespace json

namespace ocpi {

template <class T>
const json::shape& shape_of() {
    return json::shape_for<T>::get();
}

// All objects and all enumerations of the model, for those who look one up by its name.
INCAR_OCPI_EXPORT const std::vector<const json::shape*>& all_shapes();
INCAR_OCPI_EXPORT const std::vector<const json::shape*>& all_enums();
INCAR_OCPI_EXPORT const json::shape* find_shape(std::string_view name); // null when there is none

} // namespace ocpi

// INCAR_OCPI_OBJECT(price, "Price", field...)
#define INCAR_OCPI_OBJECT(type, name, ...)                                                                             \
    namespace {                                                                                                        \
    constexpr json::field type##_fields[] = {__VA_ARGS__};                                                             \
    }                                                                                                                  \
    const json::shape& json::shape_for<ocpi::v221::type>::get() {                                                      \
        static const shape self = object_shape<ocpi::v221::type, type##_fields>(name);                                 \
        return self;                                                                                                   \
    }                                                                                                                  \
    template INCAR_OCPI_EXPORT const json::shape& ocpi::shape_of<ocpi::v221::type>();

// INCAR_OCPI_ENUM(role, "Role", scsp, "CPO", ..., "SCSP"): `last` is the last enumerator.
#define INCAR_OCPI_ENUM(type, name, last, ...)                                                                         \
    template <>                                                                                                        \
    INCAR_OCPI_EXPORT const std::vector<std::string_view>& ocpi::names_of<ocpi::v221::type>() {                        \
        static constexpr std::string_view words[] = {__VA_ARGS__};                                                     \
        static_assert(std::size(words) == static_cast<std::size_t>(ocpi::v221::type::last) + 1);                       \
        static const std::vector<std::string_view> self(std::begin(words), std::end(words));                           \
        return self;                                                                                                   \
    }                                                                                                                  \
    const json::shape& json::shape_for<ocpi::open_enum<ocpi::v221::type>>::get() {                                     \
        static const shape self = enum_shape<ocpi::v221::type>(name);                                                  \
        return self;                                                                                                   \
    }                                                                                                                  \
    template INCAR_OCPI_EXPORT const json::shape& ocpi::shape_of<ocpi::open_enum<ocpi::v221::type>>();

} // namespace incar
