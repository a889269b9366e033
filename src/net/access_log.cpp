#include "net/observed.hpp"
#include "net/shown.hpp"

#include <incar/net/access_log.hpp>

#include <memory>
#include <string_view>

namespace incar::net {
namespace {

constexpr std::size_t longest_path = 256, longest_id = 64, digest_length = 8;

std::vector<std::string_view> split(std::string_view path) {
    std::vector<std::string_view> segments;
    while (!path.empty()) {
        const std::size_t slash = path.find('/');
        if (slash != 0) segments.push_back(path.substr(0, slash));
        path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
    }
    return segments;
}

bool fits(const std::vector<std::string_view>& pattern, const std::vector<std::string_view>& segments) {
    if (pattern.size() > segments.size()) return false;
    const std::size_t skipped = segments.size() - pattern.size();
    for (std::size_t i = 0; i < pattern.size(); ++i)
        if (pattern[i] != "*" && pattern[i] != "!" && pattern[i] != segments[skipped + i]) return false;
    return true;
}

std::string shown_path(const std::vector<std::string>& secrets, std::string_view path) {
    std::vector<std::string_view> segments = split(path);
    for (const std::string& each : secrets) {
        const auto pattern = split(each);
        if (!fits(pattern, segments)) continue;
        const std::size_t skipped = segments.size() - pattern.size();
        std::string text(path);
        for (std::size_t i = pattern.size(); i-- > 0;) {
            const std::string_view segment = segments[skipped + i];
            if (pattern[i] == "!")
                text.replace(static_cast<std::size_t>(segment.data() - path.data()), segment.size(), hidden);
        }
        return text;
    }
    return path.empty() ? "/" : std::string(path);
}

std::string cut(std::string text, std::size_t longest) {
    if (text.size() <= longest) return text;
    text.resize(longest);
    return text + "...";
}

// What is known before the handler takes the request away.
struct entry {
    std::string line;
    std::string ids;
    std::chrono::nanoseconds begin{};
};

entry entry_of(const access_log_options& options, const http_request& request) {
    entry made;
    made.line = (is_token(request.method) ? cut(request.method, longest_id) : std::string(hidden)) + ' ' +
                cut(shown_path(options.secrets, request.url.path()), longest_path) +
                cut(shown_query(request.url), longest_path);
    made.ids = " in=" + std::to_string(request.body.size());
    if (request.peer) made.ids += " peer=" + format(*request.peer);
    for (const auto& [field, name] : {std::pair{" request=", "X-Request-ID"}, {" correlation=", "X-Correlation-ID"}})
        if (const std::string* id = request.headers.find(name))
            made.ids += field + cut(percent_encode(std::string_view(*id).substr(0, longest_id)), longest_id);
    const std::string* secret = request.headers.find("Authorization");
    if (secret && options.fingerprint) made.ids += " token=" + options.fingerprint(*secret).substr(0, digest_length);
    made.begin = options.elapsed();
    return made;
}

void write(const access_log_options& options, const entry& about, const http_response& answer) {
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(options.elapsed() - about.begin);
    const std::string line = about.line + ' ' + std::to_string(answer.status) +
                             " out=" + std::to_string(answer.body.size()) + " us=" + std::to_string(took.count()) +
                             about.ids;
    options.log({answer.status < 500 ? log_level::info : log_level::warning, "access", line});
}

} // namespace

http_handler log_access(access_log_options options, http_handler handler) {
    const auto shared = std::make_shared<const access_log_options>(std::move(options));
    return [shared, handler = std::move(handler)](http_request request, http_respond respond) {
        auto see = [shared, about = entry_of(*shared, request)](const http_response& answer) {
            write(*shared, about, answer);
        };
        handle_observed(handler, std::move(request), std::move(respond), std::move(see));
    };
}

} // namespace incar::net
