#include "hub/core.hpp"

namespace incar::hub {
namespace {

std::string place_of(const std::string& owner, const std::string& location, const std::string& evse) {
    return owner + "\t" + location + "\t" + evse;
}

} // namespace

expected<void> hub::core::load_contexts() {
    contexts.clear();
    context_places.clear();
    return each_of("scoptimizations", [this](const store::stored_object& each) -> expected<void> {
        see_context(each.key, each.text, each.audience, false);
        return {};
    });
}

// A smart charging context names the EVSEs whose sessions its provider is told of.
void hub::core::see_context(const store::object_key& key, const std::string& text, const std::string& audience,
                            bool removed) {
    const std::string name = key.owner + "\t" + key.id;
    for (const std::string& place : context_places[name]) contexts.erase(place);
    context_places.erase(name);
    const auto context = ocpi::decode<v221::sc_optimisation>(text);
    if (removed || !context) return;
    for (const v221::sc_evse& each : context->evses) {
        const std::string place = place_of(key.owner, each.location_id.text(), each.evse_uid.text());
        contexts[place] = audience;
        context_places[name].push_back(place);
    }
}

// The provider that steers the EVSE of a session; null when nobody does.
const member* hub::core::provider_for(const std::string& owner, const std::string& session) const {
    if (contexts.empty()) return nullptr;
    const auto read = ocpi::decode<v221::session>(session);
    if (!read) return nullptr;
    const auto found = contexts.find(place_of(owner, read->location_id.text(), read->evse_uid.text()));
    if (found == contexts.end()) return nullptr;
    if (const auto party = ocpi::parse_party_key(found->second))
        return find_by_party(*party, "sessions", interface_role::receiver);
    for (const auto& [name, each] : members)
        if (each.standing == standing::active && has_role(each.roles, "SCSP")) return &each;
    return nullptr;
}

// A driver's wish about a session that a provider steers is the provider's business: null when it is the CPO's.
const member* hub::core::provider_for_wish(const incoming& in, const party_key& to) const {
    const bool is_wish = in.module == "sessions" && in.side == interface_role::sender && in.request.method == "PUT" &&
                         in.segments.size() == 2 && in.segments[1] == "charging_preferences";
    if (!is_wish || contexts.empty()) return nullptr;
    const auto session = ports.objects.find({"sessions", format(to), in.segments[0]});
    if (!session || !*session || (*session)->removed) return nullptr;
    if (!in.who.from || !equals_ignoring_case((*session)->audience, format(*in.who.from))) return nullptr;
    const member* provider = provider_for(format(to), (*session)->text);
    const partner* connection = provider ? connections->find(provider->name) : nullptr;
    const bool takes_wishes = connection && ocpi_client::find_endpoint(*connection, "sessions", interface_role::sender);
    return takes_wishes ? provider : nullptr;
}

} // namespace incar::hub
