#include "net/observed.hpp"
#include "net/prometheus.hpp"

#include <incar/net/metrics.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string_view>
#include <tuple>

namespace incar::net {
namespace {

constexpr std::array<double, 16> bounds = {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                           0.05,   0.1,     0.25,   0.5,   1,      2.5,   5,    10};
constexpr std::string_view methods[] = {"GET",    "HEAD",    "POST",    "PUT",   "PATCH",
                                        "DELETE", "OPTIONS", "CONNECT", "TRACE", "other"};

std::size_t method_of(std::string_view name) {
    return static_cast<std::size_t>(std::find(std::begin(methods), std::end(methods) - 1, name) - methods);
}

struct histogram {
    std::array<std::uint64_t, bounds.size() + 1> counts{};
    double sum = 0;

    void add(double seconds) {
        ++counts[static_cast<std::size_t>(std::lower_bound(bounds.begin(), bounds.end(), seconds) - bounds.begin())];
        sum += seconds;
    }
};

} // namespace

struct http_metrics::counts {
    counts(std::vector<std::string> names, monotonic_clock given)
        : routes(std::move(names)), elapsed(std::move(given)), durations(routes.size() + 1) {
        routes.emplace_back("other");
    }

    std::size_t route_of(const url& asked) const {
        for (std::size_t i = 0; i + 1 < routes.size(); ++i)
            if (has_segment(asked.path(), routes[i])) return i;
        return routes.size() - 1;
    }

    static bool has_segment(std::string_view path, std::string_view name) {
        for (std::size_t at = 0; (at = path.find(name, at)) != std::string_view::npos; ++at)
            if (at > 0 && path[at - 1] == '/' && (at + name.size() == path.size() || path[at + name.size()] == '/'))
                return true;
        return false;
    }

    std::vector<std::string> routes;
    const monotonic_clock elapsed;

    std::mutex mutex; // guards the rest
    std::vector<histogram> durations;
    std::map<std::tuple<std::size_t, std::size_t, int>, std::uint64_t> requests;
    std::uint64_t bytes_in = 0, bytes_out = 0;
    std::uint64_t in_flight = 0;
};

http_metrics::http_metrics(std::vector<std::string> routes, monotonic_clock elapsed)
    : counts_(std::make_shared<counts>(std::move(routes), std::move(elapsed))) {}

http_handler http_metrics::count(http_handler handler) const {
    return [all = counts_, handler = std::move(handler)](http_request request, http_respond respond) {
        const std::size_t route = all->route_of(request.url), method = method_of(request.method);
        {
            const std::lock_guard lock(all->mutex);
            all->bytes_in += request.body.size();
            ++all->in_flight;
        }
        auto see = [all, route, method, begin = all->elapsed()](const http_response& answer) {
            const std::chrono::duration<double> took = all->elapsed() - begin;
            const std::lock_guard lock(all->mutex);
            all->durations[route].add(took.count());
            ++all->requests[{route, method, answer.status}];
            all->bytes_out += answer.body.size();
            --all->in_flight;
        };
        handle_observed(handler, std::move(request), std::move(respond), std::move(see));
    };
}

std::string http_metrics::text(const std::vector<gauge>& gauges) const {
    prometheus_text out;
    {
        const std::lock_guard lock(counts_->mutex);
        out.begin("http_requests_total", "counter", "Requests that were answered.");
        for (const auto& [key, number] : counts_->requests) {
            const auto& [route, method, status] = key;
            out.sample("http_requests_total",
                       {{"route", counts_->routes[route]},
                        {"method", std::string(methods[method])},
                        {"status", std::to_string(status)}},
                       static_cast<double>(number));
        }
        out.begin("http_request_duration_seconds", "histogram", "From the request's last byte to its answer.");
        for (std::size_t route = 0; route < counts_->routes.size(); ++route) {
            const histogram& found = counts_->durations[route];
            const std::string& name = counts_->routes[route];
            double total = 0;
            for (std::size_t i = 0; i <= bounds.size(); ++i) {
                total += static_cast<double>(found.counts[i]);
                out.sample("http_request_duration_seconds_bucket",
                           {{"route", name}, {"le", i < bounds.size() ? prometheus_number(bounds[i]) : "+Inf"}}, total);
            }
            out.sample("http_request_duration_seconds_sum", {{"route", name}}, found.sum);
            out.sample("http_request_duration_seconds_count", {{"route", name}}, total);
        }
        const std::tuple<const char*, const char*, const char*, std::uint64_t> plain[] = {
            {"http_request_bytes_total", "counter", "Bytes in the bodies of requests.", counts_->bytes_in},
            {"http_response_bytes_total", "counter", "Bytes in the bodies of answers.", counts_->bytes_out},
            {"http_requests_in_flight", "gauge", "Requests that wait for their answer.", counts_->in_flight},
        };
        for (const auto& [name, type, help, value] : plain) {
            out.begin(name, type, help);
            out.sample(name, {}, static_cast<double>(value));
        }
    }
    std::vector<gauge> sorted = gauges;
    for (gauge& each : sorted) each.name = prometheus_name(each.name, true);
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const gauge& left, const gauge& right) { return left.name < right.name; });
    const gauge* before = nullptr;
    for (const gauge& each : sorted) {
        if (!before || before->name != each.name) out.begin(each.name, "gauge", each.help);
        out.sample(each.name, each.labels, each.value);
        before = &each;
    }
    return out.text();
}

} // namespace incar::net
