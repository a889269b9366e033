#include "adapters/beast/connection.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <fcntl.h>

#include <condition_variable>
#include <mutex>
#include <set>
#include <system_error>
#include <thread>
#include <vector>

namespace incar::adapters {
namespace {

constexpr std::chrono::milliseconds accept_again{100}; // after the system had no descriptor left

expected<void> check(const http_server_options& options, const net::http_handler& handler) {
    const std::pair<const char*, bool> rules[] = {
        {"/threads", options.threads > 0},
        {"/max_header_bytes", options.max_header_bytes > 0},
        {"/max_connections", options.max_connections > 0},
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
        : options_(std::move(options)), handler_(std::move(handler)), acceptor_(asio::make_strand(context_)),
          retry_(acceptor_.get_executor()) {}

    const http_server_options& options() const override { return options_; }
    const net::http_handler& handler() const override { return handler_; }
    bool stopping() const override { return stopping_; }
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
        const tcp::endpoint endpoint(address, options_.port);
        acceptor_.open(endpoint.protocol(), failed);
        if (!failed) keep_from_children(acceptor_);
        if (!failed) acceptor_.set_option(tcp::acceptor::reuse_address(true), failed);
        if (!failed) acceptor_.bind(endpoint, failed);
        if (!failed) acceptor_.listen(asio::socket_base::max_listen_connections, failed);
        if (failed) return unavailable("/port", failed);
        port_ = acceptor_.local_endpoint(failed).port();
        return {};
    }

    expected<void> run() {
        asio::post(acceptor_.get_executor(), [this] { accept(); });
        try {
            for (int i = 0; i < options_.threads; ++i) threads_.emplace_back([this] { work(); });
        } catch (const std::system_error& failure) {
            stop();
            return error{errc::unavailable, "/threads", failure.what()};
        }
        return {};
    }

    void stop() {
        const std::lock_guard<std::mutex> once(stop_mutex_);
        if (threads_.empty()) return;
        stopping_ = true;
        asio::post(acceptor_.get_executor(), [this] {
            beast::error_code ignored;
            acceptor_.close(ignored);
            retry_.cancel();
        });
        for (const auto& each : sessions()) each->leave();
        {
            std::unique_lock<std::mutex> lock(mutex_);
            all_ended_.wait_for(lock, options_.stop_time_limit, [this] { return sessions_.empty(); });
        }
        for (const auto& each : sessions()) each->abort();
        guard_.reset();
        for (std::thread& each : threads_) each.join();
        threads_.clear();
    }

    void ended(const std::shared_ptr<session>& gone) override {
        const std::lock_guard<std::mutex> lock(mutex_);
        sessions_.erase(gone);
        if (sessions_.empty()) all_ended_.notify_all();
        if (std::exchange(full_, false)) asio::post(acceptor_.get_executor(), [this] { accept(); });
    }

private:
    void work() {
        while (true) try {
                context_.run();
                return;
            } catch (const std::exception&) { // no memory for one connection; the others go on
            }
    }

    std::vector<std::shared_ptr<session>> sessions() {
        const std::lock_guard<std::mutex> lock(mutex_);
        return {sessions_.begin(), sessions_.end()};
    }

    void accept() {
        if (stopping_) return;
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            full_ = sessions_.size() >= static_cast<std::size_t>(options_.max_connections);
            if (full_) return;
        }
        acceptor_.async_accept(asio::make_strand(context_), [this](beast::error_code failed, tcp::socket socket) {
            if (stopping_) return;
            if (!failed) {
                open(std::move(socket));
                return accept();
            }
            retry_.expires_after(accept_again);
            retry_.async_wait([this](beast::error_code cancelled) {
                if (!cancelled) accept();
            });
        });
    }

    void open(tcp::socket socket) {
        keep_from_children(socket);
        beast::error_code ignored;
        socket.set_option(tcp::no_delay(true), ignored);
        if (secure_)
            begin(std::make_shared<connection<beast::ssl_stream<beast::tcp_stream>>>(shared_from_this(),
                                                                                     std::move(socket), *secure_));
        else
            begin(std::make_shared<connection<beast::tcp_stream>>(shared_from_this(), std::move(socket)));
    }

    template <class Connection>
    void begin(std::shared_ptr<Connection> fresh) {
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            sessions_.insert(fresh);
        }
        fresh->start();
    }

    const http_server_options options_;
    const net::http_handler handler_;
    std::optional<asio::ssl::context> secure_;
    asio::io_context context_;
    std::optional<asio::executor_work_guard<asio::io_context::executor_type>> guard_{context_.get_executor()};
    tcp::acceptor acceptor_;
    asio::steady_timer retry_;
    std::uint16_t port_ = 0;
    std::atomic<bool> stopping_{false};

    std::mutex stop_mutex_; // guards the threads
    std::vector<std::thread> threads_;

    std::mutex mutex_; // guards the rest
    std::condition_variable all_ended_;
    std::set<std::shared_ptr<session>> sessions_;
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
