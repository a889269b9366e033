#include <incar/core/ci_string.hpp>

#include <doctest/doctest.h>

#include <map>
#include <type_traits>
#include <unordered_set>

using namespace incar;

namespace {

struct location;
struct tariff;
using location_id = id<location>;
using tariff_id = id<tariff>;

template <class Left, class Right, class = void>
struct compares : std::false_type {};
template <class Left, class Right>
struct compares<Left, Right, std::void_t<decltype(std::declval<Left>() == std::declval<Right>())>> : std::true_type {};

} // namespace

TEST_SUITE("ci_string") {
    TEST_CASE("an identifier keeps its case and compares without it") {
        const location_id one("LOC-1a"), same("loc-1A");
        CHECK(one == same);
        CHECK_FALSE(one != same);
        CHECK(one.text() == "LOC-1a");
        CHECK(one != location_id("LOC-1"));
        CHECK(location_id().empty());
    }

    TEST_CASE("order and hash ignore case too") {
        CHECK(location_id("a") < location_id("B"));
        CHECK(location_id("A") < location_id("b"));
        CHECK_FALSE(location_id("A") < location_id("a"));
        CHECK(location_id("ab") < location_id("ABC"));
        CHECK(location_id("Z") < location_id("\xc3\x84"));
        CHECK(std::unordered_set<location_id>{location_id("X1"), location_id("x1"), location_id("x2")}.size() == 2);
        const std::map<location_id, int> stations{{location_id("North"), 1}};
        CHECK(stations.count(location_id("NORTH")) == 1);
    }

    TEST_CASE("only the letters A to Z have a case") {
        CHECK(equals_ignoring_case("aZ", "Az"));
        CHECK_FALSE(equals_ignoring_case("@[`{", "`{@["));
        CHECK_FALSE(equals_ignoring_case("\xc3\xa4", "\xc3\x84"));
        CHECK_FALSE(equals_ignoring_case("a", "ab"));
        CHECK(equals_ignoring_case("", ""));
        CHECK_FALSE(equals_ignoring_case(std::string_view("a\0b", 3), std::string_view("a\0c", 3)));
        CHECK(compare_ignoring_case("B", "a") > 0);
        CHECK(compare_ignoring_case("a", "B") < 0);
        CHECK(compare_ignoring_case("Ab", "aB") == 0);
        CHECK(hash_ignoring_case("Ab") == hash_ignoring_case("aB"));
    }

    TEST_CASE("a text that is too long or not printable ASCII is held and does not fit") {
        CHECK(ci_string<3>("abc").fits());
        CHECK(ci_string<3>("").fits());
        CHECK_FALSE(ci_string<3>("abcd").fits());
        CHECK(ci_string<3>("abcd").text() == "abcd");
        CHECK(ci_string<3>(" ~").fits());
        CHECK_FALSE(ci_string<3>("\x7f").fits());
        CHECK_FALSE(ci_string<3>("a\n").fits());
        CHECK_FALSE(ci_string<3>("\xc3\xa4").fits());
        CHECK(location_id::max_length == 36);
    }

    TEST_CASE("identifiers of different kinds neither compare nor convert") {
        static_assert(compares<location_id, location_id>::value);
        static_assert(!compares<location_id, tariff_id>::value && !compares<ci_string<36>, ci_string<20>>::value);
        static_assert(!std::is_constructible_v<location_id, tariff_id>);
        static_assert(!std::is_convertible_v<std::string, location_id>);
    }
}
