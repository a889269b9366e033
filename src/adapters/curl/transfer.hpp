#pragma once

#include "adapters/curl/sockets.hpp"

#include <incar/adapters/curl.hpp>

#include <curl/curl.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace incar::adapters {

// What a caller wants sent.
struct order {
    net::http_request request;
    net::http_limits limits;
    net::http_completion completion;
    sockets::clock::time_point deadline;

    // Nothing is wrong with the request that can be seen without sending it.
    static expected<void> check(const net::http_request& request, const net::http_limits& limits);

    // Gives the caller the result, once.
    void complete(expected<net::http_response> result);
};

// A libcurl handle, and one order at a time on its way with it. libcurl holds its address, so it stays where it is.
class transfer {
public:
    transfer(std::shared_ptr<const curl_options> options, sockets& open);
    transfer(const transfer&) = delete;
    transfer& operator=(const transfer&) = delete;

    // Takes the order when it can be started, and leaves it otherwise.
    bool start(order& wanted);

    CURL* handle() const { return handle_.get(); }
    sockets::clock::time_point deadline() const { return order_.deadline; }

    // The answer, given libcurl's verdict. Takes it out.
    expected<net::http_response> finish(CURLcode code);
    error failure(net::errc code, const std::string& why) const;

    // What was started, back; libcurl must have let go of the handle.
    order take_order() { return std::move(order_); }

    // libcurl counts over the life of a handle how often it sent a request once more because a kept connection had
    // died, and fails the sixth time: a handle of which that is true, or of which it cannot be told, has done its work.
    bool can_start_another() const { return now_.attempts == 1; }

    std::size_t place = 0; // among those under way; the client's

private:
    static int begin(void* self, char*, char*, int, int) noexcept;
    static curl_socket_t open_socket(void* self, curlsocktype purpose, curl_sockaddr* address) noexcept;
    static std::size_t take_header(char* bytes, std::size_t size, std::size_t count, void* self) noexcept;
    static std::size_t take_body(char* bytes, std::size_t size, std::size_t count, void* self) noexcept;
    bool read_header(std::string_view line);
    bool stop(net::errc code, const char* why);
    bool set_up();
    bool set_request();
    void write_lines(bool without_content_type);

    template <class Value>
    bool set(CURLoption option, Value value) {
        return curl_easy_setopt(handle(), option, value) == CURLE_OK;
    }

    struct cleanup {
        void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
        void operator()(CURLU* url) const { curl_url_cleanup(url); }
    };

    const std::shared_ptr<const curl_options> options_;
    sockets& sockets_;

    order order_;
    std::string text_; // header lines, each ended by a NUL
    std::vector<curl_slist> lines_;
    char words_[CURL_ERROR_SIZE] = {};
    std::unique_ptr<CURLU, cleanup> url_;
    std::unique_ptr<CURL, cleanup> handle_; // gone before everything that it points to

    struct progress {
        net::http_response response;
        int attempts = 0;
        std::size_t header_bytes = 0;
        bool header_complete = false;
        bool refused = false, tried = false; // addresses by the policy
        bool stopped = false;                // by one of our callbacks
        net::errc stop_code = net::errc::malformed_answer;
        const char* stop_words = "";
    };
    progress now_;
};

} // namespace incar::adapters
