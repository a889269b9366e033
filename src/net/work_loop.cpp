#include "net/posted.hpp"

#include <incar/net/work_loop.hpp>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>

namespace incar::net {

struct work_loop::queue {
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<std::function<void()>> tasks;
    bool is_waiting = false;
    bool is_stopped = false;

    // Up to `most` tasks; empty when the deadline came first, or when the loop has stopped and nothing is left.
    std::deque<std::function<void()>> take(std::size_t most, std::optional<timestamp> deadline,
                                           const incar::clock& now) {
        // A clock can be set, and the loop sleeps by another: it looks at the time again now and then.
        constexpr auto longest_sleep = std::chrono::milliseconds(500);
        std::unique_lock lock(mutex);
        while (tasks.empty() && !is_stopped) {
            auto sleep = longest_sleep;
            if (deadline) {
                const auto left = *deadline - now();
                if (left <= std::chrono::milliseconds(0)) return {};
                sleep = std::min(sleep, std::chrono::duration_cast<std::chrono::milliseconds>(left));
            }
            is_waiting = true;
            changed.wait_for(lock, std::max(sleep, std::chrono::milliseconds(1)));
            is_waiting = false;
        }
        std::deque<std::function<void()>> batch;
        if (tasks.size() <= most) {
            batch.swap(tasks);
        } else {
            std::move(tasks.begin(), tasks.begin() + static_cast<std::ptrdiff_t>(most), std::back_inserter(batch));
            tasks.erase(tasks.begin(), tasks.begin() + static_cast<std::ptrdiff_t>(most));
        }
        return batch;
    }
};

work_loop::work_loop() : queue_(std::make_shared<queue>()) {}

void work_loop::post(std::function<void()> task) const {
    bool has_to_wake = false;
    {
        const std::lock_guard lock(queue_->mutex);
        if (queue_->is_stopped) return; // the task dies with its caller, outside the lock
        queue_->tasks.push_back(std::move(task));
        has_to_wake = queue_->is_waiting;
    }
    if (has_to_wake) queue_->changed.notify_one();
}

void work_loop::stop() const {
    {
        const std::lock_guard lock(queue_->mutex);
        queue_->is_stopped = true;
    }
    queue_->changed.notify_all();
}

void work_loop::run(const work_rounds& rounds, const incar::clock& now) const {
    const auto shared = queue_;
    const auto finish = [&]() noexcept {
        if (rounds.finish) rounds.finish();
    };
    while (true) {
        const auto deadline = rounds.next_deadline ? rounds.next_deadline() : std::nullopt;
        auto batch = shared->take(rounds.most_tasks, deadline, now);
        if (batch.empty()) {
            const std::lock_guard lock(shared->mutex);
            if (shared->is_stopped && shared->tasks.empty()) return;
        }
        for (auto& task : batch) {
            [&]() noexcept { task(); }();
            task = nullptr; // what it holds goes before the next begins
        }
        if (deadline && *deadline <= now() && rounds.tick) rounds.tick();
        finish();
    }
}

http_client work_loop::wrap(http_client client) const {
    return posted(*this, std::move(client));
}

http_handler work_loop::wrap(http_handler handler) const {
    return posted(*this, std::move(handler));
}

} // namespace incar::net
