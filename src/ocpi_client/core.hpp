#pragma once

// What the parts of a party share. Each .cpp beside this file has one part:
//   party          construction, connections        call           requests that go out
//   bearers        whose a token is
//   handshake      versions, endpoints, tokens      dispatch       requests that come in
//   registration   credentials that we send         credentials    credentials that are sent to us
//   objects        our objects, asked for           pushed         objects of partners, sent to us
//   push           our objects to partners          pull           objects of partners, asked for
//   ask            commands and profiles of ours    results        commands and profiles for us, and what comes back
//
// Nothing in here may outlive a party's wishes: a completion that comes after the party is destroyed is dropped in
// `transmit`, and what calls out holds the core until it returns, as the host may destroy the party meanwhile.

#include "ocpi_client/answer.hpp"
#include "ocpi_client/bearers.hpp"

#include <map>
#include <set>

namespace incar::ocpi_client {

using ocpi::envelope;
using ocpi::party_key;
using v221::interface_role;

inline constexpr const char* spoken_version = "2.2.1";

reply success(std::optional<std::string> data = std::nullopt, int http_status = 200);
reply failure(const error& reason);
reply failure(int http_status, ocpi::status_code code, std::string message);
reply not_there();
reply wrong_method(const std::string& method);

// A request that came in, and the way back. The module is as the URL spells it.
struct exchange : incoming {
    net::http_respond respond;
    std::string token; // that was presented
    bool is_routed = false;
    bool may_lack_body = false;
    const std::string& method() const { return request.method; }
};

// A result that we wait for.
struct waiting {
    std::string partner;
    std::optional<timestamp> deadline;                      // absent until the first answer is there
    std::optional<timestamp> keep_until;                    // a reservation may still be cancelled until then
    bool finished = false;                                  // a result or the timeout was told
    std::function<expected<void>(const std::string&)> take; // a result as JSON
    std::function<void()> expire;
};

// What a look at a partner's versions brings.
struct offer {
    std::vector<v221::endpoint> endpoints;
    partner_habits habits;
};

struct party::core : std::enable_shared_from_this<party::core> {
    party_options options;
    party_ports ports;
    handlers ours;
    std::map<std::string, partner> partners;
    std::map<std::string, waiting> results; // by the last segment of the response URL
    std::set<std::string> busy;             // partners in the middle of a registration
    std::vector<std::string> base;          // segments of the base URL
    known_bearers recognised;
    bool closed = false; // the party is destroyed

    // bearers.cpp
    const bearer* find_by_token(const std::string& authorization); // until the next call
    std::optional<bearer> look_up_token(const std::string& authorization);
    bool still_holds(const bearer& whose) const;

    // party.cpp
    expected<void> keep(const partner& changed); // saves, then takes effect
    expected<void> end(const std::string& name); // forgets the tokens of a connection
    const partner* find(const std::string& name) const;
    const partner* find_registered(const std::string& name) const;
    bool is_ours(const party_key& key) const;
    void note(log_level level, const std::string& message) const { ports.log({level, "ocpi", message}); }
    std::string new_secret() const { return random_token(ports.random, 24); }
    std::string as_kept(const std::string& token) const { return ports.fingerprint ? ports.fingerprint(token) : token; }
    error without_secrets(error reason, const std::string& token) const;

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
    void exchange_with(outgoing request, outcome<answer> done, wrapping expected_as = wrapping::required);
    expected<outgoing> prepare(const recipient& to, call request) const;
    void send(const recipient& to, call request, outcome<answer> done, wrapping expected_as = wrapping::required);

    // handshake.cpp
    reply serve_versions() const;
    reply serve_details(const partner& asking) const;
    void look_up_endpoints(const std::string& versions_url, const std::string& token, const partner_habits& habits,
                           outcome<offer> done);
    v221::credentials our_credentials(const std::string& token) const;
    net::url our_url(const std::vector<std::string>& segments) const;

    // registration.cpp
    void register_with(partner known, const std::string& token_a, outcome<void> done);
    void renew(const std::string& name, outcome<void> done);

    // credentials.cpp
    void serve_credentials(const exchange& in, std::function<void(reply)> done);
    void accept_credentials(const exchange& in, std::function<void(reply)> done);

    // dispatch.cpp
    void handle(net::http_request request, net::http_respond respond);
    void finish(const exchange& in, reply out) const;
    bool is_offered(const std::string& module, interface_role side) const;
    reply serve_module(exchange& in);

    // pull.cpp
    void pull(const recipient& to, const std::string& module, window wanted,
              std::function<expected<void>(const std::string&)> take, outcome<pull_summary> done);

    // objects.cpp
    reply serve_own(const std::string& module, exchange& in);
    reply serve_authorize(exchange& in);

    // pushed.cpp
    reply serve_pushed(const std::string& module, exchange& in);
    reply take_record(const std::string& module, exchange& in);
    bool may_own(const partner& who, const std::string& module, const party_key& owner) const;

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

// GET of an object at its receiver.
call asking_for_pushed(const object_path& path);

// "scoptimizations" for the other spellings of that module, else the name itself.
std::string_view usual_name(std::string_view module);

// The time until which a result that came too late is still answered, then the key of its URL is forgotten.
timestamp forgotten_at(const waiting& result);

// The URL with a slash at the end of its path.
net::url with_slash(const net::url& at);

// The URL of an endpoint with nothing behind it, as the partner wants it.
expected<net::url> endpoint_itself(const std::string& endpoint, const partner_habits& habits);

// Fails when a name cannot stand in a header.
expected<void> add_party(net::headers& to, const char* direction, const std::optional<party_key>& key);

// Without empty segments at the end.
std::vector<std::string> without_slash(std::vector<std::string> segments);

// Tokens are known by uid and type; a URL without a type means RFID.
std::string token_type_in(const exchange& in);

// Whether the credentials can be worked with: a token, and roles whose names can stand in a header.
expected<void> check(const v221::credentials& theirs);

// Reads what a partner sent, and holds it against the specification as strictly as the party was told to.
template <class T>
expected<T> read(const std::string& text, ocpi::strictness how) {
    auto object = ocpi::decode<T>(text);
    if (!object) return object;
    const auto findings = ocpi::validate(*object, ocpi::edition::v2_2_1, how);
    if (findings.empty()) return object;
    return error{ocpi::status_code::invalid_parameters, findings.front().pointer, findings.front().message};
}

// Hands the value on when it can be decoded, else why not.
template <class T>
outcome<answer> decoding(outcome<T> done) {
    return [done = std::move(done)](expected<answer> from) {
        if (!from) return done(from.error());
        done(ocpi::decode<T>(sole_data(*from)));
    };
}

inline outcome<answer> ignoring_data(outcome<void> done) {
    return [done = std::move(done)](expected<answer> from) { from ? done({}) : done(from.error()); };
}

} // namespace incar::ocpi_client
