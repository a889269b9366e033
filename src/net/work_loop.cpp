#include "net/posted.hpp"
#include "net/wake.hpp"

#include <incar/net/work_loop.hpp>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

namespace incar::net {

struct work_loop::queue : sleeper {
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<std::function<void()>> tasks;
    bool is_waiting = false;
    bool is_stopped = false;

    void wake() noexcept override {
        {
            const std::lock_guard lock(mutex);
            if (!std::exchange(is_waiting, false)) return;
        }
        changed.notify_one();
    }

    // Swaps what was posted into `batch`, which is empty; leaves it so when the deadline came first, or when the loop
    // has stopped and nothing is left, which is false.
    bool take(std::vector<std::function<void()>>& batch, std::optional<timestamp> deadline, const incar::clock& now) {
        // A clock can be set, and the loop sleeps by another: it looks at the time again now and then.
        constexpr auto longest_sleep = std::chrono::milliseconds(500);
        std::unique_lock lock(mutex);
        while (tasks.empty() && !is_stopped) {
            auto sleep = longest_sleep;
            if (deadline) {
                const auto left = *deadline - now();
                if (left <= std::chrono::milliseconds(0)) return true;
                sleep = std::min(sleep, std::chrono::duration_cast<std::chrono::milliseconds>(left));
            }
            is_waiting = true;
            changed.wait_for(lock, std::max(sleep, std::chrono::milliseconds(1)));
            is_waiting = false;
        }
        batch.swap(tasks);
        return !batch.empty() || !is_stopped;
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
    if (has_to_wake) wake(queue_);
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
    std::vector<std::function<void()>> batch;
    std::size_t done = 0; // of the batch
    while (true) {
        const auto deadline = rounds.next_deadline ? rounds.next_deadline() : std::nullopt;
        if (done == batch.size()) {
            batch.clear();
            done = 0;
            if (!shared->take(batch, deadline, now)) return;
        }
        [&]() noexcept {
            const wake_batch quietly;
            for (const std::size_t end = done + std::min(rounds.most_tasks, batch.size() - done); done < end; ++done) {
                batch[done]();
                batch[done] = nullptr; // what it holds goes before the next begins
            }
            if (deadline && *deadline <= now() && rounds.tick) rounds.tick();
        }();
        [&]() noexcept {
            const wake_batch quietly;
            if (rounds.finish) rounds.finish();
        }();
    }
}

http_client work_loop::wrap(http_client client) const {
    return posted(*this, std::move(client));
}

http_handler work_loop::wrap(http_handler handler) const {
    return posted(*this, std::move(handler));
}

} // namespace incar::net
