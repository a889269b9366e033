#include <incar/core/ci_string.hpp>
#include <incar/core/timestamp.hpp>
#include <incar/ocpi/patch.hpp>

#include <algorithm>

namespace incar::ocpi {
namespace {

// A list of an object that PATCH does not replace.
struct special_list {
    ocpi::resource resource;
    std::string_view name;
    bool is_appended; // else merged by time_slot
};

constexpr special_list special_lists[] = {
    {resource::session, "charging_periods", true},
    {resource::sc_optimisation, "demand", false},
    {resource::sc_optimisation, "generation", false},
    {resource::sc_optimisation, "demand_forecast", false},
    {resource::sc_optimisation, "generation_forecast", false},
    {resource::sc_optimisation, "storage_soc", false},
    {resource::sc_optimisation, "price", false},
    {resource::sc_optimisation, "flex_orders", false},
};

const special_list* find_special(resource what, std::string_view name) {
    for (const special_list& each : special_lists)
        if (each.resource == what && each.name == name) return &each;
    return nullptr;
}

// -- JSON values

json::value* find(json::object& members, std::string_view name) {
    for (json::member& each : members)
        if (each.name == name) return &each.value;
    return nullptr;
}

void set(json::object& members, std::string_view name, json::value to) {
    if (json::value* there = find(members, name))
        *there = std::move(to);
    else
        members.push_back({std::string(name), std::move(to)});
}

bool same(const json::value& a, const json::value& b) {
    if (const auto* left = a.as_object()) {
        const auto* right = b.as_object();
        return right && left->size() == right->size() &&
               std::all_of(left->begin(), left->end(), [&](const json::member& each) {
                   const json::value* other = b.find(each.name);
                   return other && same(each.value, *other);
               });
    }
    if (const auto* left = a.as_array()) {
        const auto* right = b.as_array();
        return right && std::equal(left->begin(), left->end(), right->begin(), right->end(), same);
    }
    return json::format(a) == json::format(b);
}

expected<json::object> read_object(std::string_view text, const json::limits& limits, const char* prefix) {
    auto read = json::parse(text, limits);
    if (!read) return error{read.error().code, prefix + read.error().where, read.error().message};
    if (const json::object* members = read->as_object()) return *members;
    return error{errc::wrong_type, prefix, std::string("an object is needed, not ") + read->kind()};
}

// -- merging

class merger {
public:
    merger(resource what, std::vector<std::string>& ignored) : what_(what), ignored_(ignored) {}

    void merge(json::object& into, const json::object& changes, const json::pointer& here, bool is_root) {
        for (const json::member& each : changes) {
            const json::pointer place = here / each.name;
            if (each.value.is_null()) {
                ignored_.push_back(place.text());
                continue;
            }
            json::value* there = find(into, each.name);
            const special_list* special = is_root ? find_special(what_, each.name) : nullptr;
            if (special && there && there->as_array() && each.value.as_array()) {
                *there = special->is_appended ? appended(*there->as_array(), *each.value.as_array())
                                              : merged_by_slot(*there->as_array(), *each.value.as_array());
            } else if (const json::object* inner_changes = each.value.as_object()) {
                json::object inner = there && there->as_object() ? *there->as_object() : json::object();
                merge(inner, *inner_changes, place, false);
                set(into, each.name, std::move(inner));
            } else {
                set(into, each.name, each.value);
            }
        }
    }

private:
    static json::array appended(json::array list, const json::array& more) {
        for (const json::value& each : more)
            if (std::none_of(list.begin(), list.end(), [&](const json::value& one) { return same(one, each); }))
                list.push_back(each);
        return list;
    }

    static std::string slot_of(const json::value& entry) {
        const json::value* slot = entry.find("time_slot");
        const std::string* text = slot ? slot->as_string() : nullptr;
        if (!text) return {};
        const auto at = timestamp::parse(*text);
        return at ? incar::format(*at) : *text;
    }

    static json::array merged_by_slot(json::array list, const json::array& more) {
        for (const json::value& each : more) {
            const std::string slot = slot_of(each);
            const auto there = std::find_if(list.begin(), list.end(), [&](const json::value& one) {
                return slot.empty() ? same(one, each) : slot_of(one) == slot;
            });
            if (there == list.end())
                list.push_back(each);
            else
                *there = each;
        }
        return list;
    }

    resource what_;
    std::vector<std::string>& ignored_;
};

// -- ids and times

expected<timestamp> last_updated_of(const json::object& body) {
    for (const json::member& each : body) {
        if (each.name != "last_updated" || each.value.is_null()) continue;
        const std::string* text = each.value.as_string();
        if (!text) return error{errc::wrong_type, "/last_updated", "a time is needed"};
        const auto at = timestamp::parse(*text);
        if (!at) return error{errc::malformed, "/last_updated", at.error().message};
        return *at;
    }
    return error{errc::missing, "/last_updated", "every change tells when it was made"};
}

// Of something stored, which may be broken; then the beginning of time.
timestamp last_updated_or_never(const json::object& stored) {
    return last_updated_of(stored).value_or(timestamp::min());
}

expected<void> check_id(const json::object& body, std::string_view name, const std::string& in_url, bool is_required) {
    if (in_url.empty()) return {};
    const std::string where = (json::pointer() / name).text();
    for (const json::member& each : body) {
        if (each.name != name || each.value.is_null()) continue;
        const std::string* id = each.value.as_string();
        if (!id) return error{errc::wrong_type, where, "a text is needed"};
        if (equals_ignoring_case(*id, in_url)) return {};
        return error{errc::inconsistent, where, "'" + *id + "' is not the '" + in_url + "' of the URL"};
    }
    if (!is_required) return {};
    return error{errc::missing, where, "this member is required"};
}

struct id_check {
    const char* name;
    const std::string* in_url;
};

std::vector<id_check> ids_of(resource what, const object_path& path) {
    if (!path.connector_id.empty()) return {{"id", &path.connector_id}};
    if (!path.evse_uid.empty()) return {{"uid", &path.evse_uid}};
    std::vector<id_check> ids = {{"country_code", &path.country_code}, {"party_id", &path.party_id}};
    if (what != resource::client_info) ids.push_back({what == resource::token ? "uid" : "id", &path.id});
    return ids;
}

expected<json::object> read_body(resource what, const object_path& path, std::string_view body, bool is_whole,
                                 const json::limits& limits) {
    auto members = read_object(body, limits, "");
    if (!members) return members.error();
    for (const id_check& each : ids_of(what, path))
        if (auto done = check_id(*members, each.name, *each.in_url, is_whole); !done) return done.error();
    if (auto at = last_updated_of(*members); !at) return at.error();
    return members;
}

// -- EVSEs and Connectors inside a Location

// The element of a list of objects by its id; null when there is none.
json::value* find_element(json::array& list, std::string_view id_name, const std::string& id) {
    for (json::value& each : list) {
        const json::value* found = each.find(id_name);
        const std::string* text = found ? found->as_string() : nullptr;
        if (text && equals_ignoring_case(*text, id)) return &each;
    }
    return nullptr;
}

void raise_last_updated(json::object& parent, const json::object& body) {
    if (last_updated_or_never(parent) < *last_updated_of(body))
        for (const json::member& each : body)
            if (each.name == "last_updated") set(parent, "last_updated", each.value);
}

json::array list_of(const json::object& members, std::string_view name) {
    for (const json::member& each : members)
        if (each.name == name && each.value.as_array()) return *each.value.as_array();
    return {};
}

// What to do with the object that a request names: null when it is not there. The answer is the object from now on.
using apply = expected<json::object> (*)(const json::object* there, const json::object& body, resource, change&);

expected<json::object> put_one(const json::object* there, const json::object& body, resource, change& result) {
    result.created = !there;
    if (there) result.outdated = *last_updated_of(body) < last_updated_or_never(*there);
    return body;
}

expected<json::object> patch_one(const json::object* there, const json::object& body, resource what, change& result) {
    if (!there) return error{errc::not_found, "", "there is no such object to patch"};
    result.outdated = *last_updated_of(body) < last_updated_or_never(*there);
    json::object merged = *there;
    merger(what, result.ignored).merge(merged, body, json::pointer(), true);
    return merged;
}

// Applies the body to an element of a list of `parent`, or to an element of an element.
expected<void> apply_inside(json::object& parent, const std::vector<std::pair<const char*, id_check>>& steps,
                            std::size_t depth, const json::object& body, apply how, change& result) {
    const auto& [list_name, id] = steps[depth];
    json::array list = list_of(parent, list_name);
    json::value* there = find_element(list, id.name, *id.in_url);
    json::object element;
    if (depth + 1 < steps.size()) {
        if (!there) return error{errc::not_found, "", "there is no EVSE of this uid"};
        element = *there->as_object();
        if (auto done = apply_inside(element, steps, depth + 1, body, how, result); !done) return done;
    } else {
        auto applied = how(there ? there->as_object() : nullptr, body, resource::location, result);
        if (!applied) return applied.error();
        element = std::move(*applied);
    }
    if (there)
        *there = std::move(element);
    else
        list.push_back(std::move(element));
    set(parent, list_name, std::move(list));
    raise_last_updated(parent, body);
    return {};
}

expected<change> changed(resource what, const object_path& path, std::optional<std::string_view> stored,
                         std::string_view text, const json::limits& limits, bool is_whole, apply how) {
    const auto body = read_body(what, path, text, is_whole, limits);
    if (!body) return body.error();
    std::optional<json::object> there;
    if (stored) {
        auto read = read_object(*stored, {std::max(limits.max_bytes, stored->size()), limits.max_depth}, "/stored");
        if (!read) return read.error();
        there = std::move(*read);
    }
    change result;
    if (path.evse_uid.empty()) {
        auto applied = how(there ? &*there : nullptr, *body, what, result);
        if (!applied) return applied.error();
        result.text = json::format(std::move(*applied));
        return result;
    }
    if (!there) return error{errc::not_found, "", "there is no Location of this id"};
    std::vector<std::pair<const char*, id_check>> steps = {{"evses", {"uid", &path.evse_uid}}};
    if (!path.connector_id.empty()) steps.push_back({"connectors", {"id", &path.connector_id}});
    if (auto done = apply_inside(*there, steps, 0, *body, how, result); !done) return done.error();
    result.text = json::format(std::move(*there));
    return result;
}

} // namespace

expected<change> put(resource what, const object_path& path, std::optional<std::string_view> stored,
                     std::string_view body, const json::limits& limits) {
    return changed(what, path, stored, body, limits, true, put_one);
}

expected<change> patch(resource what, const object_path& path, std::string_view stored, std::string_view body,
                       const json::limits& limits) {
    return changed(what, path, stored, body, limits, false, patch_one);
}

} // namespace incar::ocpi
