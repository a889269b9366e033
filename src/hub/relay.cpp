#include "hub/core.hpp"

#include <algorithm>

namespace incar::hub {
namespace {

constexpr auto invalid = ocpi::status_code::invalid_parameters;

bool is_push(const incoming& in) {
    const std::string& method = in.request.method;
    const bool is_patchable = in.side == interface_role::receiver;
    return is_patchable && (method == "PUT" || method == "PATCH" || method == "POST" || method == "DELETE");
}

// A result of something asked before comes to the sender interface of its module, under the key of its URL.
bool is_result(const incoming& in) {
    return in.side == interface_role::sender && in.request.method == "POST" && in.segments.size() == 2 &&
           (in.module == "commands" || in.module == "chargingprofiles");
}

} // namespace

void hub::core::relay(const incoming& in, answer_with done) {
    const auto known = members.find(in.who.partner);
    if (known == members.end() || known->second.standing != standing::active)
        return done(failure(ocpi::status_code::client_error, "this member takes no part at present", 403));
    heard(in.who.partner);
    const module_rule* rule = find_rule(in.module);
    if (!rule) return done(failure(ocpi::status_code::client_error, "there is nothing under this URL", 404));
    if (in.module == "hubclientinfo") return done(in.segments.empty() ? serve_list(in) : serve_object(in));
    // The extension's own texts let its owner write to the sender's interface too (D3.3 section 3.2.11).
    const bool is_own_context =
        in.module == "scoptimizations" && in.segments.size() == 3 && in.side == interface_role::sender;
    if (in.who.from && !is_own_context) return route(in, known->second, *rule, std::move(done));

    incoming clear = in;
    if (is_own_context) clear.side = interface_role::receiver;
    const auto theirs = parties_of(known->second.roles);
    if (!clear.who.from && theirs.size() != 1)
        return done(failure(invalid, "OCPI-from-country-code and OCPI-from-party-id are needed"));
    if (!clear.who.from) clear.who.from = theirs.front();
    route(clear, known->second, *rule, std::move(done));
}

// A request whose sender is said.
void hub::core::route(const incoming& in, const member& sender, const module_rule& rule, answer_with done) {
    if (!has_party(sender.roles, *in.who.from))
        return done(failure(invalid, format(*in.who.from) + " in OCPI-from is no party of the sender"));
    if (is_result(in)) return take_result(in, std::move(done));
    if (in.who.to && *in.who.to == self()) return serve_own(in, std::move(done));
    if (in.who.to) return pass_on(in, *in.who.to, std::move(done));
    if (options.open_routing == open_routing::refused)
        return done(failure(invalid, "OCPI-to-country-code and OCPI-to-party-id are needed: this hub does not choose "
                                     "the receiver"));
    if (const auto owner = owner_of_content(in); owner && *owner != *in.who.from)
        return pass_on(in, *owner, [to = *owner, done = std::move(done)](reply out) {
            if (!out.from) out.from = to;
            done(std::move(out));
        });
    if (rule.is_broadcast || in.request.method == "GET") return serve_own(in, std::move(done));
    // Nobody has what the request is about. A driver who stops a session that is not there is told so.
    if (is_stop(in)) return done(unknown_session());
    done(failure(ocpi::status_code::unknown_receiver, "nobody here has what this request is about"));
}

// Whose business an open request is: never the sender's own, whatever the body's country code and party id say.
std::optional<party_key> hub::core::owner_of_content(const incoming& in) const {
    const auto owner_of = [&](const char* kind, const std::string& id) -> std::optional<party_key> {
        for (const auto& [name, each] : members) {
            if (each.standing != standing::active) continue;
            for (const party_key& party : parties_of(each.roles)) {
                const auto found = ports.objects.find({kind, format(party), id});
                if (found && *found && !(*found)->removed) return party;
            }
        }
        return std::nullopt;
    };
    const auto body = json::parse(in.request.body, json::limits{options.limits.max_body_bytes});
    const auto text_at = [&](std::initializer_list<const char*> path) -> std::string {
        const json::value* at = body ? &*body : nullptr;
        for (const char* name : path)
            if (at) at = at->find(name);
        return at && at->as_string() ? *at->as_string() : std::string();
    };
    if (in.module == "sessions" || in.module == "cdrs") {
        if (in.side == interface_role::sender)
            return in.segments.empty() ? std::nullopt : owner_of("sessions", in.segments[0]);
        const auto found =
            ocpi::parse_party_key(text_at({"cdr_token", "country_code"}) + "*" + text_at({"cdr_token", "party_id"}));
        if (found) return *found;
        if (in.segments.size() != 3) return std::nullopt;
        // A PATCH does not repeat the token: the stored session knows it.
        const auto stored = ports.objects.find({in.module, in.segments[0] + "*" + in.segments[1], in.segments[2]});
        if (!stored || !*stored) return std::nullopt;
        const auto audience = ocpi::parse_party_key((*stored)->audience);
        return audience ? std::optional<party_key>(*audience) : std::nullopt;
    }
    if (in.module == "commands") {
        if (const std::string session = text_at({"session_id"}); !session.empty()) return owner_of("sessions", session);
        if (const std::string location = text_at({"location_id"}); !location.empty())
            return owner_of("locations", location);
        if (const std::string reservation = text_at({"reservation_id"}); !reservation.empty())
            for (const pending_result* each : results.with(&pending_result::reservation_id, reservation))
                return each->to;
        return std::nullopt;
    }
    if (in.module == "chargingprofiles")
        return in.segments.empty() ? std::nullopt : owner_of("sessions", in.segments[0]);
    if (in.module == "tokens" && in.side == interface_role::sender && in.segments.size() == 2)
        return owner_of("tokens", in.segments[0] + "/" + in.request.url.find_parameter("type").value_or("RFID"));
    if (in.side == interface_role::sender && in.segments.size() == 1 && in.module == "locations")
        return owner_of("locations", in.segments[0]);
    return std::nullopt;
}

// A request to the hub itself: its store answers a GET, and a push is a broadcast.
void hub::core::serve_own(const incoming& in, answer_with done) {
    if (in.request.method == "GET") {
        if (in.side == interface_role::sender && !in.segments.empty())
            return done(failure(invalid, "several parties may have an object of this id: name one in OCPI-to"));
        return done(in.side == interface_role::sender ? serve_list(in) : serve_object(in));
    }
    const module_rule* rule = find_rule(in.module);
    if (!rule->is_broadcast || !is_push(in))
        return done(failure(invalid, "this is not sent to everybody: name the receiver in OCPI-to"));
    const auto stored = store_push(in, std::nullopt);
    if (!stored) return done(failure(stored.error()));
    reply out = success(std::nullopt, stored->created ? 201 : 200);
    if (stored->outdated) out.message = "what is stored already was updated later";
    done(std::move(out));
}

// A request to one party: what it pushes is stored first, then the party has it and its answer comes back.
void hub::core::pass_on(const incoming& in, party_key to, answer_with done) {
    const member* receiver = find_by_party(to, in.module, in.side);
    if (!receiver) return done(failure(ocpi::status_code::unknown_receiver, format(to) + " is not known here"));
    if (receiver->name == in.who.partner)
        return done(failure(ocpi::status_code::unknown_receiver, format(to) + " is the sender itself"));
    stored_before kept;
    if (is_push(in) && find_rule(in.module)->is_kept) {
        const auto stored = store_push(in, to);
        if (!stored) return done(failure(stored.error()));
        if (in.module == "cdrs") kept.cdr_url = cdr_address(stored->key);
        if (stored->outdated) {
            reply out = success();
            out.message = "what is stored already was updated later";
            return done(std::move(out));
        }
        const auto now = stored->repeated ? std::nullopt : ports.objects.find(stored->key).value_or(std::nullopt);
        if (now) kept.revision = now->revision;
    }
    if (const member* provider = provider_for_wish(in, to); provider && provider->name != in.who.partner) {
        receiver = provider;
        done = [to, done = std::move(done)](reply out) { // the driver's EMSP asked the CPO, and so the CPO answers
            out.from = to;
            done(std::move(out));
        };
        to = parties_of(provider->roles).front();
    }
    if (receiver->standing != standing::active || receiver->status != v221::connection_status::connected)
        return done(failure(ocpi::status_code::not_connected, format(to) + " is not connected at present"));
    forward(in, *receiver, to, std::move(done), std::move(kept));
}

} // namespace incar::hub
