#pragma once

/// \file
/// What a party knows about one partner: tokens, version, endpoints, roles and habits. Plain data that the host keeps.

#include <incar/core/expected.hpp>
#include <incar/ocpi/party_key.hpp>
#include <incar/ocpi/v221/credentials.hpp>
#include <incar/ocpi_client/authorization.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace incar::ocpi_client {

/// How far a connection has come.
enum class partner_state {
    invited,      ///< Holds our one-time token (CREDENTIALS_TOKEN_A) and may register with it.
    registering,  ///< We are registering with them; their callbacks are answered already.
    registered,   ///< Both sides have their tokens.
    unregistered, ///< Was registered, and one side ended it. Holds no tokens.
};

/// What is peculiar to a partner. All false: it keeps to the specification and knows nothing beyond it.
struct partner_habits {
    bool sends_plain_tokens = false;      ///< Their Authorization headers hold the token itself, not in Base64.
    bool expects_plain_tokens = false;    ///< Ours must do the same. Found out by trial when credentials are exchanged.
    bool wants_trailing_slash = false;    ///< Endpoint URLs with nothing behind them need a slash at the end.
    bool appends_without_slash = false;   ///< Needs our endpoints announced with a slash at the end.
    bool refuses_routing_headers = false; ///< OCPI-to/from headers must not be sent to them.
    bool breaks_links = false;            ///< Link headers of their lists lead nowhere: see `paging::by_offset`.

    /// Endpoints of modules that the specification does not name, scoptimizations among them, are announced to them.
    /// The specification allows these, but many partners read the list of endpoints with the specification's names
    /// alone and fail on all of it, and with that the registration; a partner that only lacks an endpoint can do all
    /// the rest. So they are announced where both houses have spoken about them.
    bool knows_other_modules = false;
};

/// One connection. A plain value; `party` hands it out after each change for the host to keep (it contains secrets).
struct partner {
    std::string name; ///< The host's own name for it, unique; never sent.
    partner_state state = partner_state::invited;
    std::string versions_url;
    std::string token_in;                        ///< What they must present to us.
    std::string token_in_next;                   ///< What they may present as well while credentials are being renewed.
    std::string token_out;                       ///< What we present to them.
    std::vector<ocpi::v221::endpoint> endpoints; ///< Theirs, in 2.2.1.
    std::vector<ocpi::v221::credentials_role> roles; ///< Theirs.
    partner_habits habits;
};

/// A partner as JSON, secrets included, for the host to keep.
INCAR_OCPI_CLIENT_EXPORT std::string encode(const partner& of);

/// Reads what `encode` wrote. Errors: as for `ocpi::decode`, and errc::missing for a text without a name.
INCAR_OCPI_CLIENT_EXPORT expected<partner> decode_partner(std::string_view text);

/// Habits by their names, {"breaks_links": true}; the others are false. Errors: errc::malformed, errc::wrong_type and
/// errc::unknown_member with a JSON pointer.
INCAR_OCPI_CLIENT_EXPORT expected<partner_habits> habits_from_json(std::string_view text);

/// Whether one of the roles is HUB: then objects of others may come from it.
INCAR_OCPI_CLIENT_EXPORT bool is_hub(const partner& of);

/// Whether the key is that of one of the roles.
INCAR_OCPI_CLIENT_EXPORT bool has_party(const partner& of, const ocpi::party_key& key);

/// The URL of an endpoint; null when the partner does not offer it. The four spellings of the module of
/// <incar/ocpi/v221/sc_optimisations.hpp> count as one.
INCAR_OCPI_CLIENT_EXPORT const std::string* find_endpoint(const partner& of, std::string_view module,
                                                          ocpi::v221::interface_role side);

} // namespace incar::ocpi_client
