#pragma once

// Beast's parser, filling our request. Included by beast.cpp alone, as is every file in this folder.

#include <incar/core/ci_string.hpp>
#include <incar/net/http.hpp>

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace incar::adapters {

namespace http = boost::beast::http;

inline std::string_view view(boost::beast::string_view text) {
    return {text.data(), text.size()};
}

// Read or written by the server, or about one connection only.
inline bool is_for_the_connection(http::field name) {
    switch (name) {
    case http::field::host:
    case http::field::content_length:
    case http::field::transfer_encoding:
    case http::field::connection:
    case http::field::expect:
    case http::field::keep_alive:
    case http::field::proxy_connection:
    case http::field::te:
    case http::field::trailer:
    case http::field::upgrade: return true;
    default: return false;
    }
}

class request_parser final : public http::basic_parser<true> {
public:
    // Once the head is there: the status to refuse the request with, or 0.
    int take_head(bool secure) {
        if (!headers_good_ || hosts_ > 1 || (hosts_ == 0 && version_ == 11)) return 400;
        if (lengths_ > 1 || codings_ > 1 || (codings_ == 1 && (version_ == 10 || lengths_ > 0))) return 400;
        if (codings_ == 1 && !equals_ignoring_case(coding_, "chunked")) return 501;
        if (expectations_ > 0 && !equals_ignoring_case(expectation_, "100-continue")) return 417;
        std::string absolute;
        const bool is_path = !target_.empty() && target_.front() == '/';
        if (is_path) absolute.append(secure ? "https://" : "http://").append(hosts_ == 0 ? "localhost" : host_);
        auto url = net::url::parse(absolute.append(target_));
        if (!url || url->fragment()) return 400;
        if (is_path && url->target() != target_) return 400; // a host that runs into the path
        request_.url = *std::move(url);
        return 0;
    }

    bool wants_continue() const { return expectations_ > 0 && version_ == 11; }
    unsigned version() const { return version_; }
    net::http_request& request() { return request_; }

private:
    using string_view = boost::beast::string_view;
    using error_code = boost::beast::error_code;
    static constexpr std::size_t reserved_at_most = 64u << 10; // what is announced need not come

    void on_request_impl(http::verb, string_view method, string_view target, int version, error_code&) override {
        request_.method = view(method);
        target_ = view(target);
        version_ = static_cast<unsigned>(version);
    }

    void on_field_impl(http::field name, string_view text, string_view value, error_code&) override {
        if (is_header_done()) return; // a trailer
        switch (name) {
        case http::field::host: ++hosts_, host_ = view(value); return;
        case http::field::transfer_encoding: ++codings_, coding_ = view(value); return;
        case http::field::expect: ++expectations_, expectation_ = view(value); return;
        case http::field::content_length: ++lengths_; return;
        default: break;
        }
        if (is_for_the_connection(name)) return;
        headers_good_ = headers_good_ && request_.headers.add(view(text), view(value));
    }

    void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
        if (length) request_.body.reserve(std::min<std::size_t>(*length, reserved_at_most));
    }

    std::size_t on_body_impl(string_view bytes, error_code&) override {
        request_.body.append(bytes.data(), bytes.size());
        return bytes.size();
    }

    std::size_t on_chunk_body_impl(std::uint64_t, string_view bytes, error_code& failed) override {
        return on_body_impl(bytes, failed);
    }

    void on_response_impl(int, string_view, int, error_code&) override {}
    void on_header_impl(error_code&) override {}
    void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
    void on_finish_impl(error_code&) override {}

    net::http_request request_;
    std::string target_, host_, coding_, expectation_;
    int hosts_ = 0, codings_ = 0, expectations_ = 0, lengths_ = 0;
    unsigned version_ = 11;
    bool headers_good_ = true;
};

} // namespace incar::adapters
