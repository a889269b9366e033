#include "net/observed.hpp"

#include <incar/net/rate_limit.hpp>

#include <algorithm>
#include <cmath>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace incar::net {
namespace {

using nanoseconds = std::chrono::nanoseconds;

// Callers and what is left in their buckets, the last to ask in front.
class buckets {
public:
    buckets(request_rate rate, std::size_t most)
        : rate_{std::max(rate.per_second, 1e-6), std::max(rate.at_once, 1.0)}, most_(std::max<std::size_t>(most, 1)) {}

    bool knows(std::string_view caller) const { return places_.count(caller) > 0; }

    void add(std::string_view caller, nanoseconds now) { bucket_of(caller, now); }

    void forget(std::string_view caller) {
        const auto found = places_.find(caller);
        if (found == places_.end()) return;
        const auto place = found->second;
        places_.erase(found);
        order_.erase(place);
    }

    // 0 when a request may pass, else the seconds until one may.
    double take(std::string_view caller, nanoseconds now) {
        bucket& mine = bucket_of(caller, now);
        const std::chrono::duration<double> passed = std::max(now - mine.at, nanoseconds{0});
        mine.left = std::min(rate_.at_once, mine.left + passed.count() * rate_.per_second);
        mine.at = now;
        if (mine.left < 1) return (1 - mine.left) / rate_.per_second;
        mine.left -= 1;
        return 0;
    }

private:
    struct bucket {
        std::string caller;
        double left;
        nanoseconds at;
    };

    bucket& bucket_of(std::string_view caller, nanoseconds now) {
        const auto found = places_.find(caller);
        if (found != places_.end()) {
            order_.splice(order_.begin(), order_, found->second);
            return order_.front();
        }
        if (places_.size() >= most_) {
            places_.erase(order_.back().caller);
            order_.pop_back();
        }
        order_.push_front({std::string(caller), rate_.at_once, now});
        places_.emplace(order_.front().caller, order_.begin());
        return order_.front();
    }

    request_rate rate_;
    std::size_t most_;
    std::list<bucket> order_;
    std::unordered_map<std::string_view, std::list<bucket>::iterator> places_; // views into `order_`
};

std::string address_of(const http_request& request) {
    if (!request.peer) return "";
    const auto& bytes = request.peer->bytes();
    return std::string(bytes.begin(), request.peer->is_v4() ? bytes.end() : bytes.begin() + 8);
}

struct callers {
    explicit callers(rate_limit_options given)
        : options(std::move(given)), known(options.known, options.callers), unknown(options.unknown, options.callers) {}

    double take(const std::string& authorization, const std::string& address) {
        const nanoseconds now = options.elapsed();
        const std::lock_guard lock(mutex);
        return known.knows(authorization) ? known.take(authorization, now) : unknown.take(address, now);
    }

    void learn(const std::string& authorization, int status) {
        const nanoseconds now = options.elapsed();
        const std::lock_guard lock(mutex);
        if (status == 401 || status == 403) known.forget(authorization);
        if (status / 100 == 2 && !known.knows(authorization)) known.add(authorization, now);
    }

    const rate_limit_options options;
    std::mutex mutex; // guards the rest
    buckets known, unknown;
};

http_response refusal(const rate_limit_options& options, const http_request& request, double seconds) {
    http_response answer = options.refuse ? options.refuse(request) : http_response{429, {}, ""};
    const double whole = std::min(std::ceil(seconds), 86400.0);
    answer.headers.set("Retry-After", std::to_string(static_cast<long>(std::max(whole, 1.0)))).value();
    return answer;
}

} // namespace

http_handler limit_rate(rate_limit_options options, http_handler handler) {
    const auto all = std::make_shared<callers>(std::move(options));
    return [all, handler = std::move(handler)](http_request request, http_respond respond) {
        const std::string* header = request.headers.find("Authorization");
        std::string authorization = header ? *header : "";
        const double seconds = all->take(authorization, address_of(request));
        if (seconds > 0) return respond(refusal(all->options, request, seconds));
        if (authorization.empty()) return handler(std::move(request), std::move(respond));
        auto see = [all, authorization = std::move(authorization)](const http_response& answer) {
            all->learn(authorization, answer.status);
        };
        handle_observed(handler, std::move(request), std::move(respond), std::move(see));
    };
}

} // namespace incar::net
