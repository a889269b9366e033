#include "ocpi_client/core.hpp"

#include <incar/ocpi_client/object_modules.hpp>

namespace incar::ocpi_client {
namespace {

template <class T>
identity owned(const char* module, const T& object, std::string id) {
    return {{module, {object.country_code, object.party_id}, std::move(id), "", "", ""}, object.last_updated, ""};
}

template <class T>
expected<identity> identify(const std::string& text, ocpi::strictness how) {
    const auto object = read<T>(text, how);
    if (!object) return object.error();
    return identity_of(*object);
}

std::string stored_id(const object_path& path) {
    if (path.module == "tokens") return path.id + "/" + (path.token_type.empty() ? "RFID" : path.token_type);
    return path.id;
}

using ocpi::resource;

//                     PUT    PATCH  DELETE POST
constexpr object_module object_modules[] = {
    {"locations", true, true, false, false, resource::location, &identify<v221::location>},
    {"sessions", true, true, false, false, resource::session, &identify<v221::session>},
    {"cdrs", false, false, false, true, {}, &identify<v221::cdr>},
    {"tariffs", true, false, true, false, resource::tariff, &identify<v221::tariff>},
    {"tokens", true, true, false, false, resource::token, &identify<v221::token>},
    {"scoptimizations", true, true, true, false, resource::sc_optimisation, &identify<v221::sc_optimisation>},
    {"hubclientinfo", true, false, false, false, resource::client_info, &identify<v221::client_info>},
};

} // namespace

const object_module* find_object_module(std::string_view module) {
    for (const object_module& each : object_modules)
        if (each.module == module) return &each;
    return nullptr;
}

store::object_key stored_key(const object_path& path) {
    return {path.module, format(path.owner), stored_id(path)};
}

bool same_object(const object_path& left, const object_path& right) {
    return left.owner == right.owner && equals_ignoring_case(stored_id(left), stored_id(right));
}

expected<std::string> part_of(const std::string& text, const object_path& path) {
    if (path.evse_uid.empty()) return text;
    const auto location = ocpi::decode<v221::location>(text);
    if (!location) return location.error();
    for (const v221::evse& evse : location->evses) {
        if (!equals_ignoring_case(evse.uid.text(), path.evse_uid)) continue;
        if (path.connector_id.empty()) return ocpi::encode(evse);
        for (const v221::connector& connector : evse.connectors)
            if (equals_ignoring_case(connector.id.text(), path.connector_id)) return ocpi::encode(connector);
    }
    return error{errc::not_found, "", "the location has no such EVSE or connector"};
}

namespace {

expected<ocpi::change> merge(const object_module& kind, const object_path& path,
                             const std::optional<store::stored_object>& stored, const std::string& body,
                             bool is_patch) {
    const ocpi::object_path place{path.owner.country_code.text(), path.owner.party_id.text(), path.id, path.evse_uid,
                                  path.connector_id};
    std::optional<std::string_view> before;
    if (stored) before = stored->text;
    auto changed = is_patch ? ocpi::patch(kind.resource, place, before.value_or(""), body)
                            : ocpi::put(kind.resource, place, before, body);
    if (!changed && changed.error().where.rfind("/stored", 0) == 0)
        return error{errc::unavailable, "", "the object in the store cannot be read"};
    return changed;
}

} // namespace

expected<changed_object> change_object(const object_module& kind, const object_path& path,
                                       const std::optional<store::stored_object>& stored, const std::string& body,
                                       bool is_patch, ocpi::strictness how) {
    // Nothing has to be merged; only what is refused is read once more, to say why.
    if (!is_patch && path.evse_uid.empty())
        if (const auto read = kind.identify(body, how); read && same_object(read->path, path))
            return changed_object{body, read->last_updated, !stored,
                                  stored && read->last_updated < stored->last_updated};
    auto merged = merge(kind, path, stored, body, is_patch);
    if (!merged) return merged.error();
    const auto read = kind.identify(merged->text, how);
    if (!read) return read.error();
    if (!same_object(read->path, path))
        return error{ocpi::status_code::invalid_parameters, "/id", "the body names another object than the URL"};
    return changed_object{std::move(merged->text), read->last_updated, merged->created, merged->outdated};
}

identity identity_of(const v221::location& object) {
    return owned("locations", object, object.id.text());
}
identity identity_of(const v221::session& object) {
    identity self = owned("sessions", object, object.id.text());
    self.audience = format(ocpi::party_key{object.cdr_token.country_code, object.cdr_token.party_id});
    return self;
}
identity identity_of(const v221::cdr& object) {
    identity self = owned("cdrs", object, object.id.text());
    self.audience = format(ocpi::party_key{object.cdr_token.country_code, object.cdr_token.party_id});
    return self;
}
identity identity_of(const v221::tariff& object) {
    return owned("tariffs", object, object.id.text());
}
identity identity_of(const v221::token& object) {
    identity self = owned("tokens", object, object.uid.text());
    self.path.token_type = object.type.text();
    return self;
}
identity identity_of(const v221::sc_optimisation& object) {
    return owned("scoptimizations", object, object.id.text());
}
identity identity_of(const v221::client_info& object) {
    return owned("hubclientinfo", object, "");
}

} // namespace incar::ocpi_client
