#pragma once

/// \file
/// The port through which incar sends HTTP requests. Any function that honours the contract of `http_client::send` will
/// do; <incar/adapters/curl.hpp> is one, and a test passes a lambda that answers from a list.

#include <incar/core/expected.hpp>
#include <incar/net/error.hpp>
#include <incar/net/http.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>

namespace incar::net {

/// What one exchange may cost.
struct http_limits {
    std::chrono::milliseconds time_limit = std::chrono::seconds(30); ///< > 0. From `send` to the last byte.
    std::size_t max_body_bytes = 16u << 20;                          ///< Length of the answer's body.
};

/// Takes the answer or the reason why there is none.
using http_completion = std::function<void(expected<http_response>)>;

/// A client, by name and function. Copies send through the same client.
struct http_client {
    std::string name;

    /// Hands a request over and returns at once; may be called from any thread, also from a completion.
    ///
    /// The completion is called exactly once, whatever happens: on a thread of the client's choice, in any order among
    /// requests, possibly before `send` returns. It must neither block nor throw. Every status is an answer, also 404
    /// and 500; a redirect is handed over, never followed. Errors: `net::errc`, and incar::errc::malformed,
    /// incar::errc::out_of_range or incar::errc::missing with a place for a request that cannot be sent.
    std::function<void(http_request, const http_limits&, http_completion)> send;
};

} // namespace incar::net
