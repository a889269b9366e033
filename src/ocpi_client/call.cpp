#include "core.hpp"

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

} // namespace

void add_party(net::headers& to, const char* direction, const std::optional<party_key>& key) {
    if (!key) return;
    const std::string name = std::string("OCPI-") + direction;
    to.set(name + "-country-code", key->country_code.text()).value();
    to.set(name + "-party-id", key->party_id.text()).value();
}

void party::core::transmit(outgoing request, std::function<void(expected<net::http_response>)> done) {
    net::http_request message{std::move(request.method), std::move(request.url), std::move(request.headers),
                              std::move(request.body)};
    const auto set = [&](const char* name, const std::string& value) { return message.headers.set(name, value); };
    if (auto fine = set("Authorization", format_authorization(request.token, request.plain_token)); !fine)
        return done(fine.error());
    if (!message.headers.find("X-Request-ID")) set("X-Request-ID", random_token(ports.random, 16)).value();
    if (!message.headers.find("X-Correlation-ID")) set("X-Correlation-ID", random_token(ports.random, 16)).value();
    if (!message.body.empty()) set("Content-Type", "application/json").value();
    ports.http.send(std::move(message), options.limits,
                    [self = weak_from_this(), done = std::move(done)](expected<net::http_response> response) {
                        if (self.lock()) done(std::move(response));
                    });
}

void party::core::exchange_with(outgoing request, outcome<answer> done) {
    const json::limits limits{options.limits.max_body_bytes};
    transmit(std::move(request), [limits, done = std::move(done)](expected<net::http_response> response) {
        if (!response) return done(response.error());
        done(read_answer(*response, limits));
    });
}

expected<party::core::outgoing> party::core::prepare(const recipient& to, const call& request) const {
    const auto known = partners.find(to.partner);
    if (known == partners.end() || known->second.state != partner_state::registered)
        return error{errc::not_found, to.partner, "there is no connection to this partner"};
    const partner& peer = known->second;
    const std::string* endpoint = find_endpoint(peer, request.module, request.side);
    if (!endpoint) return error{errc::not_found, request.module, "the partner does not offer this side of the module"};
    auto url = net::url::parse(*endpoint);
    if (!url) return url.error();
    if (!request.segments.empty()) {
        url = url->append(request.segments);
        if (!url) return url.error();
    } else if (peer.habits.wants_trailing_slash && url->path().size() > 0 && url->path().back() != '/') {
        url = net::url::parse(url->text() + "/");
        if (!url) return url.error();
    }
    for (const net::query_parameter& each : request.parameters) url->add_parameter(each.name, each.value);

    outgoing prepared;
    prepared.method = request.method;
    prepared.url = std::move(*url);
    prepared.body = request.body;
    prepared.token = peer.token_out;
    prepared.plain_token = peer.habits.expects_plain_tokens;
    if (is_routed(request.module) && !peer.habits.refuses_routing_headers) {
        add_party(prepared.headers, "to", to.to ? to.to : only_party(peer));
        const v221::credentials_role& first = options.roles.front();
        add_party(prepared.headers, "from", to.from.value_or(party_key{first.country_code, first.party_id}));
    }
    if (!to.correlation_id.empty())
        if (auto fine = prepared.headers.set("X-Correlation-ID", to.correlation_id); !fine) return fine.error();
    return prepared;
}

void party::send(const recipient& to, const call& request, outcome<answer> done) {
    auto prepared = core_->prepare(to, request);
    if (!prepared) return done(prepared.error());
    core_->exchange_with(std::move(*prepared), std::move(done));
}

} // namespace incar::ocpi_client
