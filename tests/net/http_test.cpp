#include <incar/net/error.hpp>
#include <incar/net/http.hpp>
#include <incar/net/http_client.hpp>
#include <incar/net/http_server.hpp>

#include <doctest/doctest.h>

#include <set>

using namespace incar;
using net::headers;

TEST_SUITE("http") {
    TEST_CASE("header names are compared without case and lines keep their order") {
        headers lines{{"Accept", "a"}, {"X-Id", "1"}, {"x-ID", "  2\t"}, {"Host", "h"}};
        CHECK(*lines.find("ACCEPT") == "a");
        CHECK(lines.find("X-I") == nullptr);
        CHECK(lines.find_all("x-id") == std::vector<std::string>{"1", "2"});
        REQUIRE(lines.set("X-ID", *lines.find("host")));
        CHECK(lines.size() == 3);
        CHECK(lines.begin()[1].name == "X-ID");
        CHECK(lines.begin()[1].value == "h");
        CHECK(lines.begin()[2].name == "Host");
        REQUIRE(lines.add("x-id", "3"));
        CHECK(lines.remove(lines.begin()[1].name) == 2);
        CHECK(lines.remove("x-id") == 0);
        REQUIRE(lines.set("New", ""));
        CHECK(lines.find("new")->empty());
    }

    TEST_CASE("nothing that could split a message becomes a header") {
        headers lines{{"Keep", "me"}};
        using namespace std::string_literals;
        for (const std::string& value : {"a\r\nEvil: 1"s, "a\n"s, "\ra"s, "a\0b"s, "\x7f"s, "\x01"s, "a\r"s}) {
            CAPTURE(value);
            CHECK(lines.add("X", value).error().where == "/headers/value");
            CHECK(lines.set("Keep", value).error().where == "/headers/value");
        }
        for (const std::string& name : {""s, "a b"s, "a:"s, "a\r\nb"s, "a\0"s, "\xc3\xa4"s, " a"s, "a/b"s, "(a)"s}) {
            CAPTURE(name);
            CHECK(lines.add(name, "x").error().where == "/headers/name");
            CHECK(lines.set(name, "x").error().code == incar::errc::malformed);
        }
        CHECK(lines.size() == 1);
        CHECK(*lines.find("keep") == "me");
        CHECK_THROWS_AS((headers{{"a", "b\nc"}}), incar::exception);
        CHECK(lines.add("X", "tab\there, \xc3\xa4 and \"quotes\""));
    }

    TEST_CASE("a line for the log shows no secret, wherever it stands") {
        net::http_request request;
        request.method = "PUT";
        request.url =
            net::url::parse("https://h.example:8443/a/b?limit=5&token=s3cret&Key=s3cret&x=s3cret#s3cret").value();
        request.headers = {{"Authorization", "Token s3cret"},
                           {"X-Request-ID", "17"},
                           {"cookie", "s3cret"},
                           {"X-Api-Key", "s3cret"},
                           {"Link", "<https://h?t=s3cret>"}};
        request.body = "s3cret";
        const std::string line = format(request);
        CHECK(line.find("s3cret") == std::string::npos);
        CHECK(line ==
              "PUT https://h.example:8443/a/b?limit=5&token=***&Key=***&x=*** Authorization: ***, X-Request-ID: 17, "
              "cookie: ***, X-Api-Key: ***, Link: ***, 6 bytes");
        net::http_response response{201, {{"Set-Cookie", "s3cret"}, {"X-Total-Count", "3"}}, "s3cret"};
        CHECK(format(response) == "201 Set-Cookie: ***, X-Total-Count: 3, 6 bytes");
        request.method = "GET\nforged";
        CHECK(format(request).find('\n') == std::string::npos);
    }

    TEST_CASE("each error code has words of its own") {
        std::set<std::string> words;
        for (int code = 1; code <= static_cast<int>(net::errc::cancelled); ++code)
            words.insert(make_error_code(static_cast<net::errc>(code)).message());
        CHECK(words.size() == 9);
        CHECK(words.count("unknown error") == 0);
        CHECK(std::error_code(net::errc::timed_out).category().name() == std::string("incar.net"));
        CHECK(std::error_code(net::errc::timed_out) != std::error_code(incar::errc::malformed));
    }

    TEST_CASE("a handler that has its answer ready gives it once") {
        const net::http_handler handler = net::answer_at_once([](const net::http_request& request) {
            return net::http_response{202, {}, request.body + "!"};
        });
        int calls = 0;
        net::http_request request;
        request.body = "hello";
        handler(request, [&](const net::http_response& response) {
            ++calls;
            CHECK(response.status == 202);
            CHECK(response.body == "hello!");
        });
        CHECK(calls == 1);
    }
}
