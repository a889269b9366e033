#include <incar/net/access_log.hpp>

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>
#include <vector>

using namespace incar;
using namespace std::chrono_literals;

namespace {

// A log kept, and a clock that stands still until it is moved.
struct notes {
    std::vector<std::string> lines;
    std::chrono::nanoseconds now{1s};

    net::access_log_options options() {
        net::access_log_options made;
        made.log = [this](const log_record& record) { lines.push_back(format(record)); };
        made.elapsed = [this] { return now; };
        return made;
    }
};

net::http_request request(const std::string& method, const std::string& target) {
    net::http_request made;
    made.method = method;
    made.url = net::url::parse("http://hub.example" + target).value();
    return made;
}

std::string logged(const std::string& target) {
    notes book;
    const auto handler = net::log_access(book.options(), net::answer_at_once([](const net::http_request&) {
                                             return net::http_response{200, {}, ""};
                                         }));
    handler(request("GET", target), [](const net::http_response&) {});
    REQUIRE(book.lines.size() == 1);
    const std::string& line = book.lines.front();
    return line.substr(17, line.find(" 200 ") - 17);
}

} // namespace

TEST_CASE("a line of the access log says who asked what, the answer, sizes and microseconds") {
    notes book;
    auto options = book.options();
    options.fingerprint = [](const std::string& secret) {
        CHECK(secret == "Token c2VjcmV0");
        return std::string("5bdcc146bf60754e");
    };
    const auto handler =
        net::log_access(options, [&](const net::http_request& asked, const net::http_respond& respond) {
            CHECK(asked.body == "12345");
            book.now += 153us;
            respond({503, {}, "sorry"});
            respond({200, {}, "again"}); // counts no more
        });
    net::http_request asked = request("PUT", "/ocpi/2.2.1/locations/receiver/NL/ABC/LOC1?limit=5&api_key=secret");
    asked.headers = {{"authorization", "Token c2VjcmV0"},
                     {"x-request-id", "r 1 status=9\t"},
                     {"X-Correlation-ID", std::string(100, 'c')}};
    asked.peer = net::ip_address::parse("192.0.2.7").value();
    asked.body = "12345";
    std::vector<int> answers;
    handler(asked, [&](const net::http_response& answer) { answers.push_back(answer.status); });
    CHECK(answers == std::vector<int>{503, 200}); // the server takes the first
    REQUIRE(book.lines.size() == 1);
    CHECK(book.lines.front() ==
          "warning access: PUT /ocpi/2.2.1/locations/receiver/NL/ABC/LOC1?limit=5&api_key=*** 503 out=5 us=153 in=5 "
          "peer=192.0.2.7 request=r%201%20status%3D9 correlation=" +
              std::string(64, 'c') + " token=5bdcc146");
}

TEST_CASE("without a fingerprint nothing of the token is written") {
    notes book;
    const auto handler = net::log_access(book.options(), net::answer_at_once([](const net::http_request&) {
                                             return net::http_response{401, {}, ""};
                                         }));
    net::http_request asked = request("GET", "/");
    asked.headers = {{"Authorization", "Token secret"}, {"Cookie", "secret"}};
    handler(asked, [](const net::http_response&) {});
    CHECK(book.lines == std::vector<std::string>{"info access: GET / 401 out=0 us=0 in=0"});
}

TEST_CASE("paths show what is harmless and hide response URLs and drivers' tokens") {
    CHECK(logged("/ocpi/2.2.1/commands/sender/START_SESSION/9d4e77ab") ==
          "/ocpi/2.2.1/commands/sender/START_SESSION/***");
    CHECK(logged("/a/chargingprofiles/sender/results/9d4e/") == "/a/chargingprofiles/sender/results/***/");
    CHECK(logged("/ocpi/tokens/receiver/NL/ABC/DEADBEEF?type=RFID") == "/ocpi/tokens/receiver/NL/ABC/***?type=RFID");
    CHECK(logged("/ocpi/tokens/sender/DEADBEEF/authorize") == "/ocpi/tokens/sender/***/authorize");
    CHECK(logged("/ocpi/tokens/sender/tokens/authorize") == "/ocpi/tokens/sender/***/authorize");
    CHECK(logged("//commands//sender/x/y") == "//commands//sender/x/***");
    CHECK(logged("/ocpi/commands/receiver/START_SESSION") == "/ocpi/commands/receiver/START_SESSION");
    CHECK(logged("/x?date_from=2026-01-01T00:00:00Z&token=1&TOKEN&to+ken=2") ==
          "/x?date_from=2026-01-01T00%3A00%3A00Z&token=***&TOKEN=***&to%20ken=***");
    CHECK(logged("") == "/");
    CHECK(logged("/" + std::string(3000, 'x')) == "/" + std::string(255, 'x') + "...");
}

TEST_CASE("what is dropped or thrown at is logged as 500, once, and the exception goes on") {
    notes book;
    const auto dropping = net::log_access(book.options(), [](const net::http_request&, const net::http_respond&) {});
    dropping(request("GET", "/a"), [](const net::http_response&) { FAIL("nobody answered"); });
    net::http_respond kept;
    const auto throwing = net::log_access(book.options(), [&](const net::http_request&, net::http_respond respond) {
        kept = std::move(respond);
        throw std::runtime_error("no");
    });
    CHECK_THROWS_AS(throwing(request("GET", "/b"), [](const net::http_response&) {}), std::runtime_error);
    kept({200, {}, "late"});
    kept = nullptr;
    CHECK(book.lines == std::vector<std::string>{"warning access: GET /a 500 out=0 us=0 in=0",
                                                 "warning access: GET /b 500 out=0 us=0 in=0"});
}

TEST_CASE("an answer that comes later is logged when it comes") {
    notes book;
    net::http_respond kept;
    const auto handler = net::log_access(
        book.options(), [&](const net::http_request&, net::http_respond respond) { kept = std::move(respond); });
    handler(request("GET", "/later"), [](const net::http_response&) {});
    CHECK(book.lines.empty());
    book.now += 2s;
    kept({204, {}, ""});
    CHECK(book.lines == std::vector<std::string>{"info access: GET /later 204 out=0 us=2000000 in=0"});
}
