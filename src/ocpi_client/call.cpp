#include "ocpi_client/core.hpp"

#include <algorithm>

namespace incar::ocpi_client {
namespace {

// Configuration modules are between two platforms and never routed (4.1.8.2).
bool is_routed(std::string_view module) {
    return module != "credentials" && module != "versions" && module != "hubclientinfo";
}

std::optional<party_key> only_party(const partner& of) {
    if (is_hub(of)) return std::nullopt;
    std::optional<party_key> found;
    for (const v221::credentials_role& each : of.roles) {
        const party_key key{each.country_code, each.party_id};
        if (found && *found != key) return std::nullopt;
        found = key;
    }
    return found;
}

error not_connected(const std::string& name) {
    return {errc::not_found, name, "there is no connection to this partner"};
}

} // namespace

net::url with_slash(const net::url& at) {
    if (!at.path().empty() && at.path().back() == '/') return at;
    std::string text = at.text();
    const auto longer = net::url::parse(text.insert(std::min(text.find_first_of("?#"), text.size()), "/"));
    return longer ? *longer : at; // as long as a URL may be
}

expected<net::url> endpoint_itself(const std::string& endpoint, const partner_habits& habits) {
    const auto url = net::url::parse(endpoint);
    return url && habits.wants_trailing_slash ? with_slash(*url) : url;
}

expected<void> add_party(net::headers& to, const char* direction, const std::optional<party_key>& key) {
    if (!key) return {};
    const bool is_to = direction == std::string_view("to");
    const char* country = is_to ? "OCPI-to-country-code" : "OCPI-from-country-code";
    if (auto fine = to.set(country, key->country_code.text()); !fine) return fine;
    return to.set(is_to ? "OCPI-to-party-id" : "OCPI-from-party-id", key->party_id.text());
}

void party::core::transmit(outgoing request, std::function<void(expected<net::http_response>)> done) {
    const auto alive = shared_from_this();
    net::http_request message{std::move(request.method), std::move(request.url), std::move(request.headers),
                              std::move(request.body)};
    const auto set = [&](const char* name, const std::string& value) { return message.headers.set(name, value); };
    if (auto fine = set("Authorization", format_authorization(request.token, request.plain_token)); !fine)
        return done(fine.error());
    set("X-Request-ID", random_token(ports.random, 16)).value();
    if (!message.headers.find("X-Correlation-ID")) set("X-Correlation-ID", random_token(ports.random, 16)).value();
    if (!message.body.empty()) set("Content-Type", "application/json").value();
    ports.http.send(std::move(message), options.limits,
                    [self = weak_from_this(), done = std::move(done)](expected<net::http_response> response) {
                        const auto there = self.lock();
                        if (there && !there->closed) done(std::move(response));
                    });
}

void party::core::exchange_with(outgoing request, outcome<answer> done, wrapping expected_as) {
    const auto judge = [this, token = request.token, expected_as,
                        done = std::move(done)](expected<net::http_response> response) {
        if (!response) return done(response.error());
        auto read = read_answer(*response, json::limits{options.limits.max_body_bytes}, expected_as);
        done(read ? std::move(read) : without_secrets(read.error(), token));
    };
    transmit(std::move(request), judge);
}

expected<party::core::outgoing> party::core::prepare(const recipient& to, call request) const {
    const partner* peer = find_registered(to.partner);
    if (!peer) return not_connected(to.partner);
    const std::string* endpoint = find_endpoint(*peer, request.module, request.side);
    if (!endpoint) return error{errc::not_found, request.module, "the partner does not offer this side of the module"};
    auto url = net::url::parse(*endpoint);
    if (!url) return url.error();
    if (!request.segments.empty()) {
        url = url->append(request.segments);
        if (!url) return url.error();
    } else {
        url = endpoint_itself(*endpoint, peer->habits);
        if (!url) return url.error();
    }
    for (const net::query_parameter& each : request.parameters) url->add_parameter(each.name, each.value);
    if (!request.continues_at.empty()) {
        auto next = net::url::parse(request.continues_at);
        if (!next) return next.error();
        if (!same_origin(*next, *url))
            return error{errc::inconsistent, "continues_at", "the list would go on at another server"};
        url = std::move(next);
    }

    outgoing prepared;
    prepared.method = std::move(request.method);
    prepared.url = std::move(*url);
    prepared.body = std::move(request.body);
    prepared.token = peer->token_out;
    prepared.plain_token = peer->habits.expects_plain_tokens;
    if (is_routed(request.module) && !peer->habits.refuses_routing_headers) {
        const v221::credentials_role& first = options.roles.front();
        const party_key sender = to.from.value_or(party_key{first.country_code, first.party_id});
        if (auto fine = add_party(prepared.headers, "to", to.to ? to.to : only_party(*peer)); !fine)
            return fine.error();
        if (auto fine = add_party(prepared.headers, "from", sender); !fine) return fine.error();
    }
    if (!to.correlation_id.empty())
        if (auto fine = prepared.headers.set("X-Correlation-ID", to.correlation_id); !fine) return fine.error();
    return prepared;
}

void party::core::send(const recipient& to, call request, outcome<answer> done, wrapping expected_as) {
    auto prepared = prepare(to, std::move(request));
    if (!prepared) return done(prepared.error());
    exchange_with(std::move(*prepared), std::move(done), expected_as);
}

// Sends the result of a command or of a request about a profile. The URL is the partner's choice, and so is who gets
// the partner's token with it; which addresses may be reached at all is decided by the client in `ports`.
void party::core::send_result(const callback& where, std::string body, outcome<void> done) {
    const partner* peer = find_registered(where.who.partner);
    if (!peer) return done(not_connected(where.who.partner));
    auto url = net::url::parse(where.response_url);
    if (!url) return done(error{url.error().code, "/response_url" + url.error().where, url.error().message});
    outgoing request;
    request.method = "POST";
    request.url = std::move(*url);
    request.body = std::move(body);
    request.token = peer->token_out;
    request.plain_token = peer->habits.expects_plain_tokens;
    if (!peer->habits.refuses_routing_headers) {
        if (auto fine = add_party(request.headers, "to", where.who.from); !fine) return done(fine.error());
        if (auto fine = add_party(request.headers, "from", where.who.to); !fine) return done(fine.error());
    }
    if (!where.who.correlation_id.empty())
        if (auto fine = request.headers.set("X-Correlation-ID", where.who.correlation_id); !fine)
            return done(fine.error());
    exchange_with(std::move(request), ignoring_data(std::move(done)));
}

void party::send_result(const callback& where, const std::string& result, outcome<void> done) {
    core_->send_result(where, result, std::move(done));
}

void party::forward(const recipient& to, call request, net::http_completion done) {
    auto prepared = core_->prepare(to, std::move(request));
    if (!prepared) return done(prepared.error());
    core_->transmit(std::move(*prepared), std::move(done));
}

void party::ask_versions(const std::string& name, outcome<void> done) {
    const partner* peer = core_->find_registered(name);
    if (!peer) return done(not_connected(name));
    auto url = net::url::parse(peer->versions_url);
    if (!url) return done(url.error());
    core::outgoing request;
    request.url = std::move(*url);
    request.token = peer->token_out;
    request.plain_token = peer->habits.expects_plain_tokens;
    core_->exchange_with(std::move(request), ignoring_data(std::move(done)));
}

void party::send(const recipient& to, call request, outcome<answer> done) {
    core_->send(to, std::move(request), std::move(done));
}

} // namespace incar::ocpi_client
