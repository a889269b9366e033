#include "adapters/curl/transfer.hpp"

#include <incar/core/ci_string.hpp>

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <exception>
#include <iterator>
#include <utility>

namespace incar::adapters {
namespace {

// Written by libcurl, or about one connection only.
bool is_for_the_connection(std::string_view name) {
    constexpr std::string_view names[] = {"Host",    "Content-Length", "Transfer-Encoding",   "Connection",
                                          "Expect",  "Keep-Alive",     "Proxy-Connection",    "TE",
                                          "Trailer", "Upgrade",        "Proxy-Authorization", "HTTP2-Settings"};
    return std::any_of(std::begin(names), std::end(names),
                       [&](std::string_view each) { return equals_ignoring_case(each, name); });
}

bool address_of(const curl_sockaddr& from, net::ip_address& to) {
    if (from.family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &from.addr, sizeof v4);
        std::array<std::uint8_t, 4> bytes{};
        std::memcpy(bytes.data(), &v4.sin_addr, bytes.size());
        to = net::ip_address(bytes);
        return true;
    }
    if (from.family == AF_INET6 && from.addrlen >= sizeof(sockaddr_in6)) {
        std::array<std::uint8_t, 16> bytes{}; // curl_sockaddr is declared too short for IPv6 and allocated long enough
        std::memcpy(bytes.data(), reinterpret_cast<const char*>(&from.addr) + offsetof(sockaddr_in6, sin6_addr),
                    bytes.size());
        to = net::ip_address(bytes);
        return true;
    }
    return false;
}

net::errc code_of(CURLcode code) {
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY: return net::errc::not_resolved;
    case CURLE_COULDNT_CONNECT: return net::errc::not_connected;
    case CURLE_OPERATION_TIMEDOUT: return net::errc::timed_out;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_USE_SSL_FAILED: return net::errc::tls_refused;
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_BAD_CONTENT_ENCODING: return net::errc::malformed_answer;
    default: return net::errc::connection_lost;
    }
}

} // namespace

transfer::transfer(net::http_request request, const net::http_limits& limits, net::http_completion completion,
                   std::shared_ptr<const curl_options> options)
    : request_(std::move(request)), limits_(limits), completion_(std::move(completion)), options_(std::move(options)) {
    constexpr auto longest = std::chrono::milliseconds(std::chrono::hours(24 * 365));
    deadline_ = clock::now() + std::min(limits.time_limit, longest);
}

expected<void> transfer::check(const net::http_request& request, const net::http_limits& limits) {
    if (request.url.empty()) return error{incar::errc::missing, "/url", "there is no URL"};
    if (!net::is_token(request.method) || request.method == "CONNECT")
        return error{incar::errc::malformed, "/method", "is no method that can be sent"};
    if (request.method == "HEAD" && !request.body.empty())
        return error{incar::errc::inconsistent, "/body", "HEAD has no body"};
    if (limits.time_limit.count() <= 0)
        return error{incar::errc::out_of_range, "/time_limit", "must be more than nothing"};
    return {};
}

expected<CURL*> transfer::start() {
    handle_.reset(curl_easy_init());
    if (!handle_ || !set_up()) return error{incar::errc::unavailable, "", "libcurl cannot set up the request"};
    return handle_.get();
}

bool transfer::add_line(const std::string& line) {
    curl_slist* longer = curl_slist_append(lines_.get(), line.c_str());
    if (!longer) return false;
    (void)lines_.release();
    lines_.reset(longer);
    return true;
}

bool transfer::set_up() {
    bool good = true;
    const auto set = [&](CURLoption option, auto value) {
        good = good && curl_easy_setopt(handle(), option, value) == CURLE_OK;
    };
    set(CURLOPT_URL, request_.url.text().c_str());
    set(CURLOPT_PATH_AS_IS, 1L);
#if LIBCURL_VERSION_NUM >= 0x075500
    set(CURLOPT_PROTOCOLS_STR, "http,https");
#else
    set(CURLOPT_PROTOCOLS, static_cast<long>(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
#if LIBCURL_VERSION_NUM >= 0x075700
    set(CURLOPT_QUICK_EXIT, 1L); // a name server that does not answer must not hold up the others
#endif
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_PROXY, options_->proxy.c_str()); // "" also keeps the environment's away
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!options_->ca_file.empty()) {
        set(CURLOPT_CAINFO, options_->ca_file.c_str());
        set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    }
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_->connect_time_limit.count()));
    set(CURLOPT_ERRORBUFFER, words_);
    set(CURLOPT_PRIVATE, static_cast<void*>(this));
    set(CURLOPT_OPENSOCKETFUNCTION, &transfer::open_socket);
    set(CURLOPT_OPENSOCKETDATA, static_cast<void*>(this));
    set(CURLOPT_HEADERFUNCTION, &transfer::take_header);
    set(CURLOPT_HEADERDATA, static_cast<void*>(this));
    set(CURLOPT_WRITEFUNCTION, &transfer::take_body);
    set(CURLOPT_WRITEDATA, static_cast<void*>(this));
    if (!options_->user_agent.empty()) set(CURLOPT_USERAGENT, options_->user_agent.c_str());

    const std::string& method = request_.method;
    const bool sends_body = !request_.body.empty() || method == "POST" || method == "PUT" || method == "PATCH";
    if (method == "HEAD") {
        set(CURLOPT_NOBODY, 1L);
    } else if (sends_body) {
        set(CURLOPT_POST, 1L);
        set(CURLOPT_POSTFIELDS, request_.body.c_str());
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
    }
    set(CURLOPT_CUSTOMREQUEST, method.c_str());

    good = good && add_line("Expect:"); // many servers never say 100
    if (sends_body && !request_.headers.find("Content-Type")) good = good && add_line("Content-Type:");
    for (const net::header& each : request_.headers)
        if (!is_for_the_connection(each.name))
            good = good && add_line(each.value.empty() ? each.name + ';' : each.name + ": " + each.value);
    set(CURLOPT_HTTPHEADER, lines_.get());
    return good;
}

curl_socket_t transfer::open_socket(void* self, curlsocktype, curl_sockaddr* address) noexcept {
    auto& owner = *static_cast<transfer*>(self);
    net::ip_address target;
    if (!address_of(*address, target) || !owner.options_->addresses.allows(target)) {
        owner.refused_ = true;
        return CURL_SOCKET_BAD;
    }
    owner.tried_ = true;
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

bool transfer::stop(net::errc code, const char* why) {
    stopped_ = true;
    stop_code_ = code;
    stop_words_ = why;
    return false;
}

std::size_t transfer::take_header(char* bytes, std::size_t size, std::size_t count, void* self) noexcept {
    auto& owner = *static_cast<transfer*>(self);
    try {
        return owner.read_header({bytes, size * count}) ? size * count : 0;
    } catch (const std::exception&) {
        owner.stop(net::errc::response_too_large, "there is no memory for the answer");
        return 0;
    }
}

bool transfer::read_header(std::string_view line) {
    header_bytes_ += line.size();
    if (header_bytes_ > options_->max_header_bytes)
        return stop(net::errc::response_too_large, "the header is longer than the limit");
    if (header_complete_) return true; // a trailer
    while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.remove_suffix(1);
    if (line.empty()) {
        long status = 0;
        curl_easy_getinfo(handle(), CURLINFO_RESPONSE_CODE, &status);
        response_.status = static_cast<int>(status);
        if (status < 200) response_ = {}; // an interim answer
        header_complete_ = status >= 200;
        return true;
    }
    if (line.substr(0, 5) == "HTTP/") return true;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !response_.headers.add(line.substr(0, colon), line.substr(colon + 1)))
        return stop(net::errc::malformed_answer, "a header line is malformed");
    return true;
}

std::size_t transfer::take_body(char* bytes, std::size_t size, std::size_t count, void* self) noexcept {
    auto& owner = *static_cast<transfer*>(self);
    if (size * count > owner.limits_.max_body_bytes - owner.response_.body.size()) {
        owner.stop(net::errc::response_too_large, "the body is longer than the limit");
        return 0;
    }
    try {
        owner.response_.body.append(bytes, size * count);
    } catch (const std::exception&) {
        owner.stop(net::errc::response_too_large, "there is no memory for the answer");
        return 0;
    }
    return size * count;
}

error transfer::failure(net::errc code, const std::string& why) const {
    return {code, "/url", request_.url.origin() + ": " + why};
}

expected<net::http_response> transfer::finish(CURLcode code) {
    if (stopped_) return failure(stop_code_, stop_words_);
    if (code == CURLE_OK && header_complete_) return std::move(response_);
    if (code == CURLE_COULDNT_CONNECT && refused_ && !tried_)
        return failure(net::errc::address_refused, "the host has no address that may be connected to");
    return failure(code == CURLE_OK ? net::errc::malformed_answer : code_of(code),
                   words_[0] != '\0' ? words_ : curl_easy_strerror(code));
}

void transfer::complete(expected<net::http_response> result) {
    handle_.reset();
    const net::http_completion completion = std::exchange(completion_, nullptr);
    completion(std::move(result));
}

} // namespace incar::adapters
