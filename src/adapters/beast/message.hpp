#pragma once

// Between Beast's messages and ours. Included by beast.cpp alone, as is every file in this folder.

#include <incar/core/ci_string.hpp>
#include <incar/core/timestamp.hpp>
#include <incar/net/http.hpp>

#include <boost/beast/http.hpp>

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>

namespace incar::adapters {

namespace http = boost::beast::http;

inline std::string_view view(boost::beast::string_view text) {
    return {text.data(), text.size()};
}

inline boost::beast::string_view view(std::string_view text) {
    return {text.data(), text.size()};
}

// Read or written by the server, or about one connection only.
inline bool is_for_the_connection(std::string_view name) {
    constexpr std::string_view names[] = {"Host",    "Content-Length", "Transfer-Encoding", "Connection",
                                          "Expect",  "Keep-Alive",     "Proxy-Connection",  "TE",
                                          "Trailer", "Upgrade"};
    return std::any_of(std::begin(names), std::end(names),
                       [&](std::string_view each) { return equals_ignoring_case(each, name); });
}

// What the head of a request asks for: a request without its body, or the status to refuse it with.
struct head {
    net::http_request request;
    int refusal = 0;
    bool wants_continue = false;
};

template <class Header>
head read_head(const Header& from, bool secure) {
    head result;
    const auto refused = [&](int status) {
        result.refusal = status;
        return result;
    };
    if (from.version() != 10 && from.version() != 11) return refused(505);
    const auto hosts = from.count(http::field::host);
    if (hosts > 1 || (hosts == 0 && from.version() == 11)) return refused(400);
    if (const auto codings = from.count(http::field::transfer_encoding); codings > 0) {
        if (codings > 1 || from.version() == 10 || from.count(http::field::content_length) > 0) return refused(400);
        if (!equals_ignoring_case(view(from[http::field::transfer_encoding]), "chunked")) return refused(501);
    }
    if (from.count(http::field::expect) > 0) {
        if (!equals_ignoring_case(view(from[http::field::expect]), "100-continue")) return refused(417);
        result.wants_continue = from.version() == 11;
    }
    const std::string_view target = view(from.target());
    std::string absolute(target);
    if (!target.empty() && target.front() == '/') {
        absolute = secure ? "https://" : "http://";
        absolute.append(hosts == 0 ? "localhost" : view(from[http::field::host])).append(target);
    }
    auto url = net::url::parse(absolute);
    if (!url || url->fragment()) return refused(400);
    if (target.front() == '/' && url->target() != target) return refused(400); // a host that runs into the path
    result.request.method = view(from.method_string());
    result.request.url = *std::move(url);
    for (const auto& each : from)
        if (!is_for_the_connection(view(each.name_string())) &&
            !result.request.headers.add(view(each.name_string()), view(each.value())))
            return refused(400);
    return result;
}

// "Sun, 06 Nov 1994 08:49:37 GMT"
inline std::string http_date(timestamp at) {
    constexpr const char* days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const civil_time utc = to_civil(at);
    char text[64];
    std::snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[static_cast<int>(weekday_of(at))],
                  utc.day, months[utc.month - 1], utc.year, utc.hour, utc.minute, utc.second);
    return text;
}

// Everything of an answer but its body.
template <class Body>
void write_head(const net::http_response& from, unsigned version, bool keep, timestamp now, http::response<Body>& to) {
    to.version(version);
    to.result(static_cast<unsigned>(from.status));
    for (const net::header& each : from.headers)
        if (!is_for_the_connection(each.name))
            to.insert(view(std::string_view(each.name)), view(std::string_view(each.value)));
    if (!from.headers.find("Date")) to.set(http::field::date, http_date(now));
    to.keep_alive(keep);
}

inline bool has_no_body(int status) {
    return status == 204 || status == 304;
}

} // namespace incar::adapters
