#pragma once

#include "adapters/beast/callers.hpp"

#include <incar/adapters/beast.hpp>

#include <chrono>

namespace incar::adapters {

constexpr std::chrono::seconds farewell_limit{2}; // for the other side to take the last answer and hang up

// What connections need of the server; outlives them.
class connection_host {
public:
    virtual ~connection_host() = default;
    virtual const http_server_options& options() const = 0;
    virtual const net::http_handler& handler() const = 0;
    virtual bool stopping() const = 0;
    virtual callers& present() = 0;
    virtual void ended() = 0;
};

} // namespace incar::adapters
