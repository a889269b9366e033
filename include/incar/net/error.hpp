#pragma once

/// \file
/// What can go wrong between handing over a request and holding its answer, as far as a caller has to tell it apart.
///
///     client.send(request, {}, [](expected<net::http_response> answer) {
///         if (!answer && answer.error().code == net::errc::timed_out) try_again_later();
///     });
///
/// Faults of the request itself (a method or a header that no server may be sent) come as `incar::errc`.

#include <incar/core/error.hpp>
#include <incar/net/export.hpp>

#include <system_error>
#include <type_traits>

namespace incar::net {

/// Why there is no answer.
enum class errc {
    timed_out = 1,      ///< A time limit was reached. The peer may have acted on the request all the same.
    not_resolved,       ///< The host name has no address, or no name server said so.
    address_refused,    ///< Every address of the host is one that `address_policy` refuses. Nothing was sent.
    not_connected,      ///< No address of the host took the connection. Nothing was sent.
    tls_refused,        ///< No secure connection: certificate, host name or protocol were not acceptable.
    connection_lost,    ///< The connection ended before the whole answer. The peer may have acted on the request.
    malformed_answer,   ///< What came back is not HTTP.
    response_too_large, ///< The header or the body of the answer exceeds the limit set for it.
    cancelled,          ///< The client was destroyed before the answer was there.
};

/// The category of `net::errc`; its name is "incar.net".
INCAR_NET_EXPORT const std::error_category& error_category() noexcept;

/// Makes `net::errc` usable wherever a `std::error_code` is expected.
INCAR_NET_EXPORT std::error_code make_error_code(errc code) noexcept;

} // namespace incar::net

template <>
struct std::is_error_code_enum<incar::net::errc> : std::true_type {};
