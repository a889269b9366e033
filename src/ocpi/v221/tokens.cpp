#include "ocpi/v221/shapes.hpp"

namespace incar {

using namespace ocpi;
using namespace ocpi::v221;
using json::many;
using json::maybe;
using json::one;
using json::some;

INCAR_OCPI_ENUM(allowed_type, "AllowedType", not_allowed, "ALLOWED", "BLOCKED", "EXPIRED", "NO_CREDIT", "NOT_ALLOWED")

INCAR_OCPI_ENUM(profile_type, "ProfileType", regular, "CHEAP", "FAST", "GREEN", "REGULAR")

INCAR_OCPI_ENUM(token_type, "TokenType", rfid, "AD_HOC_USER", "APP_USER", "OTHER", "RFID")

INCAR_OCPI_ENUM(whitelist_type, "WhitelistType", never, "ALWAYS", "ALLOWED", "ALLOWED_OFFLINE", "NEVER")

INCAR_OCPI_OBJECT(energy_contract, "EnergyContract", one<&energy_contract::supplier_name>("supplier_name", text(64)),
                  maybe<&energy_contract::contract_id>("contract_id", text(64)))

INCAR_OCPI_OBJECT(location_references, "LocationReferences",
                  one<&location_references::location_id>("location_id", ci(36)),
                  many<&location_references::evse_uids>("evse_uids", ci(36)))

INCAR_OCPI_OBJECT(token, "Token", one<&token::country_code>("country_code", country_code),
                  one<&token::party_id>("party_id", ci(3)), one<&token::uid>("uid", ci(36)), one<&token::type>("type"),
                  one<&token::contract_id>("contract_id", ci(36)),
                  maybe<&token::visual_number>("visual_number", text(64)), one<&token::issuer>("issuer", text(64)),
                  maybe<&token::group_id>("group_id", ci(36)), one<&token::valid>("valid"),
                  one<&token::whitelist>("whitelist"), maybe<&token::language>("language", rule(format::language, 2)),
                  maybe<&token::default_profile_type>("default_profile_type"),
                  maybe<&token::energy_contract>("energy_contract"), one<&token::last_updated>("last_updated"))

INCAR_OCPI_OBJECT(authorization_info, "AuthorizationInfo", one<&authorization_info::allowed>("allowed"),
                  one<&authorization_info::token>("token"), maybe<&authorization_info::location>("location"),
                  maybe<&authorization_info::authorization_reference>("authorization_reference", ci(36)),
                  maybe<&authorization_info::info>("info"))

} // namespace incar
