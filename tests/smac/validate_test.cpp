#include "smac/instances.hpp"
#include "smac/solver_under_test.hpp"

#include <incar/smac/baselines.hpp>
#include <incar/smac/solve.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <limits>

using namespace incar;
using namespace incar::test;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

smac::problem sound() {
    smac::problem problem = hours(4, {0.1, 0.2, 0.3, 0.4});
    problem.evs = {car("a", 0, 4, 10'000), car("b", 1, 3, 10'000)};
    problem.batteries = {store("x", 10'000, 5'000, 5'000)};
    return problem;
}

struct defect {
    const char* name;
    std::function<void(smac::problem&)> spoil;
    errc code;
    const char* where;
};

const std::vector<defect>& defects() {
    static const std::vector<defect> table = {
        {"no slots", [](auto& p) { p.slots = 0; }, errc::out_of_range, "/slots"},
        {"negative slots", [](auto& p) { p.slots = -4; }, errc::out_of_range, "/slots"},
        {"too many slots", [](auto& p) { p.slots = 100'001; }, errc::out_of_range, "/slots"},
        {"no slot length", [](auto& p) { p.slot_minutes = 0; }, errc::out_of_range, "/slot_minutes"},
        {"slot length of nothing", [](auto& p) { p.slot_minutes = 1e-300; }, errc::out_of_range, "/slot_minutes"},
        {"NaN slot length", [](auto& p) { p.slot_minutes = not_a_number; }, errc::not_finite, "/slot_minutes"},
        {"a slot without length",
         [](auto& p) {
             p.each_slot_minutes = {15, 0, 15, 15};
         },
         errc::out_of_range, "/each_slot_minutes/1"},
        {"too few slot lengths", [](auto& p) { p.each_slot_minutes = {15}; }, errc::wrong_length, "/each_slot_minutes"},
        {"short prices", [](auto& p) { p.site.price_eur_per_kwh.pop_back(); }, errc::wrong_length,
         "/site/price_eur_per_kwh"},
        {"long demand", [](auto& p) { p.site.demand_wh.assign(5, 0); }, errc::wrong_length, "/site/demand_wh"},
        {"NaN price", [](auto& p) { p.site.price_eur_per_kwh[2] = not_a_number; }, errc::not_finite,
         "/site/price_eur_per_kwh/2"},
        {"infinite limit", [](auto& p) { p.site.limit_w.assign(4, infinite); }, errc::not_finite, "/site/limit_w/0"},
        {"negative demand", [](auto& p) { p.site.demand_wh.assign(4, -1); }, errc::out_of_range, "/site/demand_wh/0"},
        {"absurd price", [](auto& p) { p.site.price_eur_per_kwh[1] = 1e9; }, errc::out_of_range,
         "/site/price_eur_per_kwh/1"},
        {"limits crossed", [](auto& p) { p.site.max_power_w = -1, p.site.min_power_w = 0; }, errc::inconsistent,
         "/site/min_power_w"},
        {"negative opportunity cost", [](auto& p) { p.site.opportunity_cost_eur_per_slot = -1; }, errc::out_of_range,
         "/site/opportunity_cost_eur_per_slot"},
        {"a fourth phase",
         [](auto& p) {
             p.evs[1].phases = {1, 4};
         },
         errc::out_of_range, "/evs/1/phases/1"},
        {"a phase twice",
         [](auto& p) {
             p.batteries[0].phases = {2, 2};
         },
         errc::duplicate, "/batteries/0/phases/1"},
        {"negative current", [](auto& p) { p.site.max_phase_current_a = -1; }, errc::out_of_range,
         "/site/max_phase_current_a"},
        {"no voltage", [](auto& p) { p.site.phase_voltage_v = 0; }, errc::out_of_range, "/site/phase_voltage_v"},
        {"a group without id", [](auto& p) { p.groups.emplace_back(); }, errc::missing, "/groups/0/id"},
        {"a group of strangers",
         [](auto& p) {
             p.groups = {together("g", {"a", "x"})};
         },
         errc::inconsistent, "/groups/0/evs/1"},
        {"a member twice",
         [](auto& p) {
             p.groups = {together("g", {}, {"x", "x"})};
         },
         errc::duplicate, "/groups/0/batteries/1"},
        {"a group's limits crossed",
         [](auto& p) { p.groups = {together("g", {})}, p.groups[0].max_power_w = 1, p.groups[0].min_power_w = 2; },
         errc::inconsistent, "/groups/0/min_power_w"},
        {"a group's short limit",
         [](auto& p) {
             p.groups = {together("g", {})}, p.groups[0].limit_w = {1, 2};
         },
         errc::wrong_length, "/groups/0/limit_w"},
        {"a group's negative feed-in limit",
         [](auto& p) {
             p.groups = {together("g", {})}, p.groups[0].feed_in_limit_w = {1, 1, -1, 1};
         },
         errc::out_of_range, "/groups/0/feed_in_limit_w/2"},
        {"a group's NaN phase",
         [](auto& p) { p.groups = {together("g", {})}, p.groups[0].max_phase_power_w = not_a_number; },
         errc::not_finite, "/groups/0/max_phase_power_w"},
        {"negative price of the peak", [](auto& p) { p.site.peak_price_eur_per_kw = -1; }, errc::out_of_range,
         "/site/peak_price_eur_per_kw"},
        {"negative peak", [](auto& p) { p.site.peak_paid_w = -1; }, errc::out_of_range, "/site/peak_paid_w"},
        {"NaN exchange", [](auto& p) { p.site.current_power_w = not_a_number; }, errc::not_finite,
         "/site/current_power_w"},
        {"negative ramp of the site", [](auto& p) { p.site.grid_ramp_cost_eur_per_kw = -1; }, errc::out_of_range,
         "/site/grid_ramp_cost_eur_per_kw"},
        {"negative ramp of a car", [](auto& p) { p.evs[1].ramp_cost_eur_per_kw = -1; }, errc::out_of_range,
         "/evs/1/ramp_cost_eur_per_kw"},
        {"NaN set-point of a car", [](auto& p) { p.evs[0].current_power_w = not_a_number; }, errc::not_finite,
         "/evs/0/current_power_w"},
        {"a class beyond the last", [](auto& p) { p.evs[1].priority = 10; }, errc::out_of_range, "/evs/1/priority"},
        {"negative wear", [](auto& p) { p.batteries[0].wear_eur_per_kwh = -0.1; }, errc::out_of_range,
         "/batteries/0/wear_eur_per_kwh"},
        {"NaN value of energy left", [](auto& p) { p.evs[1].value_left_eur_per_kwh = not_a_number; }, errc::not_finite,
         "/evs/1/value_left_eur_per_kwh"},
        {"negative price of CO2", [](auto& p) { p.site.co2_price_eur_per_kg = -1; }, errc::out_of_range,
         "/site/co2_price_eur_per_kg"},
        {"negative capacity", [](auto& p) { p.evs[0].capacity_wh = -1; }, errc::out_of_range, "/evs/0/capacity_wh"},
        {"zero capacity", [](auto& p) { p.evs[1].capacity_wh = 0; }, errc::out_of_range, "/evs/1/capacity_wh"},
        {"NaN state of charge", [](auto& p) { p.evs[1].soc_wh = not_a_number; }, errc::not_finite, "/evs/1/soc_wh"},
        {"negative power", [](auto& p) { p.evs[0].charge_power_w = -1; }, errc::out_of_range, "/evs/0/charge_power_w"},
        {"departure before arrival", [](auto& p) { p.evs[1].departure_slot = 0; }, errc::inconsistent,
         "/evs/1/departure_slot"},
        {"departure on arrival", [](auto& p) { p.evs[1].departure_slot = 1; }, errc::inconsistent,
         "/evs/1/departure_slot"},
        {"arrival before the start", [](auto& p) { p.evs[1].arrival_slot = -1; }, errc::out_of_range,
         "/evs/1/arrival_slot"},
        {"arrival after the horizon", [](auto& p) { p.evs[1].arrival_slot = 4, p.evs[1].departure_slot = 6; },
         errc::out_of_range, "/evs/1/arrival_slot"},
        {"least power above the most", [](auto& p) { p.evs[0].min_power_w = 12'000; }, errc::inconsistent,
         "/evs/0/min_power_w"},
        {"perfect efficiency and more", [](auto& p) { p.evs[0].efficiency_charge = 1.1; }, errc::out_of_range,
         "/evs/0/efficiency_charge"},
        {"no efficiency", [](auto& p) { p.batteries[0].efficiency_discharge = 0; }, errc::out_of_range,
         "/batteries/0/efficiency_discharge"},
        {"percent instead of a fraction", [](auto& p) { p.evs[0].min_soc = 20; }, errc::out_of_range, "/evs/0/min_soc"},
        {"battery bounds crossed", [](auto& p) { p.batteries[0].min_soc = 0.9, p.batteries[0].max_soc = 0.5; },
         errc::inconsistent, "/batteries/0/min_soc"},
        {"NaN set-point", [](auto& p) { p.batteries[0].current_power_w = not_a_number; }, errc::not_finite,
         "/batteries/0/current_power_w"},
        {"no id", [](auto& p) { p.evs[0].id.clear(); }, errc::missing, "/evs/0/id"},
        {"id twice", [](auto& p) { p.evs[1].id = "a"; }, errc::duplicate, "/evs/1/id"},
    };
    return table;
}

} // namespace

TEST_SUITE("validate") {
    TEST_CASE("a sound problem has no findings and a car may share its id with a battery") {
        smac::problem problem = sound();
        problem.batteries[0].id = "a";
        CHECK(smac::validate(problem).empty());
    }

    TEST_CASE("every defect is answered with code and place by validate and by every planner") {
        for (const defect& each : defects()) {
            CAPTURE(each.name);
            smac::problem problem = sound();
            each.spoil(problem);
            const auto findings = smac::validate(problem);
            REQUIRE_FALSE(findings.empty());
            CHECK(findings[0].code == each.code);
            CHECK(findings[0].where == each.where);
            CHECK_FALSE(findings[0].message.empty());
            for (const auto& answer : {smac::solve(problem, solver_under_test()), smac::uncontrolled(problem),
                                       smac::equal_share(problem), smac::earliest_deadline_first(problem)}) {
                REQUIRE_FALSE(answer);
                CHECK(answer.error().where == each.where);
            }
            CHECK_FALSE(smac::formulate(problem));
        }
    }

    TEST_CASE("all findings are listed, not only the first") {
        smac::problem problem = sound();
        problem.evs[0].capacity_wh = -1;
        problem.evs[1].capacity_wh = not_a_number;
        problem.site.price_eur_per_kwh = {0.1};
        CHECK(smac::validate(problem).size() == 3);
    }
}
