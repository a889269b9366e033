#pragma once

// What the parts of a party share. Each .cpp beside this file has one part:
//   party          construction, connections, time          call           requests that go out
//   registration   the credentials handshake, both sides     dispatch       requests that come in
//   objects        objects that are asked for or pushed      push           our objects to partners and theirs to us
//   results        commands and profiles for us              ask            commands and profiles that we ask for

#include "answer.hpp"

#include <map>
#include <set>

namespace incar::ocpi_client {

using ocpi::envelope;
using ocpi::party_key;
using v221::interface_role;

inline constexpr const char* spoken_version = "2.2.1";

// An answer that is about to be sent.
struct reply {
    int http_status = 200;
    int status_code = 1000;
    std::string message;
    std::optional<std::string> data;
    net::headers headers;
};

reply success(std::optional<std::string> data = std::nullopt, int http_status = 200);
reply failure(const error& reason);
reply failure(int http_status, ocpi::status_code code, std::string message);

// A request that came in, as far as it is understood.
struct exchange {
    net::http_request request;
    caller who;
    std::vector<std::string> segments; // behind the module and its side
    const std::string& method() const { return request.method; }
};

// A result that we wait for.
struct waiting {
    timestamp deadline;
    std::optional<timestamp> keep_until;                    // a reservation may still be cancelled until then
    bool finished = false;                                  // a result or the timeout was told
    std::function<expected<void>(const std::string&)> take; // a result as JSON
    std::function<void()> expire;
};

struct party::core : std::enable_shared_from_this<party::core> {
    party_options options;
    party_ports ports;
    handlers ours;
    std::map<std::string, partner> partners;
    std::map<std::string, waiting> results; // by the last segment of the response URL
    std::set<std::string> busy;             // partners in the middle of a registration

    // party.cpp
    expected<void> keep(const partner& changed); // saves, then takes effect
    std::optional<std::string> find_by_token(const std::string& authorization);
    bool is_ours(const party_key& key) const;
    void note(log_level level, const std::string& message) const { ports.log({level, "ocpi", message}); }
    std::string new_secret() const { return random_token(ports.random, 24); }

    // call.cpp
    struct outgoing {
        std::string method = "GET";
        net::url url;
        std::string body;
        std::string token;
        bool plain_token = false;
        net::headers headers;
    };
    void transmit(outgoing request, std::function<void(expected<net::http_response>)> done);
    void exchange_with(outgoing request, outcome<answer> done);
    expected<outgoing> prepare(const recipient& to, const call& request) const;

    // registration.cpp
    reply serve_versions(const exchange& in) const;
    reply serve_details() const;
    void serve_credentials(const exchange& in, std::function<void(reply)> done);
    void accept_credentials(const exchange& in, std::function<void(reply)> done);
    void look_up_endpoints(std::string versions_url, std::string token, partner_habits habits,
                           outcome<std::vector<v221::endpoint>> done);
    v221::credentials our_credentials(const std::string& token) const;
    net::url our_url(const std::vector<std::string>& segments) const;
    void register_with(partner known, const std::string& token_a, outcome<void> done);
    void renew(const std::string& name, outcome<void> done);

    // dispatch.cpp
    void handle(net::http_request request, net::http_respond respond);
    reply serve_module(const std::string& module, interface_role side, exchange& in);

    // objects.cpp
    reply serve_own(const std::string& module, exchange& in);
    reply serve_pushed(const std::string& module, exchange& in);
    reply serve_authorize(exchange& in);

    // results.cpp
    reply serve_command(exchange& in);
    reply serve_profile(exchange& in);
    reply take_result(exchange& in);
    reply take_active_profile(exchange& in);
    reply serve_preferences(exchange& in);
    std::string wait_for_result(waiting result); // the key for the response URL

    // ask.cpp
    void send_result(const callback& where, std::string body, outcome<void> done);
    void tick();
};

void add_party(net::headers& to, const char* direction, const std::optional<party_key>& key);

// Hands the value on when it can be decoded, else why not.
template <class T>
outcome<answer> decoding(outcome<T> done) {
    return [done = std::move(done)](expected<answer> from) {
        if (!from) return done(from.error());
        done(ocpi::decode<T>(from->body.data.value_or("null")));
    };
}

inline outcome<answer> ignoring_data(outcome<void> done) {
    return [done = std::move(done)](expected<answer> from) { from ? done({}) : done(from.error()); };
}

} // namespace incar::ocpi_client
