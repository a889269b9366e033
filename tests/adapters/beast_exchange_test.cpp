// Beast behind the port: requests and answers of another house, Python's http.client and plain sockets.

#include "adapters/beast_house.hpp"

#include <incar/net/health.hpp>
#include <incar/net/metrics.hpp>
#include <incar/net/rate_limit.hpp>

#include <filesystem>

using namespace incar;
using namespace incar::test;

TEST_SUITE("beast") {
    TEST_CASE("fifty requests on one connection arrive whole, each with its own answer") {
        house inside;
        visit(started(inside), "exchanges.keep_alive");
    }

    TEST_CASE("requests sent in one go are answered in their order, however slow the first") {
        for (const int threads : {1, 3}) {
            house inside;
            visit(started(inside, with_threads(threads)), "exchanges.pipelining");
        }
    }

    TEST_CASE("a body in chunks is put together and trailers do not become headers") {
        house inside;
        visit(started(inside), "exchanges.chunked");
    }

    TEST_CASE("who waits for 100 Continue gets it, and who would be refused anyway does not") {
        house inside;
        visit(started(inside), "exchanges.expectation");
    }

    TEST_CASE("HTTP/1.0 is closed after the answer unless it asks for more") {
        house inside;
        visit(started(inside), "exchanges.versions");
    }

    TEST_CASE("answers without a body end with their header") {
        house inside;
        visit(started(inside), "exchanges.bodiless");
    }

    TEST_CASE("a handler that throws, forgets or talks twice costs one answer, not the connection") {
        house inside;
        visit(started(inside), "exchanges.failures");
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
        visit(*server, "exchanges.watched");
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
            visit(started(inside, options), "exchanges.secure", options.certificate_file);
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
