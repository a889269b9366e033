#pragma once

#include "adapters/beast/connection_host.hpp"
#include "adapters/beast/input.hpp"
#include "adapters/beast/loop.hpp"
#include "adapters/beast/pending_answer.hpp"

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>

namespace incar::adapters {

constexpr std::size_t sent_in_one_piece = 64u << 10; // a longer body is not copied behind its head

// One connection, on its loop's thread: it reads what there is, parses as far as it goes, handles one request, writes
// the answer, and begins again.
template <class Stream>
class connection final : public session, public std::enable_shared_from_this<connection<Stream>> {
public:
    template <class... Arguments>
    explicit connection(std::shared_ptr<connection_host> host, loop& home, Arguments&&... arguments)
        : host_(std::move(host)), home_(home), options_(host_->options()),
          stream_(std::forward<Arguments>(arguments)...) {
        beast::error_code unknown;
        const auto peer = socket().remote_endpoint(unknown).address();
        if (!unknown)
            peer_ = peer.is_v4() ? net::ip_address(peer.to_v4().to_bytes()) : net::ip_address(peer.to_v6().to_bytes());
    }

    void start() {
        limit(options_.header_time_limit);
        if constexpr (secure)
            stream_.async_handshake(asio::ssl::stream_base::server,
                                    [self = this->shared_from_this()](beast::error_code failed) {
                                        if (failed) return self->end();
                                        self->limit(self->options_.header_time_limit);
                                        self->proceed();
                                    });
        else
            proceed();
    }

    void leave() override {
        if (idle_) end();
    }

    void end() override {
        if (std::exchange(ended_, true)) return;
        beast::error_code ignored;
        socket().close(ignored);
        host_->present().leave(caller_);
        if (home_.remove(this->shared_from_this())) host_->ended();
    }

    // The answer to the request at hand, on whatever thread it comes.
    void give(net::http_response answer) {
        if (home_.is_here() && handling_) {
            at_once_ = std::move(answer);
            return;
        }
        // What is posted must not keep the connection alive: the server may be gone and never run it.
        home_.post([weak = this->weak_from_this(), answer = std::move(answer)]() mutable {
            const auto self = weak.lock();
            if (self && !self->ended_ && self->write(std::move(answer))) self->proceed();
        });
    }

private:
    static constexpr bool secure = !std::is_same_v<Stream, tcp_socket>;

    void limit(std::chrono::milliseconds time) { deadline = std::chrono::steady_clock::now() + time; }

    void proceed() {
        while (step()) {
        }
    }

    // One step with what is here; false when it has to wait for something, which then calls `proceed`.
    bool step() {
        if (ended_) return false;
        if (!parser_) {
            if (host_->stopping()) return say_goodbye();
            if (input_.size() == 0) return read();
            begin_request();
        }
        if (input_.size() == 0) return read();
        beast::error_code failed;
        const bool had_head = parser_->is_header_done();
        const std::size_t used = parser_->put(input_.unread(), failed);
        input_.take(used);
        if (failed && failed != http::error::need_more) return refuse(failed);
        if (!had_head && (head_bytes_ += used) > options_.max_header_bytes) return refuse(431);
        if (!had_head && parser_->is_header_done() && !take_head()) return false;
        if (parser_->is_done()) return handle();
        return (used > 0 && input_.size() > 0 && !failed) || read();
    }

    void begin_request() {
        parser_.emplace();
        parser_->header_limit(static_cast<std::uint32_t>(std::min<std::size_t>(options_.max_header_bytes, UINT32_MAX)));
        parser_->body_limit(options_.max_body_bytes);
        head_bytes_ = 0;
        limit(options_.header_time_limit);
    }

    bool read() {
        if (input_.size() > std::max(options_.max_header_bytes, input::least)) return refuse(431); // an endless line
        idle_ = !parser_;
        if (idle_ && !std::exchange(fresh_, false)) limit(options_.idle_time_limit);
        stream_.async_read_some(input_.room(idle_),
                                [self = this->shared_from_this()](beast::error_code failed, std::size_t count) {
                                    self->idle_ = false;
                                    self->input_.add(count);
                                    failed ? self->end() : self->proceed();
                                });
        return false;
    }

    // Whether to go on at once.
    bool take_head() {
        if (const int refusal = parser_->take_head(secure); refusal != 0) return refuse(refusal);
        frame_ = {parser_->version(), parser_->keep_alive(), parser_->request().method == "HEAD"};
        const std::string* caller = parser_->request().headers.find("Authorization");
        if (!host_->present().change(caller_, caller ? *caller : std::string())) return refuse(429);
        limit(options_.body_time_limit);
        if (!parser_->wants_continue() || parser_->is_done()) return true;
        static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        asio::async_write(stream_, asio::buffer(go_on.data(), go_on.size()),
                          [self = this->shared_from_this()](beast::error_code failed, std::size_t) {
                              failed ? self->end() : self->proceed();
                          });
        return false;
    }

    bool handle() {
        deadline = steady_time::max();
        net::http_request request = std::move(parser_->request());
        request.peer = peer_;
        handling_ = true;
        {
            const auto answer = std::make_shared<pending_answer<connection>>(this->weak_from_this());
            try {
                host_->handler()(std::move(request),
                                 [answer](net::http_response given) { answer->give(std::move(given)); });
            } catch (...) {
                answer->give({500, {}, ""});
            }
        }
        handling_ = false;
        if (!at_once_) return false;
        net::http_response answer = *std::move(at_once_);
        at_once_.reset();
        return write(std::move(answer));
    }

    bool refuse(beast::error_code failed) {
        if (failed == http::error::header_limit || failed == http::error::buffer_overflow) return refuse(431);
        return refuse(failed == http::error::body_limit ? 413 : 400);
    }

    bool refuse(int status) {
        frame_ = {11, false, false};
        return write({status, {}, ""});
    }

    // Whether the answer is out and the next request may begin.
    bool write(net::http_response answer) {
        if (answer.status < 200 || answer.status > 599) answer = {500, {}, ""};
        if (host_->stopping()) frame_.keep = false;
        write_head(answer, frame_, home_.date(), out_);
        if (frame_.is_head || has_no_body(answer.status)) answer.body.clear();
        if (answer.body.size() <= sent_in_one_piece) out_.append(std::exchange(answer.body, {}));
        body_ = std::move(answer.body);
        std::size_t sent = 0;
        if constexpr (!secure) {
            beast::error_code waits;
            sent = stream_.write_some(asio::buffer(out_), waits);
            if (sent == out_.size() && body_.empty()) return written();
        }
        limit(options_.write_time_limit);
        const std::array<asio::const_buffer, 2> rest{asio::buffer(out_) + sent, asio::buffer(body_)};
        asio::async_write(stream_, rest, [self = this->shared_from_this()](beast::error_code failed, std::size_t) {
            if (failed) return self->end();
            if (self->written()) self->proceed();
        });
        return false;
    }

    bool written() {
        parser_.reset();
        body_ = {};
        return frame_.keep || say_goodbye();
    }

    // Closing at once, with bytes of the other side unread, would destroy the answer on its way.
    bool say_goodbye() {
        limit(farewell_limit);
        if constexpr (secure)
            stream_.async_shutdown([self = this->shared_from_this()](beast::error_code) { self->hang_up(); });
        else
            hang_up();
        return false;
    }

    void hang_up() {
        if (ended_) return;
        beast::error_code ignored;
        socket().shutdown(tcp_socket::shutdown_send, ignored);
        limit(farewell_limit);
        idle_ = true;
        discard();
    }

    tcp_socket& socket() {
        if constexpr (secure)
            return stream_.next_layer();
        else
            return stream_;
    }

    void discard() {
        socket().async_read_some(input_.waste(),
                                 [self = this->shared_from_this()](beast::error_code failed, std::size_t) {
                                     failed || self->ended_ ? self->end() : self->discard();
                                 });
    }

    const std::shared_ptr<connection_host> host_; // first, as the sockets need its loops to the last
    loop& home_;
    const http_server_options& options_;
    Stream stream_;
    std::optional<net::ip_address> peer_;
    input input_;
    std::size_t head_bytes_ = 0;
    std::optional<request_parser> parser_; // while there is a request
    std::string caller_;
    answer_frame frame_;
    std::optional<net::http_response> at_once_;
    std::string out_, body_;
    bool handling_ = false, idle_ = false, ended_ = false, fresh_ = true;
};

} // namespace incar::adapters
