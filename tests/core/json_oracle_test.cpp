// Which texts are JSON, and what they say, beside another house's reader: RapidJSON.

#include <incar/core/json.hpp>

#include <doctest/doctest.h>
#include <rapidjson/document.h>

#include <random>
#include <string>

using namespace incar;

namespace {

// What RapidJSON makes of a text; its number texts come to the nearest double.
struct oracle {
    explicit oracle(const std::string& text) {
        document.Parse<rapidjson::kParseValidateEncodingFlag | rapidjson::kParseFullPrecisionFlag |
                       rapidjson::kParseIterativeFlag>(text.data(), text.size());
    }
    bool accepts() const { return !document.HasParseError(); }
    rapidjson::Document document;
};

// What incar refuses and RapidJSON does not: a name that appears twice, half a surrogate pair or byte order mark, a
// byte of zero.
bool is_stricter(const std::string& text, const error& refusal) {
    const bool half_a_mark =
        !text.empty() && static_cast<unsigned char>(text[0]) >= 0x80 && text.substr(0, 3) != "\xef\xbb\xbf";
    return half_a_mark || refusal.code == errc::duplicate || refusal.message.find("surrogate") != std::string::npos ||
           text.find('\0') != std::string::npos;
}

void compare(const std::string& text) {
    CAPTURE(text);
    const auto read = json::parse(text);
    const oracle other(text);
    if (!read) {
        const bool explained = !other.accepts() || is_stricter(text, read.error());
        CHECK_MESSAGE(explained, format(read.error()));
        return;
    }
    REQUIRE(other.accepts());
    for (const auto spacing : {json::layout::compact, json::layout::indented}) {
        const oracle again(json::format(*read, spacing));
        REQUIRE(again.accepts());
        CHECK(again.document == other.document);
    }
}

const std::string seeds[] = {
    R"({"id":"LOC1","publish":true,"coordinates":{"latitude":"3.729944","longitude":"51.047599"},"evses":[],"x":null})",
    R"( [ 0 , -0.5e+3, 12.50, 1E-2, 9007199254740993, [ [ ] , { } ] , false ] )",
    "{\"text\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\udd0c\",\"M\u00fcnchen\":\"\u20ac \U0001f50c caf\u00e9\"}",
    "\"sixteen bytes at a time, and some more of them: \u00fc\u00fc\u00fc\u00fc\u00fc\u00fc\u00fc\u00fc\u00fc\"",
    "\xef\xbb\xbf{\"a\":[1,2,3],\"b\":\"\"}",
};

std::string mutated(std::string text, std::mt19937& random) {
    static const std::string bytes = "{}[]:,\"\\/ \t\n0123456789.eE+-truefalsn\x01\x7f\x80\xbf\xc3\xed\xf0u";
    const auto below = [&](std::size_t count) { return static_cast<std::size_t>(random() % count); };
    for (std::size_t changes = 1 + below(3); changes > 0 && !text.empty(); --changes) {
        const std::size_t at = below(text.size()), length = 1 + below(4);
        switch (below(4)) {
        case 0: text[at] = bytes[below(bytes.size())]; break;
        case 1: text.erase(at, length); break;
        case 2: text.insert(at, 1, bytes[below(bytes.size())]); break;
        default: text.insert(below(text.size()), text.substr(at, length)); break;
        }
    }
    return text;
}

} // namespace

TEST_SUITE("json") {
    TEST_CASE("texts and their mutations are read as another reader reads them") {
        std::mt19937 random(20260221);
        for (const std::string& seed : seeds) {
            compare(seed);
            for (std::size_t length = 0; length < seed.size(); ++length) compare(seed.substr(0, length));
            for (int round = 0; round < 4000; ++round) compare(mutated(seed, random));
        }
    }

    TEST_CASE("a byte that must be escaped is found at every place") {
        for (std::size_t length = 0; length < 40; ++length)
            for (std::size_t at = 0; at < length; ++at)
                for (const char* special : {"\"", "\\", "\x01", "\x1f", "\n", "\xc3\xbc", "\xc3", "\x7f", "\\n"}) {
                    std::string text(length, 'a');
                    text.replace(at, 1, special);
                    compare('"' + text + '"');
                    const oracle back(json::format(json::value(text)));
                    const bool is_utf8 = std::string_view(special) != "\xc3";
                    CHECK(back.accepts() == is_utf8);
                    if (is_utf8)
                        CHECK(back.document == rapidjson::Value(rapidjson::StringRef(text.data(), text.size())));
                }
    }

    // RapidJSON 1.1.0 crashes on some of these, so the answers are written down.
    TEST_CASE("a number is refused when it is beyond every double, however it is written, and only then") {
        const std::string nothings(400, '0');
        for (const std::string& number :
             {std::string("1e308"), std::string("-1.7976931348623157e308"), std::string("1e-400"), std::string("0e400"),
              std::string("123e306"), std::string("0.001e311"), std::string(308, '9'), "0." + nothings + "1",
              "0." + nothings + "1e401", "1" + nothings + "e-400", "0." + nothings}) {
            CAPTURE(number);
            REQUIRE(json::parse(number));
            CHECK(json::format(*json::parse(number)) == number);
        }
        for (const std::string& number :
             {std::string("1e309"), std::string("-1e309"), std::string("1.8e308"), std::string("0.001e312"),
              std::string("1E+999999999999999999999"), std::string(310, '9'), "1" + nothings, "0." + nothings + "1e710",
              "1" + nothings + ".5e-1"}) {
            CAPTURE(number);
            const auto read = json::parse(number);
            REQUIRE_FALSE(read);
            CHECK(read.error().code == errc::out_of_range);
        }
    }
}
