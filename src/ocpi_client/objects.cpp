#include "core.hpp"
#include "object_modules.hpp"

#include <incar/ocpi/patch.hpp>

namespace incar::ocpi_client {
namespace {

constexpr auto invalid = ocpi::status_code::invalid_parameters;

std::string type_in(const exchange& in) {
    return in.request.url.find_parameter("type").value_or("RFID");
}

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
    if (module == "tokens") path.token_type = type_in(in);
    return path;
}

change describe(const object_path& path, std::string text, change::kind what) {
    return {path.module, path.owner, stored_id(path), std::move(text), what};
}

} // namespace

// -- the sender's side: our objects
// ------------------------------------------------------------------------------------

reply party::core::serve_own(const std::string& module, exchange& in) {
    if (in.method() != "GET") return failure(405, ocpi::status_code::client_error, "this side only answers GET");
    const partner& who = partners.at(in.who.partner);
    store::object_query query;
    query.kind = module;
    for (const v221::credentials_role& each : options.roles) {
        const party_key key{each.country_code, each.party_id};
        if (!in.who.to || *in.who.to == key) query.owners.push_back(format(key));
    }
    for (const v221::credentials_role& each : who.roles)
        query.audiences.push_back(format(party_key{each.country_code, each.party_id}));

    if (!in.segments.empty()) {
        if (module != "locations" || in.segments.size() > 3)
            return failure(404, ocpi::status_code::client_error, "there is nothing under this URL");
        for (const std::string& owner : query.owners) {
            const auto stored = ports.objects.find({module, owner, in.segments[0]});
            if (!stored) return failure(stored.error());
            if (!*stored) continue;
            object_path path;
            if (in.segments.size() > 1) path.evse_uid = in.segments[1];
            if (in.segments.size() > 2) path.connector_id = in.segments[2];
            const auto part = part_of((*stored)->text, path);
            return part ? success(*part) : failure(part.error());
        }
        return failure(error{errc::not_found, in.segments[0], "there is no such object"});
    }

    const auto wanted = parse_window(in.request.url);
    if (!wanted) return failure(wanted.error());
    query.date_from = wanted->date_from;
    query.date_to = wanted->date_to;
    query.offset = wanted->offset;
    query.limit = std::min(wanted->limit.value_or(options.page_limit), options.page_limit);
    const auto page = ports.objects.list(query);
    if (!page) return failure(page.error());
    std::string data = "[";
    for (const store::stored_object& each : page->objects) data += (data.size() > 1 ? "," : "") + each.text;
    reply out = success(data + "]");
    // The host as partners know it, whatever a proxy in between made of it.
    net::url listed = our_url({spoken_version, module, "sender"});
    for (const net::query_parameter& each : in.request.url.parameters()) listed.add_parameter(each.name, each.value);
    add_page_headers(out.headers, listed, *wanted, page->objects.size(), page->total, options.page_limit);
    return out;
}

reply party::core::serve_authorize(exchange& in) {
    if (in.method() != "POST")
        return failure(405, ocpi::status_code::client_error, "authorisation is asked for by POST");
    std::optional<v221::location_references> where;
    if (!in.request.body.empty()) {
        auto given = ocpi::decode<v221::location_references>(in.request.body);
        if (!given) return failure(given.error());
        where = std::move(*given);
    }
    for (const v221::credentials_role& each : options.roles) {
        const party_key owner{each.country_code, each.party_id};
        if (in.who.to && *in.who.to != owner) continue;
        const auto stored = ports.objects.find({"tokens", format(owner), in.segments[0] + "/" + type_in(in)});
        if (!stored) return failure(stored.error());
        if (!*stored) continue;
        auto token = ocpi::decode<v221::token>((*stored)->text);
        if (!token) return failure(token.error());
        if (ours.authorize) {
            const auto answer = ours.authorize(in.who, *token, where);
            return answer ? success(ocpi::encode(*answer)) : failure(answer.error());
        }
        v221::authorization_info info;
        info.allowed = token->valid ? v221::allowed_type::allowed : v221::allowed_type::blocked;
        info.token = std::move(*token);
        info.location = where;
        return success(ocpi::encode(info));
    }
    return failure(error{ocpi::status_code::unknown_token, "", "there is no such token"});
}

// -- the receiver's side: objects of partners
// --------------------------------------------------------------------------

reply party::core::serve_pushed(const std::string& module, exchange& in) {
    const object_module* kind = find_object_module(module);
    if (!kind) return failure(404, ocpi::status_code::client_error, "this module is not offered");
    const partner& who = partners.at(in.who.partner);
    const auto may_own = [&](const party_key& owner) {
        return !is_ours(owner) && (is_hub(who) || has_party(who, owner));
    };
    const auto refuse_method = [&] {
        return failure(405, ocpi::status_code::client_error, in.method() + " is not for this URL");
    };

    if (in.method() == "POST") {
        if (!kind->is_posted || !in.segments.empty()) return refuse_method();
        const auto object = kind->identify(in.request.body, options.strictness);
        if (!object) return failure(object.error());
        if (!may_own(object->path.owner))
            return failure(error{invalid, "/party_id", "this party is none of the sender's"});
        const store::object_key key = stored_key(object->path);
        const auto before = ports.objects.find(key);
        if (!before) return failure(before.error());
        if (*before) return failure(error{errc::duplicate, "/id", "there is a record of this id, which never changes"});
        if (auto saved = ports.objects.save({key, object->last_updated, in.request.body, ""}); !saved)
            return failure(saved.error());
        if (ours.changed) ours.changed(in.who, describe(object->path, in.request.body, change::kind::created));
        reply out = success(std::nullopt, 201);
        const party_key& owner = object->path.owner;
        out.headers
            .set("Location", our_url({spoken_version, module, "receiver", owner.country_code.text(),
                                      owner.party_id.text(), object->path.id})
                                 .text())
            .value();
        return out;
    }

    const auto path = path_in(module, in);
    if (!path) return failure(path.error());
    if (!may_own(path->owner))
        return failure(error{errc::not_found, format(path->owner), "this party is not served here"});
    const store::object_key key = stored_key(*path);
    const auto stored = ports.objects.find(key);
    if (!stored) return failure(stored.error());

    if (in.method() == "GET") {
        if (!*stored) return failure(error{errc::not_found, "", "there is no such object"});
        const auto part = part_of((*stored)->text, *path);
        return part ? success(*part) : failure(part.error());
    }
    if (in.method() == "DELETE" && kind->is_removed) {
        const auto gone = ports.objects.erase(key);
        if (!gone) return failure(gone.error());
        if (!*gone) return failure(error{errc::not_found, "", "there is no such object"});
        if (ours.changed) ours.changed(in.who, describe(*path, "", change::kind::removed));
        return success();
    }
    const bool is_patch = in.method() == "PATCH" && kind->is_patched;
    if (!is_patch && !(in.method() == "PUT" && kind->is_put)) return refuse_method();
    const bool is_part = !path->evse_uid.empty();
    if ((is_patch || is_part) && !*stored) return failure(error{errc::not_found, "", "there is no such object"});

    const auto merged = is_patch || is_part ? merge((*stored)->text, in.request.body, *path, is_patch)
                                            : expected<std::string>(in.request.body);
    if (!merged) return failure(merged.error());
    const auto object = kind->identify(*merged, options.strictness);
    if (!object) return failure(object.error());
    if (!same_object(object->path, *path))
        return failure(error{invalid, "/id", "the body names another object than the URL"});
    if (*stored && object->last_updated < (*stored)->last_updated) {
        reply out = success();
        out.message = "what is stored already was updated later";
        return out;
    }
    if (auto saved = ports.objects.save({key, object->last_updated, *merged, ""}); !saved)
        return failure(saved.error());
    if (ours.changed)
        ours.changed(in.who, describe(*path, *merged, *stored ? change::kind::updated : change::kind::created));
    return success(std::nullopt, *stored ? 200 : 201);
}

} // namespace incar::ocpi_client
