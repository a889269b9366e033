#include <incar/net/work_loop.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace incar;

TEST_CASE("a loop does what was posted before it ran, in order, and finishes the batch") {
    const net::work_loop loop;
    std::string order;
    loop.post([&] {
        order += "a";
        loop.post([&] {
            order += "c";
            loop.stop();
        });
    });
    loop.post([&] { order += "b"; });
    net::work_rounds rounds;
    rounds.finish = [&] { order += "|"; };
    loop.run(rounds, system_clock());
    CHECK(order == "ab|c|"); // what a task posts belongs to the next batch
}

TEST_CASE("a batch has at most so many tasks") {
    const net::work_loop loop;
    std::string order;
    for (int i = 0; i < 5; ++i) loop.post([&] { order += "t"; });
    loop.stop();
    net::work_rounds rounds;
    rounds.finish = [&] { order += "|"; };
    rounds.most_tasks = 2;
    loop.run(rounds, system_clock());
    CHECK(order == "tt|tt|t|");
}

TEST_CASE("what is posted after the end is let go, and what was posted before is done") {
    const net::work_loop loop;
    bool early = false, late = false;
    loop.post([&] { early = true; });
    loop.stop();
    const auto held = std::make_shared<int>(0);
    loop.post([&late, held] { late = true; });
    CHECK(held.use_count() == 1);
    loop.run({}, system_clock());
    CHECK(early);
    CHECK_FALSE(late);
}

TEST_CASE("tasks of many threads never overlap, none is lost, and each thread's keep their order") {
    const net::work_loop loop;
    constexpr int threads = 6, each_posts = 4000;
    std::vector<int> last(threads, -1);
    int count = 0, disorder = 0; // touched on the loop's thread alone
    std::vector<std::thread> posting;
    std::thread running([&] { loop.run({}, system_clock()); });
    for (int who = 0; who < threads; ++who)
        posting.emplace_back([&, who] {
            for (int k = 0; k < each_posts; ++k)
                loop.post([&, who, k] {
                    auto& before = last[static_cast<std::size_t>(who)];
                    if (before >= k) ++disorder;
                    before = k;
                    ++count;
                });
        });
    for (std::thread& each : posting) each.join();
    loop.stop();
    running.join();
    CHECK(count == threads * each_posts);
    CHECK(disorder == 0);
}

TEST_CASE("the deadline is kept while nothing is posted, and each one once") {
    const net::work_loop loop;
    const auto now = system_clock();
    std::optional<timestamp> due = now() + std::chrono::milliseconds(20);
    int ticks = 0, finished = 0;
    net::work_rounds rounds;
    rounds.next_deadline = [&] { return due; };
    rounds.tick = [&] {
        CHECK(now() >= *due);
        due = now() + std::chrono::milliseconds(5);
        if (++ticks == 3) {
            due.reset();
            loop.stop();
        }
    };
    rounds.finish = [&] { ++finished; };
    loop.run(rounds, now);
    CHECK(ticks == 3);
    CHECK(finished >= 3);
}

TEST_CASE("completions and requests become tasks, and a handler that throws is answered 500") {
    const net::work_loop loop;
    const std::thread::id here = std::this_thread::get_id();
    std::thread::id completed_on, handled_on;
    const auto client = loop.wrap(
        net::http_client{"elsewhere", [](net::http_request, const net::http_limits&, net::http_completion done) {
                             std::thread([done] { done(net::http_response{204, {}, ""}); }).join();
                         }});
    const auto handler = loop.wrap(net::http_handler([&](net::http_request request, net::http_respond respond) {
        handled_on = std::this_thread::get_id();
        if (request.method == "POST") throw std::runtime_error("no");
        respond({200, {}, ""});
    }));
    std::vector<int> statuses;
    std::thread outside([&] {
        client.send({}, {}, [&](expected<net::http_response> answer) {
            completed_on = std::this_thread::get_id();
            statuses.push_back(answer.value().status);
        });
        handler({}, [&](net::http_response answer) { statuses.push_back(answer.status); });
        net::http_request bad;
        bad.method = "POST";
        handler(bad, [&](net::http_response answer) { statuses.push_back(answer.status); });
        loop.stop();
    });
    loop.run({}, system_clock());
    outside.join();
    CHECK(completed_on == here);
    CHECK(handled_on == here);
    CHECK(statuses == std::vector<int>{204, 200, 500});
}

TEST_CASE("a loop hears of what another posts in a batch, and in its finish, when that is done") {
    const net::work_loop first, second;
    std::atomic<int> done{0};
    std::thread other([&] { second.run({}, system_clock()); });
    net::work_rounds rounds;
    int rounds_finished = 0;
    rounds.finish = [&] {
        if (++rounds_finished > 3) return first.stop();
        for (int i = 0; i < 100; ++i) second.post([&] { ++done; });
        first.post([&] { second.post([&] { ++done; }); });
    };
    first.post([] {});
    first.run(rounds, system_clock());
    second.stop();
    other.join();
    CHECK(done == 303);
}
