#include "demo/summary.hpp"

#include <doctest/doctest.h>

using namespace incar::demo;
using verdict = check::verdict;

namespace {

record of(const char* name, double cost_eur, double not_served_wh) {
    record result;
    result.name = name;
    result.cost_eur = cost_eur;
    result.not_served_wh = not_served_wh;
    return result;
}

verdict against(const record& baseline, const record& smac = of("SMAC", 10, 1000)) {
    return checks({baseline, smac}).back().outcome;
}

record passing(record each) {
    each.over_limit_w = 500;
    return each;
}

} // namespace

TEST_SUITE("summary") {
    TEST_CASE("SMAC holds where it costs no more and serves no less") {
        CHECK(against(of("b", 10, 1000)) == verdict::holds);
        CHECK(against(of("b", 12, 3000)) == verdict::holds);
        CHECK(against(passing(of("b", 12, 1000))) == verdict::holds);
    }

    TEST_CASE("SMAC fails where a baseline serves as much for less, or serves more") {
        CHECK(against(of("b", 9.9, 1000)) == verdict::fails);
        CHECK(against(passing(of("b", 9.9, 1000))) == verdict::fails);
        CHECK(against(of("b", 12, 900)) == verdict::fails);
    }

    TEST_CASE("serving more by passing a limit and costing less by serving less are not compared") {
        CHECK(against(passing(of("b", 12, 0))) == verdict::no_comparison);
        CHECK(against(of("b", 9, 2000)) == verdict::no_comparison);
    }

    TEST_CASE("SMAC fails where it passes a limit") {
        record smac = of("SMAC", 1, 0);
        smac.over_order_w = 2;
        const auto verdicts = checks({of("b", 2, 0), smac});
        CHECK(verdicts[0].outcome == verdict::holds);
        CHECK(verdicts[1].outcome == verdict::fails);
    }

    TEST_CASE("the table's columns are aligned") {
        const std::string table = summary_table({of("short", -1, 123456), of("a longer name", 12345, 0)});
        const std::size_t width = table.find('\n');
        for (std::size_t line = 0; line < table.size(); line += width + 1) CHECK(table[line + width] == '\n');
        CHECK(table.find("123.5") != std::string::npos);
    }
}
