#include "ocpi_client/core.hpp"

#include <incar/ocpi_client/object_modules.hpp>

namespace incar::ocpi_client {
namespace {

constexpr auto invalid = ocpi::status_code::invalid_parameters;

// What the segments of a receiver's URL name: country, party, id and, for locations, EVSE and connector.
expected<object_path> path_in(const std::string& module, const exchange& in) {
    const std::size_t least = module == "hubclientinfo" ? 2 : 3;
    const std::size_t most = module == "locations" ? 5 : least;
    const auto& segments = in.segments;
    if (segments.size() < least || segments.size() > most)
        return error{errc::not_found, "", "there is nothing under this URL"};
    object_path path;
    path.module = module;
    path.owner = {ci_string<2>(segments[0]), ci_string<3>(segments[1])};
    if (segments.size() > 2) path.id = segments[2];
    if (segments.size() > 3) path.evse_uid = segments[3];
    if (segments.size() > 4) path.connector_id = segments[4];
    if (module == "tokens") path.token_type = token_type_in(in);
    return path;
}

change describe(const object_path& path, std::string text, change::kind what) {
    return {path.module, path.owner, stored_key(path).id, std::move(text), what};
}

reply no_such_object() {
    return failure(error{errc::not_found, "", "there is no such object"});
}

} // namespace

std::string token_type_in(const exchange& in) {
    return in.request.url.find_parameter("type").value_or("RFID");
}

// A partner brings its own objects, a hub those of anybody; ours come from nobody. What is said about a connection to
// the hub may be about us.
bool party::core::may_own(const partner& who, const std::string& module, const party_key& owner) const {
    if (module == "hubclientinfo") return is_hub(who);
    return !is_ours(owner) && (is_hub(who) || has_party(who, owner));
}

// A CDR: stored once under an address that its sender learns, and never changed.
reply party::core::take_record(const std::string& module, exchange& in) {
    const auto object = find_object_module(module)->identify(in.request.body, options.strictness);
    if (!object) return failure(object.error());
    const party_key& owner = object->path.owner;
    if (!may_own(partners.at(in.who.partner), module, owner))
        return failure(error{invalid, "/party_id", "this party is none of the sender's"});
    const auto address = our_url({spoken_version, in.module, "receiver"})
                             .append({owner.country_code.text(), owner.party_id.text(), object->path.id});
    if (!address) return failure(error{invalid, "/id", "this id cannot be part of a URL"});
    const store::object_key key = stored_key(object->path);
    const auto before = ports.objects.find(key);
    if (!before) return failure(before.error());
    if (*before) return failure(error{errc::duplicate, "/id", "there is a record of this id, which never changes"});
    if (auto saved = ports.objects.save({key, object->last_updated, in.request.body, ""}); !saved)
        return failure(saved.error());
    if (ours.changed) ours.changed(in.who, describe(object->path, in.request.body, change::kind::created));
    reply out = success(std::nullopt, 201);
    out.headers.set("Location", address->text()).value();
    return out;
}

reply party::core::serve_pushed(const std::string& module, exchange& in) {
    const object_module* kind = find_object_module(module);
    if (!kind) return not_there();
    if (in.segments.empty()) {
        if (!kind->is_posted || in.method() != "POST") return wrong_method(in.method());
        return take_record(module, in);
    }
    const auto path = path_in(module, in);
    if (!path) return failure(path.error());
    if (!may_own(partners.at(in.who.partner), module, path->owner))
        return failure(error{errc::not_found, format(path->owner), "this party is not served here"});
    const bool is_patch = in.method() == "PATCH" && kind->is_patched;
    const bool is_put = in.method() == "PUT" && kind->is_put;
    const bool is_removal = in.method() == "DELETE" && kind->is_removed;
    if (!is_patch && !is_put && !is_removal && in.method() != "GET") return wrong_method(in.method());

    const store::object_key key = stored_key(*path);
    const auto stored = ports.objects.find(key);
    if (!stored) return failure(stored.error());
    if (in.method() == "GET") {
        if (!*stored) return no_such_object();
        const auto part = part_of((*stored)->text, *path);
        return part ? success(*part) : failure(part.error());
    }
    if (is_removal) {
        const auto gone = ports.objects.erase(key);
        if (!gone) return failure(gone.error());
        if (!*gone) return no_such_object();
        if (ours.changed) ours.changed(in.who, describe(*path, "", change::kind::removed));
        return success();
    }
    if (is_patch && !*stored) return no_such_object();
    const auto object = change_object(*kind, *path, *stored, in.request.body, is_patch, options.strictness);
    if (!object) return failure(object.error());
    if (object->outdated) {
        reply out = success();
        out.message = "what is stored already was updated later";
        return out;
    }
    if (auto saved = ports.objects.save({key, object->last_updated, object->text, ""}); !saved)
        return failure(saved.error());
    if (ours.changed)
        ours.changed(in.who, describe(*path, object->text, *stored ? change::kind::updated : change::kind::created));
    return success(std::nullopt, object->created ? 201 : 200);
}

} // namespace incar::ocpi_client
