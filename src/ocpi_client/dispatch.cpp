#include "ocpi_client/core.hpp"

#include <algorithm>

namespace incar::ocpi_client {
namespace {

constexpr int invalid = static_cast<int>(ocpi::status_code::invalid_parameters);

std::string header_of(const net::http_request& request, std::string_view name) {
    const std::string* value = request.headers.find(name);
    return value ? *value : std::string();
}

std::optional<party_key> party_in(const net::http_request& request, std::string_view country, std::string_view id) {
    party_key key{ci_string<2>(header_of(request, country)), ci_string<3>(header_of(request, id))};
    if (key.country_code.empty() || key.party_id.empty()) return std::nullopt;
    return key;
}

// The segments of a URL behind those of the base; none when it is not below it. A slash at the end changes nothing.
std::vector<std::string> path_below(const std::vector<std::string>& base, const net::url& requested) {
    std::vector<std::string> path = without_slash(requested.segments());
    if (path.size() < base.size() || !std::equal(base.begin(), base.end(), path.begin())) return {};
    path.erase(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(base.size()));
    return path;
}

bool is_hollow(const std::vector<std::string>& segments) {
    return std::any_of(segments.begin(), segments.end(), [](const std::string& each) { return each.empty(); });
}

// A message may repeat bytes of a request, which need not be text.
std::string as_text(std::string message) {
    if (is_printable_ascii(message) || json::parse(json::format(json::value(message)))) return message;
    for (char& c : message)
        if (static_cast<unsigned char>(c) > '~') c = '?';
    return message;
}

// A body that was refused is HTTP 400 when it is not even JSON.
reply checked(const exchange& in, reply out) {
    const bool has_body = in.method() == "PUT" || in.method() == "POST" || in.method() == "PATCH";
    if (!has_body || out.http_status != 200 || out.status_code != invalid) return out;
    if (in.may_lack_body && in.request.body.empty()) return out;
    const auto read = json::parse(in.request.body, json::limits{in.request.body.size(), 64});
    if (!read && read.error().code != errc::duplicate) out.http_status = 400;
    return out;
}

} // namespace

std::vector<std::string> without_slash(std::vector<std::string> segments) {
    while (!segments.empty() && segments.back().empty()) segments.pop_back();
    return segments;
}

reply success(std::optional<std::string> data, int http_status) {
    return {http_status, static_cast<int>(ocpi::status_code::success), "", std::move(data), {}, {}};
}

reply failure(const error& reason) {
    const ocpi::error_answer answer = ocpi::answer_to(reason.code);
    return {answer.http_status,
            answer.status_code,
            reason.where.empty() ? reason.message : reason.where + ": " + reason.message,
            std::nullopt,
            {},
            {}};
}

reply failure(int http_status, ocpi::status_code code, std::string message) {
    return {http_status, static_cast<int>(code), std::move(message), std::nullopt, {}, {}};
}

reply not_there() {
    return failure(404, ocpi::status_code::client_error, "there is nothing under this URL");
}

reply wrong_method(const std::string& method) {
    return failure(405, ocpi::status_code::client_error, method + " is not for this URL");
}

// The answer, with the routing headers of the request turned round where it had some.
void party::core::finish(const exchange& in, reply out) const {
    envelope body;
    body.data = std::move(out.data);
    body.status_code = out.status_code;
    body.status_message = as_text(std::move(out.message));
    body.timestamp = ports.clock();
    net::http_response response{out.http_status, std::move(out.headers), ocpi::encode(body)};
    response.headers.set("Content-Type", "application/json").value();
    if (!in.who.request_id.empty()) response.headers.set("X-Request-ID", in.who.request_id).value();
    if (!in.who.correlation_id.empty()) response.headers.set("X-Correlation-ID", in.who.correlation_id).value();
    if (in.is_routed) {
        add_party(response.headers, "to", in.who.from).value();
        add_party(response.headers, "from", out.from ? out.from : in.who.to).value();
    }
    in.respond(std::move(response));
}

void party::core::handle(net::http_request request, net::http_respond respond) {
    const auto alive = shared_from_this();
    const auto shared = std::make_shared<exchange>();
    exchange& in = *shared;
    in.request = std::move(request);
    in.respond = std::move(respond);
    in.who.request_id = header_of(in.request, "X-Request-ID");
    in.who.correlation_id = header_of(in.request, "X-Correlation-ID");

    const bearer* holder = find_by_token(header_of(in.request, "Authorization"));
    const partner* who = holder ? find(holder->name) : nullptr;
    if (!who) return finish(in, failure(401, ocpi::status_code::client_error, "a valid token is needed"));
    in.who.partner = holder->name;

    std::vector<std::string> path = path_below(base, in.request.url);
    const auto get_only = [&](const reply& out) { return in.method() == "GET" ? out : wrong_method(in.method()); };
    if (path.size() == 1 && path[0] == "versions") return finish(in, get_only(serve_versions()));
    if (path.empty() || path[0] != spoken_version) return finish(in, not_there());
    if (path.size() == 1) return finish(in, get_only(serve_details(*who)));
    if (path.size() == 2 && path[1] == "credentials") {
        in.token = holder->token;
        return serve_credentials(in, [this, shared](reply out) { finish(*shared, checked(*shared, std::move(out))); });
    }
    if (who->state != partner_state::registered)
        return finish(in, failure(401, ocpi::status_code::client_error, "this token is for registration only"));
    if (path.size() < 3 || (path[2] != "sender" && path[2] != "receiver")) return finish(in, not_there());
    in.module = std::move(path[1]);
    in.side = path[2] == "sender" ? interface_role::sender : interface_role::receiver;
    path.erase(path.begin(), path.begin() + 3);
    in.segments = std::move(path);
    in.is_routed = in.module != "hubclientinfo";
    if (in.is_routed) {
        in.who.from = party_in(in.request, "OCPI-from-country-code", "OCPI-from-party-id");
        in.who.to = party_in(in.request, "OCPI-to-country-code", "OCPI-to-party-id");
    }
    if (ours.relay) {
        if (is_hollow(in.segments) || !is_offered(in.module, in.side)) return finish(in, not_there());
        in.module = usual_name(in.module);
        return ours.relay(in, [this, shared](reply out) { finish(*shared, checked(*shared, std::move(out))); });
    }
    reply out = serve_module(in);
    finish(in, checked(in, std::move(out)));
}

bool party::core::is_offered(const std::string& module, interface_role side) const {
    const std::string_view name = usual_name(module);
    return std::any_of(options.offered.begin(), options.offered.end(), [&](const module_side& each) {
        return each.side == side && (each.module == name || usual_name(each.module) == name);
    });
}

reply party::core::serve_module(exchange& in) {
    const interface_role side = in.side;
    // A result that we asked for also where we do not announce the module: a charging profile for an EMSP.
    const bool is_awaited =
        side == interface_role::sender && in.segments.size() == 2 && results.count(in.segments[1]) > 0;
    if ((!is_offered(in.module, side) && !is_awaited) || is_hollow(in.segments)) return not_there();
    if (in.who.to && !is_ours(*in.who.to))
        return failure(200, ocpi::status_code::unknown_receiver, format(*in.who.to) + " is not served here");

    struct server {
        const char* module;
        interface_role side;
        reply (core::*serve)(exchange&);
    };
    static constexpr server servers[] = {
        {"commands", interface_role::receiver, &core::serve_command},
        {"commands", interface_role::sender, &core::take_result},
        {"chargingprofiles", interface_role::receiver, &core::serve_profile},
        {"chargingprofiles", interface_role::sender, &core::take_active_profile},
    };
    const std::string module(usual_name(in.module));
    for (const server& each : servers)
        if (module == each.module && side == each.side) return (this->*each.serve)(in);
    if (side == interface_role::receiver) return serve_pushed(module, in);
    if (module == "tokens" && in.segments.size() == 2 && in.segments[1] == "authorize") return serve_authorize(in);
    if (module == "sessions" && in.segments.size() == 2 && in.segments[1] == "charging_preferences")
        return serve_preferences(in);
    return serve_own(module, in);
}

} // namespace incar::ocpi_client
