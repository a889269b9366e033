#include "adapters/curl/transfer.hpp"

#include <incar/core/ci_string.hpp>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <exception>
#include <initializer_list>
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

expected<void> order::check(const net::http_request& request, const net::http_limits& limits) {
    if (request.url.empty()) return error{incar::errc::missing, "/url", "there is no URL"};
    if (!net::is_token(request.method) || request.method == "CONNECT")
        return error{incar::errc::malformed, "/method", "is no method that can be sent"};
    if (request.method == "HEAD" && !request.body.empty())
        return error{incar::errc::inconsistent, "/body", "HEAD has no body"};
    if (limits.time_limit.count() <= 0)
        return error{incar::errc::out_of_range, "/time_limit", "must be more than nothing"};
    return {};
}

void order::complete(expected<net::http_response> result) {
    const net::http_completion call = std::exchange(completion, nullptr);
    call(std::move(result));
}

transfer::transfer(std::shared_ptr<const curl_options> options, sockets& open)
    : options_(std::move(options)), sockets_(open), url_(curl_url()), handle_(curl_easy_init()) {
    if (handle_ && !(url_ && set_up())) handle_.reset();
}

bool transfer::start(order& wanted) {
    if (!handle_) return false;
    order_ = std::move(wanted);
    now_ = {};
    words_[0] = '\0';
    if (set_request()) return true;
    wanted = std::move(order_);
    return false;
}

// What holds for every request.
bool transfer::set_up() {
    bool good = set(CURLOPT_PATH_AS_IS, 1L);
#if LIBCURL_VERSION_NUM >= 0x075500
    good = good && set(CURLOPT_PROTOCOLS_STR, "http,https");
#else
    good = good && set(CURLOPT_PROTOCOLS, static_cast<long>(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
#if LIBCURL_VERSION_NUM >= 0x075700
    good = good && set(CURLOPT_QUICK_EXIT, 1L); // a name server that does not answer must not hold up the others
#endif
#if LIBCURL_VERSION_NUM >= 0x075000
    good = good && set(CURLOPT_PREREQFUNCTION, &transfer::begin) && set(CURLOPT_PREREQDATA, static_cast<void*>(this));
#endif
    good = good && set(CURLOPT_FOLLOWLOCATION, 0L) && set(CURLOPT_NOSIGNAL, 1L);
    good = good && set(CURLOPT_PROXY, options_->proxy.c_str()); // "" also keeps the environment's away
    good = good && set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    good = good && set(CURLOPT_SSL_VERIFYPEER, 1L) && set(CURLOPT_SSL_VERIFYHOST, 2L);
    good = good && set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!options_->ca_file.empty())
        good = good && set(CURLOPT_CAINFO, options_->ca_file.c_str()) &&
               set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    good = good && set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_->connect_time_limit.count()));
    good = good && set(CURLOPT_ERRORBUFFER, words_) && set(CURLOPT_PRIVATE, static_cast<void*>(this));
    good = good && set(CURLOPT_OPENSOCKETFUNCTION, &transfer::open_socket);
    good = good && set(CURLOPT_OPENSOCKETDATA, static_cast<void*>(this));
    good = good && set(CURLOPT_CLOSESOCKETFUNCTION, &sockets::close);
    good = good && set(CURLOPT_CLOSESOCKETDATA, static_cast<void*>(&sockets_));
    good = good && set(CURLOPT_HEADERFUNCTION, &transfer::take_header);
    good = good && set(CURLOPT_HEADERDATA, static_cast<void*>(this));
    good = good && set(CURLOPT_WRITEFUNCTION, &transfer::take_body);
    good = good && set(CURLOPT_WRITEDATA, static_cast<void*>(this));
    return good;
}

// What differs; everything that the request before has set is set again.
bool transfer::set_request() {
    const net::http_request& request = order_.request;
    const std::string& method = request.method;
    const bool sends_body = !request.body.empty() || method == "POST" || method == "PUT" || method == "PATCH";
    bool good = set(CURLOPT_URL, request.url.text().c_str());
    // Given in parts as well, libcurl does not put the text together from them again.
    const CURLUcode in_parts = curl_url_set(url_.get(), CURLUPART_URL, request.url.text().c_str(), CURLU_PATH_AS_IS);
    good = good && set(CURLOPT_CURLU, in_parts == CURLUE_OK ? url_.get() : nullptr);
    good = good && set(CURLOPT_POSTFIELDS, sends_body ? request.body.c_str() : nullptr); // this makes it a POST
    good = good && set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(sends_body ? request.body.size() : 0));
    if (method == "HEAD")
        good = good && set(CURLOPT_NOBODY, 1L);
    else
        good = good && set(sends_body ? CURLOPT_POST : CURLOPT_HTTPGET, 1L);
    good = good && set(CURLOPT_CUSTOMREQUEST, method.c_str());
    // libcurl takes a buffer for each request: a small one comes without a search, and most answers but pages fit.
    good = good && set(CURLOPT_BUFFERSIZE, method == "GET" ? 16384L : 1024L);
    write_lines(sends_body && !request.headers.find("Content-Type"));
    return good && set(CURLOPT_HTTPHEADER, lines_.data());
}

void transfer::write_lines(bool without_content_type) {
    text_.clear();
    std::size_t count = 1;
    const auto add = [&](std::initializer_list<std::string_view> parts) {
        for (const std::string_view part : parts) text_ += part;
        text_ += '\0';
    };
    add({"Expect:"}); // many servers never say 100
    if (without_content_type) add({"Content-Type:"}), ++count;
    if (!options_->user_agent.empty() && !order_.request.headers.find("User-Agent"))
        add({"User-Agent: ", options_->user_agent}), ++count; // libcurl's own option writes it twice
    for (const net::header& each : order_.request.headers) {
        if (is_for_the_connection(each.name)) continue;
        add({each.name, each.value.empty() ? ";" : ": ", each.value});
        ++count;
    }
    lines_.resize(count);
    char* line = text_.data();
    for (std::size_t i = 0; i < count; ++i) {
        lines_[i] = {line, i + 1 < count ? &lines_[i + 1] : nullptr};
        line += std::strlen(line) + 1; // no header holds a NUL
    }
}

int transfer::begin(void* self, char*, char*, int, int) noexcept {
    ++static_cast<transfer*>(self)->now_.attempts;
    return 0;
}

curl_socket_t transfer::open_socket(void* self, curlsocktype, curl_sockaddr* address) noexcept {
    auto& owner = *static_cast<transfer*>(self);
    net::ip_address target;
    if (!address_of(*address, target) || !owner.options_->addresses.allows(target)) {
        owner.now_.refused = true;
        return CURL_SOCKET_BAD;
    }
    owner.now_.tried = true;
    const curl_socket_t made = ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    if (made < 0) return CURL_SOCKET_BAD;
    try {
        owner.sockets_.adopt(made);
    } catch (const std::exception&) {
        ::close(made);
        return CURL_SOCKET_BAD;
    }
    return made;
}

bool transfer::stop(net::errc code, const char* why) {
    now_.stopped = true;
    now_.stop_code = code;
    now_.stop_words = why;
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
    now_.header_bytes += line.size();
    if (now_.header_bytes > options_->max_header_bytes)
        return stop(net::errc::response_too_large, "the header is longer than the limit");
    if (now_.header_complete) return true; // a trailer
    while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.remove_suffix(1);
    if (line.empty()) {
        long status = 0;
        curl_easy_getinfo(handle(), CURLINFO_RESPONSE_CODE, &status);
        now_.response.status = static_cast<int>(status);
        if (status < 200) now_.response = {}; // an interim answer
        now_.header_complete = status >= 200;
        return true;
    }
    if (line.substr(0, 5) == "HTTP/") return true;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !now_.response.headers.add(line.substr(0, colon), line.substr(colon + 1)))
        return stop(net::errc::malformed_answer, "a header line is malformed");
    return true;
}

std::size_t transfer::take_body(char* bytes, std::size_t size, std::size_t count, void* self) noexcept {
    auto& owner = *static_cast<transfer*>(self);
    if (size * count > owner.order_.limits.max_body_bytes - owner.now_.response.body.size()) {
        owner.stop(net::errc::response_too_large, "the body is longer than the limit");
        return 0;
    }
    try {
        owner.now_.response.body.append(bytes, size * count);
    } catch (const std::exception&) {
        owner.stop(net::errc::response_too_large, "there is no memory for the answer");
        return 0;
    }
    return size * count;
}

error transfer::failure(net::errc code, const std::string& why) const {
    return {code, "/url", order_.request.url.origin() + ": " + why};
}

expected<net::http_response> transfer::finish(CURLcode code) {
    if (now_.stopped) return failure(now_.stop_code, now_.stop_words);
    if (code == CURLE_OK && now_.header_complete) return std::move(now_.response);
    if (code == CURLE_COULDNT_CONNECT && now_.refused && !now_.tried)
        return failure(net::errc::address_refused, "the host has no address that may be connected to");
    return failure(code == CURLE_OK ? net::errc::malformed_answer : code_of(code),
                   words_[0] != '\0' ? words_ : curl_easy_strerror(code));
}

} // namespace incar::adapters
