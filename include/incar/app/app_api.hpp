#pragma once

/// \file
/// What the back end of a drivers' app needs from a hub, over HTTP (USER-CHI D3.3, 3.2.3 to 3.2.10): EMSPs to log in
/// at, charge points on a map, tariffs and prices, commands, sessions and CDRs of one driver.
///
///     app::app_api drivers(hub, {base_url, {api_token}}, {http_client, system_clock(), system_random()});
///     server.start([&](auto request, auto respond) {                            // base_url: https://hub.example
///         if (drivers.serves(request.url)) drivers.handle(std::move(request), std::move(respond));
///         else hub.handle(std::move(request), std::move(respond));
///     });
///
/// Paths, parameters and answers are described by the document at BASE/app/1.0/openapi.json, which is made from the
/// table that requests are dispatched by, and explained in docs/reference/app_api.md. The requests of D3.3 section
/// 5.2.1, such as BASE/ocpi/hub/2.2/commands/app/receiver/START_SESSION, are in the same table.
///
/// The API token stands for the app's back end, which answers for its drivers: a driver is an EMSP, `emsp=DE*MSP`, and
/// the uid of a token, `token=UID`, in each request. Nothing of one driver is shown to another; nothing that a CPO
/// pushed to one EMSP is shown to the drivers of another; nothing of members that are suspended or left is shown.
///
/// Answers are wrapped as in OCPI (2.2.1 section 4.1.7). What is wrong with a request is answered with HTTP 400, and
/// `data.parameter` names the culprit. Commands are asynchronous as in OCPI: the answer is the CommandResponse and an
/// id, under which the CommandResult can be waited for. A command with the X-Request-ID of an earlier one of the same
/// driver is not sent again: it has the same answer.
///
/// No threads, no sockets: the same thread as the hub's, which is to outlive this and whose `flush` lets answers out
/// that depend on what was saved.

#include <incar/app/export.hpp>
#include <incar/hub/hub.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace incar::app {

/// How the API is set up. A plain value.
struct app_options {
    net::url base_url;               ///< Where requests arrive; the API's paths are below it.
    std::vector<std::string> tokens; ///< Of the apps' back ends: one of these is needed. None: all are refused.
    std::size_t page_limit = 100;    ///< Most objects in a page. 1..10000
    std::chrono::seconds reservation = std::chrono::minutes(15);    ///< When a RESERVE_NOW names no expiry_date.
    std::chrono::seconds longest_wait = std::chrono::seconds(60);   ///< For the result of a command.
    std::chrono::seconds command_memory = std::chrono::minutes(60); ///< A command is known for, beyond its expiry_date.
};

/// What the API needs from its host.
struct app_ports {
    net::http_client http; ///< For results to a `response_url` of the app's; decides which addresses may be reached.
    incar::clock clock;
    random_source random; ///< Fit for secrets.
    net::http_limits limits = {};
    log_sink log = discard_log();
};

struct core; // private

/// See the top of this header.
class INCAR_APP_EXPORT app_api {
public:
    /// What searches and lists need in memory is read by `tick`, a few hundred objects at a time: until all is there
    /// they are answered with 503 and Retry-After, everything else is served. Throws incar::exception with
    /// errc::missing when an option or a port is missing, with the store's error when it cannot be read.
    app_api(hub::hub& served, app_options options, app_ports ports);
    ~app_api();
    app_api(const app_api&) = delete;
    app_api& operator=(const app_api&) = delete;

    /// Whether the path is one of this API's.
    bool serves(const net::url& requested) const;

    /// Answers one request. `respond` is called once: at once, when a CPO or a result has come, or by `hub::flush`.
    void handle(net::http_request request, net::http_respond respond);

    /// When `tick` has to be called next: at once while there is more to read. Absent when nothing is waited for.
    std::optional<timestamp> next_deadline() const;

    /// Reads on, ends what has waited long enough, and forgets old commands.
    void tick();

private:
    std::shared_ptr<core> core_;
};

} // namespace incar::app
