#pragma once

/// \file
/// How a hub is set up: who it is, what it needs from its host, and the decisions that the specification leaves open.

#include <incar/core/clock.hpp>
#include <incar/core/expected.hpp>
#include <incar/core/log.hpp>
#include <incar/core/random.hpp>
#include <incar/hub/member.hpp>
#include <incar/net/http_client.hpp>
#include <incar/net/url.hpp>
#include <incar/ocpi/v221/cdrs.hpp>
#include <incar/ocpi/validate.hpp>
#include <incar/store/object_store.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>

namespace incar::hub {

/// What the hub does with a request that does not say whom it is for (2.2.1 section 4.3.3, open routing request).
enum class open_routing {
    refused,    ///< With status 2001.
    by_content, ///< Goes to the party that the content belongs to: a session to its token's owner, a command to its
                ///< location's. What belongs to nobody in particular is broadcast. Never back to the sender.
};

/// How often and how long is tried. All > 0.
struct hub_timing {
    std::chrono::milliseconds result_margin = std::chrono::seconds(5); ///< Beyond the timeout that a receiver names.
    std::chrono::milliseconds silence = std::chrono::minutes(5); ///< After it, a member is asked whether it is alive.
    std::chrono::milliseconds first_retry = std::chrono::seconds(1); ///< Of a push, then doubled; half of it is random.
    int attempts = 3;                                                ///< Of a push, then the member is OFFLINE.
};

/// Who the hub is and how it decides.
struct hub_options {
    net::url base_url;           ///< Where members reach `hub::handle`, for example https://hub.example/ocpi
    v221::credentials_role self; ///< Country code, party id and business details; the role is HUB.
    hub::open_routing open_routing = hub::open_routing::refused;
    ocpi::strictness strictness = ocpi::strictness::usable; ///< What objects are refused for.
    std::size_t page_limit = 100;                           ///< Most objects in a page. 1..10000
    net::http_limits limits;                                ///< For each request that is sent. Late answers are 4002.
    hub_timing timing;
};

/// A CDR on its way through the hub.
struct record_of_charge {
    const v221::cdr& record;
    const std::string& text; ///< As it was received.
    std::string operation;   ///< The payment hold that the command which started the session named; may be empty.
};

/// What a hub needs from its host. Functions that are not set: see there.
struct hub_ports {
    net::http_client http;       ///< Decides which addresses may be reached (`net::address_policy`).
    store::object_store objects; ///< Everything that a restart must not lose.
    incar::clock clock;
    random_source random; ///< Fit for secrets.

    /// A digest of a secret that cannot be turned back, such as SHA-256. Not set: tokens are kept as they are.
    std::function<std::string(const std::string&)> fingerprint;
    /// Encrypts a text for the store, and decrypts it. Not set: the tokens of members are kept as they are.
    std::function<std::string(const std::string&)> seal;
    std::function<expected<std::string>(const std::string&)> open;

    /// Whether a member may take part as far as its payment data go; the error is told to it. Not set: yes.
    std::function<expected<void>(const member&)> payment;
    /// Takes a CDR down before it is forwarded; when this fails the CDR is refused. Not set: nothing.
    std::function<expected<void>(const record_of_charge&)> ledger;
    /// A member came, changed or went. Not set: nobody is told.
    std::function<void(const member&)> member_changed;

    log_sink log = discard_log();
};

} // namespace incar::hub
