#include <incar/core/json.hpp>
#include <incar/ocpi/codec.hpp>
#include <incar/ocpi_client/partner.hpp>

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
    if (const value* peculiar = read->find("habits"))
        for (const auto& [habit, name] : habits)
            if (const value* found = peculiar->find(name); found && found->as_bool())
                made.habits.*habit = *found->as_bool();
    return made;
}

} // namespace incar::ocpi_client
