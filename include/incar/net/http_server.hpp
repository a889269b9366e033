#pragma once

/// \file
/// The port through which incar answers HTTP requests: a handler, which a server such as <incar/adapters/beast.hpp>
/// calls for each request.
///
///     net::http_handler handler = net::answer_at_once([](const net::http_request& request) {
///         return net::http_response{200, {{"Content-Type", "text/plain"}}, "you asked for " + request.url.target()};
///     });

#include <incar/net/export.hpp>
#include <incar/net/http.hpp>

#include <functional>

namespace incar::net {

/// Gives the answer to one request. May be called from any thread, at once or later, also after the server is gone;
/// only the first call counts. When all copies are destroyed uncalled the server answers 500.
using http_respond = std::function<void(http_response)>;

/// Handles one request. Called from several threads at once when the server has several. It may keep `respond` and
/// answer later; it must not block longer than the other requests on its thread can wait. An exception is answered with
/// status 500, unless there is an answer already.
using http_handler = std::function<void(http_request, http_respond)>;

/// A handler that has its answer ready when it returns.
INCAR_NET_EXPORT http_handler answer_at_once(std::function<http_response(const http_request&)> handler);

} // namespace incar::net
