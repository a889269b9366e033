#pragma once

/// \file
/// The administrator's side of a hub over HTTP: applications, members, and what becomes of them. JSON in, JSON out.
///
///     hub::admin_api admin(hub, {base_url, versions_url, admin_token});          // base_url:
///     https://hub.example/admin
///     // in the host's handler, for a path below /admin:
///     admin.handle(std::move(request), std::move(respond));
///
/// Below the base URL:
///
///     POST applications                  an application: name, email, roles, identity_provider; needs no token
///     GET  members                       all members
///     GET  members/NAME                  one member
///     POST members/NAME/approve          {"habits": {...}} or nothing; answers with the CREDENTIALS_TOKEN_A
///     POST members/NAME/reject           {"reason": "..."}
///     POST members/NAME/suspend          {"reason": "..."}
///     POST members/NAME/resume           nothing
///     POST members/NAME/catch_up         {"wanted": true}
///
/// All but the first need `Authorization: Bearer TOKEN` with the administrator's token, else they are answered 401. An
/// answer is the member as it is now; an error is {"error": {"where", "message"}} with 400 for what cannot be read, 404
/// for an unknown member or path, 409 for what the member's standing or another member does not allow, and 503 when the
/// store fails. Fields: docs/reference/hub.md.

#include <incar/hub/export.hpp>
#include <incar/hub/hub.hpp>

#include <string>

namespace incar::hub {

/// Where the API is and who may use it.
struct admin_options {
    net::url base_url;
    net::url versions_url; ///< Where members register; told together with a CREDENTIALS_TOKEN_A.
    std::string token;     ///< The administrator's. Empty: nobody is one, and applications alone are taken.
};

/// See the top of this header. One thread at a time, the same as the hub's. The hub outlives it.
class INCAR_HUB_EXPORT admin_api {
public:
    admin_api(hub& administered, admin_options options);

    /// Answers one request under the base URL; anything else is 404. `respond` is called when what was done is durable.
    void handle(net::http_request request, net::http_respond respond);

private:
    bool is_administrator(const net::http_request& request) const;
    net::http_response answer_to(const net::http_request& request);

    hub& hub_;
    admin_options options_;
};

} // namespace incar::hub
