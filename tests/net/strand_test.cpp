#include <incar/net/strand.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace incar;

TEST_CASE("a task runs at once when nothing else does, and after the others when something does") {
    const net::strand strand;
    std::string order;
    strand.post([&] {
        order += "a";
        strand.post([&] {
            order += "c";
            strand.post([&] { order += "e"; });
        });
        strand.post([&] { order += "d"; });
        order += "b";
    });
    CHECK(order == "abcde");
}

TEST_CASE("tasks of many threads never overlap, and none is lost") {
    const net::strand strand;
    std::atomic<int> inside{0}, overlaps{0}, left{8 * 5000};
    int count = 0; // guarded by the strand alone
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&] {
            for (int k = 0; k < 5000; ++k)
                strand.post([&] {
                    if (inside++ != 0) ++overlaps;
                    ++count;
                    --inside;
                    --left;
                });
        });
    for (std::thread& each : threads) each.join();
    CHECK(left == 0); // each thread returns when the queue is empty or somebody else is at it
    CHECK(overlaps == 0);
    CHECK(count == 8 * 5000);
}

TEST_CASE("the tasks of one thread keep their order") {
    const net::strand strand;
    std::vector<int> seen[2];
    const auto post_all = [&](int who) {
        for (int k = 0; k < 2000; ++k) strand.post([&, who, k] { seen[who].push_back(k); });
    };
    std::thread other([&] { post_all(1); });
    post_all(0);
    other.join();
    for (const auto& each : seen) {
        REQUIRE(each.size() == 2000);
        CHECK(std::is_sorted(each.begin(), each.end()));
    }
}

TEST_CASE("a client's completions and a handler's requests are tasks") {
    const net::strand strand;
    std::string order;
    const net::http_client client = strand.wrap(
        net::http_client{"fake", [&](net::http_request, const net::http_limits&, net::http_completion done) {
                             order += "send ";
                             done(net::http_response{204, {}, ""});
                         }});
    CHECK(client.name == "fake");
    const net::http_handler handler = strand.wrap(net::answer_at_once([&](const net::http_request&) {
        order += "handle ";
        return net::http_response{};
    }));
    strand.post([&] {
        client.send({}, {},
                    [&](expected<net::http_response> answer) { order += std::to_string(answer->status) + " "; });
        handler({}, [&](net::http_response answer) { order += std::to_string(answer.status) + " "; });
        order += "end ";
    });
    CHECK(order == "send end 204 handle 200 ");
}

TEST_CASE("a handler that throws is answered 500") {
    const net::strand strand;
    const net::http_handler handler =
        strand.wrap([](net::http_request, net::http_respond) { throw std::runtime_error("no"); });
    int status = 0;
    handler({}, [&](net::http_response answer) { status = answer.status; });
    CHECK(status == 500);
}
