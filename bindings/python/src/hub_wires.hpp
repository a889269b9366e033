#pragma once

// Requests between a hub and its parties in one process: they wait until nothing else is being done.

#include <incar/net/http_client.hpp>
#include <incar/net/http_server.hpp>

#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <string>
#include <utility>

namespace incar::python {

class wires {
public:
    std::map<std::string, net::http_handler> hosts; // by authority
    // Asked for all other hosts. Not set: there is nobody.
    std::function<expected<net::http_response>(const net::http_request&)> outside;

    net::http_client client() {
        return {"in process", [this](net::http_request request, const net::http_limits&, net::http_completion done) {
                    queue_.push_back({std::move(request), std::move(done)});
                }};
    }

    // Calls a function of the host's. What it raises is raised again by `run`, when the hub has come to an end.
    template <class Call>
    void guard(const Call& call) {
        try {
            call();
        } catch (...) {
            if (!raised_) raised_ = std::current_exception();
        }
    }

    void run() {
        if (std::exchange(is_running_, true)) return; // whoever runs comes to it
        while (!queue_.empty()) {
            auto [request, done] = std::move(queue_.front());
            queue_.pop_front();
            const auto host = hosts.find(std::string(request.url.authority()));
            if (host != hosts.end()) {
                const net::http_handler handler = host->second;
                handler(std::move(request), [done = done](net::http_response response) { done(std::move(response)); });
                continue;
            }
            expected<net::http_response> answer = error{net::errc::not_resolved, "", "there is nobody at this address"};
            if (outside) guard([&] { answer = outside(request); });
            done(std::move(answer));
        }
        is_running_ = false;
        if (raised_) std::rethrow_exception(std::exchange(raised_, nullptr));
    }

private:
    struct message {
        net::http_request request;
        net::http_completion done;
    };
    std::deque<message> queue_;
    std::exception_ptr raised_;
    bool is_running_ = false;
};

} // namespace incar::python
