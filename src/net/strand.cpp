#include <incar/net/strand.hpp>

#include <deque>
#include <mutex>

namespace incar::net {

struct strand::queue {
    std::mutex mutex;
    std::deque<std::function<void()>> tasks;
    bool is_running = false;

    void run() noexcept {
        while (true) {
            std::function<void()> task;
            {
                const std::lock_guard lock(mutex);
                if (tasks.empty()) {
                    is_running = false;
                    return;
                }
                task = std::move(tasks.front());
                tasks.pop_front();
            }
            task();
        }
    }
};

strand::strand() : queue_(std::make_shared<queue>()) {}

void strand::post(std::function<void()> task) const {
    const auto shared = queue_;
    {
        const std::lock_guard lock(shared->mutex);
        shared->tasks.push_back(std::move(task));
        if (shared->is_running) return;
        shared->is_running = true;
    }
    shared->run();
}

http_client strand::wrap(http_client client) const {
    const auto send = [self = *this, real = std::move(client.send)](http_request request, const http_limits& limits,
                                                                    http_completion done) {
        real(std::move(request), limits, [self, done = std::move(done)](expected<http_response> answer) {
            self.post([done, answer = std::move(answer)]() mutable { done(std::move(answer)); });
        });
    };
    return {std::move(client.name), send};
}

http_handler strand::wrap(http_handler handler) const {
    return [self = *this, handler = std::move(handler)](http_request request, http_respond respond) {
        self.post([handler, request = std::move(request), respond = std::move(respond)]() mutable {
            try {
                handler(std::move(request), respond);
            } catch (...) {
                respond({500, {}, ""});
            }
        });
    };
}

} // namespace incar::net
