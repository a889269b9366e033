#pragma once

#include "adapters/beast/message.hpp"

#include <incar/adapters/beast.hpp>
#include <incar/core/clock.hpp>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/ssl.hpp>

#include <array>
#include <atomic>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace incar::adapters {

namespace asio = boost::asio;
namespace beast = boost::beast;
using tcp = asio::ip::tcp;

constexpr std::chrono::seconds farewell_limit{2}; // for the other side to take the last answer and hang up

// A connection as the server sees it. Both functions may be called from any thread.
class session {
public:
    virtual ~session() = default;
    virtual void leave() = 0; // when it has nothing to do, else after the answer that is due
    virtual void abort() = 0;
};

// What connections need of the server; outlives them.
class connection_host {
public:
    virtual ~connection_host() = default;
    virtual const http_server_options& options() const = 0;
    virtual const net::http_handler& handler() const = 0;
    virtual bool stopping() const = 0;
    virtual void ended(const std::shared_ptr<session>& gone) = 0;
};

// One connection: a loop of waiting, reading a head, reading a body, handling and writing, in one strand.
template <class Stream>
class connection : public session, public std::enable_shared_from_this<connection<Stream>> {
public:
    template <class... Arguments>
    explicit connection(std::shared_ptr<connection_host> host, Arguments&&... arguments)
        : host_(std::move(host)), options_(host_->options()), stream_(std::forward<Arguments>(arguments)...),
          executor_(stream_.get_executor()), buffer_(std::max<std::size_t>(options_.max_header_bytes, 8192) + 8192) {}

    void start() {
        asio::post(executor_, [self = this->shared_from_this()] {
            if constexpr (secure) {
                self->limit(self->options_.header_time_limit);
                self->stream_.async_handshake(asio::ssl::stream_base::server, [self](beast::error_code failed) {
                    failed ? self->end() : self->wait(self->options_.header_time_limit);
                });
            } else {
                self->wait(self->options_.header_time_limit);
            }
        });
    }

    void leave() override {
        asio::post(executor_, [self = this->shared_from_this()] {
            if (self->idle_) self->end();
        });
    }

    void abort() override {
        asio::post(executor_, [self = this->shared_from_this()] { self->end(); });
    }

    // The answer to the request at hand, on whatever thread it comes.
    void give(net::http_response answer) {
        // What is posted must not keep the connection alive: the server may be gone and never run it.
        asio::post(executor_, [weak = this->weak_from_this(), answer = std::move(answer)]() mutable {
            if (const auto self = weak.lock()) self->write(std::move(answer));
        });
    }

private:
    static constexpr bool secure = !std::is_same_v<Stream, beast::tcp_stream>;

    // Gives one answer, at the latest when nobody is left to give it.
    class pending {
    public:
        explicit pending(std::weak_ptr<connection> asked) : asked_(std::move(asked)) {}
        pending(const pending&) = delete;
        pending& operator=(const pending&) = delete;
        ~pending() { give({500, {}, ""}); }

        void give(net::http_response answer) {
            if (given_.exchange(true)) return;
            if (const auto asked = asked_.lock()) asked->give(std::move(answer));
        }

    private:
        std::weak_ptr<connection> asked_;
        std::atomic<bool> given_{false};
    };

    void limit(std::chrono::milliseconds time) { beast::get_lowest_layer(stream_).expires_after(time); }

    void wait(std::chrono::milliseconds time) {
        if (ended_) return;
        if (host_->stopping()) return say_goodbye();
        parser_.emplace();
        parser_->header_limit(static_cast<std::uint32_t>(std::min<std::size_t>(options_.max_header_bytes, UINT32_MAX)));
        parser_->body_limit(options_.max_body_bytes);
        if (buffer_.size() > 0) return read_head(); // the next request is here already
        idle_ = true;
        limit(time);
        stream_.async_read_some(buffer_.prepare(4096),
                                [self = this->shared_from_this()](beast::error_code failed, std::size_t count) {
                                    self->idle_ = false;
                                    self->buffer_.commit(count);
                                    failed ? self->end() : self->read_head();
                                });
    }

    void read_head() {
        limit(options_.header_time_limit);
        http::async_read_header(stream_, buffer_, *parser_,
                                [self = this->shared_from_this()](beast::error_code failed, std::size_t) {
                                    if (failed) return self->refuse(failed);
                                    self->take_head();
                                });
    }

    void take_head() {
        head found = adapters::read_head(parser_->get().base(), secure);
        if (found.refusal != 0) return refuse(found.refusal);
        version_ = parser_->get().version();
        keep_ = parser_->get().keep_alive();
        request_ = std::move(found.request);
        if (!found.wants_continue || parser_->is_done()) return read_body();
        static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        limit(options_.write_time_limit);
        asio::async_write(stream_, asio::buffer(go_on.data(), go_on.size()),
                          [self = this->shared_from_this()](beast::error_code failed, std::size_t) {
                              failed ? self->end() : self->read_body();
                          });
    }

    void read_body() {
        limit(options_.body_time_limit);
        http::async_read(stream_, buffer_, *parser_,
                         [self = this->shared_from_this()](beast::error_code failed, std::size_t) {
                             if (failed) return self->refuse(failed);
                             self->request_.body = std::move(self->parser_->get().body());
                             self->handle();
                         });
    }

    void handle() {
        if (ended_) return;
        beast::get_lowest_layer(stream_).expires_never();
        is_head_ = request_.method == "HEAD";
        const auto answer = std::make_shared<pending>(this->weak_from_this());
        try {
            host_->handler()(std::move(request_),
                             [answer](net::http_response given) { answer->give(std::move(given)); });
        } catch (...) {
            answer->give({500, {}, ""});
        }
    }

    void refuse(beast::error_code failed) {
        if (failed == http::error::header_limit || failed == http::error::buffer_overflow) return refuse(431);
        if (failed == http::error::body_limit) return refuse(413);
        const bool cut = failed == http::error::end_of_stream || failed == http::error::partial_message;
        if (cut || failed.category() != beast::error_code(http::error::bad_method).category()) return end();
        refuse(400);
    }

    void refuse(int status) {
        version_ = 11;
        keep_ = false;
        is_head_ = false;
        write({status, {}, ""});
    }

    void write(net::http_response answer) {
        if (ended_) return;
        if (answer.status < 200 || answer.status > 599) answer = {500, {}, ""};
        if (host_->stopping()) keep_ = false;
        const timestamp now = system_clock()();
        if (is_head_ || has_no_body(answer.status)) {
            auto message = std::make_shared<http::response<http::empty_body>>();
            write_head(answer, version_, keep_, now, *message);
            if (!has_no_body(answer.status)) message->content_length(answer.body.size());
            return send(std::move(message));
        }
        auto message = std::make_shared<http::response<http::string_body>>();
        write_head(answer, version_, keep_, now, *message);
        message->content_length(answer.body.size());
        message->body() = std::move(answer.body);
        send(std::move(message));
    }

    template <class Body>
    void send(std::shared_ptr<http::response<Body>> message) {
        limit(options_.write_time_limit);
        const auto& content = *message;
        http::async_write(stream_, content,
                          [self = this->shared_from_this(), message](beast::error_code failed, std::size_t) {
                              if (failed) return self->end();
                              self->keep_ ? self->wait(self->options_.idle_time_limit) : self->say_goodbye();
                          });
    }

    // Closing at once, with bytes of the other side unread, would destroy the answer on its way.
    void say_goodbye() {
        if (ended_) return;
        if constexpr (secure) {
            limit(farewell_limit);
            stream_.async_shutdown([self = this->shared_from_this()](beast::error_code) { self->hang_up(); });
        } else {
            hang_up();
        }
    }

    void hang_up() {
        if (ended_) return;
        beast::error_code ignored;
        auto& below = beast::get_lowest_layer(stream_);
        below.socket().shutdown(tcp::socket::shutdown_send, ignored);
        limit(farewell_limit);
        idle_ = true;
        discard();
    }

    void discard() {
        beast::get_lowest_layer(stream_).async_read_some(
            asio::buffer(waste_), [self = this->shared_from_this()](beast::error_code failed, std::size_t) {
                failed || self->ended_ ? self->end() : self->discard();
            });
    }

    void end() {
        if (std::exchange(ended_, true)) return;
        beast::get_lowest_layer(stream_).close();
        host_->ended(this->shared_from_this());
    }

    const std::shared_ptr<connection_host> host_; // first, as the sockets need its io_context to the last
    const http_server_options& options_;
    Stream stream_;
    const typename Stream::executor_type executor_;
    beast::flat_buffer buffer_;
    std::optional<http::request_parser<http::string_body>> parser_;
    net::http_request request_;
    std::array<char, 4096> waste_{};
    unsigned version_ = 11;
    bool keep_ = true, is_head_ = false;
    bool idle_ = false, ended_ = false;
};

} // namespace incar::adapters
