#pragma once

/// \file
/// An OCPI 2.2.1 hub: one connection for each member, everything that is pushed is checked, stored and handed on.
///
///     hub::hub hub(options, ports);
///     server.start([&](auto request, auto respond) { hub.handle(std::move(request), std::move(respond)); });
///     hub.apply({"acme", "ops@acme.example", {cpo_role}}).value();
///     const std::string token_a = hub.approve("acme").value();    // for the letter to the member
///
/// What is where:
///  - Requests that name a party (OCPI-to headers) go to it and its answer comes back: statuses, data and paging
///    headers as they are, with Link, the address of a CDR and response URLs leading through the hub. 4001: no such
///    party. 4002: no answer in time. 4003: not connected.
///  - A push to the hub itself is a broadcast: stored, answered, then delivered to every member on the other side of
///    the module. Not for cdrs, chargingprofiles, sessions and commands (status 2001).
///  - A GET of a list from the hub itself comes from the store: what was broadcast, and what was pushed to one of the
///    asking member's parties. Nobody is shown what was pushed to somebody else.
///  - Delivery is synchronisation, not a queue: each member has a place in the order of changes, and is sent the
///    latest state of what changed since. One that does not answer is tried again shortly, then OFFLINE. When it
///    comes back it asks for what it missed, or is sent it if it chose so. Commands and profiles are never repeated.
///  - Sessions of EVSEs in a context of a smart charging service provider go to that provider as well.
///
/// There are no threads and no sockets in here: requests come in through `handle`, go out through the client of
/// `ports`, and time passes when the host calls `tick`. With a store whose saves are durable only at its commit
/// (`store::object_store::commit`) answers and requests are held back until `flush`; a host calls it after each batch
/// of requests. One thread at a time, completions of the client included. A callback may call the hub again.

#include <incar/hub/export.hpp>
#include <incar/hub/options.hpp>
#include <incar/net/http_server.hpp>
#include <incar/ocpi_client/request.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace incar::hub {

/// What somebody has to know who reads the hub's store beside it. Valid until the next call of the hub.
struct store_view {
    const store::object_store& objects;     ///< To be read; saves go through `hub::save`.
    std::vector<std::string> hidden_owners; ///< "NL*TNM": kept, and shown to nobody at present.
    std::uint64_t undone = 0;               ///< How often a batch was: what was read since a flush may never have been.
    std::uint64_t flushed = 0;              ///< How often all that was saved before was made durable.
};

/// See the top of this header.
class INCAR_HUB_EXPORT hub {
public:
    /// Takes up what the store holds. Throws incar::exception with errc::missing when an option or a port is missing,
    /// and with the store's error when it cannot be read.
    hub(hub_options options, hub_ports ports);
    ~hub();
    hub(const hub&) = delete;
    hub& operator=(const hub&) = delete;

    // -- members

    /// Takes an application, which waits for `approve`. Errors: errc::duplicate for a name that is taken, or a party
    /// in a role that another member has; errc::malformed and errc::missing with the member's pointer; here and below
    /// also those of the store.
    expected<void> apply(const application& wish);

    /// Accepts an application, or takes back a member that left or lost its token. The result is its
    /// CREDENTIALS_TOKEN_A, valid for one registration and shown this once. Errors: errc::not_found;
    /// errc::inconsistent for a member that is active or suspended.
    expected<std::string> approve(const std::string& name, const ocpi_client::partner_habits& habits = {});

    /// Errors: errc::not_found; errc::inconsistent for a member that was approved before.
    expected<void> reject(const std::string& name, const std::string& reason);

    /// Shuts a member out: it is answered and sent nothing any more, what it brought is not shown. Errors:
    /// errc::not_found; errc::inconsistent for one that is not active.
    expected<void> suspend(const std::string& name, const std::string& reason);

    /// Lets a suspended member in again, with the tokens it had.
    expected<void> resume(const std::string& name);

    /// Whether the member is sent what it missed when it comes back.
    expected<void> set_catch_up(const std::string& name, bool wanted);

    std::optional<member> find(const std::string& name) const;
    std::vector<member> members() const; ///< By name.

    // -- what else is served from the hub, such as the applications of drivers (<incar/app/app_api.hpp>)

    /// Sends a request on behalf of an EMSP, `who.from`, to `who.to`, as if the EMSP had sent it: routed, its response
    /// URL replaced, payment hold and correlation remembered, timed. `who.partner` is not looked at. `done` is called
    /// once, at once or later. A result that follows, TIMEOUT included, goes to who waits with `on_result`.
    void ask(ocpi_client::caller who, ocpi_client::call request, std::function<void(ocpi_client::reply)> done);

    /// Takes the results of commands that were sent with `ask`, by its `who.request_id`; a reservation that the CPO
    /// cancels later has two. Replaces who was told before.
    void on_result(std::function<void(const std::string& request_id, const v221::command_result&)> told);

    store_view view() const;

    /// Saves an object of a kind that is not the hub's own. Errors: those of the store; then the next `flush` undoes
    /// the batch.
    expected<void> save(store::stored_object object);

    /// Calls back when what was saved so far is durable, or with false when it was undone: from `flush`, or at once
    /// with a store that needs none. For answers that must not come before.
    void when_durable(std::function<void(bool durable)> then);

    // -- requests and time

    /// Answers one request under the base URL; anything else is 404. `respond` is called once: at once, when the party
    /// asked for has answered, or by `flush`.
    void handle(net::http_request request, net::http_respond respond);

    /// Makes durable what was done since the last call and lets out what was held back. When the store fails none of it
    /// has happened, and the requests are answered 503 with status 3000.
    expected<void> flush();

    /// When `tick` has to be called next; absent when nothing is waited for.
    std::optional<timestamp> next_deadline() const;

    /// Ends what has waited too long, asks silent members whether they are alive, and tries deliveries again.
    void tick();

private:
    struct core;
    std::shared_ptr<core> core_;
};

} // namespace incar::hub
