#include "hub/core.hpp"

#include <algorithm>

namespace incar::hub {

using v221::connection_status;

error unknown_member(const std::string& name) {
    return {errc::not_found, name, "there is no member of this name"};
}

bool is_same_role(const v221::credentials_role& left, const v221::credentials_role& right) {
    return left.role == right.role && left.country_code == right.country_code && left.party_id == right.party_id;
}

bool is_announced(const member& who) {
    return who.standing != standing::applied && who.standing != standing::rejected;
}

// Who registers is who applied: no other party, none more, and with its payments in order.
expected<void> hub::core::admit(const partner& who, const v221::credentials& theirs) const {
    const auto known = members.find(who.name);
    if (known == members.end()) return unknown_member(who.name);
    if (known->second.standing == standing::suspended)
        return error{ocpi::status_code::client_error, "", "this member is suspended"};
    for (const v221::credentials_role& each : theirs.roles)
        if (std::none_of(known->second.roles.begin(), known->second.roles.end(),
                         [&](const v221::credentials_role& applied) { return is_same_role(applied, each); }))
            return error{ocpi::status_code::invalid_parameters, "/roles",
                         format(party_key{each.country_code, each.party_id}) + " as " + std::string(each.role.text()) +
                             " was not applied for"};
    return ports.payment ? ports.payment(known->second) : expected<void>();
}

// A connection changed: it is kept, sealed, and the member follows.
expected<void> hub::core::keep_connection(const partner& changed) {
    const std::string text = ocpi_client::encode(changed);
    if (auto saved = save(connection_kind, changed.name, ports.seal ? ports.seal(text) : text); !saved) return saved;
    const auto known = members.find(changed.name);
    if (known == members.end()) return {};
    member who = known->second;
    if (changed.state == ocpi_client::partner_state::registered && who.standing != standing::suspended) {
        who.standing = standing::active;
        who.status = connection_status::connected;
        who.roles = changed.roles;
    } else if (changed.state == ocpi_client::partner_state::unregistered && who.standing == standing::active) {
        who.standing = standing::left;
    }
    return keep(std::move(who));
}

const member* hub::core::find_active(const std::string& name) const {
    const auto known = members.find(name);
    return known != members.end() && known->second.standing == standing::active ? &known->second : nullptr;
}

// The member that has the party; of several the one that offers that side of the module.
const member* hub::core::find_by_party(const party_key& party, const std::string& module, interface_role side) const {
    const member* found = nullptr;
    for (const auto& [name, each] : members) {
        if (!is_announced(each) || !has_party(each.roles, party)) continue;
        if (!found) found = &each;
        const partner* connection = connections->find(name);
        if (connection && ocpi_client::find_endpoint(*connection, module, side)) return &each;
    }
    return found;
}

// Whose objects are not shown: they are kept, but their owner takes no part at present.
std::vector<std::string> hub::core::hidden_owners() const {
    std::vector<std::string> hidden;
    for (const auto& [name, each] : members)
        if (each.standing == standing::suspended || each.standing == standing::left)
            for (const party_key& party : parties_of(each.roles)) hidden.push_back(format(party));
    return hidden;
}

} // namespace incar::hub
