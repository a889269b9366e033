#include <incar/core/json.hpp>

#include <doctest/doctest.h>

#include <limits>

using namespace incar;

namespace {

std::string again(std::string_view text) {
    return json::format(json::parse(text).value());
}

error refusal(std::string_view text, const json::limits& accepted = {}) {
    const auto read = json::parse(text, accepted);
    REQUIRE_FALSE(read);
    return read.error();
}

} // namespace

TEST_SUITE("json") {
    TEST_CASE("a text comes back with its order and its number texts") {
        const char* text = R"({"b":2.00,"a":[1e5,-0.10,true,null],"ü":"\u0007\"","e":{},"f":[]})";
        CHECK(again(text) == text);
        CHECK(again(" [ 1.50 ,\n 0 ] ") == "[1.50,0]");
        CHECK(again("123456789012345678901234567890.10") == "123456789012345678901234567890.10");
    }

    TEST_CASE("members are found by name and numbers read as doubles") {
        const auto read = json::parse(R"({"price": 0.25, "name": "x"})").value();
        CHECK(read.find("price")->to_double() == 0.25);
        CHECK(read.find("name")->to_double().error().code == errc::wrong_type);
        CHECK(read.find("absent") == nullptr);
    }

    TEST_CASE("a double is written with the shortest text that reads back as itself") {
        CHECK(json::format(0.1) == "0.1");
        CHECK(json::format(7200.0) == "7200");
        CHECK(json::parse(json::format(1.0 / 3)).value().to_double() == 1.0 / 3);
        CHECK_THROWS_AS(json::value{std::numeric_limits<double>::quiet_NaN()}, exception);
    }

    TEST_CASE("a malformed text is refused with pointer and byte offset") {
        const error failure = refusal(R"({"evs": [{"id": "a"}, {"id": nope}]})");
        CHECK(failure.code == errc::malformed);
        CHECK(failure.where == "/evs/1/id");
        CHECK(failure.message.find("byte 30") != std::string::npos);
        for (const char* text :
             {"", " ", "{", "[1,]", "{\"a\":1,}", "[1] 2", "NaN", "[Infinity]", "01", "1.", "'a'", "\"\x01\"",
              "\"\\ud800\"", "\"\\udc00\"", "\"\xff\"", "\"\xc0\x80\"", "nul", "[1 2]"}) {
            CAPTURE(text);
            CHECK(refusal(text).code == errc::malformed);
        }
        CHECK(json::parse(std::string_view("[]\0[]", 5)).error().code == errc::malformed);
        CHECK(json::parse("\"\\ud83d\\udd0c\""));
    }

    TEST_CASE("a name that appears twice is refused in small and in large objects") {
        CHECK(refusal(R"({"a": {"x": 1, "x": 2}})").where == "/a/x");
        std::string text = "{";
        for (int i = 0; i < 100; ++i) text += "\"n" + std::to_string(i) + "\":0,";
        CHECK(refusal(text + "\"n7\":1}").code == errc::duplicate);
        CHECK(json::parse(text + "\"n100\":1}"));
    }

    TEST_CASE("depth and size stay within the caller's limits") {
        const std::string deep = std::string(1000000, '[');
        CHECK(refusal(deep).code == errc::limit_exceeded);
        CHECK(refusal(deep, {2000000, 2000000}).code == errc::limit_exceeded);
        CHECK(refusal("[[[1]]]", {100, 2}).code == errc::limit_exceeded);
        CHECK(refusal("[1,2,3]", {3, 2}).code == errc::limit_exceeded);
        CHECK(json::parse("[[1]]", {100, 2}));
    }

    TEST_CASE("a number too large for a double is refused") {
        CHECK(refusal(R"({"power": [1, 1e400]})").code == errc::out_of_range);
        CHECK(refusal(R"({"power": [1, 1e400]})").where == "/power/1");
    }

    TEST_CASE("a pointer escapes the names on its way") {
        CHECK((json::pointer() / "a/b" / 3 / "m~n").text() == "/a~1b/3/m~0n");
        CHECK(refusal(R"({"a/b": x})").where == "/a~1b");
    }

    TEST_CASE("indented output keeps the value") {
        const auto value = json::parse(R"({"a":[1.0,2],"b":{"c":null}})").value();
        const std::string text = json::format(value, json::layout::indented);
        CHECK(text.find('\n') != std::string::npos);
        CHECK(again(text) == json::format(value));
    }
}
