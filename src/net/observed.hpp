#pragma once

// Handlers that look at the answers of another.

#include <incar/net/http_server.hpp>

#include <atomic>
#include <memory>
#include <utility>

namespace incar::net {

// `See` is called once for each request, on the thread of the answer, with what goes out; with an empty 500 when the
// handler throws or destroys its `respond` uncalled, as the server answers then.
template <class See>
class observed {
public:
    observed(See see, http_respond respond) : see_(std::move(see)), respond_(std::move(respond)) {}
    observed(const observed&) = delete;
    observed& operator=(const observed&) = delete;
    ~observed() { see({500, {}, ""}); }

    void see(const http_response& answer) {
        if (!seen_.exchange(true)) see_(answer);
    }

    void give(http_response answer) {
        see(answer);
        respond_(std::move(answer));
    }

private:
    See see_;
    http_respond respond_;
    std::atomic<bool> seen_{false};
};

template <class See>
void handle_observed(const http_handler& handler, http_request request, http_respond respond, See see) {
    const auto watched = std::make_shared<observed<See>>(std::move(see), std::move(respond));
    try {
        handler(std::move(request), [watched](http_response answer) { watched->give(std::move(answer)); });
    } catch (...) {
        watched->see({500, {}, ""});
        throw;
    }
}

} // namespace incar::net
