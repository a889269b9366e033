#include "ocpi/v221/shapes.hpp"

namespace incar {

using namespace ocpi;
using namespace ocpi::v221;
using json::many;
using json::maybe;
using json::one;
using json::some;

INCAR_OCPI_ENUM(version_number, "VersionNumber", v2_2_1, "2.0", "2.1", "2.1.1", "2.2", "2.2.1")

INCAR_OCPI_ENUM(interface_role, "InterfaceRole", receiver, "SENDER", "RECEIVER")

INCAR_OCPI_ENUM(module_id, "ModuleID", tokens, "cdrs", "chargingprofiles", "commands", "credentials", "hubclientinfo",
                "locations", "sessions", "tariffs", "tokens")

INCAR_OCPI_OBJECT(version, "Version", one<&v221::version::version>("version"), one<&v221::version::url>("url", url))

INCAR_OCPI_OBJECT(endpoint, "Endpoint", one<&endpoint::identifier>("identifier"), one<&endpoint::role>("role"),
                  one<&endpoint::url>("url", url))

INCAR_OCPI_OBJECT(version_details, "VersionDetails", one<&version_details::version>("version"),
                  some<&version_details::endpoints>("endpoints"))

INCAR_OCPI_OBJECT(credentials_role, "CredentialsRole", one<&credentials_role::role>("role"),
                  one<&credentials_role::business_details>("business_details"),
                  one<&credentials_role::party_id>("party_id", ci(3)),
                  one<&credentials_role::country_code>("country_code", country_code))

INCAR_OCPI_OBJECT(credentials, "Credentials", one<&credentials::token>("token", rule(format::secret, 64)),
                  one<&credentials::url>("url", url), some<&credentials::roles>("roles"))

} // namespace incar
