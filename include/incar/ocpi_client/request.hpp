#pragma once

/// \file
/// What a party is told about a request to a partner, and what it tells about the answer. Plain values.

#include <incar/core/expected.hpp>
#include <incar/net/http.hpp>
#include <incar/net/url.hpp>
#include <incar/ocpi/envelope.hpp>
#include <incar/ocpi/party_key.hpp>
#include <incar/ocpi_client/handlers.hpp>
#include <incar/ocpi_client/paging.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace incar::ocpi_client {

/// Whom to speak to. Converts from the name of the connection.
struct recipient {
    recipient(const char* partner_name) : partner(partner_name) {}
    recipient(std::string partner_name) : partner(std::move(partner_name)) {}
    std::string partner;
    std::optional<ocpi::party_key> to;   ///< Absent: the partner's only party; none when it has several or is a hub.
    std::optional<ocpi::party_key> from; ///< Absent: our first role.
    std::string correlation_id;          ///< Empty: a new one.
};

/// Which object of a partner's or ours a request is about.
struct object_path {
    std::string module; ///< "locations", ...
    ocpi::party_key owner;
    std::string id;
    std::string evse_uid;     ///< locations only; empty: the location itself.
    std::string connector_id; ///< locations only, with `evse_uid`; empty: the EVSE.
    std::string token_type;   ///< tokens only; empty: RFID.
};

/// A request of any kind, for modules of one's own.
struct call {
    std::string method = "GET";
    std::string module;
    v221::interface_role side = v221::interface_role::receiver;
    std::vector<std::string> segments;
    std::vector<net::query_parameter> parameters;
    std::string body; ///< JSON, or empty.

    /// The URL of a list's next page, to be taken as it is instead of what segments and parameters make. Of the
    /// endpoint's origin, or the request fails with errc::inconsistent.
    std::string continues_at = {};
};

/// A successful answer.
struct answer {
    int http_status = 200;
    net::headers headers;
    ocpi::envelope body;
};

/// What came of reading a list.
struct pull_summary {
    std::size_t objects = 0;    ///< Handed over, repeated ones included.
    std::vector<error> refused; ///< What could not be read; `where` begins with the page and the index in it.
    std::size_t pages = 0;
    std::optional<std::size_t> total; ///< What the partner counted, if it said so; more than came: it left some out.
};

/// Takes a result or the reason why there is none: the partner's status (`ocpi::status_category`), errc::not_found for
/// HTTP 404 and for a connection or an endpoint that does not exist, std::errc::permission_denied for HTTP 401,
/// errc::malformed for an answer that is no OCPI, errc::unavailable for other failures over HTTP, or `net::errc`. No
/// message shows a token, also when the partner's words do.
template <class T>
using outcome = std::function<void(expected<T>)>;

} // namespace incar::ocpi_client
