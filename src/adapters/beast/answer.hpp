#pragma once

#include "adapters/beast/request_parser.hpp"

#include <incar/core/clock.hpp>

#include <boost/beast/http/status.hpp>

#include <cstdio>

namespace incar::adapters {

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

// The date now, put together once a second. Used by one thread.
class date_line {
public:
    const std::string& now() {
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(
            std::chrono::system_clock::now().time_since_epoch()); // as system_clock(), which would cost a call more
        if (seconds != of_ || text_.empty()) {
            of_ = seconds;
            text_ = http_date(system_clock()());
        }
        return text_;
    }

private:
    std::chrono::seconds of_{};
    std::string text_;
};

// What an answer needs to know of its request and of its connection.
struct answer_frame {
    unsigned version = 11;
    bool keep = true;
    bool is_head = false;
};

inline bool has_no_body(int status) {
    return status == 204 || status == 304;
}

// Everything of an answer but its body, in place of what is in `out`.
inline void write_head(const net::http_response& from, answer_frame frame, date_line& date, std::string& out) {
    out = frame.version == 10 ? "HTTP/1.0 " : "HTTP/1.1 ";
    const auto reason = http::obsolete_reason(http::int_to_status(static_cast<unsigned>(from.status)));
    out.append(std::to_string(from.status)).append(" ").append(reason.data(), reason.size()).append("\r\n");
    bool has_date = false;
    for (const net::header& each : from.headers) {
        if (is_for_the_connection(http::string_to_field({each.name.data(), each.name.size()}))) continue;
        has_date = has_date || equals_ignoring_case(each.name, "Date");
        out.append(each.name).append(": ").append(each.value).append("\r\n");
    }
    if (!has_date) out.append("Date: ").append(date.now()).append("\r\n");
    if (!has_no_body(from.status))
        out.append("Content-Length: ").append(std::to_string(from.body.size())).append("\r\n");
    if (!frame.keep) out.append("Connection: close\r\n");
    if (frame.keep && frame.version == 10) out.append("Connection: keep-alive\r\n");
    out.append("\r\n");
}

} // namespace incar::adapters
