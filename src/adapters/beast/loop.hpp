#pragma once

#include "adapters/beast/answer.hpp"

#include <incar/adapters/beast.hpp>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <thread>
#include <unordered_set>
#include <vector>

namespace incar::adapters {

namespace asio = boost::asio;
namespace beast = boost::beast;
using executor = asio::io_context::executor_type;
using tcp_socket = asio::basic_stream_socket<asio::ip::tcp, executor>;
using tls_socket = asio::ssl::stream<tcp_socket>;
using steady_time = std::chrono::steady_clock::time_point;

// A connection as its loop sees it, on the loop's thread.
class session {
public:
    virtual ~session() = default;
    virtual void leave() = 0; // when it has nothing to do, else after the answer that is due
    virtual void end() = 0;
    steady_time deadline = steady_time::max(); // when its loop ends it
};

// One thread and the connections that live on it. All but `post`, `start` and `join` is for its own thread.
class loop {
public:
    // Deadlines are met within a step.
    explicit loop(std::chrono::milliseconds step) : step_(step) {}

    template <class Task>
    void post(Task task) {
        asio::post(context_, std::move(task));
    }

    bool is_here() { return context_.get_executor().running_in_this_thread(); }

    void start() {
        thread_ = std::thread([this] { work(); });
    }

    // Runs out once the connections are gone.
    void join() {
        guard_.reset();
        if (thread_.joinable()) thread_.join();
    }

    void add(std::shared_ptr<session> fresh) {
        sessions_.insert(std::move(fresh));
        if (sessions_.size() == 1) sweep();
    }

    bool remove(const std::shared_ptr<session>& gone) {
        const bool found = sessions_.erase(gone) > 0;
        if (sessions_.empty()) timer_.cancel();
        return found;
    }

    std::vector<std::shared_ptr<session>> sessions() const { return {sessions_.begin(), sessions_.end()}; }
    asio::io_context& context() { return context_; }
    date_line& date() { return date_; }

private:
    void work() {
        while (true) try {
                context_.run();
                return;
            } catch (const std::exception&) { // no memory for one connection; the others go on
            }
    }

    void sweep() {
        timer_.expires_after(step_);
        timer_.async_wait([this](beast::error_code cancelled) {
            if (cancelled || sessions_.empty()) return;
            const steady_time now = std::chrono::steady_clock::now();
            std::vector<std::shared_ptr<session>> late;
            std::copy_if(sessions_.begin(), sessions_.end(), std::back_inserter(late),
                         [now](const auto& each) { return each->deadline <= now; });
            for (const auto& each : late) each->end();
            if (!sessions_.empty()) sweep();
        });
    }

    const std::chrono::milliseconds step_;
    asio::io_context context_{1};
    std::optional<asio::executor_work_guard<executor>> guard_{context_.get_executor()};
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, executor>
        timer_{context_};
    std::unordered_set<std::shared_ptr<session>> sessions_;
    date_line date_;
    std::thread thread_;
};

} // namespace incar::adapters
