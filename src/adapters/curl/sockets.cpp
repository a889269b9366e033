#include "adapters/curl/sockets.hpp"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <exception>

namespace incar::adapters {
namespace {

std::uint32_t events_of(int what) {
    std::uint32_t events = 0;
    if (what == CURL_POLL_IN || what == CURL_POLL_INOUT) events |= EPOLLIN;
    if (what == CURL_POLL_OUT || what == CURL_POLL_INOUT) events |= EPOLLOUT;
    return events;
}

} // namespace

sockets::sockets() : events_(::epoll_create1(EPOLL_CLOEXEC)), signal_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = signal_;
    watches_signal_ = ::epoll_ctl(events_, EPOLL_CTL_ADD, signal_, &event) == 0;
}

sockets::~sockets() {
    if (events_ >= 0) ::close(events_);
    if (signal_ >= 0) ::close(signal_);
}

void sockets::serve(CURLM* multi) {
    multi_ = multi;
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &sockets::change);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, static_cast<void*>(this));
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, &sockets::set_timer);
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, static_cast<void*>(this));
}

sockets::watch& sockets::at(curl_socket_t socket) {
    const auto place = static_cast<std::size_t>(socket);
    if (place >= watches_.size()) watches_.resize(place + 1);
    return watches_[place];
}

void sockets::adopt(curl_socket_t socket) {
    at(socket) = {0, 0, true};
}

int sockets::close(void* self, curl_socket_t socket) noexcept {
    static_cast<sockets*>(self)->at(socket) = {}; // the kernel's list forgets it by itself
    return ::close(socket);
}

void sockets::list(curl_socket_t socket, watch& each, std::uint32_t events) {
    if (events == each.listed) return;
    epoll_event event{};
    event.events = events;
    event.data.fd = socket;
    const auto tell = [&](int how) { return ::epoll_ctl(events_, how, socket, &event) == 0; };
    bool good = true;
    if (events == 0)
        tell(EPOLL_CTL_DEL);
    else if (each.listed == 0)
        good = tell(EPOLL_CTL_ADD) || tell(EPOLL_CTL_MOD);
    else
        good = tell(EPOLL_CTL_MOD) || tell(EPOLL_CTL_ADD);
    each.listed = good ? events : 0;
}

// Never fails, for libcurl would then give up all transfers for good: one that is not listed runs into its time limit.
int sockets::change(CURL*, curl_socket_t socket, int what, void* self, void*) noexcept {
    auto& owner = *static_cast<sockets*>(self);
    try {
        watch& each = owner.at(socket);
        each.wanted = events_of(what);
        owner.list(socket, each, each.wanted | (each.is_connection ? each.listed & EPOLLIN : 0));
    } catch (const std::exception&) { // no memory for the place
    }
    return 0;
}

int sockets::set_timer(CURLM*, long milliseconds, void* self) noexcept {
    static_cast<sockets*>(self)->due_ =
        milliseconds < 0 ? clock::time_point::max() : clock::now() + std::chrono::milliseconds(milliseconds);
    return 0;
}

void sockets::act() {
    int running = 0;
    while (due_ <= clock::now()) {
        due_ = clock::time_point::max();
        curl_multi_socket_action(multi_, CURL_SOCKET_TIMEOUT, 0, &running);
    }
}

void sockets::wait(clock::time_point until) {
    constexpr clock::duration longest = std::chrono::minutes(1);
    const auto left = std::clamp(std::min(until, due_) - clock::now(), clock::duration(0), longest);
    std::array<epoll_event, 256> happened;
    const int count = ::epoll_wait(events_, happened.data(), static_cast<int>(happened.size()),
                                   static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(left).count()));
    for (int i = 0; i < count; ++i) {
        const auto& [events, data] = happened[static_cast<std::size_t>(i)];
        if (data.fd == signal_) {
            std::uint64_t ignored = 0;
            [[maybe_unused]] const auto length = ::read(signal_, &ignored, sizeof ignored);
            continue;
        }
        watch& each = at(data.fd);
        if (each.wanted == 0) { // a server has closed a connection that nobody uses; libcurl sees it in time
            list(data.fd, each, 0);
            continue;
        }
        const bool is_broken = events & (EPOLLERR | EPOLLHUP); // reading or writing tells libcurl how
        const int what = (events & EPOLLIN || is_broken ? CURL_CSELECT_IN : 0) |
                         (events & EPOLLOUT || (is_broken && each.wanted & EPOLLOUT) ? CURL_CSELECT_OUT : 0);
        int running = 0;
        curl_multi_socket_action(multi_, data.fd, what, &running);
    }
}

void sockets::interrupt() noexcept {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto length = ::write(signal_, &one, sizeof one);
}

} // namespace incar::adapters
