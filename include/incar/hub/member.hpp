#pragma once

/// \file
/// A member of a hub: who applied, how far it has come, and what is known about its connection.

#include <incar/core/expected.hpp>
#include <incar/core/timestamp.hpp>
#include <incar/hub/export.hpp>
#include <incar/ocpi/v221/credentials.hpp>
#include <incar/ocpi/v221/hub_client_info.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace incar::hub {

namespace v221 = ocpi::v221;

/// How far a member has come. Objects of members that are not `active` are kept, and nobody is shown them.
enum class standing {
    applied,   ///< Waits for the administrator.
    rejected,  ///< By the administrator. May apply again.
    approved,  ///< Holds a CREDENTIALS_TOKEN_A and may register with it.
    active,    ///< Registered.
    suspended, ///< Shut out by the administrator.
    left,      ///< Ended the connection itself (7.2.4). May be approved again.
};

/// Where drivers of an EMSP log in. Empty members: none.
struct identity_provider {
    std::string issuer; ///< URL.
    std::string realm;
    std::string client;
};

/// What somebody says who wants to join.
struct application {
    std::string name;                          ///< Unique in the hub: letters, digits, "-", "_" and ".", 1 to 64.
    std::string email;                         ///< Where the administrator writes to.
    std::vector<v221::credentials_role> roles; ///< At least one; a platform may bring several parties.
    identity_provider identity;                ///< EMSPs.
};

/// A member. A plain value without secrets.
struct member {
    std::string name;
    std::string email;
    std::vector<v221::credentials_role> roles; ///< As applied for, from the registration on as registered.
    identity_provider identity;
    hub::standing standing = hub::standing::applied;
    std::string reason;          ///< Of a rejection or suspension, in the administrator's words.
    bool wants_catch_up = false; ///< Is sent what it missed when it comes back; else it asks for it itself.

    /// Connected and offline: of active members. Follows from the standing otherwise.
    v221::connection_status status = v221::connection_status::planned;
    timestamp status_since;
};

/// A member as JSON: name, email, roles (as in OCPI credentials), identity_provider, standing, reason, wants_catch_up,
/// status, status_since.
INCAR_HUB_EXPORT std::string to_json(const member& shown);

/// An application from JSON: name, email, roles, identity_provider. Errors: errc::malformed, errc::wrong_type,
/// errc::missing and errc::unknown_member with a JSON pointer.
INCAR_HUB_EXPORT expected<application> application_from_json(std::string_view text);

} // namespace incar::hub
