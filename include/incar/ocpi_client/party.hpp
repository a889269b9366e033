#pragma once

/// \file
/// One side of OCPI 2.2.1 connections: registers with partners, serves and pushes objects, sends and answers commands.
///
///     party cpo(options, ports, handlers);
///     cpo.register_with("hub", versions_url, token_a, [](expected<void> done) { ... });
///     cpo.own(location).value();                                   // partners may now read it
///     cpo.push("hub", location, [](expected<void> done) { ... });  // and this one is told
///     server.start([&](auto request, auto respond) { cpo.handle(std::move(request), std::move(respond)); });
///
/// There are no threads and no sockets in here: requests come in through `handle`, go out through the client of
/// `ports`, and time passes when the host calls `tick`. Two parties wired back to back in one process make a complete
/// test.
///
/// One thread at a time, completions of the client included: hosts whose transports have threads of their own put
/// <incar/net/strand.hpp> between. A callback may call the party again, and may destroy it: from then on it calls
/// nothing any more, requests that wait for an answer are dropped with their callbacks, and so are answers that are due
/// (a server answers 500 for these).

#include <incar/core/clock.hpp>
#include <incar/core/expected.hpp>
#include <incar/core/log.hpp>
#include <incar/core/random.hpp>
#include <incar/net/http_client.hpp>
#include <incar/net/http_server.hpp>
#include <incar/ocpi/v221/cdrs.hpp>
#include <incar/ocpi/v221/hub_client_info.hpp>
#include <incar/ocpi/v221/sc_optimisations.hpp>
#include <incar/ocpi/validate.hpp>
#include <incar/ocpi_client/export.hpp>
#include <incar/ocpi_client/handlers.hpp>
#include <incar/ocpi_client/request.hpp>
#include <incar/store/object_store.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace incar::ocpi_client {

/// One side of a module, as an endpoint offers it.
struct module_side {
    std::string module; ///< "locations", "scoptimizations", ...
    v221::interface_role side = v221::interface_role::sender;
};

/// The interfaces that a market role usually offers: a CPO sends locations, sessions, CDRs and tariffs and receives
/// tokens, commands and charging profiles; an EMSP the other way round, and so on. What several roles offer together is
/// the union.
INCAR_OCPI_CLIENT_EXPORT std::vector<module_side> usual_modules(v221::role role);

/// Who we are.
struct party_options {
    net::url base_url;                         ///< Where partners reach `handle`, for example https://cpo.example/ocpi
    std::vector<v221::credentials_role> roles; ///< At least one.
    std::vector<module_side> offered;          ///< Empty: the usual ones of our roles.
    std::vector<module_side> required;         ///< A partner that lacks one of these is refused with 3003.
    std::size_t page_limit = 100;              ///< Most objects in a page that we serve. 1..10000
    ocpi::strictness strictness = ocpi::strictness::usable; ///< What partners' objects are refused for.
    net::http_limits limits;                                ///< For each request that we send.
    std::size_t max_pages = 100'000;                        ///< Most pages that one pull follows.
};

/// What a party needs from its host.
struct party_ports {
    net::http_client http;
    store::object_store objects; ///< Ours and those that partners pushed.
    incar::clock clock;
    random_source random; ///< Fit for secrets.

    /// Keeps a connection for the next start. It is called before a change takes effect, and when it fails the change
    /// does not happen. Not set: connections live as long as the party.
    std::function<expected<void>(const partner&)> save;

    /// A digest of a secret that cannot be turned back, such as SHA-256. Set: `partner::token_in` holds the digest of
    /// the token that the partner must present, never the token. Not set: the token itself.
    std::function<std::string(const std::string&)> fingerprint;

    log_sink log = discard_log();
};

/// See the top of this header.
class INCAR_OCPI_CLIENT_EXPORT party {
public:
    /// Throws incar::exception with errc::missing when a base URL, a role or a port is missing.
    party(party_options options, party_ports ports, handlers ours = {});
    ~party();
    party(const party&) = delete;
    party& operator=(const party&) = delete;

    // -- connections

    /// Takes up a connection that `party_ports::save` kept.
    void restore(partner known);

    /// A new connection that waits for the partner to register, and its CREDENTIALS_TOKEN_A, valid for one
    /// registration. Errors: errc::duplicate for a name that is taken by a living connection.
    expected<std::string> invite(const std::string& name, const partner_habits& habits = {});

    /// Registers with a partner that gave us its URL of versions and a CREDENTIALS_TOKEN_A (7.1.1). When it fails there
    /// is no connection. A partner that answers 401 to a token in Base64 is tried once with the plain token, and the
    /// habit is remembered. Errors: as `outcome`; errc::duplicate for a name that is taken by a living connection,
    /// ocpi::status_code::unsupported_version, no_matching_endpoints; those of `party_ports::save`.
    void register_with(const std::string& name, const std::string& versions_url, const std::string& token_a,
                       outcome<void> done, const partner_habits& habits = {});

    /// New tokens in both directions and a fresh look at the partner's endpoints (7.1.4). The partner's old token stays
    /// valid until it uses the new one. When it fails the old tokens stay in force; when it is open whether the partner
    /// took the new one (the answer was lost), both are taken.
    void renew(const std::string& name, outcome<void> done);

    /// Ends a connection on both sides (7.2.4). When the partner cannot be told it stays.
    void unregister(const std::string& name, outcome<void> done);

    /// Ends a connection, or withdraws an invitation, on our side alone: from now on the partner's token is unknown
    /// here. Errors: errc::not_found; those of `party_ports::save`.
    expected<void> forget(const std::string& name);

    /// Null when there is none. Valid until the next call of a function that is not const.
    const partner* find(const std::string& name) const;
    std::vector<partner> partners() const;

    // -- what partners ask

    /// Answers one request under the base URL; anything else is 404. `respond` is called once, at once or, during a
    /// registration, after the partner was called back.
    void handle(net::http_request request, net::http_respond respond);

    // -- our own objects: location, session, cdr, tariff, token, sc_optimisation, client_info

    /// Adds or replaces one of our objects in the store, from where partners may read it. Sessions and CDRs are shown
    /// to the owner of their token only. A hub's client_info is about anybody. Errors: errc::inconsistent when the
    /// owner is none of our roles; those of the store.
    template <class T>
    expected<void> own(const T& object);

    /// PUTs one of our objects to a partner. CDRs: see `post`.
    template <class T>
    void push(const recipient& to, const T& object, outcome<void> done);

    /// PUTs an EVSE or a connector of one of our locations.
    void push(const recipient& to, const object_path& location, const v221::evse& object, outcome<void> done);
    void push(const recipient& to, const object_path& evse, const v221::connector& object, outcome<void> done);

    /// PATCHes an object with a JSON object, which must contain last_updated; when the partner does not have the object
    /// (404) the whole of it is PUT from our store. Our store is not changed: see `own`.
    void patch(const recipient& to, const object_path& path, const std::string& changes, outcome<void> done);

    /// DELETEs a tariff or a SCOptimisation.
    void remove(const recipient& to, const object_path& path, outcome<void> done);

    /// POSTs a CDR; the result is the URL under which the partner keeps it.
    void post(const recipient& to, const v221::cdr& record, outcome<std::string> done);

    // -- objects of partners

    /// GETs what the partner keeps of ours, as JSON.
    void get_pushed(const recipient& to, const object_path& path, outcome<std::string> done);

    /// GETs one of the partner's locations, EVSEs or connectors, as JSON.
    void get(const recipient& to, const object_path& path, outcome<std::string> done);

    /// GETs a list to its end. Objects that cannot be read are left out and listed; the rest is handed over in order,
    /// decoded exactly. Nothing is stored: see `keep`. Errors: those of `page_reader::take`; errc::limit_exceeded after
    /// `max_pages`. What was handed over before an error stands.
    template <class T>
    void pull(const recipient& to, const window& wanted, std::function<void(T)> each, outcome<pull_summary> done);

    /// The same for a partner whose objects have gaps: decoded leniently (`ocpi::reading`), each handed over with what
    /// is wrong with it by `party_options::strictness`. Left out is only what is no JSON object.
    template <class T>
    void pull_leniently(const recipient& to, const window& wanted,
                        std::function<void(T, std::vector<ocpi::finding>)> each, outcome<pull_summary> done);

    /// Stores an object that was pulled as if the partner had pushed it, so that a later PATCH finds it; one that is
    /// older than what is stored changes nothing. Errors: errc::inconsistent when it is none of the partner's,
    /// status_code::invalid_parameters for what is wrong with it by `party_options::strictness`, errc::not_found for an
    /// unknown partner; those of the store.
    template <class T>
    expected<void> keep(const std::string& name, const T& object);

    /// Asks whether a token may charge (12.2.2.2). An unknown token is status_code::unknown_token.
    void authorize(const recipient& to, const std::string& uid, v221::token_type type,
                   const std::optional<v221::location_references>& where, outcome<v221::authorization_info> done);

    /// Hands on what the driver wants (9.2.1.2).
    void set_charging_preferences(const recipient& to, const std::string& session_id,
                                  const v221::charging_preferences& wishes,
                                  outcome<ocpi::open_enum<v221::charging_preferences_response>> done);

    // -- commands and charging profiles

    /// Sends a command; `response_url` is filled in. `responded` is called with the first answer. If it is ACCEPTED,
    /// `finished` is called once with the result, which is TIMEOUT after the seconds the answer allows; for a
    /// reservation it is called once more with CANCELED_RESERVATION should that come before `expiry_date`. Results that
    /// come later are answered and dropped. A partner may send its result before its answer: then `finished` is first.
    template <class Command>
    void command(const recipient& to, Command wish, outcome<v221::command_response> responded,
                 std::function<void(const v221::command_result&)> finished);

    /// Asks for the profile of the next seconds (14.4.1). `finished` gets what came, or the reason why nothing did:
    /// net::errc::timed_out when there was no result in time. Here and below.
    void get_active_profile(const recipient& to, const std::string& session_id, int duration_s,
                            outcome<v221::charging_profile_response> responded,
                            outcome<v221::active_charging_profile_result> finished);
    void set_charging_profile(const recipient& to, const std::string& session_id, v221::charging_profile profile,
                              outcome<v221::charging_profile_response> responded,
                              outcome<v221::charging_profile_result> finished);
    void clear_charging_profile(const recipient& to, const std::string& session_id,
                                outcome<v221::charging_profile_response> responded,
                                outcome<v221::clear_profile_result> finished);

    /// Tells a smart charging service provider that an EVSE follows another profile (14.4.2).
    void push_active_profile(const recipient& to, const std::string& session_id,
                             const v221::active_charging_profile& profile, outcome<void> done);

    /// Sends the result of a command or of a request about a profile to who asked. The partner chose the URL: which
    /// addresses it may lead to is for the client in `party_ports` to decide (`net::address_policy`).
    void send_result(const callback& where, const v221::command_result& result, outcome<void> done);
    void send_result(const callback& where, const v221::active_charging_profile_result& result, outcome<void> done);
    void send_result(const callback& where, const v221::charging_profile_result& result, outcome<void> done);
    void send_result(const callback& where, const v221::clear_profile_result& result, outcome<void> done);

    /// The same with a result as JSON, whatever it is.
    void send_result(const callback& where, const std::string& result, outcome<void> done);

    // -- anything else

    /// Sends a request to an endpoint of the partner. Functional modules get routing headers.
    void send(const recipient& to, call request, outcome<answer> done);

    /// The same, with the answer handed over as it came, whatever it says. Errors: those of `send` about the request
    /// itself, and of the client in `party_ports`.
    void forward(const recipient& to, call request, net::http_completion done);

    /// Whether the partner is alive: GETs its versions.
    void ask_versions(const std::string& name, outcome<void> done);

    /// When `tick` has to be called next; absent when nothing is waited for.
    std::optional<timestamp> next_deadline() const;

    /// Ends what has waited too long.
    void tick();

private:
    struct core;
    std::shared_ptr<core> core_;
};

} // namespace incar::ocpi_client
