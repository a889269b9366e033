#pragma once

#include <curl/curl.h>

#include <chrono>
#include <cstdint>
#include <vector>

namespace incar::adapters {

// What libcurl waits for, in the kernel's own list: the cost of a turn goes by what has happened, not by what is open.
// One thread uses it; `interrupt` alone is for all.
class sockets {
public:
    using clock = std::chrono::steady_clock;

    sockets();
    ~sockets();
    sockets(const sockets&) = delete;
    sockets& operator=(const sockets&) = delete;

    bool is_good() const { return events_ >= 0 && signal_ >= 0 && watches_signal_; }

    // From now on `multi` says what to wait for. This must outlive it.
    void serve(CURLM* multi);

    // For an easy handle whose connections this serves, as CURLOPT_CLOSESOCKETFUNCTION with this as its data, and what
    // its CURLOPT_OPENSOCKETFUNCTION has opened.
    static int close(void* self, curl_socket_t socket) noexcept;
    void adopt(curl_socket_t socket);

    // Lets libcurl do what is due now, waiting for nothing.
    void act();

    // Sleeps until something happens, the time comes, or `interrupt`, and lets libcurl act on it.
    void wait(clock::time_point until);

    void interrupt() noexcept;

private:
    // One of libcurl's sockets. A connection stays in the kernel's list while nobody uses it, so that its next request
    // is spared two system calls; what else libcurl opens (to resolve a name) leaves it when libcurl says.
    struct watch {
        std::uint32_t wanted = 0, listed = 0;
        bool is_connection = false;
    };

    static int change(CURL*, curl_socket_t socket, int what, void* self, void*) noexcept;
    static int set_timer(CURLM*, long milliseconds, void* self) noexcept;
    void list(curl_socket_t socket, watch& each, std::uint32_t events);
    watch& at(curl_socket_t socket);

    int events_ = -1, signal_ = -1;
    bool watches_signal_ = false;
    CURLM* multi_ = nullptr;
    clock::time_point due_ = clock::time_point::max();
    std::vector<watch> watches_; // by socket
};

} // namespace incar::adapters
