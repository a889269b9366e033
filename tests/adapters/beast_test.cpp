// Beast behind the port against clients of another house: Python's http.client and plain sockets.

#include "adapters/process.hpp"

#include <incar/adapters/beast.hpp>
#include <incar/core/json.hpp>
#include <incar/net/health.hpp>
#include <incar/net/metrics.hpp>
#include <incar/net/rate_limit.hpp>

#include <doctest/doctest.h>
#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>

using namespace incar;
using namespace std::chrono_literals;
using adapters::http_server;
using adapters::http_server_options;
using net::http_request;
using net::http_respond;
using net::http_response;

namespace {

std::string hexadecimal(const std::string& bytes) {
    std::string text;
    for (const char c : bytes)
        for (const int digit : {static_cast<unsigned char>(c) >> 4, c & 15}) text += "0123456789abcdef"[digit];
    return text;
}

http_response echo(const http_request& request) {
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

http_server started(house& inside, const http_server_options& options = {}) {
    auto server = http_server::start(options, inside.handler());
    REQUIRE_MESSAGE(server, (server ? "" : format(server.error())));
    REQUIRE(server->port() != 0);
    return *std::move(server);
}

std::vector<std::string> visitor(const http_server& server, const std::string& scenario) {
    return {INCAR_TEST_PYTHON, INCAR_TEST_SOURCE_DIR "/adapters/http_visitor.py", scenario,
            std::to_string(server.port())};
}

void visit(const http_server& server, const std::string& scenario, const std::string& file = "") {
    auto words = visitor(server, scenario);
    if (!file.empty()) words.push_back(file);
    test::process guest(words);
    const std::string said = guest.rest();
    const int status = guest.wait();
    CHECK_MESSAGE(status == 0, said);
}

http_server_options with_threads(int count) {
    http_server_options options;
    options.threads = count;
    return options;
}

} // namespace

TEST_SUITE("beast") {
    TEST_CASE("fifty requests on one connection arrive whole, each with its own answer") {
        house inside;
        visit(started(inside), "keep_alive");
    }

    TEST_CASE("requests sent in one go are answered in their order, however slow the first") {
        for (const int threads : {1, 3}) {
            house inside;
            visit(started(inside, with_threads(threads)), "pipelining");
        }
    }

    TEST_CASE("a body in chunks is put together and trailers do not become headers") {
        house inside;
        visit(started(inside), "chunked");
    }

    TEST_CASE("who waits for 100 Continue gets it, and who would be refused anyway does not") {
        house inside;
        visit(started(inside), "expectation");
    }

    TEST_CASE("headers and bodies beyond their limits are refused, and the refusal arrives") {
        house inside;
        http_server_options options;
        options.max_header_bytes = 2000;
        options.max_body_bytes = 10000;
        visit(started(inside, options), "limits");
    }

    TEST_CASE("without being told a server still knows where to end: 40 MB, a header of 100 kB and lines without end") {
        house inside;
        visit(started(inside), "huge");
    }

    TEST_CASE("a request that could be read in two ways is refused and nothing behind it is read") {
        house inside;
        visit(started(inside), "ambiguity");
    }

    TEST_CASE("HTTP/1.0 is closed after the answer unless it asks for more") {
        house inside;
        visit(started(inside), "versions");
    }

    TEST_CASE("answers without a body end with their header") {
        house inside;
        visit(started(inside), "bodiless");
    }

    TEST_CASE("a handler that throws, forgets or talks twice costs one answer, not the connection") {
        house inside;
        visit(started(inside), "failures");
    }

    TEST_CASE("who is slow with a header, a body or the next request is hung up on") {
        house inside;
        http_server_options options;
        options.header_time_limit = options.body_time_limit = options.idle_time_limit = 2s;
        visit(started(inside, options), "slow");
    }

    TEST_CASE("connections that break anywhere leave the server in order") {
        house inside;
        visit(started(inside, with_threads(2)), "dropped");
    }

    TEST_CASE("two hundred clients at a time are all served") {
        house inside;
        visit(started(inside, with_threads(2)), "crowd");
    }

    TEST_CASE("two thousand connections that dawdle hold up nobody and are hung up on") {
        rlimit files{};
        REQUIRE(::getrlimit(RLIMIT_NOFILE, &files) == 0);
        const rlimit more{files.rlim_max, files.rlim_max};
        REQUIRE(::setrlimit(RLIMIT_NOFILE, &more) == 0);
        house inside;
        http_server_options options;
        options.max_connections = 4000;
        options.header_time_limit = 5s;
        visit(started(inside, options), "slow_crowd");
        ::setrlimit(RLIMIT_NOFILE, &files);
    }

    TEST_CASE("a token has so many connections and no more, whoever else has how many") {
        for (const int threads : {1, 3}) {
            house inside;
            http_server_options options = with_threads(threads);
            options.max_connections_per_token = 2;
            visit(started(inside, options), "per_token");
        }
    }

    TEST_CASE("the handler learns the other side's address") {
        house inside;
        const http_server server = started(inside);
        test::process guest({INCAR_TEST_PYTHON, "-c",
                             "import http.client; c=http.client.HTTPConnection('127.0.0.1'," +
                                 std::to_string(server.port()) +
                                 "); c.request('GET','/peer'); print(c.getresponse().read())"});
        CHECK(guest.line() == "b'127.0.0.1'");
    }

    TEST_CASE("health, metrics and rates go around any handler") {
        const net::http_metrics metrics({"locations"});
        net::rate_limit_options rates;
        rates.unknown = {0.001, 3};
        net::health_options health;
        health.metrics = [metrics] { return metrics.text(); };
        const auto inner = net::answer_at_once([](const http_request&) { return http_response{200, {}, "here"}; });
        auto server = http_server::start({}, net::with_health(health, metrics.count(net::limit_rate(rates, inner))));
        REQUIRE(server);
        visit(*server, "watched");
    }

    TEST_CASE("stopping under load loses no answer to a request that was begun") {
        for (const int threads : {1, 2}) {
            house inside;
            http_server_options options = with_threads(threads);
            options.stop_time_limit = 60s;
            http_server server = started(inside, options);
            test::process guest(visitor(server, "last_answers"));
            CHECK(guest.line() == "asking");
            for (int k = 0; k < 6000 && inside.handled < 300; ++k) std::this_thread::sleep_for(10ms);
            server.stop();
            const int begun = inside.handled;
            CHECK(begun >= 300);
            CHECK(begun < 20 * 2000);
            const std::string said = guest.rest();
            CHECK_MESSAGE(said == std::to_string(begun) + "\n", said);
            CHECK(guest.wait() == 0);
        }
    }

    TEST_CASE("beyond the greatest number of connections the next one waits for its turn") {
        house inside;
        http_server_options options;
        options.max_connections = 1;
        visit(started(inside, options), "full_house");
    }

    TEST_CASE("with a certificate it speaks TLS and nothing else") {
        const std::filesystem::path folder =
            std::filesystem::temp_directory_path() / ("incar_beast_" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder);
        http_server_options options;
        options.certificate_file = folder / "certificate.pem";
        options.key_file = folder / "key.pem";
        test::process openssl({"/usr/bin/env", "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                               "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=test", "-addext",
                               "subjectAltName=IP:127.0.0.1", "-keyout", options.key_file, "-out",
                               options.certificate_file});
        const std::string said = openssl.rest();
        REQUIRE_MESSAGE(openssl.wait() == 0, said);
        house inside;
        for (const int threads : {1, 2}) {
            options.threads = threads;
            visit(started(inside, options), "secure", options.certificate_file);
        }
        for (const char* wrong : {"key.pem", "nowhere.pem"}) {
            http_server_options broken = options;
            broken.certificate_file = folder / wrong;
            const auto refused = http_server::start(broken, inside.handler());
            REQUIRE_FALSE(refused);
            CHECK(refused.error().where == "/certificate_file");
        }
        options.key_file = options.certificate_file;
        CHECK(http_server::start(options, inside.handler()).error().where == "/key_file");
        std::filesystem::remove_all(folder);
    }

    TEST_CASE("stopping gives the answers that are due and begins nothing new") {
        house inside;
        http_server server = started(inside, with_threads(2));
        test::process guest(visitor(server, "stop"));
        inside.await_kept(2);
        std::thread stopping([&] { server.stop(); });
        const std::string line = guest.line();
        CHECK_MESSAGE(line == "stopping", line);
        for (const http_respond& respond : inside.kept()) respond({200, {}, "in the end"});
        stopping.join();
        server.stop(); // once more does no harm
        const std::string said = guest.rest();
        CHECK_MESSAGE(guest.wait() == 0, said);
    }

    TEST_CASE("stopping does not wait for an answer that never comes, and one that comes too late does no harm") {
        std::vector<http_respond> late;
        {
            house inside;
            http_server_options options;
            options.stop_time_limit = 100ms;
            http_server server = started(inside, options);
            const std::string request =
                "import socket,sys; s=socket.create_connection(('127.0.0.1'," + std::to_string(server.port()) +
                ")); s.sendall(b'GET /never HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n'); print(s.recv(100), flush=True)";
            test::process guest({INCAR_TEST_PYTHON, "-c", request});
            inside.await_kept(1);
            late = inside.kept();
            const auto begin = std::chrono::steady_clock::now();
            server.stop();
            CHECK(std::chrono::steady_clock::now() - begin < 20s);
            CHECK(guest.line() == "b''");
        }
        late.front()({200, {}, "too late"});
        late.clear();
    }

    TEST_CASE("answers may come from anywhere while the server goes away") {
        for (int round = 0; round < 20; ++round) {
            house inside;
            http_server_options options = with_threads(2);
            options.stop_time_limit = 1ms;
            http_server server = started(inside, options);
            const std::string requests =
                "import socket,sys\nfor k in range(20):\n s=socket.create_connection(('127.0.0.1'," +
                std::to_string(server.port()) +
                ")); s.sendall(b'GET /later?%d HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n' % k); globals()['s%d' % k] = s\n" +
                "print('sent', flush=True)\nsys.stdin.read()";
            test::process guest({INCAR_TEST_PYTHON, "-c", requests});
            CHECK(guest.line() == "sent");
        }
    }

    TEST_CASE("a server can be moved and one at work makes room for another") {
        house inside;
        http_server first = started(inside);
        const std::uint16_t port = first.port();
        http_server second = std::move(first);
        CHECK(second.port() == port);
        visit(second, "keep_alive");
        second = started(inside);
        visit(second, "keep_alive");
        http_server_options options;
        options.port = port; // free again
        visit(started(inside, options), "versions");
    }

    TEST_CASE("options that cannot be served are refused with their place") {
        house inside;
        const auto place = [&](const http_server_options& options) {
            const auto server = http_server::start(options, inside.handler());
            return server ? "none" : server.error().where;
        };
        http_server_options options;
        options.threads = 0;
        CHECK(place(options) == "/threads");
        options = {};
        options.address = "localhost";
        CHECK(place(options) == "/address");
        options = {};
        options.certificate_file = "alone.pem";
        CHECK(place(options) == "/key_file");
        options = {};
        options.idle_time_limit = 0ms;
        CHECK(place(options) == "/idle_time_limit");
        options = {};
        options.max_connections_per_token = -1;
        CHECK(place(options) == "/max_connections_per_token");
        options = {};
        const http_server taken = started(inside);
        options.port = taken.port();
        CHECK(place(options) == "/port");
        CHECK(http_server::start({}, nullptr).error().where == "/handler");
    }
}
