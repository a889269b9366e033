#include "adapters/beast/connection.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <fcntl.h>

#include <condition_variable>
#include <mutex>
#include <system_error>
#include <vector>

namespace incar::adapters {
namespace {

constexpr std::chrono::milliseconds accept_again{100}; // after the system had no descriptor left

expected<void> check(const http_server_options& options, const net::http_handler& handler) {
    const std::pair<const char*, bool> rules[] = {
        {"/threads", options.threads > 0},
        {"/max_header_bytes", options.max_header_bytes > 0},
        {"/max_connections", options.max_connections > 0},
        {"/max_connections_per_token", options.max_connections_per_token >= 0},
        {"/header_time_limit", options.header_time_limit.count() > 0},
        {"/body_time_limit", options.body_time_limit.count() > 0},
        {"/idle_time_limit", options.idle_time_limit.count() > 0},
        {"/write_time_limit", options.write_time_limit.count() > 0},
        {"/stop_time_limit", options.stop_time_limit.count() > 0},
        {"/key_file", options.key_file.empty() == options.certificate_file.empty()},
        {"/handler", handler != nullptr},
    };
    for (const auto& [place, good] : rules)
        if (!good) return error{errc::out_of_range, place, "is outside its range"};
    return {};
}

// Programs that the host starts must not inherit the socket, or the port stays open after us. Asio does not see to it.
template <class Socket>
void keep_from_children(Socket& socket) {
    ::fcntl(socket.native_handle(), F_SETFD, FD_CLOEXEC);
}

error unavailable(const char* place, const beast::error_code& why) {
    return {errc::unavailable, place, why.message()};
}

} // namespace

class http_server::running final : public connection_host, public std::enable_shared_from_this<running> {
public:
    running(http_server_options options, net::http_handler handler)
        : options_(std::move(options)), handler_(std::move(handler)), present_(options_.max_connections_per_token),
          loops_(loops_for(options_)) {}

    const http_server_options& options() const override { return options_; }
    const net::http_handler& handler() const override { return handler_; }
    bool stopping() const override { return stopping_; }
    callers& present() override { return present_; }
    std::uint16_t port() const { return port_; }

    expected<void> listen() {
        beast::error_code failed;
        if (!options_.certificate_file.empty()) {
            secure_.emplace(asio::ssl::context::tls_server);
            secure_->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                                 asio::ssl::context::no_tlsv1_1);
            secure_->use_certificate_chain_file(options_.certificate_file, failed);
            if (failed) return unavailable("/certificate_file", failed);
            secure_->use_private_key_file(options_.key_file, asio::ssl::context::pem, failed);
            if (failed) return unavailable("/key_file", failed);
        }
        const auto address = asio::ip::make_address(options_.address, failed);
        if (failed) return error{errc::malformed, "/address", "is no numeric IP address"};
        const asio::ip::tcp::endpoint endpoint(address, options_.port);
        acceptor_.open(endpoint.protocol(), failed);
        if (!failed) keep_from_children(acceptor_);
        if (!failed) acceptor_.set_option(asio::socket_base::reuse_address(true), failed);
        if (!failed) acceptor_.bind(endpoint, failed);
        if (!failed) acceptor_.listen(asio::socket_base::max_listen_connections, failed);
        if (failed) return unavailable("/port", failed);
        port_ = acceptor_.local_endpoint(failed).port();
        return {};
    }

    expected<void> run() {
        loops_.front()->post([this] { accept(); });
        try {
            for (const auto& each : loops_) each->start();
        } catch (const std::system_error& failure) {
            stop();
            return error{errc::unavailable, "/threads", failure.what()};
        }
        return {};
    }

    void stop() {
        const std::lock_guard<std::mutex> once(stop_mutex_);
        if (stopping_.exchange(true)) return;
        loops_.front()->post([this] {
            beast::error_code ignored;
            acceptor_.close(ignored);
            retry_.cancel();
        });
        for_each_session(&session::leave);
        {
            std::unique_lock<std::mutex> lock(mutex_);
            all_ended_.wait_for(lock, options_.stop_time_limit, [this] { return connections_ == 0; });
        }
        aborting_ = true;
        for_each_session(&session::end);
        for (const auto& each : loops_) each->join();
    }

    void ended() override {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (--connections_ == 0) all_ended_.notify_all();
        if (std::exchange(full_, false)) loops_.front()->post([this] { accept(); });
    }

private:
    // The limits are kept within a tenth, as one look at all connections in a step is cheaper than a timer for each.
    static std::vector<std::unique_ptr<loop>> loops_for(const http_server_options& options) {
        const auto shortest = std::min({options.header_time_limit, options.body_time_limit, options.idle_time_limit,
                                        options.write_time_limit, std::chrono::milliseconds(farewell_limit)});
        std::vector<std::unique_ptr<loop>> made;
        for (int i = 0; i < options.threads; ++i)
            made.push_back(std::make_unique<loop>(std::max(shortest / 10, std::chrono::milliseconds(1))));
        return made;
    }

    void for_each_session(void (session::*what)()) {
        for (const auto& each : loops_)
            each->post([what, home = each.get()] {
                for (const auto& one : home->sessions()) (one.get()->*what)();
            });
    }

    // On the first loop, as all that is about accepting.
    void accept() {
        if (stopping_) return;
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            full_ = connections_ >= options_.max_connections;
            if (full_) return;
        }
        loop& home = *loops_[next_++ % loops_.size()];
        fresh_.emplace(home.context());
        acceptor_.async_accept(*fresh_, [this, &home](beast::error_code failed) {
            if (stopping_) return;
            if (!failed) {
                {
                    const std::lock_guard<std::mutex> lock(mutex_);
                    ++connections_;
                }
                open(*std::move(fresh_), home);
                return accept();
            }
            retry_.expires_after(accept_again);
            retry_.async_wait([this](beast::error_code cancelled) {
                if (!cancelled) accept();
            });
        });
    }

    void open(tcp_socket socket, loop& home) {
        keep_from_children(socket);
        beast::error_code ignored;
        socket.set_option(asio::ip::tcp::no_delay(true), ignored);
        socket.non_blocking(true, ignored);
        if (secure_)
            begin(std::make_shared<connection<tls_socket>>(shared_from_this(), home, std::move(socket), *secure_),
                  home);
        else
            begin(std::make_shared<connection<tcp_socket>>(shared_from_this(), home, std::move(socket)), home);
    }

    template <class Connection>
    void begin(std::shared_ptr<Connection> fresh, loop& home) {
        home.post([this, &home, fresh = std::move(fresh)] {
            home.add(fresh);
            if (aborting_) return fresh->end();
            fresh->start();
        });
    }

    const http_server_options options_;
    const net::http_handler handler_;
    callers present_;
    std::optional<asio::ssl::context> secure_;
    std::vector<std::unique_ptr<loop>> loops_;
    asio::basic_socket_acceptor<asio::ip::tcp, executor> acceptor_{loops_.front()->context()};
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, executor>
        retry_{loops_.front()->context()};
    std::optional<tcp_socket> fresh_;
    std::size_t next_ = 0;
    std::uint16_t port_ = 0;
    std::atomic<bool> stopping_{false}, aborting_{false};

    std::mutex stop_mutex_; // one at a time stops

    std::mutex mutex_; // guards the rest
    std::condition_variable all_ended_;
    int connections_ = 0;
    bool full_ = false;
};

expected<http_server> http_server::start(http_server_options options, net::http_handler handler) {
    if (const auto good = check(options, handler); !good) return good.error();
    auto fresh = std::make_shared<running>(std::move(options), std::move(handler));
    if (const auto listening = fresh->listen(); !listening) return listening.error();
    if (const auto started = fresh->run(); !started) return started.error();
    return http_server(std::move(fresh));
}

http_server::http_server(std::shared_ptr<running> server) noexcept : running_(std::move(server)) {}

http_server::http_server(http_server&&) noexcept = default;

http_server& http_server::operator=(http_server&& other) noexcept {
    if (this == &other) return *this;
    if (running_) running_->stop();
    running_ = std::move(other.running_);
    return *this;
}

http_server::~http_server() {
    if (running_) running_->stop();
}

std::uint16_t http_server::port() const noexcept {
    return running_->port();
}

void http_server::stop() {
    running_->stop();
}

} // namespace incar::adapters
