#include "hub/core.hpp"

#include <algorithm>

namespace incar::hub {
namespace {

constexpr auto invalid = ocpi::status_code::invalid_parameters;

error no_such_object() {
    return {errc::not_found, "", "there is no such object"};
}

expected<ocpi_client::object_path> path_in(const incoming& in) {
    const std::size_t least = in.module == "hubclientinfo" ? 2 : 3;
    const std::size_t most = in.module == "locations" ? 5 : least;
    const auto& segments = in.segments;
    if (segments.size() < least || segments.size() > most)
        return error{errc::not_found, "", "there is nothing under this URL"};
    ocpi_client::object_path path;
    path.module = in.module;
    path.owner = {ci_string<2>(segments[0]), ci_string<3>(segments[1])};
    if (segments.size() > 2) path.id = segments[2];
    if (segments.size() > 3) path.evse_uid = segments[3];
    if (segments.size() > 4) path.connector_id = segments[4];
    if (in.module == "tokens") path.token_type = in.request.url.find_parameter("type").value_or("RFID");
    return path;
}

} // namespace

std::string hub::core::cdr_address(const store::object_key& key) const {
    const auto owner = ocpi::parse_party_key(key.owner).value();
    const auto at =
        our_url({"2.2.1", "cdrs", "receiver"}).append({owner.country_code.text(), owner.party_id.text(), key.id});
    return at ? at->text() : std::string();
}

// A CDR is kept once and never changed. The same one again, word for word, is a repetition that its receiver may need.
expected<hub::core::stored_push> hub::core::store_record(const incoming& in, const std::optional<party_key>& audience) {
    const auto record = ocpi::decode<v221::cdr>(in.request.body);
    if (!record) return record.error();
    const auto findings = ocpi::validate(*record, ocpi::edition::v2_2_1, options.strictness);
    if (!findings.empty()) return error{invalid, findings.front().pointer, findings.front().message};
    const party_key owner{record->country_code, record->party_id};
    if (owner != *in.who.from) return error{invalid, "/party_id", "this party is not the sender"};
    stored_push made;
    made.key = {"cdrs", format(owner), record->id.text()};
    made.last_updated = record->last_updated;
    made.text = in.request.body;
    made.audience = audience ? format(*audience) : "";
    made.created = true;
    if (cdr_address(made.key).empty()) return error{invalid, "/id", "this id cannot be part of a URL"};
    const auto before = ports.objects.find(made.key);
    if (!before) return before.error();
    if (*before) {
        if ((*before)->text != made.text)
            return error{errc::duplicate, "/id", "there is a record of this id, which never changes"};
        made.repeated = true;
        return made;
    }
    const auto started = find_operation(*record);
    if (ports.ledger) {
        auto taken = ports.ledger({*record, in.request.body, started ? started->operation : ""});
        if (!taken) return error{ocpi::status_code::server_error, "", "the ledger did not take this record"};
    }
    store::stored_object object;
    object.key = made.key;
    object.last_updated = made.last_updated;
    object.text = made.text;
    object.audience = made.audience;
    if (auto saved = save(std::move(object)); !saved) return saved.error();
    if (started)
        if (auto done = use_up_operation(started->key); !done) return done.error();
    return made;
}

expected<hub::core::stored_push> hub::core::store_push(const incoming& in, const std::optional<party_key>& audience) {
    const ocpi_client::object_module* kind = ocpi_client::find_object_module(in.module);
    const std::string& method = in.request.method;
    if (in.segments.empty()) {
        if (!kind->is_posted || method != "POST")
            return error{ocpi::status_code::client_error, "", method + " is not for this URL"};
        return store_record(in, audience);
    }
    const auto path = path_in(in);
    if (!path) return path.error();
    if (path->owner != *in.who.from) return error{errc::not_found, format(path->owner), "this party is not the sender"};
    const bool is_patch = method == "PATCH" && kind->is_patched;
    const bool is_put = method == "PUT" && kind->is_put;
    const bool is_removal = method == "DELETE" && kind->is_removed;
    if (!is_patch && !is_put && !is_removal)
        return error{ocpi::status_code::client_error, "", method + " is not for this URL"};

    // What was published once stays so: what its owner tells one party of it later, everybody may know.
    stored_push made;
    const store::object_key plain = ocpi_client::stored_key(*path);
    made.key = plain;
    auto before = ports.objects.find(made.key);
    if (!before) return before.error();
    const bool is_public = *before && !(*before)->removed && (*before)->audience.empty();
    const bool is_private_module = in.module == "sessions";
    if (audience && !is_public) {
        made.audience = format(*audience);
        if (!is_private_module) {
            made.key = private_copy(made.key, *audience);
            before = ports.objects.find(made.key);
            if (!before) return before.error();
        }
    }
    std::optional<store::stored_object> stored = std::move(*before);
    if (stored && stored->removed) stored.reset();
    if (is_private_module && stored) made.audience = stored->audience;

    store::stored_object object;
    object.key = made.key;
    object.audience = made.audience;
    if (is_removal) {
        if (!stored) return no_such_object();
        object.last_updated = made.last_updated = ports.clock();
        object.text = stored->text;
        object.removed = true;
    } else {
        if (is_patch && !stored) return no_such_object();
        auto changed = ocpi_client::change_object(*kind, *path, stored, in.request.body, is_patch, options.strictness);
        if (!changed) return changed.error();
        made.created = changed->created;
        made.outdated = changed->outdated;
        made.last_updated = object.last_updated = changed->last_updated;
        if (made.outdated) return made;
        object.text = std::move(changed->text);
    }
    if (!is_private_module) {
        const bool is_copy = !made.audience.empty();
        auto noted = is_copy ? note_private_copy(plain, *audience) : drop_private_copies(plain);
        if (!noted) return noted.error();
    }
    const bool is_context = in.module == "scoptimizations";
    if (auto saved = save(is_context ? object : std::move(object)); !saved) return saved.error();
    if (is_context) see_context(object.key, object.text, object.audience, object.removed);
    return made;
}

// A page of what the asking party may see: what everybody may, and what was pushed to it.
reply hub::core::serve_list(const incoming& in) const {
    if (in.request.method != "GET")
        return failure(ocpi::status_code::client_error, in.request.method + " is not for this URL", 405);
    const auto wanted = ocpi_client::parse_window(in.request.url);
    if (!wanted) return failure(wanted.error());
    store::object_query query;
    query.kind = in.module;
    if (in.module != "hubclientinfo") {
        query.without_owners = hidden_owners();
        query.audiences = {format(*in.who.from)};
    }
    query.date_from = wanted->date_from;
    query.date_to = wanted->date_to;
    query.offset = wanted->offset;
    query.limit = std::min(wanted->limit.value_or(options.page_limit), options.page_limit);
    query.after = in.request.url.find_parameter("after").value_or("");
    const auto page = ports.objects.list(query);
    if (!page) return failure(page.error());
    std::string data = "[";
    for (const store::stored_object& each : page->objects) {
        if (data.size() > 1) data += ',';
        data += each.text;
    }
    reply out = success(data + "]");
    out.headers.set("X-Total-Count", std::to_string(page->total)).value();
    out.headers.set("X-Limit", std::to_string(options.page_limit)).value();
    if (!page->next.empty()) {
        net::url next = our_url({"2.2.1", in.module, "sender"});
        for (const net::query_parameter& each : in.request.url.parameters())
            if (each.name != "offset" && each.name != "after" && each.name != "limit")
                next.add_parameter(each.name, each.value);
        next.add_parameter("limit", std::to_string(query.limit));
        next.add_parameter("after", page->next);
        out.headers.set("Link", "<" + next.text() + ">; rel=\"next\"").value();
    }
    return out;
}

// One object, by the URL under which it was pushed.
reply hub::core::serve_object(const incoming& in) const {
    if (in.request.method != "GET")
        return failure(ocpi::status_code::client_error, in.request.method + " is not for this URL", 405);
    const auto path = path_in(in);
    if (!path) return failure(path.error());
    store::object_key key = ocpi_client::stored_key(*path);
    auto found = ports.objects.find(key);
    if (!found) return failure(found.error());
    const std::string asking = in.who.from ? format(*in.who.from) : "";
    const auto may_see = [&](const store::stored_object& object) {
        const bool is_mine = equals_ignoring_case(object.key.owner, asking);
        const auto hidden = hidden_owners();
        if (std::any_of(hidden.begin(), hidden.end(),
                        [&](const std::string& each) { return equals_ignoring_case(each, object.key.owner); }))
            return false;
        return !object.removed && (object.audience.empty() || is_mine || equals_ignoring_case(object.audience, asking));
    };
    if ((!*found || !may_see(**found)) && in.who.from) {
        key = private_copy(key, *in.who.from);
        found = ports.objects.find(key);
        if (!found) return failure(found.error());
    }
    if (!*found || !may_see(**found)) return failure(no_such_object());
    const auto part = ocpi_client::part_of((*found)->text, *path);
    return part ? success(*part) : failure(part.error());
}

} // namespace incar::hub
