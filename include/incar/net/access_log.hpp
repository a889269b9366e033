#pragma once

/// \file
/// A line in the log for each request that a handler answered, without anything in it that would open a door.
///
///     net::access_log_options options;
///     options.log = stderr_log(log_level::info);
///     options.fingerprint = ports.fingerprint;
///     auto server = adapters::http_server::start(listen, net::log_access(options, handler));
///
///     info access: PUT /ocpi/2.2.1/locations/receiver/NL/ABC/LOC1 200 in=2089 out=71 us=153 peer=192.0.2.7
///     request=9d4e... correlation=77ab... token=5bdcc146

#include <incar/core/log.hpp>
#include <incar/net/http_server.hpp>
#include <incar/net/monotonic.hpp>

#include <functional>
#include <string>
#include <vector>

namespace incar::net {

/// What is written about a request, and where.
struct access_log_options {
    log_sink log; ///< Called from every thread that answers, at level info; at warning for a status from 500 on.

    /// A digest of the Authorization header; its first eight characters tell callers apart. Not set: they are not told
    /// apart. The header itself is never written.
    std::function<std::string(const std::string&)> fingerprint;

    /// Ends of paths with a secret or a person in them, "*" for any segment and "!" for one to hide. The first that
    /// fits counts. These are OCPI's: response URLs and the identifiers of drivers' tokens.
    std::vector<std::string> secrets = {
        "commands/sender/*/!",
        "chargingprofiles/sender/results/!",
        "tokens/receiver/*/*/!",
        "tokens/sender/!/authorize",
    };

    monotonic_clock elapsed = system_monotonic_clock();
};

/// The same handler, logged. Of the query the values of date_from, date_to, limit, offset and type are shown, the
/// others as ***. A path is cut after 256 bytes, an id of request or correlation after 64 and percent-encoded: no
/// request can write two lines or another field. A request that the handler drops or throws at counts as 500. What the
/// server refuses by itself is not seen here. Safe to call from many threads at a time.
INCAR_NET_EXPORT http_handler log_access(access_log_options options, http_handler handler);

} // namespace incar::net
