// libcurl behind the port: many requests at once, from many threads, and the end of a client.

#include "adapters/curl_peer.hpp"

#include <incar/core/json.hpp>

#include <atomic>
#include <future>
#include <set>
#include <thread>

using namespace incar;
using namespace incar::test;

TEST_SUITE("curl") {
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

    TEST_CASE("a request on a kept connection that dies is sent once more, however often that has happened before") {
        server peer;
        curl_client client(local());
        for (int k = 0; k < 30; ++k) {
            http_request request = get(peer.origin + "/once");
            request.method = "PUT";
            request.headers = {{"X-Number", std::to_string(k)}};
            request.body = "body of " + std::to_string(k);
            CHECK(answer_to(client, request).body == std::to_string(k) + " " + request.body);
        }
    }

    TEST_CASE("a request has nothing of the one before, whatever the two are") {
        server peer;
        curl_client client(local());
        const std::pair<const char*, const char*> kinds[] = {{"POST", "a body"}, {"GET", ""},    {"PUT", ""},
                                                             {"HEAD", ""},       {"DELETE", ""}, {"PATCH", "another"}};
        for (const auto& before : kinds)
            for (const auto& [method, body] : kinds) {
                if (method == std::string("HEAD")) continue; // shows nothing of what it sent
                for (const auto& [name, text] : {before, {method, body}}) {
                    http_request request = get(peer.origin + "/echo?" + name);
                    request.method = name;
                    request.body = text;
                    request.headers.set(std::string("X-") + name, name).value();
                    const http_response answer = answer_to(client, request);
                    if (answer.body.empty()) continue;
                    const json::value echo = json::parse(answer.body).value();
                    CHECK(*echo.find("method")->as_string() == name);
                    CHECK(*echo.find("target")->as_string() == std::string("/echo?") + name);
                    CHECK(*echo.find("body")->as_string() == text);
                    std::set<std::string> own;
                    for (const json::value& line : *echo.find("headers")->as_array())
                        own.insert(*(*line.as_array())[0].as_string());
                    own.erase("Content-Length");
                    CHECK(own == std::set<std::string>{"Host", "User-Agent", "Accept", std::string("X-") + name});
                }
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
