#pragma once

/// \file
/// How often one caller may ask: a bucket for each caller, filled at a steady rate, from which each request takes one.
///
///     net::rate_limit_options options;
///     options.known = {50, 200};                                   // 50 a second, 200 at once
///     auto server = adapters::http_server::start(listen, net::limit_rate(options, handler));
///
/// A caller whose Authorization was accepted once has a bucket of its own. All others are counted by their address, so
/// that guessing tokens is slow whichever tokens are tried, and nobody can empty a partner's bucket without its token.

#include <incar/net/http_server.hpp>
#include <incar/net/monotonic.hpp>

#include <chrono>
#include <cstddef>
#include <functional>

namespace incar::net {

/// How fast a bucket fills and how much it holds.
struct request_rate {
    double per_second = 1; ///< > 0
    double at_once = 1;    ///< >= 1
};

/// Who may ask how often, and what the others are told.
struct rate_limit_options {
    request_rate known{100, 1000}; ///< For each Authorization header that was accepted when it was last judged.

    /// For each address without one; for each network of 64 bits in IPv6. A request without an address, as tests make
    /// them, belongs to one common bucket.
    request_rate unknown{5, 50};

    /// Most callers remembered, of each kind; the one that was silent for longest is forgotten. Some hundred bytes and
    /// the length of an Authorization header each. > 0
    std::size_t callers = 10000;

    /// What a caller over its rate is told. Not set: status 429 without a body. Retry-After is added either way.
    std::function<http_response(const http_request&)> refuse;

    monotonic_clock elapsed = system_monotonic_clock();
};

/// The same handler, limited. An answer with status 200..299 means that the Authorization was accepted, 401 or 403 that
/// it was not, and others say nothing: what answers 200 to anybody, such as `with_health`, belongs outside. Retry-After
/// says the whole seconds until the caller's next request is due. Safe to call from many threads at a time. Values
/// outside their ranges are taken to the nearest end.
INCAR_NET_EXPORT http_handler limit_rate(rate_limit_options options, http_handler handler);

} // namespace incar::net
