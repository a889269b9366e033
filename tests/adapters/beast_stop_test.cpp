// Beast behind the port: how a server ends, and how its answers do.

#include "adapters/beast_house.hpp"

using namespace incar;
using namespace incar::test;

TEST_SUITE("beast") {
    TEST_CASE("stopping under load loses no answer to a request that was begun") {
        for (const int threads : {1, 2}) {
            house inside;
            http_server_options options = with_threads(threads);
            options.stop_time_limit = 60s;
            http_server server = started(inside, options);
            test::process guest(visitor(server, "endings.last_answers"));
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

    TEST_CASE("stopping gives the answers that are due and begins nothing new") {
        house inside;
        http_server server = started(inside, with_threads(2));
        test::process guest(visitor(server, "endings.stop"));
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
        visit(second, "exchanges.keep_alive");
        second = started(inside);
        visit(second, "exchanges.keep_alive");
        http_server_options options;
        options.port = port; // free again
        visit(started(inside, options), "exchanges.versions");
    }
}
