#pragma once

/// \file
/// A server for HTTP/1.0 and HTTP/1.1 on Boost.Beast, with or without TLS.
///
///     adapters::http_server_options options;
///     options.port = 8080;
///     auto server = adapters::http_server::start(options, handler);      // handler: net::http_handler
///     if (!server) return server.error();
///     wait_for_the_end();                                                // it serves until stopped or destroyed
///
/// Connections are kept, requests that come in one after another without waiting are answered in their order, bodies
/// come with a length or in chunks. Whatever could be read in two ways is refused: a length beside chunks, two lengths,
/// no or two hosts.

#include <incar/core/expected.hpp>
#include <incar/http_beast/export.hpp>
#include <incar/net/http_server.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace incar::adapters {

/// How a server listens and what it puts up with.
struct http_server_options {
    std::string address = "127.0.0.1"; ///< Numeric; "0.0.0.0" or "::" for every interface.
    std::uint16_t port = 0;            ///< 0: any free one, see `http_server::port`.
    int threads = 1;                   ///< > 0. Threads that move bytes and call the handler, each for its connections.
    std::string certificate_file;      ///< PEM, the chain from the server's own on. "": no TLS.
    std::string key_file;              ///< PEM. Needed with a certificate, and only then.

    std::size_t max_header_bytes = 16u << 10; ///< > 0. First line and headers of a request; more is answered 431.
    std::size_t max_body_bytes = 16u << 20;   ///< More is answered 413.
    int max_connections = 1000;               ///< > 0. Further ones wait in the system's queue until one ends.

    /// >= 0. Connections whose last request carried the same Authorization header; a request that would make one more
    /// is answered 429, and its connection closed. 0: as many as there are.
    int max_connections_per_token = 0;

    // Time limits, all > 0. A connection that reaches one is closed, at most a tenth of the shortest limit later.
    std::chrono::milliseconds header_time_limit = std::chrono::seconds(10); ///< From a request's first byte; also TLS.
    std::chrono::milliseconds body_time_limit = std::chrono::seconds(60);   ///< From the header's end to the body's.
    std::chrono::milliseconds idle_time_limit = std::chrono::seconds(60);   ///< Between two requests.
    std::chrono::milliseconds write_time_limit = std::chrono::seconds(60);  ///< For one answer.
    std::chrono::milliseconds stop_time_limit = std::chrono::seconds(5);    ///< For answers still due at `stop`.
};

/// A running server. Members may be called from any thread but the server's own: not from the handler.
///
/// To a request it adds the host (`url` is absolute) and `peer`, and it leaves out the headers that frame the message
/// or concern the connection; to an answer it adds Date unless there is one, Content-Length and Connection. A request
/// with a target or header that `net::url` or `net::headers` refuses is answered 400, one in an unknown transfer coding
/// 501, one with an unknown expectation 417. An answer with a status outside 200..599, an exception and a `respond`
/// that was dropped become 500. How long the handler takes is not limited.
class INCAR_HTTP_BEAST_EXPORT http_server {
public:
    /// Listens, and serves from now on. Errors, with the option as `where` ("/port"): errc::out_of_range and
    /// errc::malformed for an option, errc::unavailable when the address cannot be listened on or the certificate or
    /// key cannot be used.
    static expected<http_server> start(http_server_options options, net::http_handler handler);

    http_server(http_server&&) noexcept;
    http_server& operator=(http_server&&) noexcept;

    /// Stops.
    ~http_server();

    /// The port it listens on.
    std::uint16_t port() const noexcept;

    /// Accepts no more connections, closes the idle ones, waits for answers that are due and closes the rest when
    /// `stop_time_limit` is over. The handler is not called any more when it returns. A handler that blocks holds it
    /// up.
    void stop();

private:
    class running;
    explicit http_server(std::shared_ptr<running> server) noexcept;
    std::shared_ptr<running> running_;
};

} // namespace incar::adapters
