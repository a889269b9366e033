#pragma once

#include <incar/net/http_server.hpp>

#include <atomic>
#include <memory>
#include <utility>

namespace incar::adapters {

// Gives one answer to who asked, if that is still there, and at the latest when nobody is left to give it.
template <class Asker>
class pending_answer {
public:
    explicit pending_answer(std::weak_ptr<Asker> asker) : asker_(std::move(asker)) {}
    pending_answer(const pending_answer&) = delete;
    pending_answer& operator=(const pending_answer&) = delete;
    ~pending_answer() { give({500, {}, ""}); }

    void give(net::http_response answer) {
        if (given_.exchange(true)) return;
        if (const auto asker = asker_.lock()) asker->give(std::move(answer));
    }

private:
    std::weak_ptr<Asker> asker_;
    std::atomic<bool> given_{false};
};

} // namespace incar::adapters
