#pragma once

/// \file
/// HTTP requests and responses as values, the same for clients and servers.
///
///     net::http_request request;
///     request.method = "PUT";
///     request.url = endpoint;
///     request.headers = {{"Content-Type", "application/json"}};
///     request.headers.set("Authorization", "Token " + token).value();
///     request.body = json::format(location);
///     log(net::format(request));                   // one line, without the token
///
/// No value in here can split a message: header names and values that hold a line break are refused on the way in.
/// Plain values: one thread at a time per object, distinct objects are independent.

#include <incar/core/expected.hpp>
#include <incar/net/address.hpp>
#include <incar/net/export.hpp>
#include <incar/net/url.hpp>

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace incar::net {

/// Whether the text is a token after RFC 9110 section 5.6.2, as methods and header names must be.
INCAR_NET_EXPORT bool is_token(std::string_view text) noexcept;

/// One header line.
struct header {
    std::string name;
    std::string value;
};

/// Header lines in their order. Names are compared without case and keep theirs.
class INCAR_NET_EXPORT headers {
public:
    headers() = default;

    /// For names and values written in the program. Throws incar::exception where `add` has an error.
    headers(std::initializer_list<header> lines);

    /// The value of the first line of that name; null when there is none. Valid until the next change.
    const std::string* find(std::string_view name) const noexcept;

    /// The values of all lines of that name, in order.
    std::vector<std::string> find_all(std::string_view name) const;

    /// Adds a line at the end, without the blanks around the value. Errors: incar::errc::malformed with `where`
    /// "/headers/name" for a name that is no token, "/headers/value" for a value with a control character other than
    /// the tabulator, so with CR, LF or NUL.
    expected<void> add(std::string_view name, std::string_view value);

    /// Replaces the first line of that name where it stands and removes the others; adds it when there is none. Errors
    /// as for `add`; then nothing has changed.
    expected<void> set(std::string_view name, std::string_view value);

    /// Removes every line of that name and says how many there were.
    std::size_t remove(std::string_view name);

    bool empty() const noexcept { return lines_.empty(); }
    std::size_t size() const noexcept { return lines_.size(); }
    std::vector<header>::const_iterator begin() const noexcept { return lines_.begin(); }
    std::vector<header>::const_iterator end() const noexcept { return lines_.end(); }

private:
    std::vector<header> lines_;
};

/// What a client asks.
struct http_request {
    std::string method = "GET"; ///< A token; case counts.
    net::url url;               ///< With the host, on the server's side too.
    net::headers headers;       ///< Without those that frame the message: the transport writes and reads them.
    std::string body;           ///< Any bytes.

    /// Whom a server has this from, as the connection says: a proxy's address behind a proxy. Clients leave it out.
    std::optional<ip_address> peer = std::nullopt;
};

/// What a server answers.
struct http_response {
    int status = 200; ///< 200..599
    net::headers headers;
    std::string body;
};

/// One line for a log, such as "GET https://cpo.example/ocpi/cdrs?limit=50&key=*** X-Request-ID: 17, Authorization:
/// ***, 0 bytes". The values of headers and query parameters are shown for names that are known to be harmless and as
/// *** for all others, Authorization and cookies among them; bodies and fragments never. The path is shown.
INCAR_NET_EXPORT std::string format(const http_request& request);

/// The same for a response: "200 X-Total-Count: 3, Link: ***, 512 bytes".
INCAR_NET_EXPORT std::string format(const http_response& response);

} // namespace incar::net
