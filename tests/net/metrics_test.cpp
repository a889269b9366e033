#include <incar/net/health.hpp>
#include <incar/net/metrics.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace incar;
using namespace std::chrono_literals;

namespace {

// Reads the Prometheus text format 0.0.4 strictly: series and values as written. CHECKs that each family has its HELP
// and TYPE first and its samples together, that no series appears twice and that histograms are cumulative and
// complete.
std::map<std::string, std::string> read(const std::string& text) {
    static const std::regex help("# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) ([^\\\\\n]|\\\\\\\\|\\\\n)*");
    static const std::regex type("# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)");
    static const std::string label("[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\\\\\n\"]|\\\\\\\\|\\\\n|\\\\\")*\"");
    static const std::regex sample("(([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{" + label + "(?:," + label +
                                   ")*\\})?) "
                                   "([+-]?Inf|NaN|-?[0-9]+(\\.[0-9]+)?(e[+-][0-9]+)?)");
    REQUIRE(!text.empty());
    CHECK(text.back() == '\n');
    std::map<std::string, std::string> series;
    std::set<std::string> families;
    std::string family, kind, helped;
    double last = 0;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::smatch found;
        if (std::regex_match(line, found, help)) {
            helped = found[1];
            CHECK_MESSAGE(families.insert(helped).second, line);
        } else if (std::regex_match(line, found, type)) {
            family = found[1];
            kind = found[2];
            CHECK_MESSAGE(family == helped, line);
        } else if (std::regex_match(line, found, sample)) {
            const std::string name = found[2], value = found[3];
            if (kind == "histogram") {
                const bool named = name == family + "_bucket" || name == family + "_sum" || name == family + "_count";
                CHECK_MESSAGE(named, line);
                if (name == family + "_bucket") {
                    CHECK_MESSAGE(std::stod(value) >= last, line);
                    last = std::stod(value);
                }
                if (name == family + "_count") {
                    CHECK_MESSAGE(std::stod(value) == last, line);
                    last = 0;
                }
            } else {
                CHECK_MESSAGE(name == family, line);
            }
            CHECK_MESSAGE(series.emplace(found[1], value).second, line);
        } else {
            FAIL_CHECK(line);
        }
    }
    return series;
}

net::http_request request(const std::string& method, const std::string& path, const std::string& body = "") {
    net::http_request made;
    made.method = method;
    made.url = net::url::parse("http://hub.example" + path).value();
    made.body = body;
    return made;
}

net::http_handler answers(int status, const std::string& body = "") {
    return net::answer_at_once([status, body](const net::http_request&) {
        return net::http_response{status, {}, body};
    });
}

void nothing(const net::http_response&) {}

} // namespace

TEST_CASE("requests are counted by route, method and status, with their bytes") {
    const net::http_metrics metrics({"locations", "cdrs"});
    const auto good = metrics.count(answers(200, "abc")), bad = metrics.count(answers(404));
    good(request("PUT", "/ocpi/2.2.1/locations/NL/ABC/L1", "12345"), nothing);
    good(request("PUT", "/ocpi/2.2.1/locations/NL/ABC/L2", "12345"), nothing);
    bad(request("GET", "/ocpi/2.2.1/locations"), nothing);
    good(request("GET", "/cdrs"), nothing);
    good(request("GET", "/my_locations/locationsx/xcdrs"), nothing);
    good(request("BREW", "/coffee"), nothing);
    auto found = read(metrics.text());
    const std::string name = "http_requests_total";
    CHECK(found[name + R"({route="locations",method="PUT",status="200"})"] == "2");
    CHECK(found[name + R"({route="locations",method="GET",status="404"})"] == "1");
    CHECK(found[name + R"({route="cdrs",method="GET",status="200"})"] == "1");
    CHECK(found[name + R"({route="other",method="GET",status="200"})"] == "1");
    CHECK(found[name + R"({route="other",method="other",status="200"})"] == "1");
    CHECK(found["http_request_bytes_total"] == "10");
    CHECK(found["http_response_bytes_total"] == "15");
    CHECK(found["http_requests_in_flight"] == "0");
}

TEST_CASE("whatever strangers ask for, the number of series stays as it is") {
    const net::http_metrics metrics({"locations"});
    const auto counted = metrics.count(answers(404));
    counted(request("GET", "/"), nothing);
    counted(request("BREW0", "/"), nothing);
    const std::size_t before = read(metrics.text()).size();
    for (int k = 0; k < 1000; ++k) counted(request("BREW" + std::to_string(k), "/" + std::to_string(k)), nothing);
    CHECK(read(metrics.text()).size() == before);
}

TEST_CASE("durations fall into the bucket whose bound they do not exceed") {
    std::chrono::nanoseconds now{};
    const net::http_metrics metrics({"cdrs"}, [&] { return now; });
    std::chrono::nanoseconds took{};
    const auto counted = metrics.count([&](const net::http_request&, const net::http_respond& respond) {
        now += took;
        respond({200, {}, ""});
    });
    for (const auto each : {0us, 100us, 101us, 1000us, 2500000us, 11000000us}) {
        took = each;
        counted(request("GET", "/cdrs"), nothing);
    }
    auto found = read(metrics.text());
    const auto bucket = [&](const std::string& bound) {
        return found["http_request_duration_seconds_bucket{route=\"cdrs\",le=\"" + bound + "\"}"];
    };
    CHECK(bucket("0.0001") == "2");
    CHECK(bucket("0.00025") == "3");
    CHECK(bucket("0.0005") == "3");
    CHECK(bucket("0.001") == "4");
    CHECK(bucket("1") == "4");
    CHECK(bucket("2.5") == "5");
    CHECK(bucket("10") == "5");
    CHECK(bucket("+Inf") == "6");
    CHECK(found[R"(http_request_duration_seconds_count{route="cdrs"})"] == "6");
    CHECK(std::stod(found[R"(http_request_duration_seconds_sum{route="cdrs"})"]) == doctest::Approx(13.501201));
}

TEST_CASE("what waits is in flight; what is dropped or thrown at is a 500") {
    const net::http_metrics metrics({});
    std::vector<net::http_respond> kept;
    const auto keeping =
        metrics.count([&](const net::http_request&, net::http_respond respond) { kept.push_back(std::move(respond)); });
    for (int k = 0; k < 3; ++k) keeping(request("GET", "/"), nothing);
    CHECK(read(metrics.text())["http_requests_in_flight"] == "3");
    kept[0]({200, {}, ""});
    kept[0]({200, {}, ""});
    kept.clear();
    const auto throwing = metrics.count([](const net::http_request&, const net::http_respond&) { throw 17; });
    CHECK_THROWS(throwing(request("GET", "/"), nothing));
    auto found = read(metrics.text());
    CHECK(found["http_requests_in_flight"] == "0");
    CHECK(found[R"(http_requests_total{route="other",method="GET",status="200"})"] == "1");
    CHECK(found[R"(http_requests_total{route="other",method="GET",status="500"})"] == "3");
}

TEST_CASE("the host's gauges keep the grammar, whatever their names, labels and values hold") {
    const net::http_metrics metrics({});
    const double infinity = std::numeric_limits<double>::infinity();
    auto found = read(metrics.text({
        {"hub_members", "Members \\ by role,\nall of them.", {{"role", "CPO"}}, 17},
        {"9 lives", "", {}, -0.5},
        {"hub_members", "ignored", {{"ro:le", "a\"b\\c\nd"}}, 1e300},
        {"", "", {}, infinity},
        {"minus", "", {}, -infinity},
        {"nan", "", {}, infinity - infinity},
        {"tiny", "", {}, 1.5e-9},
        {"third", "", {}, 1.0 / 3},
    }));
    CHECK(found[R"(hub_members{role="CPO"})"] == "17");
    CHECK(found[R"(hub_members{ro_le="a\"b\\c\nd"})"] == "1e+300");
    CHECK(found["__lives"] == "-0.5");
    CHECK(found["_"] == "+Inf");
    CHECK(found["minus"] == "-Inf");
    CHECK(found["nan"] == "NaN");
    CHECK(std::stod(found["tiny"]) == 1.5e-9);
    CHECK(std::stod(found["third"]) == 1.0 / 3);
}

TEST_CASE("counts of many threads add up") {
    const net::http_metrics metrics({});
    const auto counted = metrics.count(answers(200, "x"));
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            for (int k = 0; k < 2000; ++k) {
                counted(request("GET", "/"), nothing);
                if (k % 500 == 0) metrics.text();
            }
        });
    for (std::thread& each : threads) each.join();
    auto found = read(metrics.text());
    CHECK(found[R"(http_requests_total{route="other",method="GET",status="200"})"] == "8000");
    CHECK(found["http_response_bytes_total"] == "8000");
}

TEST_CASE("health and metrics are answered beside the handler, and nothing else is") {
    bool good = true;
    net::health_options options;
    options.healthy = [&]() -> expected<void> {
        if (!good) return error{errc::unavailable, "", "the disk is full"};
        return {};
    };
    const auto status = [&](const std::string& method, const std::string& path, const std::string& token = "") {
        net::http_request asked = request(method, path);
        if (!token.empty()) asked.headers = {{"Authorization", token}};
        net::http_response found;
        net::with_health(options, answers(418))(asked, [&](net::http_response answer) { found = std::move(answer); });
        CHECK(found.body.find("disk") == std::string::npos);
        return std::to_string(found.status) + " " + found.body;
    };
    CHECK(status("GET", "/healthz") == "200 ok\n");
    CHECK(status("HEAD", "/healthz") == "200 ok\n");
    good = false;
    CHECK(status("GET", "/healthz") == "503 unavailable\n");
    for (const char* path : {"/", "/healthz/", "/Healthz", "/ocpi/healthz", "/metrics"})
        CHECK(status("GET", path) == "418 ");
    CHECK(status("POST", "/healthz") == "418 ");
    options.metrics = [] { return std::string("a 1\n"); };
    CHECK(status("GET", "/metrics") == "200 a 1\n");
    options.may_read_metrics = [](const net::http_request& asked) {
        const std::string* token = asked.headers.find("Authorization");
        return token && *token == "Bearer good";
    };
    CHECK(status("GET", "/metrics", "Bearer bad") == "403 forbidden\n");
    CHECK(status("GET", "/metrics", "Bearer good") == "200 a 1\n");
}
