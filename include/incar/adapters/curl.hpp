#pragma once

/// \file
/// libcurl as a client for HTTP: HTTP/1.1, or HTTP/2 where TLS negotiates it, with kept connections.
///
///     adapters::curl_client client;                                  // the public internet, verified TLS
///     net::http_request request;
///     request.url = net::url::parse("https://cpo.example/ocpi/versions").value();
///     const expected<net::http_response> answer = client.fetch(request);
///     hub_of_mine(client.port());                                    // or through the port, without waiting
///
/// Made for URLs that a stranger may have supplied: an address that the policy refuses is not connected to, however its
/// name or number is spelt and whatever a name server answers the second time, because the check sees the address that
/// the connection is made to. Redirects are handed over and never followed; proxies, cookies and passwords from the
/// environment or the home folder are not used.

#include <incar/http_curl/export.hpp>
#include <incar/net/address.hpp>
#include <incar/net/http_client.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

namespace incar::adapters {

/// What holds for all requests of a client.
struct curl_options {
    net::address_policy addresses; ///< Whom to connect to. Public addresses alone unless more are allowed.
    std::string ca_file;           ///< PEM file of the only authorities to trust. "": those of the system.
    std::chrono::milliseconds connect_time_limit = std::chrono::seconds(10); ///< > 0. Name, connection and TLS.
    std::size_t max_header_bytes = 64u << 10; ///< All header lines of an answer together.
    int max_connections_per_host = 8;         ///< > 0. Further requests to the host wait for their turn.
    int max_connections = 256;                ///< > 0. Open at a time to all hosts together.
    std::string user_agent = "incar";         ///< Unless the request has a User-Agent. "": none is sent.

    /// URL of a proxy, "" for none. `addresses` then judges the proxy's address; what the proxy connects to is its own
    /// affair.
    std::string proxy;
};

/// A client with one thread of its own, which moves the bytes and calls the completions. All members may be called from
/// any thread.
///
/// Headers that frame the message or concern the connection (Host, Content-Length, Transfer-Encoding, Connection,
/// Expect and their kin) are written by the client; those in a request are left out. A body is sent with its length.
/// A request on a kept connection that the server closed without a byte of answer is sent once more on a new one.
class INCAR_HTTP_CURL_EXPORT curl_client {
public:
    /// Throws incar::exception with errc::out_of_range for an option outside its range and with errc::unavailable
    /// when libcurl cannot start.
    explicit curl_client(curl_options options = {});

    /// Cancels what is under way: each completion that has not been called is called with net::errc::cancelled, before
    /// the destructor returns unless it runs inside a completion.
    ~curl_client();

    curl_client(const curl_client&) = delete;
    curl_client& operator=(const curl_client&) = delete;

    /// This client for whoever takes any. May outlive it: then every request completes with net::errc::cancelled.
    net::http_client port() const;

    /// As `net::http_client::send`. The completion is called on the client's thread, or on the caller's for a request
    /// that cannot be sent.
    void send(net::http_request request, const net::http_limits& limits, net::http_completion completion);

    /// Sends and waits. Fails with errc::unavailable inside a completion, which must not wait.
    expected<net::http_response> fetch(net::http_request request, const net::http_limits& limits = {});

private:
    class worker;
    std::shared_ptr<worker> worker_;
};

} // namespace incar::adapters
