#include "ocpi_client/core.hpp"

#include <incar/ocpi_client/object_modules.hpp>

namespace incar::ocpi_client {
namespace {

call about(const object_path& path, const char* method, std::string body = "") {
    call request;
    request.method = method;
    request.module = path.module;
    request.side = interface_role::receiver;
    request.segments = {path.owner.country_code.text(), path.owner.party_id.text()};
    if (path.module != "hubclientinfo") request.segments.push_back(path.id);
    if (!path.evse_uid.empty()) request.segments.push_back(path.evse_uid);
    if (!path.connector_id.empty()) request.segments.push_back(path.connector_id);
    request.body = std::move(body);
    if (path.module == "tokens" && !path.token_type.empty() && path.token_type != "RFID")
        request.parameters.push_back({"type", path.token_type});
    return request;
}

} // namespace

call asking_for_pushed(const object_path& path) {
    return about(path, "GET");
}

template <class T>
expected<void> party::own(const T& object) {
    const identity self = identity_of(object);
    const bool is_about_others = self.path.module == "hubclientinfo";
    if (!is_about_others && !core_->is_ours(self.path.owner))
        return error{errc::inconsistent, "/party_id", format(self.path.owner) + " is none of our roles"};
    return core_->ports.objects.save({stored_key(self.path), self.last_updated, ocpi::encode(object), self.audience});
}

template <class T>
void party::push(const recipient& to, const T& object, outcome<void> done) {
    core_->send(to, about(identity_of(object).path, "PUT", ocpi::encode(object)), ignoring_data(std::move(done)));
}

void party::push(const recipient& to, const object_path& location, const v221::evse& object, outcome<void> done) {
    object_path path = location;
    path.module = "locations";
    path.evse_uid = object.uid.text();
    path.connector_id.clear();
    core_->send(to, about(path, "PUT", ocpi::encode(object)), ignoring_data(std::move(done)));
}

void party::push(const recipient& to, const object_path& evse, const v221::connector& object, outcome<void> done) {
    object_path path = evse;
    path.module = "locations";
    path.connector_id = object.id.text();
    core_->send(to, about(path, "PUT", ocpi::encode(object)), ignoring_data(std::move(done)));
}

// A partner that does not have the object gets the whole of it (4.1.4.3).
void party::patch(const recipient& to, const object_path& path, const std::string& changes, outcome<void> done) {
    const auto again = [core = core_.get(), to, path, done](expected<answer> from) {
        if (from) return done({});
        if (from.error().code != errc::not_found) return done(from.error());
        const auto stored = core->ports.objects.find(stored_key(path));
        if (!stored) return done(stored.error());
        if (!*stored) return done(from.error());
        object_path whole = path;
        whole.evse_uid.clear();
        whole.connector_id.clear();
        core->send(to, about(whole, "PUT", (*stored)->text), ignoring_data(done));
    };
    core_->send(to, about(path, "PATCH", changes), again);
}

void party::remove(const recipient& to, const object_path& path, outcome<void> done) {
    core_->send(to, about(path, "DELETE"), ignoring_data(std::move(done)));
}

void party::post(const recipient& to, const v221::cdr& record, outcome<std::string> done) {
    call request;
    request.method = "POST";
    request.module = "cdrs";
    request.body = ocpi::encode(record);
    core_->send(to, request, [done = std::move(done)](expected<answer> from) {
        if (!from) return done(from.error());
        const std::string* location = from->headers.find("Location");
        done(location ? *location : std::string());
    });
}

#define INCAR_OWN(type) template INCAR_OCPI_CLIENT_EXPORT expected<void> party::own(const v221::type&);
#define INCAR_PUSH(type)                                                                                               \
    INCAR_OWN(type)                                                                                                    \
    template INCAR_OCPI_CLIENT_EXPORT void party::push(const recipient&, const v221::type&, outcome<void>);
INCAR_PUSH(location)
INCAR_PUSH(session)
INCAR_PUSH(tariff)
INCAR_PUSH(token)
INCAR_PUSH(sc_optimisation)
INCAR_PUSH(client_info)
INCAR_OWN(cdr)

} // namespace incar::ocpi_client
