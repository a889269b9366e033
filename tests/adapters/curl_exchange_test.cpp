// libcurl behind the port: what arrives at the server, and what comes back.

#include "adapters/curl_peer.hpp"

#include <incar/core/json.hpp>

using namespace incar;
using namespace incar::test;

namespace {

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
}
