#include <incar/net/health.hpp>

#include <memory>
#include <utility>

namespace incar::net {
namespace {

http_response plain(int status, std::string text) {
    return {status, {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}}, std::move(text)};
}

http_response metrics(const health_options& options, const http_request& request) {
    if (options.may_read_metrics && !options.may_read_metrics(request)) return plain(403, "forbidden\n");
    return {200,
            {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}, {"Cache-Control", "no-store"}},
            options.metrics()};
}

} // namespace

http_handler with_health(health_options options, http_handler handler) {
    const auto shared = std::make_shared<const health_options>(std::move(options));
    return [shared, handler = std::move(handler)](http_request request, http_respond respond) {
        const bool reads = request.method == "GET" || request.method == "HEAD";
        const std::string_view path = request.url.path();
        if (reads && path == "/healthz") {
            const bool good = !shared->healthy || shared->healthy();
            return respond(good ? plain(200, "ok\n") : plain(503, "unavailable\n"));
        }
        if (reads && path == "/metrics" && shared->metrics) return respond(metrics(*shared, request));
        handler(std::move(request), std::move(respond));
    };
}

} // namespace incar::net
