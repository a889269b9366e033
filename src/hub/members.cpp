#include "hub/core.hpp"

#include <algorithm>

namespace incar::hub {
namespace {

using v221::connection_status;

error wrong_standing(const std::string& name, const char* why) {
    return {errc::inconsistent, name, why};
}

expected<void> check(const application& wish) {
    const auto in_name = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
               c == '.';
    };
    if (wish.name.empty() || wish.name.size() > 64 || !std::all_of(wish.name.begin(), wish.name.end(), in_name))
        return error{errc::malformed, "/name", "a name has 1 to 64 letters, digits, '-', '_' and '.'"};
    if (wish.email.empty()) return error{errc::missing, "/email", "an e-mail address is needed"};
    if (wish.roles.empty()) return error{errc::missing, "/roles", "at least one role is needed"};
    for (std::size_t i = 0; i < wish.roles.size(); ++i) {
        const v221::credentials_role& each = wish.roles[i];
        const std::string place = "/roles/" + std::to_string(i);
        if (each.country_code.text().size() != 2)
            return error{errc::malformed, place + "/country_code", "a country code has two letters"};
        if (each.party_id.text().size() != 3)
            return error{errc::malformed, place + "/party_id", "a party id has three characters"};
        if (!each.role.known() || each.role == v221::role::hub)
            return error{errc::malformed, place + "/role", "a member is CPO, EMSP, NAP, NSP, OTHER or SCSP"};
    }
    return {};
}

connection_status status_of(const member& who) {
    if (who.standing == standing::suspended) return connection_status::suspended;
    if (who.standing == standing::active)
        return who.status == connection_status::offline ? who.status : connection_status::connected;
    return connection_status::planned;
}

} // namespace

// Saves, then takes effect; whom it concerns is told by way of hubclientinfo.
expected<void> hub::core::keep(member changed) {
    const timestamp now = ports.clock();
    changed.status = status_of(changed);
    const auto before = members.find(changed.name);
    const bool is_other = before == members.end() || before->second.status != changed.status ||
                          is_announced(before->second) != is_announced(changed);
    if (is_other) changed.status_since = now;
    if (auto saved = save(member_kind, changed.name, to_json(changed)); !saved) return saved;
    if (is_announced(changed))
        for (const v221::credentials_role& each : changed.roles) {
            v221::client_info about;
            about.country_code = each.country_code;
            about.party_id = each.party_id;
            about.role = each.role;
            about.status = changed.standing == standing::left ? connection_status::offline : changed.status;
            about.last_updated = now;
            store::stored_object object;
            object.key = {"hubclientinfo", format(party_key{each.country_code, each.party_id}),
                          std::string(each.role.text())};
            const auto there = ports.objects.find(object.key);
            if (!there) return there.error();
            if (*there && !is_other) continue;
            object.last_updated = now;
            object.text = ocpi::encode(about);
            if (auto saved = save(std::move(object)); !saved) return saved;
        }
    const std::string name = changed.name;
    if (deliveries.find(name) == deliveries.end()) {
        see_changes();
        if (auto saved = save(place_kind, name, std::to_string(newest)); !saved) return saved;
        delivery& way = deliveries[name];
        way.place = way.kept_place = newest;
        way.heard_at = now;
    }
    members[name] = std::move(changed);
    if (ports.member_changed) ports.member_changed(members.at(name));
    return {};
}

expected<void> hub::core::set_status(const std::string& name, connection_status status) {
    const member* known = find_active(name);
    if (!known || known->status == status) return {};
    member changed = *known;
    changed.status = status;
    note(log_level::info, name + " is " + std::string(ocpi::open_enum<connection_status>(status).text()));
    return keep(std::move(changed));
}

expected<void> hub::apply(const application& wish) {
    if (auto good = check(wish); !good) return good;
    const auto known = core_->members.find(wish.name);
    if (known != core_->members.end() && known->second.standing != standing::rejected)
        return error{errc::duplicate, "/name", "this name is taken"};
    for (const auto& [name, other] : core_->members) {
        if (name == wish.name || other.standing == standing::rejected) continue;
        for (std::size_t i = 0; i < wish.roles.size(); ++i)
            for (const v221::credentials_role& theirs : other.roles)
                if (is_same_role(wish.roles[i], theirs))
                    return error{errc::duplicate, "/roles/" + std::to_string(i),
                                 "another member has this role, country code and party id"};
    }
    member made;
    made.name = wish.name;
    made.email = wish.email;
    made.roles = wish.roles;
    made.identity = wish.identity;
    return core_->keep(std::move(made));
}

expected<std::string> hub::approve(const std::string& name, const ocpi_client::partner_habits& habits) {
    const auto known = core_->members.find(name);
    if (known == core_->members.end()) return unknown_member(name);
    member changed = known->second;
    if (changed.standing == standing::active || changed.standing == standing::suspended)
        return wrong_standing(name, "this member is registered");
    if (const partner* there = core_->connections->find(name);
        there && there->state != ocpi_client::partner_state::unregistered)
        if (auto gone = core_->connections->forget(name); !gone) return gone.error();
    auto token = core_->connections->invite(name, habits);
    if (!token) return token;
    changed.standing = standing::approved;
    changed.reason.clear();
    if (auto kept = core_->keep(std::move(changed)); !kept) return kept.error();
    return token;
}

expected<void> hub::reject(const std::string& name, const std::string& reason) {
    const auto known = core_->members.find(name);
    if (known == core_->members.end()) return unknown_member(name);
    if (known->second.standing != standing::applied) return wrong_standing(name, "only an application can be rejected");
    member changed = known->second;
    changed.standing = standing::rejected;
    changed.reason = reason;
    return core_->keep(std::move(changed));
}

expected<void> hub::suspend(const std::string& name, const std::string& reason) {
    const auto known = core_->members.find(name);
    if (known == core_->members.end()) return unknown_member(name);
    if (known->second.standing != standing::active)
        return wrong_standing(name, "only an active member can be suspended");
    member changed = known->second;
    changed.standing = standing::suspended;
    changed.reason = reason;
    auto kept = core_->keep(std::move(changed));
    core_->deliver_all();
    return kept;
}

expected<void> hub::resume(const std::string& name) {
    const auto known = core_->members.find(name);
    if (known == core_->members.end()) return unknown_member(name);
    if (known->second.standing != standing::suspended) return wrong_standing(name, "this member is not suspended");
    member changed = known->second;
    changed.standing = standing::active;
    changed.status = connection_status::connected;
    changed.reason.clear();
    auto kept = core_->keep(std::move(changed));
    core_->deliver_all();
    return kept;
}

expected<void> hub::set_catch_up(const std::string& name, bool wanted) {
    const auto known = core_->members.find(name);
    if (known == core_->members.end()) return unknown_member(name);
    member changed = known->second;
    changed.wants_catch_up = wanted;
    return core_->keep(std::move(changed));
}

std::optional<member> hub::find(const std::string& name) const {
    const auto known = core_->members.find(name);
    return known == core_->members.end() ? std::nullopt : std::optional<member>(known->second);
}

std::vector<member> hub::members() const {
    std::vector<member> all;
    for (const auto& each : core_->members) all.push_back(each.second);
    return all;
}

} // namespace incar::hub
