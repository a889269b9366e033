// libcurl behind the port against a server of another house: Python's http.server.

#include "adapters/process.hpp"

#include <incar/adapters/curl.hpp>
#include <incar/core/json.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <cstdlib>
#include <future>
#include <set>
#include <thread>

using namespace incar;
using namespace std::chrono_literals;
using adapters::curl_client;
using adapters::curl_options;
using net::http_request;
using net::http_response;

namespace {

class server {
public:
    explicit server(const std::string& tls_name = "") : process_(words(tls_name)) {
        const std::string line = process_.line();
        const std::size_t blank = line.find(' ');
        port = line.substr(0, blank);
        REQUIRE_MESSAGE(std::atoi(port.c_str()) > 0, line, process_.rest());
        if (blank != std::string::npos) certificate = line.substr(blank + 1);
        origin = (tls_name.empty() ? "http://127.0.0.1:" : "https://127.0.0.1:") + port;
    }

    std::string port, origin, certificate;

private:
    static std::vector<std::string> words(const std::string& tls_name) {
        std::vector<std::string> result{INCAR_TEST_PYTHON, INCAR_TEST_SOURCE_DIR "/adapters/http_peer.py"};
        if (!tls_name.empty()) result.insert(result.end(), {"tls", tls_name});
        return result;
    }

    test::process process_;
};

curl_options local() {
    curl_options options;
    options.addresses.allowed = {net::address_block::parse("127.0.0.0/8").value()};
    return options;
}

http_request get(const std::string& text) {
    http_request request;
    request.url = net::url::parse(text).value();
    return request;
}

http_response answer_to(curl_client& client, const http_request& request, const net::http_limits& limits = {}) {
    const auto answer = client.fetch(request, limits);
    REQUIRE_MESSAGE(answer, (answer ? "" : format(answer.error())));
    return *answer;
}

std::error_code failure_of(curl_client& client, const std::string& text, const net::http_limits& limits = {}) {
    const auto answer = client.fetch(get(text), limits);
    REQUIRE_MESSAGE(!answer, text);
    INFO(format(answer.error()));
    CHECK(answer.error().where == "/url");
    return answer.error().code;
}

json::value echoed(curl_client& client, const http_request& request) {
    const http_response answer = answer_to(client, request);
    CHECK(answer.status == 201);
    CHECK(*answer.headers.find("x-twice") == "1");
    return json::parse(answer.body).value();
}

std::vector<std::string> values(const json::value& echo, std::string_view name) {
    std::vector<std::string> found;
    for (const json::value& line : *echo.find("headers")->as_array())
        if (*(*line.as_array())[0].as_string() == name) found.push_back(*(*line.as_array())[1].as_string());
    return found;
}

} // namespace

TEST_SUITE("curl") {
    TEST_CASE("method, target, headers and body arrive as they were given, and nothing is added that matters") {
        server peer;
        curl_client client(local());
        for (const char* method : {"PUT", "POST", "PATCH", "DELETE", "GET", "OPTIONS", "X-OWN"}) {
            CAPTURE(method);
            http_request request = get(peer.origin + "/echo?a=%7e%2F+b&c=../d");
            request.method = method;
            request.headers = {{"Authorization", "Token abc"},
                               {"X-Empty", ""},
                               {"X-Two", "1"},
                               {"X-Two", "2"},
                               {"Content-Length", "7"},
                               {"Host", "evil"},
                               {"Transfer-Encoding", "chunked"}};
            for (const std::string& body : {std::string("body \0 \xff", 8), std::string()}) {
                request.body = body;
                const json::value echo = echoed(client, request);
                CHECK(*echo.find("method")->as_string() == method);
                CHECK(*echo.find("target")->as_string() == "/echo?a=%7e%2F+b&c=../d");
                CHECK(values(echo, "Authorization") == std::vector<std::string>{"Token abc"});
                CHECK(values(echo, "X-Empty") == std::vector<std::string>{""});
                CHECK(values(echo, "X-Two") == std::vector<std::string>{"1", "2"});
                CHECK(values(echo, "Host") == std::vector<std::string>{"127.0.0.1:" + peer.port});
                CHECK(values(echo, "User-Agent") == std::vector<std::string>{"incar"});
                CHECK(values(echo, "Content-Type").empty());
                CHECK(values(echo, "Transfer-Encoding").empty());
                CHECK(values(echo, "Expect").empty());
                CHECK(echo.find("body")->as_string()->size() == (body.empty() ? 0 : 9)); // \xff is two bytes of JSON
            }
        }
        http_request large = get(peer.origin + "/echo");
        large.method = "POST";
        large.body.assign(3u << 20, 'b');
        large.headers = {{"Content-Type", "text/plain"}};
        const json::value echo = echoed(client, large);
        CHECK(*echo.find("body")->as_string() == large.body);
        CHECK(values(echo, "Content-Type") == std::vector<std::string>{"text/plain"});
        CHECK(values(echo, "Content-Length") == std::vector<std::string>{"3145728"});
        http_request head = get(peer.origin + "/big?1000");
        head.method = "HEAD";
        const http_response none = answer_to(client, head, {30s, 10});
        CHECK(none.body.empty());
        CHECK(*none.headers.find("Content-Length") == "1000");
    }

    TEST_CASE("a path with dots is not made shorter on the way") {
        server peer;
        curl_client client(local());
        CHECK(failure_of(client, peer.origin + "/x/../asked") == net::errc::connection_lost);
        CHECK(answer_to(client, get(peer.origin + "/asked")).body ==
              "1"); // the one before did arrive, under its own name
    }

    TEST_CASE("a body in chunks is put together, without interim answers and trailers") {
        server peer;
        curl_client client(local());
        for (int round = 0; round < 2; ++round) {
            const http_response answer = answer_to(client, get(peer.origin + "/chunked"));
            CHECK(answer.status == 200);
            CHECK(answer.body == "abc" + std::string(100, 'd'));
            CHECK(answer.headers.find_all("X-A") == std::vector<std::string>{"1", ""});
            CHECK_FALSE(answer.headers.find("X-Early"));
            CHECK_FALSE(answer.headers.find("X-Trailer"));
        }
    }

    TEST_CASE("every status is an answer and a redirect is handed over, not followed") {
        server peer;
        curl_client client(local());
        for (const int status : {204, 301, 302, 304, 307, 308, 400, 401, 404, 500, 503}) {
            const http_response answer = answer_to(client, get(peer.origin + "/status?" + std::to_string(status)));
            CHECK(answer.status == status);
            CHECK(*answer.headers.find("Location") == "/landed");
            CHECK(answer.body.empty());
        }
        CHECK(answer_to(client, get(peer.origin + "/asked")).body == "11"); // not one request more than these
    }

    TEST_CASE("requests one after another share a connection, and no more are opened than allowed") {
        server peer;
        curl_options options = local();
        options.max_connections_per_host = 3;
        curl_client client(options);
        for (int k = 0; k < 20; ++k) CHECK(answer_to(client, get(peer.origin + "/connection")).body == "0");

        std::vector<std::future<std::string>> bodies;
        for (int k = 0; k < 200; ++k) {
            auto promise = std::make_shared<std::promise<std::string>>();
            bodies.push_back(promise->get_future());
            client.send(get(peer.origin + "/connection"), {}, [promise](const expected<http_response>& answer) {
                promise->set_value(answer ? answer->body : format(answer.error()));
            });
        }
        std::set<std::string> seen;
        for (auto& each : bodies) seen.insert(each.get());
        CHECK(seen.size() > 1);
        for (const std::string& each : seen) {
            CAPTURE(each);
            CHECK(each.size() == 1);
            CHECK(each < "3");
        }
    }

    TEST_CASE("two hundred requests from many threads are each answered once, with their own answer") {
        server peer;
        curl_client client(local());
        const net::http_client port = client.port();
        CHECK(port.name == "curl");
        std::vector<std::atomic<int>> calls(200);
        std::atomic<int> right{0}, done{0};
        std::promise<void> all;
        std::vector<std::thread> threads;
        for (int part = 0; part < 4; ++part)
            threads.emplace_back([&, part] {
                for (int k = part; k < 200; k += 4) {
                    http_request request = get(peer.origin + "/echo");
                    request.method = "POST";
                    request.body = "number " + std::to_string(k) + ".";
                    port.send(request, {}, [&, k, body = request.body](const expected<http_response>& answer) {
                        ++calls[static_cast<std::size_t>(k)];
                        if (answer && answer->body.find(body) != std::string::npos) ++right;
                        if (++done == 200) all.set_value();
                    });
                }
            });
        for (auto& each : threads) each.join();
        all.get_future().wait();
        CHECK(right == 200);
        for (const auto& each : calls) CHECK(each == 1);
    }

    TEST_CASE("a completion may send the next request and must not wait for one") {
        server peer;
        curl_client client(local());
        std::promise<std::pair<std::error_code, std::string>> both;
        client.send(get(peer.origin + "/asked"), {}, [&](const expected<http_response>&) {
            const auto refused = client.fetch(get(peer.origin + "/asked"));
            const std::error_code code = refused ? std::error_code() : refused.error().code;
            client.send(get(peer.origin + "/asked"), {}, [&both, code](const expected<http_response>& answer) {
                both.set_value({code, answer ? answer->body : ""});
            });
        });
        CHECK(both.get_future().get() == std::pair<std::error_code, std::string>(incar::errc::unavailable, "1"));
    }

    TEST_CASE("a slow server runs into the time limit, however it is slow, and so does waiting for a connection") {
        server peer;
        curl_client patient(local());
        CHECK(failure_of(patient, peer.origin + "/slow?20", {200ms, 100}) == net::errc::timed_out);
        CHECK(failure_of(patient, peer.origin + "/drip", {200ms, 1'000'000}) == net::errc::timed_out);
        CHECK(answer_to(patient, get(peer.origin + "/slow?0.01")).body == "at last");
        curl_options options = local();
        options.max_connections_per_host = 1;
        std::promise<std::error_code> first;
        {
            curl_client client(options);
            client.send(get(peer.origin + "/slow?60"), {120s, 100},
                        [&](const expected<http_response>& answer) { first.set_value(answer.error().code); });
            CHECK(failure_of(client, peer.origin + "/asked", {200ms, 100}) == net::errc::timed_out);
        }
        CHECK(first.get_future().get() == net::errc::cancelled);
    }

    TEST_CASE("an answer beyond a limit is refused, one that just fits is taken") {
        server peer;
        curl_options options = local();
        options.max_header_bytes = 8192;
        curl_client client(options);
        CHECK(answer_to(client, get(peer.origin + "/big?1000"), {30s, 1000}).body.size() == 1000);
        CHECK(failure_of(client, peer.origin + "/big?1001", {30s, 1000}) == net::errc::response_too_large);
        CHECK(failure_of(client, peer.origin + "/endless", {30s, 100'000}) == net::errc::response_too_large);
        CHECK(answer_to(client, get(peer.origin + "/header?70")).headers.size() == 71);
        CHECK(failure_of(client, peer.origin + "/header?80") == net::errc::response_too_large);
    }

    TEST_CASE("an answer that breaks off or is not HTTP is an error, and the next request is not harmed") {
        server peer;
        curl_client client(local());
        const std::pair<const char*, net::errc> ways[] = {
            {"/cut", net::errc::connection_lost},       {"/cut-chunk", net::errc::connection_lost},
            {"/silent", net::errc::connection_lost},    {"/garbage", net::errc::malformed_answer},
            {"/nameless", net::errc::malformed_answer}, {"/control", net::errc::malformed_answer},
            {"/folded", net::errc::malformed_answer},
        };
        for (const auto& [path, code] : ways) {
            CAPTURE(path);
            CHECK(failure_of(client, peer.origin + path) == code);
            CHECK(answer_to(client, get(peer.origin + "/landed")).body == "you followed");
        }
    }

    TEST_CASE("nobody listens and no such name are told apart") {
        std::string origin;
        {
            server gone;
            origin = gone.origin;
        }
        curl_client client(local());
        CHECK(failure_of(client, origin) == net::errc::not_connected);
        CHECK(failure_of(client, "http://no-such-host.invalid/") == net::errc::not_resolved);
    }

    TEST_CASE("an address of the own house is refused in every spelling, and allowed when it is on the list") {
        server peer;
        curl_client guarded;
        for (const char* host : {"127.0.0.1",
                                 "127.1",
                                 "127.0.0.1.",
                                 "0x7f.1",
                                 "0x7f000001",
                                 "0X7F.0.0.0x1",
                                 "2130706433",
                                 "017700000001",
                                 "0177.0.0.01",
                                 "127.000.000.001",
                                 "localhost",
                                 "LOCALHOST",
                                 "0",
                                 "0.0.0.0",
                                 "0x0",
                                 "[::1]",
                                 "[::]",
                                 "[::ffff:127.0.0.1]",
                                 "[::ffff:7f00:1]",
                                 "[0:0:0:0:0:ffff:127.0.0.1]",
                                 "[::127.0.0.1]",
                                 "[64:ff9b::127.0.0.1]",
                                 "[2002:7f00:1::]",
                                 "10.0.0.1",
                                 "169.254.169.254",
                                 "0xa9fea9fe",
                                 "192.168.0.1",
                                 "[fd00::1]",
                                 "[fe80::1]"}) {
            CAPTURE(host);
            const std::error_code code =
                failure_of(guarded, std::string("http://") + host + ":" + peer.port + "/asked");
            const std::string text = host;
            if (text == "127.0.0.1." || text == "0x0" || text == "127.000.000.001") // names to some resolvers
                CHECK((code == net::errc::address_refused || code == net::errc::not_resolved));
            else
                CHECK(code == net::errc::address_refused);
        }
        curl_options options;
        options.addresses.allowed = {net::address_block::parse("127.0.0.1").value()};
        curl_client trusting(options); // none of the above got through
        CHECK(answer_to(trusting, get(peer.origin + "/asked")).body == "0");
        for (const char* host : {"127.1", "0x7f.1", "2130706433", "017700000001", "localhost"}) {
            CAPTURE(host);
            CHECK(answer_to(trusting, get(std::string("http://") + host + ":" + peer.port + "/landed")).status == 200);
        }
        CHECK(failure_of(trusting, "http://127.0.0.2:" + peer.port + "/") == net::errc::address_refused);
    }

    TEST_CASE("a redirect into the own house stays a redirect, and a proxy of the environment is not asked") {
        server peer, proxy;
        setenv("http_proxy", proxy.origin.c_str(), 1);
        setenv("ALL_PROXY", proxy.origin.c_str(), 1);
        {
            curl_client client(local());
            CHECK(answer_to(client, get(peer.origin + "/asked")).body == "0");
        }
        unsetenv("http_proxy");
        unsetenv("ALL_PROXY");
        curl_options options = local();
        CHECK([&] {
            curl_client direct(options);
            return answer_to(direct, get(proxy.origin + "/asked")).body;
        }() == "0");
        options.proxy = proxy.origin;
        curl_client through(options); // a proxy is asked with the whole URL, which this one does not know as a path
        CHECK(failure_of(through, peer.origin + "/asked") == net::errc::connection_lost);
        CHECK([&] {
            curl_client direct(local());
            return answer_to(direct, get(peer.origin + "/asked")).body;
        }() == "1");
    }

    TEST_CASE("a certificate is taken only from an authority one trusts, and only for the host one asked") {
        server right("IP:127.0.0.1"), wrong("DNS:other.example");
        curl_options options = local();
        curl_client strict(options);
        CHECK(failure_of(strict, right.origin + "/asked") == net::errc::tls_refused);
        options.ca_file = right.certificate;
        {
            curl_client trusting(options);
            CHECK(answer_to(trusting, get(right.origin + "/asked")).body == "0"); // no request came before the refusal
            CHECK(failure_of(trusting, wrong.origin + "/asked") == net::errc::tls_refused);
            CHECK(answer_to(trusting, get(right.origin + "/connection")).status == 200);
        }
        options.ca_file = wrong.certificate; // trusted now, but it names another host
        curl_client other(options);
        CHECK(failure_of(other, wrong.origin + "/asked") == net::errc::tls_refused);
        options.ca_file = "/nonexistent.pem";
        curl_client blind(options);
        CHECK(failure_of(blind, right.origin + "/asked") == net::errc::tls_refused);
        server plain;
        CHECK(failure_of(blind, "https://127.0.0.1:" + plain.port + "/") == net::errc::tls_refused);
    }

    TEST_CASE("a request that no server may see is refused with its place") {
        curl_client client(local());
        const auto place = [&](http_request request, net::http_limits limits = {}) {
            return client.fetch(std::move(request), limits).error().where;
        };
        CHECK(place({}) == "/url");
        http_request request = get("http://127.0.0.1:9/");
        for (const char* method : {"", "GET /evil HTTP/1.1\r\nX:", "CONNECT", "A B"}) {
            request.method = method;
            CHECK(place(request) == "/method");
        }
        request.method = "HEAD";
        request.body = "x";
        CHECK(place(request) == "/body");
        CHECK(place(get("http://127.0.0.1:9/"), {0ms, 1}) == "/time_limit");
        curl_options options;
        options.max_connections_per_host = 0;
        CHECK_THROWS_AS(curl_client{options}, incar::exception);
    }

    TEST_CASE("destroying the client calls every completion once, also those still waiting, and the port lives on") {
        server peer;
        std::vector<std::atomic<int>> calls(60);
        std::atomic<int> cancelled{0};
        net::http_client port;
        const auto begin = std::chrono::steady_clock::now();
        {
            curl_options options = local();
            options.max_connections_per_host = 4;
            curl_client client(options);
            port = client.port();
            for (std::size_t k = 0; k < calls.size(); ++k)
                client.send(get(peer.origin + (k % 2 ? "/slow?40" : "/drip")), {60s, 1'000'000},
                            [&, k](const expected<http_response>& answer) {
                                ++calls[k];
                                if (!answer && answer.error().code == net::errc::cancelled) ++cancelled;
                            });
        }
        CHECK(std::chrono::steady_clock::now() - begin < 30s);
        CHECK(cancelled == 60);
        for (const auto& each : calls) CHECK(each == 1);
        bool told = false;
        port.send(get(peer.origin + "/asked"), {},
                  [&](const expected<http_response>& answer) { told = answer.error().code == net::errc::cancelled; });
        CHECK(told);
    }

    TEST_CASE("a client may be destroyed inside a completion") {
        server peer;
        auto client = std::make_shared<curl_client>(local());
        std::promise<std::error_code> other;
        std::promise<void> done;
        client->send(get(peer.origin + "/slow?40"), {60s, 100},
                     [&](const expected<http_response>& answer) { other.set_value(answer.error().code); });
        curl_client& reference = *client;
        reference.send(get(peer.origin + "/asked"), {},
                       [&done, last = std::move(client)](const expected<http_response>&) mutable {
                           last.reset();
                           done.set_value();
                       });
        done.get_future().wait();
        CHECK(other.get_future().get() == net::errc::cancelled);
    }
}
