#include "adapters/curl/transfer.hpp"
#include "net/wake.hpp"

#include <algorithm>
#include <future>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace incar::adapters {
namespace {

void require(bool good, const char* option) {
    if (!good) throw exception(error{errc::out_of_range, option, "is outside its range"});
}

curl_options checked(curl_options options) {
    require(options.connect_time_limit.count() > 0, "/connect_time_limit");
    require(options.max_header_bytes > 0, "/max_header_bytes");
    require(options.max_connections_per_host > 0, "/max_connections_per_host");
    require(options.max_connections > 0, "/max_connections");
    return options;
}

error cancelled() {
    return {net::errc::cancelled, "", "the client is gone"};
}

} // namespace

// The thread and what it shares with the callers: a queue, and nothing else.
class curl_client::worker : public net::sleeper, public std::enable_shared_from_this<worker> {
public:
    using clock = sockets::clock;

    explicit worker(curl_options options)
        : options_(std::make_shared<const curl_options>(checked(std::move(options)))) {
        static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
        if (started == CURLE_OK) multi_.reset(curl_multi_init());
        if (!multi_ || !sockets_.is_good()) throw exception(error{errc::unavailable, "", "libcurl cannot start"});
        sockets_.serve(multi_.get());
        const auto set = [this](CURLMoption option, int value) {
            curl_multi_setopt(multi_.get(), option, static_cast<long>(value));
        };
        set(CURLMOPT_MAX_HOST_CONNECTIONS, options_->max_connections_per_host);
        set(CURLMOPT_MAX_TOTAL_CONNECTIONS, options_->max_connections);
        set(CURLMOPT_MAXCONNECTS, options_->max_connections);
    }

    worker(const worker&) = delete;
    worker& operator=(const worker&) = delete;

    void start() {
        try {
            thread_ = std::thread([self = shared_from_this()] { self->run(); });
        } catch (const std::system_error& failure) {
            throw exception(error{errc::unavailable, "", std::string("no thread for libcurl: ") + failure.what()});
        }
    }

    void stop() {
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            stopping_ = true;
        }
        sockets_.interrupt();
        if (is_own_thread())
            thread_.detach();
        else
            thread_.join();
    }

    bool is_own_thread() const { return std::this_thread::get_id() == thread_.get_id(); }

    void send(net::http_request request, const net::http_limits& limits, net::http_completion completion) {
        if (const auto good = order::check(request, limits); !good) return completion(good.error());
        constexpr auto longest = std::chrono::milliseconds(std::chrono::hours(24 * 365));
        const auto deadline = clock::now() + std::min(limits.time_limit, longest);
        bool has_to_wake = false;
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            if (!stopping_) {
                queue_.push_back({std::move(request), limits, std::move(completion), deadline});
                has_to_wake = sleeping_;
            }
        }
        if (completion) return completion(cancelled());
        if (has_to_wake) net::wake(shared_from_this());
    }

    void wake() noexcept override {
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            if (!std::exchange(sleeping_, false)) return;
        }
        sockets_.interrupt();
    }

private:
    using owned = std::unique_ptr<transfer>;

    void run() {
        while (accept()) {
            sockets_.act();
            {
                const net::wake_batch results;
                hand_over_finished();
                hand_over_late();
            }
            sockets_.wait(may_sleep() ? soonest_ : clock::time_point());
        }
        while (!active_.empty()) end(*active_.back(), [](transfer&) { return cancelled(); });
    }

    // Starts what was queued. False when the client is going.
    bool accept() {
        bool going = false;
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            fresh_.swap(queue_);
            going = stopping_;
            sleeping_ = false;
        }
        for (order& each : fresh_) {
            if (going)
                each.complete(cancelled());
            else if (!start(each))
                each.complete(error{errc::unavailable, "", "libcurl takes no further request"});
        }
        fresh_.clear();
        return !going;
    }

    bool may_sleep() {
        const std::lock_guard<std::mutex> lock(mutex_);
        return sleeping_ = queue_.empty() && !stopping_;
    }

    bool start(order& wanted) {
        owned with;
        if (idle_.empty()) {
            with = std::make_unique<transfer>(options_, sockets_);
        } else {
            with = std::move(idle_.back());
            idle_.pop_back();
        }
        if (!with->start(wanted)) return false;
        if (curl_multi_add_handle(multi_.get(), with->handle()) != CURLM_OK) {
            wanted = with->take_order();
            return false;
        }
        soonest_ = std::min(soonest_, with->deadline());
        with->place = active_.size();
        active_.push_back(std::move(with));
        return true;
    }

    // Takes it out and gives its caller what `result` makes of it.
    template <class Result>
    void end(transfer& which, const Result& result) {
        curl_multi_remove_handle(multi_.get(), which.handle());
        std::swap(active_[which.place], active_.back());
        active_[which.place]->place = which.place;
        owned done = std::move(active_.back());
        active_.pop_back();
        expected<net::http_response> answer = result(*done);
        order ended = done->take_order();
        if (done->can_start_another() && idle_.size() < static_cast<std::size_t>(options_->max_connections))
            idle_.push_back(std::move(done));
        ended.complete(std::move(answer));
    }

    void hand_over_finished() {
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
            if (message->msg != CURLMSG_DONE) continue;
            transfer* which = nullptr;
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &which);
            finished_.emplace_back(which, message->data.result);
        }
        for (const auto& [which, code] : finished_)
            end(*which, [code = code](transfer& each) { return each.finish(code); });
        finished_.clear();
    }

    // libcurl's own time limit does not run while a request waits for a connection.
    void hand_over_late() {
        const auto now = clock::now();
        if (now < soonest_) return;
        soonest_ = clock::time_point::max();
        for (std::size_t i = active_.size(); i-- > 0;) { // what takes the place of one that goes has been looked at
            if (active_[i]->deadline() > now)
                soonest_ = std::min(soonest_, active_[i]->deadline());
            else
                end(*active_[i], [](transfer& each) {
                    return each.failure(net::errc::timed_out, "there was no whole answer within the time limit");
                });
        }
    }

    struct multi_cleanup {
        void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
    };

    std::shared_ptr<const curl_options> options_;
    sockets sockets_;
    std::unique_ptr<CURLM, multi_cleanup> multi_;
    std::thread thread_;

    std::mutex mutex_;
    std::vector<order> queue_; // guarded, as are the next two
    bool stopping_ = false;
    bool sleeping_ = false; // and the queue was empty then

    std::vector<order> fresh_; // the thread's own, as is all below
    std::vector<owned> active_, idle_;
    std::vector<std::pair<transfer*, CURLcode>> finished_;
    clock::time_point soonest_ =
        clock::time_point::max(); // of the deadlines; of one that is gone until it is looked at
};

curl_client::curl_client(curl_options options) : worker_(std::make_shared<worker>(std::move(options))) {
    worker_->start();
}

curl_client::~curl_client() {
    worker_->stop();
}

net::http_client curl_client::port() const {
    return {"curl", [worker = worker_](net::http_request request, const net::http_limits& limits,
                                       net::http_completion completion) {
                worker->send(std::move(request), limits, std::move(completion));
            }};
}

void curl_client::send(net::http_request request, const net::http_limits& limits, net::http_completion completion) {
    worker_->send(std::move(request), limits, std::move(completion));
}

expected<net::http_response> curl_client::fetch(net::http_request request, const net::http_limits& limits) {
    if (worker_->is_own_thread()) return error{errc::unavailable, "", "a completion must not wait"};
    std::promise<expected<net::http_response>> promise;
    auto answer = promise.get_future();
    send(std::move(request), limits,
         [&](expected<net::http_response> result) { promise.set_value(std::move(result)); });
    net::wake_all_owed();
    return answer.get();
}

} // namespace incar::adapters
