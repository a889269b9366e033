#pragma once

/// \file
/// OCPI 2.2.1, section 15 "HubClientInfo module": who can be reached through a hub.
/// How the structs read is said in <incar/ocpi/v221/types.hpp>.

#include <incar/ocpi/v221/types.hpp>

namespace incar::ocpi::v221 {

/// 15.5.1 ConnectionStatus.
enum class connection_status {
    connected, ///< Reachable.
    offline,   ///< Was connected, cannot be reached.
    planned,   ///< Known, but never connected so far.
    suspended, ///< Shut out by the hub.
};

/// One party behind the hub (15.4.1 ClientInfo object).
struct client_info {
    ci_string<3> party_id;
    ci_string<2> country_code;
    open_enum<v221::role> role;
    open_enum<connection_status> status;
    timestamp last_updated;
    json::extra extra;
};

} // namespace incar::ocpi::v221
