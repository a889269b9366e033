#pragma once

/// \file
/// Two addresses for whoever watches a server: /healthz says whether it can serve, /metrics how it does.

#include <incar/core/expected.hpp>
#include <incar/net/http_server.hpp>

#include <functional>
#include <string>

namespace incar::net {

/// What the two addresses say. The functions are called from any thread and must not block.
struct health_options {
    /// Whether it can serve. Not set: yes.
    std::function<expected<void>()> healthy;

    /// The text of `http_metrics`. Not set: there is no /metrics.
    std::function<std::string()> metrics;

    /// Who may read /metrics; others are answered 403. Not set: everybody.
    std::function<bool(const http_request&)> may_read_metrics;
};

/// The same handler, which no longer sees GET and HEAD for "/healthz" and, when there are metrics, "/metrics".
/// /healthz answers 200 "ok" to anybody, or 503 without the reason, which is for the log.
INCAR_NET_EXPORT http_handler with_health(health_options options, http_handler handler);

} // namespace incar::net
