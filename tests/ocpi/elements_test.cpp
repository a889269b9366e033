#include <incar/ocpi/codec.hpp>

#include <doctest/doctest.h>

using namespace incar;
using views = std::vector<std::string_view>;

TEST_SUITE("ocpi elements") {

    TEST_CASE("the elements of an array come as they stand, without what is around them") {
        const auto some = ocpi::elements_of(" [ {\"a\" : [1, 2]} ,\n 2.00,\"x,]\", null,true,[],{}  , -1e3\t] ");
        REQUIRE(some);
        CHECK(*some == views{"{\"a\" : [1, 2]}", "2.00", "\"x,]\"", "null", "true", "[]", "{}", "-1e3"});
    }

    TEST_CASE("an empty array has no elements") {
        REQUIRE(ocpi::elements_of("[]"));
        CHECK(ocpi::elements_of("[ \n ]")->empty());
    }

    TEST_CASE("an element that is no good object leaves the others readable") {
        const std::string page = R"([{"excl_vat":1.00},{"excl_vat":1,"excl_vat":2},7,{"excl_vat":2.50}])";
        const auto texts = ocpi::elements_of(page);
        REQUIRE(texts);
        REQUIRE(texts->size() == 4);
        CHECK((*texts)[1] == R"({"excl_vat":1,"excl_vat":2})");
        CHECK((*texts)[3] == R"({"excl_vat":2.50})");
    }

    TEST_CASE("what is no array is refused") {
        for (const char* text : {"{}", "1", "\"[]\"", "null", "true"}) {
            CAPTURE(text);
            CHECK(ocpi::elements_of(text).error().code == errc::wrong_type);
        }
    }

    TEST_CASE("what is no JSON is refused with its byte and the index of the element") {
        for (const char* text : {"", "[", "[1", "[1,", "[1,]", "[,]", "[1 2]", "[{]}", "[1]x", "[NaN]"}) {
            CAPTURE(text);
            const auto read = ocpi::elements_of(text);
            REQUIRE(!read);
            CHECK(read.error().code == errc::malformed);
            CHECK(read.error().message.find("byte") != std::string::npos);
        }
        CHECK(ocpi::elements_of("[{}, {\"a\": [1, tru]}]").error().where == "/1");
        CHECK(ocpi::elements_of(std::string_view("[]\0[]", 5)).error().code == errc::malformed);
        CHECK(ocpi::elements_of("[\"\xff\"]").error().code == errc::malformed);
    }

    TEST_CASE("limits hold") {
        CHECK(ocpi::elements_of("[1,2,3]", {6, 10}).error().code == errc::limit_exceeded);
        CHECK(ocpi::elements_of("[[1]]", {100, 2}));
        const auto deep = ocpi::elements_of("[[], [[1]]]", {100, 2});
        REQUIRE(!deep);
        CHECK(deep.error().code == errc::limit_exceeded);
        CHECK(deep.error().where == "/1");
    }

} // TEST_SUITE
