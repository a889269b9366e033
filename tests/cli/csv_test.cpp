#include "demo/csv.hpp"

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::demo;

namespace {

error refusal(std::string_view content) {
    const auto rows = parse_csv(content, "f.csv", {"at", "load"});
    REQUIRE_FALSE(rows);
    return rows.error();
}

} // namespace

TEST_SUITE("csv") {
    TEST_CASE("columns are found by name in any order, whatever ends the lines") {
        const auto rows = parse_csv("load,x,at\r\n1.5,,2024-03-01T00:00:00Z\r\n", "f.csv", {"at", "load"}).value();
        REQUIRE(rows.size() == 1);
        CHECK(rows[0].instant(0) == timestamp::parse("2024-03-01T00:00:00Z").value());
        CHECK(rows[0].number(1) == 1.5);
        CHECK(rows[0].place == "f.csv:2");
    }

    TEST_CASE("an empty cell is a gap where gaps are allowed") {
        const auto rows = parse_csv("at,load\n,\n", "f.csv", {"at", "load"}).value();
        CHECK(rows[0].number_or_gap(1) == std::optional<double>());
        CHECK(rows[0].number(1).error().code == errc::malformed);
        CHECK(rows[0].text(1).error().code == errc::missing);
    }

    TEST_CASE("what is no number or no instant is told with file and line") {
        const auto rows = parse_csv("at,load\n1,2\nyesterday,nan\n3,1e999\n", "f.csv", {"at", "load"}).value();
        CHECK(rows[1].instant(0).error().where == "f.csv:3");
        CHECK(rows[1].number(1).error().where == "f.csv:3");
        CHECK_FALSE(rows[2].number(1));
    }

    TEST_CASE("missing columns and ragged lines are told with file and line") {
        CHECK(refusal("").where == "f.csv:1");
        CHECK(refusal("at,lode\n").code == errc::missing);
        CHECK(refusal("at,load\n1,2\n1,2,3\n").where == "f.csv:3");
        CHECK(refusal("at,load\n1,2\n\n1,2\n").code == errc::wrong_length);
    }
}
