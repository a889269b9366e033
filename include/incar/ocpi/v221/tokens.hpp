#pragma once

/// \file
/// OCPI 2.2.1, section 12 "Tokens module": what a driver identifies with, and the answer whether charging is allowed.
/// How the structs read is said in <incar/ocpi/v221/types.hpp>.

#include <incar/ocpi/v221/types.hpp>

namespace incar::ocpi::v221 {

/// The answer to a request for authorisation (12.4.1 AllowedType).
enum class allowed_type {
    allowed,     ///< May charge here.
    blocked,     ///< The token is blocked.
    expired,     ///< The token has expired.
    no_credit,   ///< The account is empty.
    not_allowed, ///< Valid, but not at this place.
};

/// What the driver would like to have from smart charging (9.4.2 ProfileType).
enum class profile_type {
    cheap,   ///< As cheap as possible.
    fast,    ///< As soon as possible, at a premium if need be.
    green,   ///< As much renewable energy as possible.
    regular, ///< No preference.
};

/// What a token is (12.4.4 TokenType).
enum class token_type {
    ad_hoc_user, ///< One-time identity of the server or the charge point.
    app_user,    ///< Identity of a user of an app.
    other,       ///< Anything else.
    rfid,        ///< Card or fob.
};

/// Whether a token needs to be asked for at the provider before each session (12.4.5 WhitelistType).
enum class whitelist_type {
    always,          ///< No, never ask.
    allowed,         ///< No, but asking is possible.
    allowed_offline, ///< Ask, and let it charge when there is no connection.
    never,           ///< Ask, always.
};

/// The driver's own contract for energy (12.4.2 EnergyContract).
struct energy_contract {
    std::string supplier_name;              ///< Up to 64.
    std::optional<std::string> contract_id; ///< Up to 64.
    json::extra extra;
};

/// The place where a token is going to be used (12.4.3 LocationReferences).
struct location_references {
    id<location> location_id;
    std::vector<id<evse>> evse_uids; ///< Empty: any.
    json::extra extra;
};

/// What a driver identifies with (12.3.2 Token object). `uid` and `type` together are its key at the owner.
struct token {
    ci_string<2> country_code; ///< Of the provider that owns it.
    ci_string<3> party_id;     ///< Of the provider that owns it.
    id<token> uid;             ///< What the reader reads.
    open_enum<token_type> type;
    ci_string<36> contract_id;                ///< The driver's contract, eMA ID.
    std::optional<std::string> visual_number; ///< Up to 64, printed on the card.
    std::string issuer;                       ///< Up to 64, printed on the card.
    std::optional<ci_string<36>> group_id;    ///< Tokens of one group stop each other's sessions.
    bool valid = false;
    open_enum<whitelist_type> whitelist;
    std::optional<std::string> language; ///< Two letters, ISO 639-1.
    std::optional<open_enum<profile_type>> default_profile_type;
    std::optional<v221::energy_contract> energy_contract;
    timestamp last_updated;
    json::extra extra;
};

/// Whether a token may charge (12.3.1 AuthorizationInfo object).
struct authorization_info {
    open_enum<allowed_type> allowed;
    v221::token token;                                    ///< All of it.
    std::optional<location_references> location;          ///< EVSEs for which the answer holds.
    std::optional<ci_string<36>> authorization_reference; ///< Returned in session and CDR.
    std::optional<display_text> info;                     ///< For the driver.
    json::extra extra;
};

} // namespace incar::ocpi::v221
