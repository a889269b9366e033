#pragma once

#include <incar/adapters/curl.hpp>

#include <curl/curl.h>

#include <chrono>
#include <memory>
#include <string>

namespace incar::adapters {

// One request on its way. libcurl holds its address, so it stays where it is.
class transfer {
public:
    using clock = std::chrono::steady_clock;

    transfer(net::http_request request, const net::http_limits& limits, net::http_completion completion,
             std::shared_ptr<const curl_options> options);
    transfer(const transfer&) = delete;
    transfer& operator=(const transfer&) = delete;

    // Nothing is wrong with the request that can be seen without sending it.
    static expected<void> check(const net::http_request& request, const net::http_limits& limits);

    // Makes the libcurl handle; on the client's thread.
    expected<CURL*> start();

    CURL* handle() const { return handle_.get(); }
    clock::time_point deadline() const { return deadline_; }

    // The answer, given libcurl's verdict. Takes it out.
    expected<net::http_response> finish(CURLcode code);
    error failure(net::errc code, const std::string& why) const;

    // Gives the caller the result; the transfer is of no use afterwards.
    void complete(expected<net::http_response> result);

private:
    static curl_socket_t open_socket(void* self, curlsocktype purpose, curl_sockaddr* address) noexcept;
    static std::size_t take_header(char* bytes, std::size_t size, std::size_t count, void* self) noexcept;
    static std::size_t take_body(char* bytes, std::size_t size, std::size_t count, void* self) noexcept;
    bool read_header(std::string_view line);
    bool stop(net::errc code, const char* why);
    bool set_up();
    bool add_line(const std::string& line);

    struct easy_cleanup {
        void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    };
    struct list_cleanup {
        void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    };

    net::http_request request_;
    net::http_limits limits_;
    net::http_completion completion_;
    std::shared_ptr<const curl_options> options_;
    clock::time_point deadline_;

    char words_[CURL_ERROR_SIZE] = {};
    std::unique_ptr<curl_slist, list_cleanup> lines_;
    std::unique_ptr<CURL, easy_cleanup> handle_; // before everything that it points to is destroyed

    net::http_response response_;
    std::size_t header_bytes_ = 0;
    bool header_complete_ = false;
    bool refused_ = false, tried_ = false; // addresses by the policy
    bool stopped_ = false;                 // by one of our callbacks
    net::errc stop_code_ = net::errc::malformed_answer;
    const char* stop_words_ = "";
};

} // namespace incar::adapters
