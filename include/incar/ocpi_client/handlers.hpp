#pragma once

/// \file
/// What a party does when partners ask it for something: plain functions, one a request. A function that is not set
/// answers that this is not supported.
///
///     handlers ours;
///     ours.start_session = [&](const caller& who, const v221::start_session& wish, const callback& result) {
///         stations.start(wish, result);               // later: party.send_result(result, command_result)
///         return v221::command_response{v221::command_response_type::accepted, 30};
///     };
///
/// Objects that partners push are checked and stored before `changed` is told; lists and single objects are served from
/// the store. So none of these functions is about storage. An object that is older than what is stored (last_updated)
/// is answered with success and changes nothing.
///
/// A function that returns an error makes the answer that `ocpi::answer_to` says. They are called from within
/// `party::handle` and must not throw.

#include <incar/core/expected.hpp>
#include <incar/net/http.hpp>
#include <incar/ocpi/party_key.hpp>
#include <incar/ocpi/v221/charging_profiles.hpp>
#include <incar/ocpi/v221/commands.hpp>
#include <incar/ocpi/v221/sessions.hpp>
#include <incar/ocpi/v221/tokens.hpp>
#include <incar/ocpi_client/partner.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace incar::ocpi_client {

namespace v221 = ocpi::v221;

/// Who sent a request, and for whom.
struct caller {
    std::string partner;                 ///< The name of the connection.
    std::optional<ocpi::party_key> from; ///< The party behind it, from the routing headers.
    std::optional<ocpi::party_key> to;   ///< Which of our parties it is for.
    std::string request_id;              ///< X-Request-ID; new for each hop.
    std::string correlation_id;          ///< X-Correlation-ID; the same end to end.
};

/// Where the result of an asynchronous request goes. A plain value that may be kept and used once or, for a
/// reservation that is cancelled later, twice.
struct callback {
    caller who;
    std::string response_url;
};

/// A request about a module, as far as it is understood.
struct incoming {
    caller who;
    std::string module; ///< "locations", ...; "scoptimizations" for each spelling of it.
    v221::interface_role side = v221::interface_role::receiver;
    std::vector<std::string> segments; ///< Of the URL, behind the endpoint; decoded.
    net::http_request request;
};

/// What is answered to a request: goes into the envelope and the headers around it.
struct reply {
    int http_status = 200;
    int status_code = 1000;
    std::string message;
    std::optional<std::string> data;     ///< JSON.
    net::headers headers;                ///< Beyond those about content, ids and routing.
    std::optional<ocpi::party_key> from; ///< OCPI-from of the answer. Absent: the party that was asked.
};

/// A pushed object that is now in the store.
struct change {
    enum class kind { created, updated, removed };
    std::string module; ///< "locations", "sessions", ...
    ocpi::party_key owner;
    std::string id;   ///< Of the object; tokens: "UID/TYPE".
    std::string text; ///< The whole object as JSON, merged; "" when it was removed.
    kind what = kind::created;
};

/// The functions. A plain value.
struct handlers {
    /// May this token charge (12.2.2.2 POST)? Not set: answered from our tokens in the store.
    std::function<expected<v221::authorization_info>(const caller&, const ocpi::v221::token& stored,
                                                     const std::optional<v221::location_references>&)>
        authorize;

    /// The driver's wishes for one of our sessions (9.2.1.2 PUT).
    std::function<expected<ocpi::open_enum<v221::charging_preferences_response>>(
        const caller&, const std::string& session_id, const v221::charging_preferences&)>
        set_charging_preferences;

    /// Commands (13.2.1 POST): the answer says whether the charge point will be asked; if it accepts, a result must
    /// follow within the seconds it names.
    std::function<expected<v221::command_response>(const caller&, const v221::cancel_reservation&, const callback&)>
        cancel_reservation;
    std::function<expected<v221::command_response>(const caller&, const v221::reserve_now&, const callback&)>
        reserve_now;
    std::function<expected<v221::command_response>(const caller&, const v221::start_session&, const callback&)>
        start_session;
    std::function<expected<v221::command_response>(const caller&, const v221::stop_session&, const callback&)>
        stop_session;
    std::function<expected<v221::command_response>(const caller&, const v221::unlock_connector&, const callback&)>
        unlock_connector;

    /// Charging profiles of our sessions (14.4.1): as for commands.
    std::function<expected<v221::charging_profile_response>(const caller&, const std::string& session_id,
                                                            int duration_s, const callback&)>
        get_active_profile;
    std::function<expected<v221::charging_profile_response>(const caller&, const std::string& session_id,
                                                            const v221::set_charging_profile&, const callback&)>
        set_charging_profile;
    std::function<expected<v221::charging_profile_response>(const caller&, const std::string& session_id,
                                                            const callback&)>
        clear_charging_profile;

    /// An EVSE follows another profile than before (14.4.2 PUT, unasked).
    std::function<expected<void>(const caller&, const std::string& session_id, const v221::active_charging_profile&)>
        active_profile_changed;

    /// A partner created, changed or removed one of its objects.
    std::function<void(const caller&, const change&)> changed;

    /// May a partner register with these credentials (7.2.2 POST, PUT)? Asked before the partner is called back; the
    /// error is the answer. Not set: yes.
    std::function<expected<void>(const partner&, const v221::credentials&)> admit;

    /// Takes every request of a registered partner about a module, instead of all functions above and the store: for a
    /// hub. The reply is given once, at once or later; the request stays as long as a copy of the function that takes
    /// the reply.
    std::function<void(const incoming&, std::function<void(reply)>)> relay;

    /// A connection was made, renewed or ended.
    std::function<void(const partner&)> partner_changed;
};

} // namespace incar::ocpi_client
