#include <incar/net/rate_limit.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

using namespace incar;
using namespace std::chrono_literals;

namespace {

// A limited handler that accepts tokens beginning with "good", and its clock.
class house {
public:
    explicit house(net::rate_limit_options options = two_and_five()) {
        options.elapsed = [this] { return now; };
        limited_ = net::limit_rate(options, net::answer_at_once([this](const net::http_request& request) {
                                       ++served;
                                       const std::string* token = request.headers.find("Authorization");
                                       if (token && token->rfind("odd", 0) == 0) return net::http_response{404, {}, ""};
                                       const bool good = token && token->rfind(accepted, 0) == 0;
                                       return net::http_response{good ? 200 : 401, {}, ""};
                                   }));
    }
    house(const house&) = delete;
    house& operator=(const house&) = delete;

    // Strangers: 1 a second, 2 at once. Callers: 10 a second, 5 at once.
    static net::rate_limit_options two_and_five() {
        net::rate_limit_options made;
        made.unknown = {1, 2};
        made.known = {10, 5};
        return made;
    }

    net::http_response ask(const std::string& token, const std::string& address = "192.0.2.1") const {
        net::http_request request;
        request.url = net::url::parse("http://hub.example/").value();
        if (!token.empty()) request.headers.set("Authorization", token).value();
        if (!address.empty()) request.peer = net::ip_address::parse(address).value();
        net::http_response found{0, {}, ""};
        limited_(request, [&](net::http_response answer) { found = std::move(answer); });
        return found;
    }

    // How many of so many requests pass.
    int passed(int count, const std::string& token, const std::string& address = "192.0.2.1") const {
        int result = 0;
        for (int k = 0; k < count; ++k) result += ask(token, address).status != 429 ? 1 : 0;
        return result;
    }

    std::chrono::nanoseconds now{};
    std::string accepted = "good";
    std::atomic<int> served{0};

private:
    net::http_handler limited_;
};

} // namespace

TEST_CASE("a caller may ask as often as its bucket holds, then as fast as it fills") {
    house inside;
    CHECK(inside.ask("good").status == 200); // from now on known
    CHECK(inside.passed(20, "good") == 5);
    inside.now += 99ms;
    CHECK(inside.passed(20, "good") == 0);
    inside.now += 1ms;
    CHECK(inside.passed(20, "good") == 1);
    inside.now += 250ms; // two and a half
    CHECK(inside.passed(20, "good") == 2);
    inside.now += 50ms; // and the other half
    CHECK(inside.passed(20, "good") == 1);
    inside.now += 1h;
    CHECK(inside.passed(20, "good") == 5);
    CHECK(inside.served == 15);
}

TEST_CASE("over a long time the rate is kept to the request") {
    house inside;
    inside.ask("good");
    int passed = 0;
    for (int k = 0; k < 60000; ++k, inside.now += 1ms) passed += inside.passed(1, "good");
    CHECK(passed >= 604);
    CHECK(passed <= 605); // 60 s at 10 a second, and what was in the bucket
}

TEST_CASE("callers do not share a bucket, strangers share one for each address") {
    house inside;
    for (const char* token : {"good a", "good b"})
        CHECK(inside.ask(token, token[5] == 'a' ? "192.0.2.1" : "192.0.2.2").status == 200);
    CHECK(inside.passed(9, "good a") == 5);
    CHECK(inside.passed(9, "good b") == 5);
    CHECK(inside.passed(9, "", "192.0.2.3") == 2);
    CHECK(inside.passed(9, "bad", "192.0.2.3") == 0);
    CHECK(inside.passed(9, "bad", "192.0.2.4") == 2);
    CHECK(inside.passed(9, "", "2001:db8::1") == 2);
    CHECK(inside.passed(9, "", "2001:db8::2") == 0); // the same network
    CHECK(inside.passed(9, "", "2001:db8:0:1::1") == 2);
    CHECK(inside.passed(9, "", "") == 2);
}

TEST_CASE("guessing tokens is slow whichever are tried, and an odd answer makes no caller known") {
    for (const std::string kind : {"bad", "odd"}) {
        house inside;
        int tried = 0;
        for (int k = 0; k < 1000; ++k) tried += inside.passed(1, kind + std::to_string(k));
        CHECK(tried == 2);
        CHECK(inside.passed(5, kind, "192.0.2.9") == 2);
        CHECK(inside.passed(5, kind, "192.0.2.9") == 0);
    }
}

TEST_CASE("a caller whose token is taken away is a stranger again") {
    house inside;
    CHECK(inside.passed(4, "good") == 4);
    inside.accepted = "other";
    CHECK(inside.ask("good").status == 401);
    CHECK(inside.passed(9, "good") == 1); // what was left of the address's bucket
}

TEST_CASE("who is refused is told how many seconds to wait, in the words of the host") {
    net::rate_limit_options options = house::two_and_five();
    options.unknown = {0.25, 1};
    CHECK(house(options).ask("bad").status == 401);
    house plain(options);
    plain.ask("");
    net::http_response refused = plain.ask("");
    CHECK(refused.status == 429);
    CHECK(*refused.headers.find("Retry-After") == "4");
    plain.now += 2500ms;
    CHECK(*plain.ask("").headers.find("Retry-After") == "2");
    plain.now += 1490ms;
    CHECK(*plain.ask("").headers.find("Retry-After") == "1");
    plain.now += 10ms;
    CHECK(plain.ask("").status == 401);

    options.refuse = [](const net::http_request& request) {
        return net::http_response{
            200, {{"Retry-After", "0"}}, "{\"status_code\":3000,\"path\":\"" + std::string(request.url.path()) + "\"}"};
    };
    house spoken(options);
    spoken.ask("");
    refused = spoken.ask("");
    CHECK(refused.status == 200);
    CHECK(refused.body == "{\"status_code\":3000,\"path\":\"/\"}");
    CHECK(refused.headers.find_all("Retry-After") == std::vector<std::string>{"4"});
}

TEST_CASE("no more callers are remembered than the option says, and the longest silent goes first") {
    net::rate_limit_options options = house::two_and_five();
    options.callers = 2;
    house inside(options);
    const auto empty = [&](const std::string& address) { return inside.passed(9, "", address); };
    CHECK(empty("192.0.2.1") == 2);
    CHECK(empty("192.0.2.2") == 2);
    CHECK(empty("192.0.2.1") == 0);
    CHECK(empty("192.0.2.3") == 2); // instead of .2
    CHECK(empty("192.0.2.1") == 0);
    CHECK(empty("192.0.2.2") == 2); // instead of .3
    CHECK(empty("192.0.2.1") == 0);
}

TEST_CASE("callers on many threads get exactly what is in the bucket") {
    net::rate_limit_options options = house::two_and_five();
    options.known = {1, 1000};
    house inside(options);
    inside.ask("good");
    std::atomic<int> passed{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back([&] { passed += inside.passed(1000, "good"); });
    for (std::thread& each : threads) each.join();
    CHECK(passed == 1000);
}
