#include "validate_object.hpp"

#include <incar/core/ci_string.hpp>
#include <incar/ocpi/codec.hpp>
#include <incar/ocpi/envelope.hpp>
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

#include <algorithm>

namespace incar::program {
namespace {

namespace v221 = ocpi::v221;

template <class T>
expected<std::vector<ocpi::finding>> check(std::string_view text, const json::limits& limits, ocpi::edition against,
                                           ocpi::strictness how, std::string* written) {
    const auto read = ocpi::decode<T>(text, {ocpi::reading::lenient, limits});
    if (!read) return read.error();
    if (written) *written = ocpi::encode(*read);
    return ocpi::validate(*read, against, how);
}

template <class T>
object_type type(std::string_view name) {
    return {name, &check<T>};
}

std::string without_underscores(std::string_view name) {
    std::string letters;
    std::copy_if(name.begin(), name.end(), std::back_inserter(letters), [](char c) { return c != '_'; });
    return letters;
}

// How many of the members of the object itself are at home in a type, less what the type lacks or cannot read.
int fit(const object_type& candidate, std::string_view text, int members, const json::limits& limits) {
    const auto findings = candidate.check(text, limits, ocpi::edition::v2_2_1, ocpi::strictness::advised, nullptr);
    if (!findings) return 0;
    int known = members, faults = 0;
    for (const ocpi::finding& each : *findings) {
        if (std::count(each.pointer.begin(), each.pointer.end(), '/') != 1) continue;
        known -= each.rule == "unknown_member";
        faults += each.rule == "unknown_member" || each.rule == "required" || each.rule == "unread" ||
                  each.rule == "known_word";
    }
    constexpr int none = -1'000'000;
    return known > 0 ? known - faults : none;
}

} // namespace

const std::vector<object_type>& object_types() {
    static const std::vector<object_type> table = {
        type<v221::location>("Location"),
        type<v221::evse>("EVSE"),
        type<v221::connector>("Connector"),
        type<v221::session>("Session"),
        type<v221::cdr>("CDR"),
        type<v221::tariff>("Tariff"),
        type<v221::token>("Token"),
        type<v221::authorization_info>("AuthorizationInfo"),
        type<v221::charging_preferences>("ChargingPreferences"),
        type<v221::command_response>("CommandResponse"),
        type<v221::command_result>("CommandResult"),
        type<v221::reserve_now>("ReserveNow"),
        type<v221::start_session>("StartSession"),
        type<v221::stop_session>("StopSession"),
        type<v221::unlock_connector>("UnlockConnector"),
        type<v221::cancel_reservation>("CancelReservation"),
        type<v221::set_charging_profile>("SetChargingProfile"),
        type<v221::active_charging_profile_result>("ActiveChargingProfileResult"),
        type<v221::charging_profile_result>("ChargingProfileResult"),
        type<v221::clear_profile_result>("ClearProfileResult"),
        type<v221::charging_profile_response>("ChargingProfileResponse"),
        type<v221::client_info>("ClientInfo"),
        type<v221::version>("Version"),
        type<v221::version_details>("VersionDetails"),
        type<v221::credentials>("Credentials"),
        type<v221::sc_optimisation>("SCOptimisation"),
        type<v221::display_text>("DisplayText"),
        type<v221::price>("Price"),
        type<v221::geo_location>("GeoLocation"),
        type<v221::additional_geo_location>("AdditionalGeoLocation"),
        type<v221::image>("Image"),
        type<v221::business_details>("BusinessDetails"),
        type<v221::energy_source>("EnergySource"),
        type<v221::environmental_impact>("EnvironmentalImpact"),
        type<v221::energy_mix>("EnergyMix"),
        type<v221::exceptional_period>("ExceptionalPeriod"),
        type<v221::regular_hours>("RegularHours"),
        type<v221::hours>("Hours"),
        type<v221::publish_token_type>("PublishTokenType"),
        type<v221::status_schedule>("StatusSchedule"),
        type<v221::energy_contract>("EnergyContract"),
        type<v221::location_references>("LocationReferences"),
        type<v221::price_component>("PriceComponent"),
        type<v221::tariff_restrictions>("TariffRestrictions"),
        type<v221::tariff_element>("TariffElement"),
        type<v221::cdr_dimension>("CdrDimension"),
        type<v221::charging_period>("ChargingPeriod"),
        type<v221::cdr_token>("CdrToken"),
        type<v221::cdr_location>("CdrLocation"),
        type<v221::signed_value>("SignedValue"),
        type<v221::signed_data>("SignedData"),
        type<v221::charging_profile_period>("ChargingProfilePeriod"),
        type<v221::charging_profile>("ChargingProfile"),
        type<v221::active_charging_profile>("ActiveChargingProfile"),
        type<v221::endpoint>("Endpoint"),
        type<v221::credentials_role>("CredentialsRole"),
        type<v221::slot_value>("SlotValue"),
        type<v221::sc_connector>("SCConnector"),
        type<v221::sc_evse>("SCEvse"),
    };
    return table;
}

const object_type* find_object_type(std::string_view name) {
    for (const object_type& each : object_types())
        if (equals_ignoring_case(each.name, without_underscores(name))) return &each;
    return nullptr;
}

const object_type* guess_object_type(std::string_view text, const json::limits& limits) {
    const auto whole = json::parse(text, limits);
    if (!whole || !whole->as_object()) return nullptr;
    const int members = static_cast<int>(std::min<std::size_t>(whole->as_object()->size(), 1000));
    const object_type* best = nullptr;
    int best_fit = -1'000'000;
    for (const object_type& each : object_types()) {
        const int found = fit(each, text, members, limits);
        if (found <= best_fit) continue;
        best = &each;
        best_fit = found;
    }
    return best;
}

expected<std::vector<object_text>> objects_of(std::string_view file, std::string& storage, const json::limits& limits) {
    std::string prefix;
    const std::size_t first = file.find_first_not_of(" \t\r\n\xef\xbb\xbf");
    if (first != file.npos && file[first] == '{') {
        auto response = ocpi::decode_envelope(file, limits);
        if (!response && response.error().code != errc::missing && response.error().code != errc::wrong_type)
            return response.error();
        if (!response) return std::vector<object_text>{{file, ""}};
        if (!response->data) return error{errc::missing, "/data", "the response has nothing to check"};
        storage = std::move(*response->data);
        file = storage;
        prefix = "/data";
        if (file[0] == '{') return std::vector<object_text>{{file, prefix}};
    }
    const auto elements = ocpi::elements_of(file, limits);
    if (!elements) return error{elements.error().code, prefix + elements.error().where, elements.error().message};
    std::vector<object_text> objects;
    for (std::size_t i = 0; i < elements->size(); ++i)
        objects.push_back({(*elements)[i], prefix + "/" + std::to_string(i)});
    return objects;
}

} // namespace incar::program
