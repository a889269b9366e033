#pragma once

/// \file
/// A hub with everything it needs to run: SQLite or memory for the store, libcurl for the way out, Boost.Beast for the
/// way in, OpenSSL for the secrets, and one thread that does the work in batches.
///
///     auto running = service::start(options);
///     if (!running) return running.error();
///     (*running)->run();                                       // until stop(), from any thread

#include <incar/core/log.hpp>
#include <incar/hub/options.hpp>

#include <memory>
#include <string>
#include <vector>

namespace incar::program {

/// What can be set from the command line.
struct service_options {
    std::string store = "memory";          ///< or "sqlite:FILE"
    std::string listen = "127.0.0.1:8080"; ///< ADDRESS:PORT; port 0 is any free one.
    std::string public_url;                ///< What members are told. "": http:// and where it listens.
    std::string certificate_file;          ///< PEM; with key_file for TLS.
    std::string key_file;
    std::string secrets_file; ///< The key to the kept tokens. "": the store's file and ".key".
    std::string admin_token;
    std::string app_token; ///< Or several, separated by commas: while one is being replaced.
    std::vector<net::address_block> allowed_addresses; ///< Beside the public ones, for requests to members.
    hub::hub_options hub;                              ///< Without the base URL.
    log_sink log = stderr_log(log_level::info);
    bool access_log = false;
    double requests_per_second = 1000; ///< Of a member; four times as many at once.
};

class service {
public:
    /// Listens and takes up the store; nothing is answered before `run`. Errors name the option ("--store").
    static expected<std::unique_ptr<service>> start(service_options options);
    ~service();

    /// Where the versions, the administrator's API and the drivers' API are. Beside them: /healthz, and /metrics for
    /// who has the administrator's token.
    net::url versions_url() const;
    net::url admin_url() const;
    net::url app_url() const;

    /// Serves on the calling thread until `stop`; then answers what has begun.
    void run();

    /// From any thread but those of the server.
    void stop();

private:
    struct parts;
    explicit service(std::unique_ptr<parts> made);
    std::unique_ptr<parts> parts_;
};

} // namespace incar::program
