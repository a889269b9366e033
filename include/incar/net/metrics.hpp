#pragma once

/// \file
/// Counts what a handler answers and how long it takes, and writes it as Prometheus reads it.
///
///     const net::http_metrics metrics({"locations", "sessions", "cdrs"});
///     net::health_options health;
///     health.metrics = [=] { return metrics.text({{"hub_members", "Members that may take part.", {}, 17}}); };
///     auto server = adapters::http_server::start(listen, net::with_health(health, metrics.count(handler)));

#include <incar/net/http_server.hpp>
#include <incar/net/monotonic.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace incar::net {

/// A value at the moment of asking.
struct gauge {
    std::string name; ///< Letters, digits, '_' and ':', no digit in front; anything else is written as '_'.
    std::string help; ///< One sentence. The first one of a name counts.
    std::vector<std::pair<std::string, std::string>> labels; ///< Names as above, without ':'; any values.
    double value = 0;
};

/// The counts of a handler. Copies share them. Safe to use from many threads at a time.
class INCAR_NET_EXPORT http_metrics {
public:
    /// A request belongs to the first of these routes that is a segment of its path as written, else to "other": so
    /// the number of series is bounded, whatever strangers ask for.
    explicit http_metrics(std::vector<std::string> routes, monotonic_clock elapsed = system_monotonic_clock());

    /// The same handler, counted. What the handler drops or throws at counts as 500.
    http_handler count(http_handler handler) const;

    /// The Prometheus text format, version 0.0.4: http_requests_total by route, method and status (methods beyond those
    /// of RFC 9110 and PATCH are "other"), the histogram http_request_duration_seconds by route from 100 microseconds
    /// to 10 seconds, http_request_bytes_total and http_response_bytes_total (bodies), http_requests_in_flight, and
    /// these gauges.
    std::string text(const std::vector<gauge>& gauges = {}) const;

private:
    struct counts;
    std::shared_ptr<counts> counts_;
};

} // namespace incar::net
