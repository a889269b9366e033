#pragma once

// The server under test with a handler that has good and bad habits, and the visitors of http_visits/.

#include "adapters/process.hpp"

#include <incar/adapters/beast.hpp>
#include <incar/core/json.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <mutex>
#include <thread>

namespace incar::test {

using namespace std::chrono_literals;
using adapters::http_server;
using adapters::http_server_options;
using net::http_request;
using net::http_respond;
using net::http_response;

inline std::string hexadecimal(const std::string& bytes) {
    std::string text;
    for (const char c : bytes)
        for (const int digit : {static_cast<unsigned char>(c) >> 4, c & 15}) text += "0123456789abcdef"[digit];
    return text;
}

inline http_response echo(const http_request& request) {
    json::array lines;
    for (const net::header& each : request.headers) lines.push_back(json::array{each.name, each.value});
    const json::object said{{"method", request.method},
                            {"url", request.url.text()},
                            {"headers", lines},
                            {"body", hexadecimal(request.body)}};
    return {200, {{"X-Served", "yes"}}, json::format(said)};
}

// A handler with good and bad habits, by path; what it answers later it answers from threads of its own.
class house {
public:
    ~house() {
        for (std::thread& each : threads_) each.join();
    }

    void handle(const http_request& request, http_respond respond) {
        const std::string_view path = request.url.path();
        const int number = request.url.query() ? std::atoi(std::string(*request.url.query()).c_str()) : 0;
        ++handled;
        if (path == "/peer") return respond({200, {}, request.peer ? format(*request.peer) : "nobody"});
        if (path == "/echo") return respond(echo(request));
        if (path == "/status") return respond({number, {}, "body"});
        if (path == "/big") return respond({200, {}, std::string(static_cast<std::size_t>(number), 'b')});
        if (path == "/framing")
            return respond(
                {200, {{"Content-Length", "1"}, {"Transfer-Encoding", "chunked"}, {"Connection", "close"}}, "body"});
        if (path == "/throw") throw std::runtime_error("no");
        if (path == "/throw-odd") throw 17;
        if (path == "/drop") return;
        const std::lock_guard<std::mutex> lock(mutex_);
        if (path == "/never") return kept_.push_back(std::move(respond));
        if (path == "/later") {
            threads_.emplace_back([number, respond = std::move(respond)] {
                std::this_thread::sleep_for(std::chrono::milliseconds(number));
                respond({200, {}, "later"});
            });
            return;
        }
        respond({200, {}, "first"});
        if (path == "/twice") respond({200, {}, "second"});
        if (path == "/answer-and-throw") throw std::runtime_error("too late");
    }

    net::http_handler handler() {
        return [this](const http_request& request, http_respond respond) { handle(request, std::move(respond)); };
    }

    // Waits until so many requests wait for the answer that never comes.
    void await_kept(std::size_t count) {
        for (int k = 0; k < 6000 && kept().size() < count; ++k) std::this_thread::sleep_for(10ms);
        REQUIRE(kept().size() == count);
    }

    std::vector<http_respond> kept() {
        const std::lock_guard<std::mutex> lock(mutex_);
        return kept_;
    }

    std::atomic<int> handled{0};

private:
    std::mutex mutex_;
    std::vector<std::thread> threads_;
    std::vector<http_respond> kept_;
};

inline http_server started(house& inside, const http_server_options& options = {}) {
    auto server = http_server::start(options, inside.handler());
    REQUIRE_MESSAGE(server, (server ? "" : format(server.error())));
    REQUIRE(server->port() != 0);
    return *std::move(server);
}

inline std::vector<std::string> visitor(const http_server& server, const std::string& scenario) {
    return {INCAR_TEST_PYTHON, INCAR_TEST_SOURCE_DIR "/adapters/http_visits/visit.py", scenario,
            std::to_string(server.port())};
}

inline void visit(const http_server& server, const std::string& scenario, const std::string& file = "") {
    auto words = visitor(server, scenario);
    if (!file.empty()) words.push_back(file);
    process guest(words);
    const std::string said = guest.rest();
    const int status = guest.wait();
    CHECK_MESSAGE(status == 0, said);
}

inline http_server_options with_threads(int count) {
    http_server_options options;
    options.threads = count;
    return options;
}

} // namespace incar::test
