#include "ocpi_client/core.hpp"

#include <incar/ocpi_client/object_modules.hpp>

#include <algorithm>

namespace incar::ocpi_client {
namespace {

// Whose sessions and CDRs a request may see: its sender's. A hub asks for those behind it, one at a time.
std::vector<std::string> audiences_of(const partner& who, const std::optional<party_key>& from) {
    if (is_hub(who) && from) return {format(*from)};
    std::vector<std::string> parties;
    for (const v221::credentials_role& each : who.roles)
        parties.push_back(format(party_key{each.country_code, each.party_id}));
    return parties;
}

// A location, an EVSE or a connector of ours.
reply serve_part(const store::object_store& objects, const store::object_query& of, const exchange& in) {
    if (in.segments.size() > 3) return not_there();
    for (const std::string& owner : of.owners) {
        const auto stored = objects.find({of.kind, owner, in.segments[0]});
        if (!stored) return failure(stored.error());
        if (!*stored) continue;
        object_path path;
        if (in.segments.size() > 1) path.evse_uid = in.segments[1];
        if (in.segments.size() > 2) path.connector_id = in.segments[2];
        const auto part = part_of((*stored)->text, path);
        return part ? success(*part) : failure(part.error());
    }
    return failure(error{errc::not_found, "", "there is no such object"});
}

} // namespace

reply party::core::serve_own(const std::string& module, exchange& in) {
    if (in.method() != "GET") return wrong_method(in.method());
    store::object_query query;
    query.kind = module;
    query.audiences = audiences_of(partners.at(in.who.partner), in.who.from);
    if (module != "hubclientinfo") // which is about others
        for (const v221::credentials_role& each : options.roles) {
            const party_key key{each.country_code, each.party_id};
            if (!in.who.to || *in.who.to == key) query.owners.push_back(format(key));
        }
    if (!in.segments.empty()) return module == "locations" ? serve_part(ports.objects, query, in) : not_there();

    const auto wanted = parse_window(in.request.url);
    if (!wanted) return failure(wanted.error());
    if (module == "sessions" && !wanted->date_from && options.strictness != ocpi::strictness::usable)
        return failure(error{errc::missing, "?date_from", "sessions are listed from some time on"});
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
    net::url listed = our_url({spoken_version, in.module, "sender"});
    for (const net::query_parameter& each : in.request.url.parameters()) listed.add_parameter(each.name, each.value);
    add_page_headers(out.headers, listed, *wanted, page->objects.size(), page->total, options.page_limit);
    return out;
}

reply party::core::serve_authorize(exchange& in) {
    if (in.method() != "POST") return wrong_method(in.method());
    in.may_lack_body = true;
    std::optional<v221::location_references> where;
    if (!in.request.body.empty()) {
        auto given = read<v221::location_references>(in.request.body, options.strictness);
        if (!given) return failure(given.error());
        where = std::move(*given);
    }
    for (const v221::credentials_role& each : options.roles) {
        const party_key owner{each.country_code, each.party_id};
        if (in.who.to && *in.who.to != owner) continue;
        const auto stored = ports.objects.find({"tokens", format(owner), in.segments[0] + "/" + token_type_in(in)});
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

} // namespace incar::ocpi_client
