#include "core.hpp"

#include <algorithm>

namespace incar::ocpi_client {
namespace {

std::string header_of(const net::http_request& request, const char* name) {
    const std::string* value = request.headers.find(name);
    return value ? *value : std::string();
}

std::optional<party_key> party_in(const net::http_request& request, const std::string& direction) {
    party_key key{ci_string<2>(header_of(request, ("OCPI-" + direction + "-country-code").c_str())),
                  ci_string<3>(header_of(request, ("OCPI-" + direction + "-party-id").c_str()))};
    if (key.country_code.empty() || key.party_id.empty()) return std::nullopt;
    return key;
}

} // namespace

reply success(std::optional<std::string> data, int http_status) {
    return {http_status, static_cast<int>(ocpi::status_code::success), "", std::move(data), {}};
}

reply failure(const error& reason) {
    const ocpi::error_answer answer = ocpi::answer_to(reason.code);
    return {answer.http_status,
            answer.status_code,
            reason.where.empty() ? reason.message : reason.where + ": " + reason.message,
            std::nullopt,
            {}};
}

reply failure(int http_status, ocpi::status_code code, std::string message) {
    return {http_status, static_cast<int>(code), std::move(message), std::nullopt, {}};
}

void party::core::handle(net::http_request request, net::http_respond respond) {
    exchange in;
    in.request = std::move(request);
    in.who.request_id = header_of(in.request, "X-Request-ID");
    in.who.correlation_id = header_of(in.request, "X-Correlation-ID");
    const auto finish = [this, respond = std::move(respond)](const caller& asked, bool with_routing, reply out) {
        envelope body;
        body.data = std::move(out.data);
        body.status_code = out.status_code;
        body.status_message = std::move(out.message);
        body.timestamp = ports.clock();
        net::http_response response{out.http_status, std::move(out.headers), ocpi::encode(body)};
        response.headers.set("Content-Type", "application/json").value();
        if (!asked.request_id.empty()) response.headers.set("X-Request-ID", asked.request_id).value();
        if (!asked.correlation_id.empty()) response.headers.set("X-Correlation-ID", asked.correlation_id).value();
        if (with_routing) {
            add_party(response.headers, "to", asked.from);
            add_party(response.headers, "from", asked.to);
        }
        respond(std::move(response));
    };

    const auto name = find_by_token(header_of(in.request, "Authorization"));
    if (!name) {
        return finish(in.who, false, failure(401, ocpi::status_code::client_error, "a valid token is needed"));
    }
    in.who.partner = *name;
    std::vector<std::string> path = in.request.url.segments();
    while (!path.empty() && path.back().empty()) path.pop_back(); // a slash at the end changes nothing
    std::vector<std::string> base = options.base_url.segments();
    while (!base.empty() && base.back().empty()) base.pop_back();
    const bool below = path.size() > base.size() && std::equal(base.begin(), base.end(), path.begin());
    const std::vector<std::string> rest(below ? path.begin() + static_cast<long>(base.size()) : path.end(), path.end());

    const auto is_get = [&] { return in.method() == "GET"; };
    if (rest == std::vector<std::string>{"versions"} && is_get()) return finish(in.who, false, serve_versions(in));
    if (!rest.empty() && rest[0] == spoken_version) {
        if (rest.size() == 1 && is_get()) return finish(in.who, false, serve_details());
        if (rest.size() == 2 && rest[1] == "credentials")
            return serve_credentials(in, [finish, who = in.who](reply out) { finish(who, false, std::move(out)); });
        if (partners.at(*name).state != partner_state::registered)
            return finish(in.who, false,
                          failure(401, ocpi::status_code::client_error, "this token is for registration only"));
        if (rest.size() >= 3 && (rest[2] == "sender" || rest[2] == "receiver")) {
            const interface_role side = rest[2] == "sender" ? interface_role::sender : interface_role::receiver;
            in.segments.assign(rest.begin() + 3, rest.end());
            const bool routed = rest[1] != "hubclientinfo";
            if (routed) {
                in.who.from = party_in(in.request, "from");
                in.who.to = party_in(in.request, "to");
            }
            return finish(in.who, routed, serve_module(rest[1], side, in));
        }
    }
    finish(in.who, false, failure(404, ocpi::status_code::client_error, "there is nothing under this URL"));
}

reply party::core::serve_module(const std::string& module, interface_role side, exchange& in) {
    const bool offered = std::any_of(options.offered.begin(), options.offered.end(), [&](const module_side& each) {
        return each.module == module && each.side == side;
    });
    if (!offered) return failure(404, ocpi::status_code::client_error, "this module is not offered");
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
    for (const server& each : servers)
        if (module == each.module && side == each.side) return (this->*each.serve)(in);
    if (side == interface_role::receiver) return serve_pushed(module, in);
    if (module == "tokens" && in.segments.size() == 2 && in.segments[1] == "authorize") return serve_authorize(in);
    if (module == "sessions" && in.segments.size() == 2 && in.segments[1] == "charging_preferences")
        return serve_preferences(in);
    return serve_own(module, in);
}

} // namespace incar::ocpi_client
