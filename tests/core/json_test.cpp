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

    TEST_CASE("a number is refused when its digits and power of ten take it far beyond every double") {
        const std::string zeros(400, '0');
        for (const std::string& number :
             {std::string("1e308"), std::string("-1.7976931348623157e308"), std::string("1e-400"),
              std::string("123e306"), std::string("0.001e311"), std::string(308, '9'), "0." + zeros + "1", "0." + zeros,
              "0." + zeros + "1e401"})
            CHECK(again(number) == number);
        for (const std::string& number : {std::string("1e309"), std::string("-1e309"), std::string("0.001e312"),
                                          std::string("1E+999999999999999999999"), std::string(310, '9'), "1" + zeros,
                                          "0." + zeros + "1e710", "1" + zeros + ".5e-1"}) {
            CAPTURE(number);
            CHECK(refusal(number).code == errc::out_of_range);
        }
    }

    TEST_CASE("escapes, characters beyond ASCII and faults are seen at every place of a string") {
        struct spelling {
            const char* written;
            std::string read;
        };
        const spelling spellings[] = {{"a", "a"},
                                      {"\x7f", "\x7f"},
                                      {"\u00fc", "\u00fc"},
                                      {"\U0001f50c", "\U0001f50c"},
                                      {R"(\u00E9)", "\u00e9"},
                                      {R"(\ud83d\udd0c)", "\U0001f50c"},
                                      {R"(\"\\\/\b\f\n\r\t)", "\"\\/\b\f\n\r\t"},
                                      {R"(\u001fx\u0000)", std::string("\x1fx\0", 3)}};
        const char* faults[] = {"\"",    "\\",      "\x01",    "\x1f",           "\n",     "\xc3",
                                "\\x41", "\\u12g4", "\\ud83d", "\\ud83d\\u0041", "\\udc00"};
        for (std::size_t before = 0; before < 36; ++before)
            for (const std::size_t after : {0, 1, 15, 17}) {
                const std::string head(before, 'h'), tail(after, 'z');
                CAPTURE(before);
                CAPTURE(after);
                for (const auto& [written, read] : spellings) {
                    const auto value = json::parse('"' + head + written + tail + written + '"');
                    REQUIRE(value);
                    const std::string text = head + read + tail + read;
                    CHECK(*value->as_string() == text);
                    CHECK(*json::parse(json::format(*value)).value().as_string() == text);
                }
                for (const char* fault : faults) {
                    CAPTURE(fault);
                    CHECK(refusal('"' + head + fault + tail + '"').code == errc::malformed);
                }
            }
    }

    TEST_CASE("a text ends where its view does") {
        CHECK(json::format(json::parse(std::string_view("1234", 2)).value()) == "12");
        CHECK(json::format(json::parse(std::string_view("[1]]", 3)).value()) == "[1]");
        CHECK(refusal(std::string_view("\"ab\"", 3)).code == errc::malformed);
        CHECK(refusal(std::string_view("\"ab\\u0041\"", 7)).code == errc::malformed);
        CHECK(refusal(std::string_view("true", 3)).code == errc::malformed);
        CHECK(json::parse("\xef\xbb\xbf[1]"));
        CHECK(refusal("\xef\xbb[1]").code == errc::malformed);
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
