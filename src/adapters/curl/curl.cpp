#include "adapters/curl/transfer.hpp"

#include <algorithm>
#include <future>
#include <mutex>
#include <set>
#include <system_error>
#include <thread>
#include <unordered_map>
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
class curl_client::worker : public std::enable_shared_from_this<worker> {
public:
    explicit worker(curl_options options)
        : options_(std::make_shared<const curl_options>(checked(std::move(options)))) {
        static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
        if (started == CURLE_OK) multi_ = curl_multi_init();
        if (!multi_) throw exception(error{errc::unavailable, "", "libcurl cannot start"});
        curl_multi_setopt(multi_, CURLMOPT_MAX_HOST_CONNECTIONS, static_cast<long>(options_->max_connections_per_host));
        curl_multi_setopt(multi_, CURLMOPT_MAX_TOTAL_CONNECTIONS, static_cast<long>(options_->max_connections));
        curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, static_cast<long>(options_->max_connections));
    }

    ~worker() { curl_multi_cleanup(multi_); }
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
        curl_multi_wakeup(multi_);
        if (is_own_thread())
            thread_.detach();
        else
            thread_.join();
    }

    bool is_own_thread() const { return std::this_thread::get_id() == thread_.get_id(); }

    void send(net::http_request request, const net::http_limits& limits, net::http_completion completion) {
        if (const auto good = transfer::check(request, limits); !good) return completion(good.error());
        auto each = std::make_unique<transfer>(std::move(request), limits, std::move(completion), options_);
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            if (!stopping_) queue_.push_back(std::move(each));
        }
        if (each) return each->complete(cancelled());
        curl_multi_wakeup(multi_);
    }

private:
    using owned = std::unique_ptr<transfer>;

    void run() {
        while (accept()) {
            int running = 0;
            curl_multi_perform(multi_, &running);
            hand_over_finished();
            hand_over_late();
            curl_multi_poll(multi_, nullptr, 0, milliseconds_to_next_deadline(), nullptr);
        }
        while (!active_.empty()) take_out(active_.begin()->first)->complete(cancelled());
    }

    // Starts what was queued. False when the client is going.
    bool accept() {
        std::vector<owned> fresh;
        bool going = false;
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            fresh.swap(queue_);
            going = stopping_;
        }
        for (owned& each : fresh) {
            if (going) {
                each->complete(cancelled());
                continue;
            }
            const auto handle = each->start();
            if (!handle || curl_multi_add_handle(multi_, *handle) != CURLM_OK) {
                each->complete(handle ? error{errc::unavailable, "", "libcurl takes no further request"}
                                      : handle.error());
                continue;
            }
            deadlines_.emplace(each->deadline(), *handle);
            active_.emplace(*handle, std::move(each));
        }
        return !going;
    }

    owned take_out(CURL* handle) {
        const auto found = active_.find(handle);
        owned result = std::move(found->second);
        active_.erase(found);
        deadlines_.erase({result->deadline(), handle});
        curl_multi_remove_handle(multi_, handle);
        return result;
    }

    void hand_over_finished() {
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
            if (message->msg != CURLMSG_DONE) continue;
            const CURLcode code = message->data.result; // the message dies with the handle's place in the multi
            const owned done = take_out(message->easy_handle);
            done->complete(done->finish(code));
        }
    }

    // libcurl's own time limit does not run while a request waits for a connection.
    void hand_over_late() {
        const auto now = transfer::clock::now();
        while (!deadlines_.empty() && deadlines_.begin()->first <= now) {
            const owned late = take_out(deadlines_.begin()->second);
            late->complete(late->failure(net::errc::timed_out, "there was no whole answer within the time limit"));
        }
    }

    int milliseconds_to_next_deadline() const {
        constexpr std::chrono::milliseconds longest = std::chrono::minutes(1);
        if (deadlines_.empty()) return static_cast<int>(longest.count());
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(deadlines_.begin()->first - transfer::clock::now());
        return static_cast<int>(std::clamp(left, std::chrono::milliseconds(0), longest).count());
    }

    std::shared_ptr<const curl_options> options_;
    CURLM* multi_ = nullptr;
    std::thread thread_;

    std::mutex mutex_;
    std::vector<owned> queue_; // guarded, as is the next
    bool stopping_ = false;

    std::unordered_map<CURL*, owned> active_; // the thread's own, as is the next
    std::set<std::pair<transfer::clock::time_point, CURL*>> deadlines_;
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
    return answer.get();
}

} // namespace incar::adapters
