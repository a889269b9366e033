#include <incar/core/json.hpp>
#include <incar/ocpi/codec.hpp>
#include <incar/ocpi_client/partner.hpp>

#include <algorithm>

namespace incar::ocpi_client {
namespace {

namespace v221 = ocpi::v221;
using json::object;
using json::value;

constexpr std::pair<partner_state, const char*> states[] = {
    {partner_state::invited, "invited"},
    {partner_state::registering, "registering"},
    {partner_state::registered, "registered"},
    {partner_state::unregistered, "unregistered"},
};

constexpr std::pair<bool partner_habits::*, const char*> habits[] = {
    {&partner_habits::sends_plain_tokens, "sends_plain_tokens"},
    {&partner_habits::expects_plain_tokens, "expects_plain_tokens"},
    {&partner_habits::wants_trailing_slash, "wants_trailing_slash"},
    {&partner_habits::appends_without_slash, "appends_without_slash"},
    {&partner_habits::refuses_routing_headers, "refuses_routing_headers"},
    {&partner_habits::breaks_links, "breaks_links"},
    {&partner_habits::knows_other_modules, "knows_other_modules"},
};

std::string text_in(const value& from, const char* name) {
    const value* found = from.find(name);
    const std::string* text = found ? found->as_string() : nullptr;
    return text ? *text : std::string();
}

} // namespace

// Roles and endpoints are kept as OCPI writes them.
std::string encode(const partner& of) {
    v221::credentials theirs;
    theirs.token = of.token_out;
    theirs.url = of.versions_url;
    theirs.roles = of.roles;
    v221::version_details offered;
    offered.version = v221::version_number::v2_2_1;
    offered.endpoints = of.endpoints;
    object made = {
        {"name", of.name},
        {"token_in", of.token_in},
        {"token_in_next", of.token_in_next},
        {"credentials", json::parse(ocpi::encode(theirs)).value()},
        {"version_details", json::parse(ocpi::encode(offered)).value()},
    };
    for (const auto& [state, word] : states)
        if (state == of.state) made.push_back({"state", word});
    object peculiar;
    for (const auto& [habit, name] : habits)
        if (of.habits.*habit) peculiar.push_back({name, true});
    made.push_back({"habits", value(std::move(peculiar))});
    return json::format(value(std::move(made)));
}

expected<partner> decode_partner(std::string_view text) {
    const auto read = json::parse(text);
    if (!read) return read.error();
    const auto part = [&](const char* name) {
        const value* found = read->find(name);
        return json::format(found ? *found : value(object()));
    };
    const ocpi::decode_options lenient{ocpi::reading::lenient, {}};
    auto theirs = ocpi::decode<v221::credentials>(part("credentials"), lenient);
    if (!theirs) return theirs.error();
    auto offered = ocpi::decode<v221::version_details>(part("version_details"), lenient);
    if (!offered) return offered.error();
    partner made;
    made.name = text_in(*read, "name");
    if (made.name.empty()) return error{errc::missing, "/name", "a partner has a name"};
    for (const auto& [state, word] : states)
        if (text_in(*read, "state") == word) made.state = state;
    made.versions_url = theirs->url;
    made.token_in = text_in(*read, "token_in");
    made.token_in_next = text_in(*read, "token_in_next");
    made.token_out = theirs->token;
    made.endpoints = std::move(offered->endpoints);
    made.roles = std::move(theirs->roles);
    auto peculiar = habits_from_json(part("habits"));
    if (!peculiar) return peculiar.error();
    made.habits = *peculiar;
    return made;
}

expected<partner_habits> habits_from_json(std::string_view text) {
    const auto read = json::parse(text);
    if (!read) return read.error();
    if (!read->as_object())
        return error{errc::wrong_type, "", std::string("an object belongs here, this is ") + read->kind()};
    partner_habits made;
    for (const json::member& each : *read->as_object()) {
        const std::string place = (json::pointer() / each.name).text();
        const auto known = std::find_if(std::begin(habits), std::end(habits),
                                        [&](const auto& habit) { return each.name == habit.second; });
        if (known == std::end(habits)) return error{errc::unknown_member, place, "there is no such habit"};
        if (!each.value.as_bool())
            return error{errc::wrong_type, place,
                         std::string("true or false belongs here, this is ") + each.value.kind()};
        made.*(known->first) = *each.value.as_bool();
    }
    return made;
}

} // namespace incar::ocpi_client
