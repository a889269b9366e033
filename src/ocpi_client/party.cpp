#include "ocpi_client/core.hpp"

#include <algorithm>

namespace incar::ocpi_client {
namespace {

struct usual {
    const char* module;
    interface_role side;
    std::string_view roles; // the roles that offer it
};

constexpr auto sender = interface_role::sender;
constexpr auto receiver = interface_role::receiver;

constexpr usual usual_table[] = {
    {"locations", sender, "CPO"},
    {"locations", receiver, "EMSP NSP NAP OTHER SCSP"},
    {"sessions", sender, "CPO"},
    {"sessions", receiver, "EMSP SCSP"},
    {"cdrs", sender, "CPO"},
    {"cdrs", receiver, "EMSP"},
    {"tariffs", sender, "CPO"},
    {"tariffs", receiver, "EMSP NSP NAP OTHER SCSP"},
    {"tokens", sender, "EMSP"},
    {"tokens", receiver, "CPO"},
    {"commands", sender, "EMSP"},
    {"commands", receiver, "CPO"},
    {"chargingprofiles", sender, "SCSP"},
    {"chargingprofiles", receiver, "CPO"},
    {"scoptimizations", sender, "CPO"},
    {"scoptimizations", receiver, "SCSP"},
    {"hubclientinfo", sender, "HUB"},
    {"hubclientinfo", receiver, "CPO EMSP NAP NSP OTHER SCSP"},
};

bool has_word(std::string_view words, std::string_view word) {
    const std::string padded = " " + std::string(words) + " ";
    return padded.find(" " + std::string(word) + " ") != std::string::npos;
}

error name_taken(const std::string& name) {
    return {errc::duplicate, name, "there is a connection of this name"};
}

void replace_all(std::string& text, const std::string& secret) {
    if (secret.size() < 8) return; // no secret at all, and part of any sentence
    for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at + 3))
        text.replace(at, secret.size(), "***");
}

} // namespace

std::vector<module_side> usual_modules(v221::role role) {
    std::vector<module_side> modules;
    const std::string_view word = ocpi::open_enum<v221::role>(role).text();
    for (const usual& each : usual_table)
        if (has_word(each.roles, word)) modules.push_back({each.module, each.side});
    return modules;
}

party::party(party_options options, party_ports ports, handlers ours) : core_(std::make_shared<core>()) {
    const auto need = [](bool there, const char* what) {
        if (!there) throw exception(error{errc::missing, what, "a party cannot work without it"});
    };
    need(!options.base_url.empty(), "options.base_url");
    need(!options.roles.empty(), "options.roles");
    need(options.page_limit > 0, "options.page_limit");
    need(ports.http.send && ports.clock && ports.random, "ports");
    need(ports.objects.find && ports.objects.save && ports.objects.erase && ports.objects.list, "ports.objects");
    if (options.offered.empty())
        for (const v221::credentials_role& each : options.roles)
            for (const module_side& side : usual_modules(each.role.known().value_or(v221::role::other)))
                if (std::none_of(options.offered.begin(), options.offered.end(), [&](const module_side& there) {
                        return there.module == side.module && there.side == side.side;
                    }))
                    options.offered.push_back(side);
    core_->base = without_slash(options.base_url.segments());
    core_->options = std::move(options);
    core_->ports = std::move(ports);
    std::size_t secret = 0;
    core_->ports.random(reinterpret_cast<unsigned char*>(&secret), sizeof secret);
    core_->recognised = known_bearers(secret);
    core_->ours = std::move(ours);
}

party::~party() {
    core_->closed = true;
}

void party::restore(partner known) {
    core_->partners[known.name] = std::move(known);
}

expected<std::string> party::invite(const std::string& name, const partner_habits& habits) {
    const partner* known = find(name);
    if (known && known->state != partner_state::unregistered) return name_taken(name);
    partner invited;
    invited.name = name;
    invited.habits = habits;
    const std::string token = core_->new_secret();
    invited.token_in = core_->as_kept(token);
    if (auto kept = core_->keep(invited); !kept) return kept.error();
    return token;
}

void party::register_with(const std::string& name, const std::string& versions_url, const std::string& token_a,
                          outcome<void> done, const partner_habits& habits) {
    const partner* known = find(name);
    if (known && known->state != partner_state::unregistered) return done(name_taken(name));
    partner fresh;
    fresh.name = name;
    fresh.versions_url = versions_url;
    fresh.habits = habits;
    core_->register_with(std::move(fresh), token_a, std::move(done));
}

void party::renew(const std::string& name, outcome<void> done) {
    if (!core_->find_registered(name))
        return done(error{errc::not_found, name, "there is no connection to this partner"});
    if (core_->busy.count(name) > 0) return done(error{errc::duplicate, name, "a registration is under way already"});
    core_->renew(name, std::move(done));
}

void party::unregister(const std::string& name, outcome<void> done) {
    call request;
    request.method = "DELETE";
    request.module = "credentials";
    core_->send(name, request, [core = core_.get(), name, done = std::move(done)](expected<answer> told) {
        told ? done(core->end(name)) : done(told.error());
    });
}

expected<void> party::forget(const std::string& name) {
    return core_->end(name);
}

const partner* party::find(const std::string& name) const {
    return core_->find(name);
}

std::vector<partner> party::partners() const {
    std::vector<partner> all;
    for (const auto& each : core_->partners) all.push_back(each.second);
    return all;
}

void party::handle(net::http_request request, net::http_respond respond) {
    core_->handle(std::move(request), std::move(respond));
}

std::optional<timestamp> party::next_deadline() const {
    std::optional<timestamp> first;
    for (const auto& [key, each] : core_->results) {
        if (!each.deadline) continue;
        const timestamp due = each.finished ? forgotten_at(each) : *each.deadline;
        if (!first || due < *first) first = due;
    }
    return first;
}

void party::tick() {
    core_->tick();
}

expected<void> party::core::keep(const partner& changed) {
    const auto alive = shared_from_this();
    if (ports.save)
        if (auto saved = ports.save(changed); !saved) return saved;
    partners[changed.name] = changed;
    if (ours.partner_changed) ours.partner_changed(changed);
    return {};
}

expected<void> party::core::end(const std::string& name) {
    const partner* known = find(name);
    if (!known) return error{errc::not_found, name, "there is no connection of this name"};
    partner ended = *known;
    ended.state = partner_state::unregistered;
    ended.token_in.clear();
    ended.token_in_next.clear();
    ended.token_out.clear();
    if (auto kept = keep(ended); !kept) return kept;
    busy.erase(name);
    return {};
}

const partner* party::core::find(const std::string& name) const {
    const auto known = partners.find(name);
    return known == partners.end() ? nullptr : &known->second;
}

const partner* party::core::find_registered(const std::string& name) const {
    const partner* known = find(name);
    return known && known->state == partner_state::registered ? known : nullptr;
}

// A partner's words may repeat what we sent: this token, or one of those in a body.
error party::core::without_secrets(error reason, const std::string& token) const {
    const auto hide = [&](const std::string& secret) {
        replace_all(reason.message, secret);
        replace_all(reason.message, format_authorization(secret).substr(std::string_view("Token ").size()));
    };
    hide(token);
    for (const auto& each : partners)
        for (const std::string* known : {&each.second.token_in, &each.second.token_in_next, &each.second.token_out})
            hide(*known);
    return reason;
}

bool party::core::is_ours(const party_key& key) const {
    return std::any_of(options.roles.begin(), options.roles.end(), [&](const v221::credentials_role& each) {
        return party_key{each.country_code, each.party_id} == key;
    });
}

} // namespace incar::ocpi_client
