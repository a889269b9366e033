#pragma once

/// \file
/// OCPI 2.2.1, sections 6 and 7: versions, their endpoints, and credentials.
/// How the structs read is said in <incar/ocpi/v221/types.hpp>.

#include <incar/ocpi/v221/locations.hpp>
#include <incar/ocpi/v221/types.hpp>

namespace incar::ocpi::v221 {

/// Versions of OCPI (6.2.5 VersionNumber).
enum class version_number { v2_0, v2_1, v2_1_1, v2_2, v2_2_1 };

/// Which side of a module an endpoint serves (6.2.3 InterfaceRole).
enum class interface_role {
    sender,   ///< The owner of the data, or of the request.
    receiver, ///< The other side.
};

/// The modules (6.2.4 ModuleID); custom modules are unknown words.
enum class module_id {
    cdrs,
    chargingprofiles,
    commands,
    credentials,
    hubclientinfo,
    locations,
    sessions,
    tariffs,
    tokens,
};

/// A version that a party offers (6.1.2 Version).
struct version {
    open_enum<version_number> version;
    std::string url; ///< URL of its details.
    json::extra extra;
};

/// Where one side of a module is served (6.2.2 Endpoint).
struct endpoint {
    open_enum<module_id> identifier;
    open_enum<interface_role> role; ///< Of no meaning for credentials.
    std::string url;                ///< URL.
    json::extra extra;
};

/// What a party offers in one version (6.2.1).
struct version_details {
    open_enum<version_number> version;
    std::vector<endpoint> endpoints; ///< At least one.
    json::extra extra;
};

/// A party behind a connection (7.4.1 CredentialsRole).
struct credentials_role {
    open_enum<v221::role> role;
    v221::business_details business_details;
    ci_string<3> party_id;
    ci_string<2> country_code;
    json::extra extra;
};

/// How to reach a party and as whom to speak to it (7.3.1 Credentials object).
struct credentials {
    std::string token;                   ///< Secret, 1 to 64 characters from ! to ~.
    std::string url;                     ///< URL of the versions.
    std::vector<credentials_role> roles; ///< At least one.
    json::extra extra;
};

} // namespace incar::ocpi::v221
