#include "hub/core.hpp"

namespace incar::hub {
namespace {

using json::object;
using json::value;

constexpr std::pair<standing, const char*> standings[] = {
    {standing::applied, "applied"}, {standing::rejected, "rejected"},   {standing::approved, "approved"},
    {standing::active, "active"},   {standing::suspended, "suspended"}, {standing::left, "left"},
};

std::string text_in(const value& from, const char* name) {
    const value* found = from.find(name);
    const std::string* text = found ? found->as_string() : nullptr;
    return text ? *text : std::string();
}

bool flag_in(const value& from, const char* name) {
    const value* found = from.find(name);
    const bool* flag = found ? found->as_bool() : nullptr;
    return flag && *flag;
}

std::optional<timestamp> time_in(const value& from, const char* name) {
    const auto read = timestamp::parse(text_in(from, name));
    return read ? std::optional<timestamp>(*read) : std::nullopt;
}

std::optional<party_key> party_in(const value& from, const char* name) {
    const auto read = ocpi::parse_party_key(text_in(from, name));
    return read ? std::optional<party_key>(*read) : std::nullopt;
}

std::string format(const std::optional<timestamp>& time) {
    return time ? incar::format(*time) : std::string();
}

std::string format(const std::optional<party_key>& party) {
    return party ? ocpi::format(*party) : std::string();
}

} // namespace

std::string encode(const member& of) {
    v221::credentials bearer; // roles have their own way into JSON
    bearer.roles = of.roles;
    const char* word = "";
    for (const auto& [each, name] : standings)
        if (each == of.standing) word = name;
    return json::format(value(object{
        {"name", of.name},
        {"email", of.email},
        {"roles", ocpi::encode(bearer)},
        {"issuer", of.identity.issuer},
        {"realm", of.identity.realm},
        {"client", of.identity.client},
        {"standing", word},
        {"reason", of.reason},
        {"wants_catch_up", of.wants_catch_up},
        {"status", std::string(ocpi::open_enum<v221::connection_status>(of.status).text())},
        {"status_since", incar::format(of.status_since)},
    }));
}

expected<member> decode_member(const std::string& text) {
    const auto read = json::parse(text);
    if (!read) return read.error();
    auto bearer = ocpi::decode<v221::credentials>(text_in(*read, "roles"));
    if (!bearer) return bearer.error();
    member made;
    made.name = text_in(*read, "name");
    made.email = text_in(*read, "email");
    made.roles = std::move(bearer->roles);
    made.identity = {text_in(*read, "issuer"), text_in(*read, "realm"), text_in(*read, "client")};
    for (const auto& [each, name] : standings)
        if (text_in(*read, "standing") == name) made.standing = each;
    made.reason = text_in(*read, "reason");
    made.wants_catch_up = flag_in(*read, "wants_catch_up");
    made.status = ocpi::open_enum<v221::connection_status>(text_in(*read, "status"))
                      .known()
                      .value_or(v221::connection_status::planned);
    made.status_since = time_in(*read, "status_since").value_or(timestamp());
    return made;
}

std::string encode(const pending_result& of) {
    return json::format(value(object{
        {"key", of.key},
        {"module", of.module},
        {"word", of.word},
        {"asked_by", of.asked_by},
        {"asked_of", of.asked_of},
        {"from", format(of.from)},
        {"to", format(of.to)},
        {"response_url", of.response_url},
        {"correlation_id", of.correlation_id},
        {"operation", of.operation},
        {"reference", of.reference},
        {"deadline", format(of.deadline)},
        {"keep_until", format(of.keep_until)},
        {"finished", of.finished},
    }));
}

expected<pending_result> decode_result(const std::string& text) {
    const auto read = json::parse(text);
    if (!read) return read.error();
    pending_result made;
    made.key = text_in(*read, "key");
    made.module = text_in(*read, "module");
    made.word = text_in(*read, "word");
    made.asked_by = text_in(*read, "asked_by");
    made.asked_of = text_in(*read, "asked_of");
    made.from = party_in(*read, "from");
    made.to = party_in(*read, "to");
    made.response_url = text_in(*read, "response_url");
    made.correlation_id = text_in(*read, "correlation_id");
    made.operation = text_in(*read, "operation");
    made.reference = text_in(*read, "reference");
    made.deadline = time_in(*read, "deadline");
    made.keep_until = time_in(*read, "keep_until");
    made.finished = flag_in(*read, "finished");
    return made;
}

} // namespace incar::hub
