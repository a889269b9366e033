#include "smac/instances.hpp"
#include "smac/solver_under_test.hpp"

#include <incar/core/json.hpp>
#include <incar/smac/scenario.hpp>
#include <incar/smac/solve.hpp>

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::test;

namespace {

const char* small = R"({
  "start": "2026-01-15T17:00:00Z", "slot_minutes": 15, "slots": 4,
  "site": {"max_power_w": 11000, "price_eur_per_kwh": [0.3, 0.1, 0.2, 0.4]},
  "evs": [{"id": "a", "departure_slot": 4, "capacity_wh": 60000, "soc_wh": 20000, "target_soc_wh": 25000,
           "charge_power_w": 11000}]
})";

error refusal(std::string text) {
    const auto read = smac::parse_scenario(text);
    REQUIRE_FALSE(read);
    return read.error();
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

} // namespace

TEST_SUITE("scenario") {
    TEST_CASE("what is left out takes the defaults of D4.3") {
        const smac::problem read = smac::parse_scenario(small).value();
        CHECK(format(read.start) == "2026-01-15T17:00:00Z");
        CHECK(read.site.min_power_w == -1e12);
        CHECK(read.site.demand_wh.empty());
        CHECK(read.evs[0].arrival_slot == 0);
        CHECK(read.evs[0].min_soc == 0.2);
        CHECK(read.evs[0].discharge_power_w == 0);
        CHECK(read.evs[0].efficiency_charge == 1);
        const auto least = smac::parse_scenario(R"({"start": "2026-01-15T17:00:00Z", "slot_minutes": 15, "slots": 4})");
        REQUIRE(least);
        CHECK(least->site.max_power_w == 1e12);
    }

    TEST_CASE("a problem comes back from its text unchanged") {
        for (std::uint64_t seed = 0; seed < 50; ++seed) {
            random_shape shape;
            shape.extras = seed % 2 == 1;
            smac::problem problem = random_problem(seed, shape);
            problem.evs[0].min_power_w = 1'380;
            problem.site.co2_g_per_kwh.assign(static_cast<std::size_t>(problem.slots), 123.25);
            problem.site.limit_w.assign(static_cast<std::size_t>(problem.slots), 1.0 / 3);
            const std::string text = smac::format_scenario(problem);
            const auto again = smac::parse_scenario(text);
            REQUIRE(again);
            CHECK(smac::format_scenario(*again) == text);
            CHECK(again->evs[0].soc_wh == problem.evs[0].soc_wh);
            CHECK(again->batteries[0].current_power_w == problem.batteries[0].current_power_w);
        }
    }

    TEST_CASE("a misspelt name is refused where it stands") {
        CHECK(refusal(replaced(small, "charge_power_w", "charge_powr_w")).where == "/evs/0/charge_powr_w");
        CHECK(refusal(replaced(small, "charge_power_w", "charge_powr_w")).code == errc::unknown_member);
        CHECK(refusal(replaced(small, "\"site\"", "\"cite\"")).where == "/cite");
    }

    TEST_CASE("a required member that is missing is named") {
        CHECK(refusal("{}").where == "/start");
        CHECK(refusal("{}").code == errc::missing);
        CHECK(refusal(replaced(small, "\"capacity_wh\": 60000, ", "")).where == "/evs/0/capacity_wh");
    }

    TEST_CASE("a member of another type is named") {
        CHECK(refusal(replaced(small, "60000", "\"60000\"")).code == errc::wrong_type);
        CHECK(refusal(replaced(small, "60000", "null")).where == "/evs/0/capacity_wh");
        CHECK(refusal(replaced(small, "[0.3, 0.1, 0.2, 0.4]", "0.3")).where == "/site/price_eur_per_kwh");
        CHECK(refusal(replaced(small, "0.1", "[0.1]")).where == "/site/price_eur_per_kwh/1");
        CHECK(refusal(replaced(small, "\"slots\": 4", "\"slots\": 4.5")).where == "/slots");
        CHECK(refusal(replaced(small, "\"slots\": 4", "\"slots\": 1e99")).code == errc::out_of_range);
        CHECK(refusal(replaced(small, "2026-01-15", "2026-02-30")).where == "/start");
        CHECK(refusal("[]").code == errc::wrong_type);
    }

    TEST_CASE("a well-formed scenario that makes no sense is refused like the problem it is") {
        CHECK(refusal(replaced(small, "\"departure_slot\": 4", "\"departure_slot\": 0")).where ==
              "/evs/0/departure_slot");
        CHECK(refusal(replaced(small, ", 0.4]", "]")).code == errc::wrong_length);
        CHECK(refusal(replaced(small, "0.4", "1e400")).code == errc::out_of_range);
    }

    TEST_CASE("a plan is written with every member of the format") {
        const smac::plan plan = smac::solve(smac::parse_scenario(small).value(), solver_under_test()).value();
        const json::value written = json::parse(smac::format_plan(plan)).value();
        CHECK(*written.find("status")->as_string() == "Optimal");
        CHECK(written.find("objective_eur")->to_double() == plan.objective_eur);
        const json::value& first = written.find("evs")->as_array()->front();
        CHECK(*first.find("id")->as_string() == "a");
        CHECK(first.find("power_w")->as_array()->size() == 4);
        CHECK(first.find("soc_wh")->as_array()->back().to_double().value() == doctest::Approx(25'000.0));
        CHECK(first.find("unmet_wh")->to_double() == 0.0);
        for (const char* series : {"import_w", "export_w", "upper_flex_w", "lower_flex_w"})
            CHECK(written.find("site")->find(series)->as_array()->size() == 4);
        for (const char* name : {"name", "seconds", "iterations", "gap"}) CHECK(written.find("solver")->find(name));
        CHECK(written.find("unmet")->as_array()->empty());
        CHECK(written.find("batteries")->as_array()->empty());
    }
}
