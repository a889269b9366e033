#pragma once

// Clients and handlers whose work is done by something that takes tasks.

#include <incar/net/http_client.hpp>
#include <incar/net/http_server.hpp>

#include <memory>

namespace incar::net {

// `queue` has `post(std::function<void()>) const` and is copied.
template <class Queue>
http_client posted(const Queue& queue, http_client client) {
    const auto send = [queue, real = std::move(client.send)](http_request request, const http_limits& limits,
                                                             http_completion done) {
        real(std::move(request), limits, [queue, done = std::move(done)](expected<http_response> answer) mutable {
            queue.post([done = std::move(done), answer = std::move(answer)]() mutable { done(std::move(answer)); });
        });
    };
    return {std::move(client.name), send};
}

template <class Queue>
http_handler posted(const Queue& queue, http_handler handler) {
    const auto shared = std::make_shared<const http_handler>(std::move(handler));
    return [queue, shared](http_request request, http_respond respond) {
        queue.post([shared, request = std::move(request), respond = std::move(respond)]() mutable {
            try {
                (*shared)(std::move(request), respond);
            } catch (...) {
                respond({500, {}, ""});
            }
        });
    };
}

} // namespace incar::net
