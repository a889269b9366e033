#include "net/posted.hpp"

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
    return posted(*this, std::move(client));
}

http_handler strand::wrap(http_handler handler) const {
    return posted(*this, std::move(handler));
}

} // namespace incar::net
