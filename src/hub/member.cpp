#include "hub/core.hpp"

namespace incar::hub {
namespace {

using json::object;
using json::value;

constexpr std::pair<standing, const char*> standings[] = {
    {standing::applied, "applied"}, {standing::rejected, "rejected"},   {standing::approved, "approved"},
    {standing::active, "active"},   {standing::suspended, "suspended"}, {standing::left, "left"},
};

constexpr std::pair<std::string identity_provider::*, const char*> identity_members[] = {
    {&identity_provider::issuer, "issuer"},
    {&identity_provider::realm, "realm"},
    {&identity_provider::client, "client"},
};

// Roles have their own way into JSON: as credentials carry them.
value as_json(const std::vector<v221::credentials_role>& roles) {
    v221::credentials bearer;
    bearer.roles = roles;
    return *json::parse(ocpi::encode(bearer)).value().find("roles");
}

expected<std::vector<v221::credentials_role>> roles_from(const value& roles) {
    const std::string text = json::format(value(object{{"token", "none"}, {"url", "none"}, {"roles", roles}}));
    auto bearer = ocpi::decode<v221::credentials>(text, {ocpi::reading::lenient, {}});
    if (!bearer) return bearer.error();
    return std::move(bearer->roles);
}

value as_json(const identity_provider& login) {
    object made;
    for (const auto& [member, name] : identity_members) made.push_back({name, login.*member});
    return value(std::move(made));
}

expected<std::string> text_at(const json::pointer& place, const value& from) {
    if (from.as_string()) return *from.as_string();
    return error{errc::wrong_type, place.text(), std::string("a text belongs here, this is ") + from.kind()};
}

expected<identity_provider> identity_from(const value& from) {
    const json::pointer place("/identity_provider");
    if (!from.as_object())
        return error{errc::wrong_type, place.text(), std::string("an object belongs here, this is ") + from.kind()};
    identity_provider made;
    for (const auto& [name, content] : *from.as_object()) {
        bool is_known = false;
        for (const auto& [member, known] : identity_members) {
            if (name != known) continue;
            auto text = text_at(place / name, content);
            if (!text) return text.error();
            made.*member = std::move(*text);
            is_known = true;
        }
        if (!is_known) return error{errc::unknown_member, (place / name).text(), "known are issuer, realm and client"};
    }
    return made;
}

} // namespace

std::string to_json(const member& shown) {
    const char* word = "";
    for (const auto& [each, name] : standings)
        if (each == shown.standing) word = name;
    return json::format(value(object{
        {"name", shown.name},
        {"email", shown.email},
        {"roles", as_json(shown.roles)},
        {"identity_provider", as_json(shown.identity)},
        {"standing", word},
        {"reason", shown.reason},
        {"wants_catch_up", shown.wants_catch_up},
        {"status", std::string(ocpi::open_enum<v221::connection_status>(shown.status).text())},
        {"status_since", format(shown.status_since)},
    }));
}

expected<application> application_from_json(std::string_view text) {
    const auto read = json::parse(text);
    if (!read) return read.error();
    if (!read->as_object())
        return error{errc::wrong_type, "", std::string("an object belongs here, this is ") + read->kind()};
    application made;
    for (const auto& [name, content] : *read->as_object()) {
        expected<void> taken;
        const auto take = [&](auto part, auto& to) {
            if (!part)
                taken = part.error();
            else
                to = std::move(*part);
        };
        if (name == "name" || name == "email") {
            take(text_at(json::pointer() / name, content), name == "name" ? made.name : made.email);
        } else if (name == "roles") {
            take(roles_from(content), made.roles);
        } else if (name == "identity_provider") {
            take(identity_from(content), made.identity);
        } else {
            taken = error{errc::unknown_member, (json::pointer() / name).text(),
                          "known are name, email, roles and identity_provider"};
        }
        if (!taken) return taken.error();
    }
    return made;
}

expected<member> member_from_json(std::string_view text) {
    const auto read = json::parse(text);
    if (!read) return read.error();
    const auto text_of = [&](const char* name) {
        const value* found = read->find(name);
        return found && found->as_string() ? *found->as_string() : std::string();
    };
    member made;
    made.name = text_of("name");
    made.email = text_of("email");
    made.reason = text_of("reason");
    if (const value* roles = read->find("roles")) {
        auto theirs = roles_from(*roles);
        if (!theirs) return theirs.error();
        made.roles = std::move(*theirs);
    }
    if (const value* login = read->find("identity_provider")) {
        auto theirs = identity_from(*login);
        if (!theirs) return theirs.error();
        made.identity = std::move(*theirs);
    }
    for (const auto& [each, name] : standings)
        if (text_of("standing") == name) made.standing = each;
    if (const value* wanted = read->find("wants_catch_up"); wanted && wanted->as_bool())
        made.wants_catch_up = *wanted->as_bool();
    made.status =
        ocpi::open_enum<v221::connection_status>(text_of("status")).known().value_or(v221::connection_status::planned);
    if (const auto since = timestamp::parse(text_of("status_since"))) made.status_since = *since;
    return made;
}

} // namespace incar::hub
