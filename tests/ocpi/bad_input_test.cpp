#include "fixtures.hpp"

using namespace incar;
using namespace incar::test;
using ocpi::reading;
using ocpi::v221::price;

namespace {

struct bad_text {
    const char* what;
    std::string text;
    errc code;
};

// Read both ways; the error must be the same.
error failure_of(const std::string& text, const json::limits& limits = {}) {
    const auto exact = ocpi::decode<ocpi::v221::publish_token_type>(text, {reading::exact, limits});
    const auto lenient = ocpi::decode<ocpi::v221::publish_token_type>(text, {reading::lenient, limits});
    REQUIRE(!exact);
    REQUIRE(!lenient);
    CHECK(exact.error().code == lenient.error().code);
    CHECK(exact.error().where == lenient.error().where);
    return lenient.error();
}

std::string repeated(std::string_view what, std::size_t times) {
    std::string text;
    text.reserve(what.size() * times);
    for (std::size_t i = 0; i < times; ++i) text += what;
    return text;
}

} // namespace

TEST_SUITE("ocpi bad input") {

    TEST_CASE("what is no JSON is told with its byte") {
        using namespace std::string_literals;
        const bad_text table[] = {
            {"nothing", "", errc::malformed},
            {"white space", " \n\t", errc::malformed},
            {"half an object", "{\"x\":", errc::malformed},
            {"an open object", "{", errc::malformed},
            {"a comma too many", "{\"x\":1,}", errc::malformed},
            {"a missing colon", "{\"x\" 1}", errc::malformed},
            {"a name without quotes", "{x:1}", errc::malformed},
            {"single quotes", "{'x':1}", errc::malformed},
            {"a comment", "{/*x*/}", errc::malformed},
            {"something behind it", "{\"x\":1} x", errc::malformed},
            {"a second object", "{}{}", errc::malformed},
            {"NaN", "{\"x\":NaN}", errc::malformed},
            {"an infinity", "{\"x\":-Infinity}", errc::malformed},
            {"a number that begins with 0", "{\"x\":012}", errc::malformed},
            {"a number that begins with +", "{\"x\":+1}", errc::malformed},
            {"a number that begins with a point", "{\"x\":.5}", errc::malformed},
            {"a number that ends with a point", "{\"x\":5.}", errc::malformed},
            {"a hexadecimal number", "{\"x\":0x1}", errc::malformed},
            {"a lone high surrogate", "{\"x\":\"\\ud83d\"}", errc::malformed},
            {"a lone low surrogate", "{\"x\":\"\\udd0c\"}", errc::malformed},
            {"surrogates in the wrong order", "{\"x\":\"\\udd0c\\ud83d\"}", errc::malformed},
            {"a lone surrogate in a name", "{\"\\ud83d\":1}", errc::malformed},
            {"a byte that no UTF-8 has", "{\"x\":\"\xff\"}", errc::malformed},
            {"a character that is cut off", "{\"x\":\"\xc3\"}", errc::malformed},
            {"an overlong character", "{\"x\":\"\xc0\xaf\"}", errc::malformed},
            {"a surrogate in UTF-8", "{\"x\":\"\xed\xa0\x80\"}", errc::malformed},
            {"bad UTF-8 in a name", "{\"\xff\":1}", errc::malformed},
            {"a line break in a text", "{\"x\":\"a\nb\"}", errc::malformed},
            {"an unknown escape", "{\"x\":\"\\x41\"}", errc::malformed},
            {"a NUL byte in a text", "{\"x\":\"a\0b\"}"s, errc::malformed},
            {"a NUL byte in a name", "{\"a\0b\":1}"s, errc::malformed},
            {"a NUL byte between members", "{\"x\":1,\0\"y\":2}"s, errc::malformed},
            {"a NUL byte at the end", "{}\0"s, errc::malformed},
            {"a NUL byte and more at the end", "{}\0{}"s, errc::malformed},
            {"a number beyond every double", "{\"x\":1e400}", errc::out_of_range},
            {"a number below every double", "{\"x\":[-1E+999999999]}", errc::out_of_range},
            {"UTF-16", "\xff\xfe{\0}\0"s, errc::malformed},
        };
        for (const bad_text& each : table) {
            INFO(std::string(each.what));
            const error failure = failure_of(each.text);
            CHECK(failure.code == each.code);
            CHECK_MESSAGE(failure.message.find(" byte ") != std::string::npos, failure.message);
        }
    }

    TEST_CASE("the place of bad JSON is a pointer") {
        const std::string_view text = R"({"evses":[{"uid":"1"},{"uid":"2","connectors":[{"id":tru}]}]})";
        const auto read = ocpi::decode<ocpi::v221::location>(text, {reading::lenient, {}});
        REQUIRE(!read);
        CHECK(read.error().where == "/evses/1/connectors/0/id");
        CHECK(failure_of(R"({"a/b~":[1,)").where.find("/a~1b~0") == 0);
    }

    TEST_CASE("a name that appears twice is refused, known or not, at any depth") {
        const std::pair<const char*, const char*> table[] = {
            {R"({"id":"1","id":"1"})", "/id"},
            {R"({"id":null,"id":"1"})", "/id"},
            {R"({"x":1,"x":1})", "/x"},
            {R"({"x":1,"\u0078":1})", "/x"},
            {R"({"evses":[{"uid":"1","uid":"1"}]})", "/evses/0/uid"},
            {R"({"evses":[{"x":{},"x":1}]})", "/evses/0/x"},
            {R"({"x":{"y":[{"z":1,"z":2}]}})", "/x/y/0/z"},
            {R"({"coordinates":[{"z":1,"z":2}]})", "/coordinates/0/z"},
        };
        for (const auto& [text, where] : table) {
            CAPTURE(text);
            const auto read = ocpi::decode<ocpi::v221::location>(text, {reading::lenient, {}});
            REQUIRE(!read);
            CHECK(read.error().code == errc::duplicate);
            CHECK(read.error().where == where);
        }
    }

    TEST_CASE("an object nested a million deep is refused without a crash") {
        for (const std::string& text : {repeated("[", 1'000'000), repeated("{\"x\":", 1'000'000),
                                        "{\"x\":" + repeated("[", 1'000'000) + repeated("]", 1'000'000) + "}",
                                        "{\"evses\":" + repeated("[", 1'000'000) + repeated("]", 1'000'000) + "}",
                                        "{\"coordinates\":" + repeated("{\"coordinates\":", 1'000'000)}) {
            CHECK_FALSE(ocpi::decode<ocpi::v221::location>(text, {reading::lenient, {}}));
            CHECK_FALSE(ocpi::decode<ocpi::v221::location>(text, {reading::exact, {}}));
            CHECK_FALSE(ocpi::decode<ocpi::v221::location>(text, {reading::lenient, {64u << 20, 100'000'000}}));
        }
        const auto deep =
            ocpi::decode<price>("{\"excl_vat\":1,\"x\":" + repeated("[", 1'000'000) + repeated("]", 1'000'000) + "}");
        CHECK(deep.error().code == errc::limit_exceeded);
        CHECK(deep.error().where == "/x");
    }

    TEST_CASE("the depth that is allowed is exact") {
        for (const std::size_t depth : {2u, 3u, 10u}) {
            const std::string text =
                "{\"excl_vat\":1,\"x\":" + repeated("[", depth - 1) + repeated("]", depth - 1) + "}";
            CHECK(ocpi::decode<price>(text, {reading::exact, {1000, depth}}));
            CHECK(ocpi::decode<price>(text, {reading::exact, {1000, depth - 1}}).error().code == errc::limit_exceeded);
        }
    }

    TEST_CASE("a body of 64 MB is refused or read as the caller likes") {
        const std::string text = "{\"excl_vat\":2.00,\"x\":\"" + std::string(64u << 20, 'a') + "\"}";
        CHECK(ocpi::decode<price>(text).error().code == errc::limit_exceeded);
        const auto read = ocpi::decode<price>(text, {reading::exact, {text.size(), 10}});
        REQUIRE(read);
        CHECK(ocpi::encode(*read) == text);
        CHECK(ocpi::decode<price>(text, {reading::exact, {text.size() - 1, 10}}).error().code == errc::limit_exceeded);
    }

    TEST_CASE("a million unknown members are read, found and written") {
        std::string text = "{\"excl_vat\":2.00";
        for (int i = 0; i < 1'000'000; ++i) text += ",\"m" + std::to_string(i) + "\":" + std::to_string(i);
        text += "}";
        const auto read = ocpi::decode<price>(text, {reading::exact, {64u << 20, 10}});
        REQUIRE(read);
        CHECK(read->extra.names().size() == 1'000'000);
        CHECK(ocpi::encode(*read) == text);
        text.back() = ',';
        CHECK(ocpi::decode<price>(text + "\"m0\":1}", {reading::lenient, {64u << 20, 10}}).error().code ==
              errc::duplicate);
    }

    TEST_CASE("a list of a million elements is read though each is wrong") {
        const std::string text = "{\"excl_vat\":1,\"x\":[" + repeated("{},", 1'000'000) + "{}]}";
        CHECK(ocpi::decode<price>(text));
        const std::string wrong = "{\"location_id\":\"1\",\"evse_uids\":[" + repeated("{},", 1'000'000) + "null]}";
        const auto read = ocpi::decode<ocpi::v221::location_references>(wrong, {reading::lenient, {}});
        REQUIRE(read);
        CHECK(same(ocpi::encode(*read), wrong));
    }

    TEST_CASE("numbers that do not fit are kept when reading leniently, and refused else") {
        for (const char* number : {"1e300", "-1e300", "1e-400", "1E-999999999", "123456789012345678901234567890",
                                   "0.00000000000000000001", "9223372036854775808"}) {
            CAPTURE(number);
            const std::string text = std::string("{\"excl_vat\":") + number + "}";
            const auto exact = ocpi::decode<price>(text);
            REQUIRE(!exact);
            CHECK(exact.error().code == errc::overflow);
            CHECK(exact.error().where == "/excl_vat");
            const auto lenient = ocpi::decode<price>(text, {reading::lenient, {}});
            REQUIRE(lenient);
            CHECK(ocpi::encode(*lenient) == text);
        }
    }

    TEST_CASE("texts that JSON can hold are held") {
        for (const char* text :
             {R"({"language":"en","text":"\u0000"})", R"({"language":"en","text":"\ud83d\udd0c"})",
              R"({"language":"en","text":"\"\\\/\b\f\n\r\t"})", R"({"language":"en","text":"\u007f"})"}) {
            const auto read = ocpi::decode<ocpi::v221::display_text>(text);
            REQUIRE(read);
            CHECK(same(ocpi::encode(*read), text));
        }
        const auto nul = ocpi::decode<ocpi::v221::display_text>(R"({"language":"en","text":"a\u0000b"})").value();
        CHECK(nul.text == std::string_view("a\0b", 3));
        CHECK(ocpi::decode<price>("\xef\xbb\xbf{\"excl_vat\":1}")); // a byte order mark
    }

} // TEST_SUITE
