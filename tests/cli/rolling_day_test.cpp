#include "demo/rolling_day.hpp"
#include "files.hpp"

#include <incar/smac/interior_point.hpp>
#include <incar/smac/solve.hpp>

#include <doctest/doctest.h>

#include <numeric>

using namespace incar;
using namespace incar::demo;

namespace {

// Eight slots without building, sun or order.
day quiet_day() {
    day result;
    result.date = "2019-03-25";
    result.slots = 8;
    result.site.max_power_w = 10'000;
    result.site.price_eur_per_kwh = {0.4, 0.4, 0.3, 0.3, 0.2, 0.2, 0.1, 0.1};
    result.site.feed_in_price_eur_per_kwh.assign(8, 0.05);
    result.site.demand_wh.assign(8, 0);
    result.site.production_wh.assign(8, 0);
    result.site.co2_g_per_kwh.assign(8, 200);
    result.order = {100, 100, 100, 0};
    for (int t = 0; t < 8; ++t) result.clock_hours.push_back(first_hour + t * slot_hours);
    return result;
}

visit car(const char* id, int arrival, int departure, double need_wh, double max_power_w = 4000) {
    return {id,      arrival,     departure,
            need_wh, max_power_w, std::min(need_wh, max_power_w * slot_hours * (departure - arrival))};
}

day real_day(double limit_w) {
    garage setting;
    setting.limit_w = limit_w;
    const std::string text = program::read_file(INCAR_EXAMPLE_DATA "/one_day.json").value();
    return make_day(figures_from_json(text).value(), setting).value();
}

double sum(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

} // namespace

TEST_SUITE("rolling day") {
    TEST_CASE("what was delivered, not served and impossible adds up to what was asked") {
        for (const double limit_w : {30'000.0, 46'000.0, 80'000.0}) {
            const day today = real_day(limit_w);
            double asked_wh = 0;
            for (const visit& each : today.visits) asked_wh += each.need_wh;
            for (const strategy& each : strategies()) {
                CAPTURE(each.name);
                const record played = play(today, each).value();
                CHECK(sum(played.delivered_wh) + played.not_served_wh + played.impossible_wh ==
                      doctest::Approx(asked_wh).epsilon(1e-9));
            }
        }
    }

    TEST_CASE("no car gets power while it is away, or more than it can take or asked for") {
        const day today = real_day(46'000);
        for (const strategy& each : strategies()) {
            CAPTURE(each.name);
            const record played = play(today, each).value();
            for (std::size_t v = 0; v < today.visits.size(); ++v) {
                const visit& given = today.visits[v];
                for (int t = 0; t < today.slots; ++t) {
                    const double power_w = played.power_w[v][static_cast<std::size_t>(t)];
                    const bool here = t >= given.arrival && t < given.departure;
                    CHECK((power_w >= 0 && power_w <= (here ? given.max_power_w : 0)));
                }
                CHECK(sum(played.power_w[v]) * slot_hours == doctest::Approx(played.delivered_wh[v]));
                CHECK(played.delivered_wh[v] <= given.need_wh + 1e-6);
            }
        }
    }

    TEST_CASE("all but uncontrolled charging keep the limit and the order") {
        for (const double limit_w : {35'000.0, 46'000.0, 60'000.0}) {
            const day today = real_day(limit_w);
            for (const strategy& each : strategies()) {
                if (each.name == "uncontrolled") continue;
                CAPTURE(each.name);
                const record played = play(today, each).value();
                CHECK(played.over_limit_w < 1);
                CHECK(played.over_order_w < 1);
                for (int t = today.order.begin; t < today.order.end; ++t)
                    CHECK(played.grid_w[static_cast<std::size_t>(t)] < limit_in(today, t) + 1);
            }
        }
    }

    TEST_CASE("each arrival, departure and announcement makes one new plan") {
        day today = quiet_day();
        today.visits = {car("a", 0, 4, 1000), car("b", 2, 4, 1000), car("c", 2, 8, 1000)};
        CHECK(play(today, strategies().back()).value().replans == 3); // 0, 2 and 4
        today.order = {3, 5, 6, 3000};
        CHECK(play(today, strategies().back()).value().replans == 4);
    }

    TEST_CASE("a plan knows the cars that are here, what they still need, and orders once announced") {
        day today = quiet_day();
        today.visits = {car("a", 0, 8, 3000), car("b", 2, 6, 1000)};
        today.order = {4, 5, 7, 3000};
        std::vector<smac::problem> asked;
        const strategy spy{"spy", [&](const smac::problem& known) {
                               asked.push_back(known);
                               return smac::solve(known, smac::interior_point());
                           }};
        const record played = play(today, spy).value();
        REQUIRE(asked.size() == 4); // 0, 2, 4 and 6
        CHECK(asked[0].slots == 8);
        CHECK(asked[0].evs.size() == 1);
        CHECK(asked[0].site.flex_reduction_w.empty());
        CHECK(asked[1].slots == 6);
        CHECK(asked[1].evs.size() == 2);
        CHECK(asked[1].evs[0].departure_slot == 6);
        CHECK(asked[1].site.price_eur_per_kwh.front() == 0.3);
        CHECK(asked[2].site.flex_reduction_w == std::vector<double>{0, 3000, 3000, 0});
        const double before = (played.power_w[0][0] + played.power_w[0][1]) * slot_hours;
        CHECK(asked[1].evs[0].target_soc_wh == doctest::Approx(3000 - before));
    }

    TEST_CASE("a car takes no more than it can, whatever the plan says") {
        day today = quiet_day();
        today.visits = {car("a", 1, 4, 2500)};
        const strategy lavish{
            "lavish", [](const smac::problem& known) -> expected<smac::plan> {
                smac::plan plan;
                for (const smac::ev& each : known.evs)
                    plan.evs.push_back(
                        {each.id, std::vector<double>(static_cast<std::size_t>(known.slots), 1e6), {}, 0});
                return plan;
            }};
        const record played = play(today, lavish).value();
        CHECK(played.power_w[0] == std::vector<double>{0, 4000, 4000, 2000, 0, 0, 0, 0});
    }

    TEST_CASE("the meter charges for what is taken, pays for what is fed in and knows the peak") {
        day today = quiet_day();
        today.site.demand_wh[0] = 2000;
        today.site.production_wh[1] = 1000;
        today.visits = {car("a", 0, 1, 1000)};
        const record played = play(today, strategies().front()).value();
        CHECK(played.cost_eur == doctest::Approx(3 * 0.4 - 1 * 0.05));
        CHECK(played.co2_kg == doctest::Approx(3 * 0.2));
        CHECK(played.peak_w == doctest::Approx(12'000));
        CHECK(played.over_limit_w == doctest::Approx(2000));
    }

    TEST_CASE("what the building alone takes beyond the limit is not blamed on the cars") {
        day today = quiet_day();
        today.site.demand_wh[0] = 5000;
        CHECK(play(today, strategies().front()).value().over_limit_w == 0);
    }

    TEST_CASE("nobody who has to live with the day is cheaper than who knew it at six") {
        const day today = real_day(46'000);
        const smac::plan hindsight = smac::solve(with_foresight(today), smac::interior_point()).value();
        double unmet_wh = 0;
        for (const smac::device_plan& each : hindsight.evs) unmet_wh += each.unmet_wh;
        const record played = play(today, strategies().back()).value();
        CHECK(unmet_wh == doctest::Approx(played.impossible_wh));
        CHECK(played.not_served_wh < 1);
        CHECK(hindsight.objective_eur <= played.cost_eur + 1e-6);
    }

    TEST_CASE("what a strategy cannot plan ends the day with its error") {
        day today = quiet_day();
        today.visits = {car("a", 0, 4, 1000), car("a", 0, 4, 1000)};
        CHECK(play(today, strategies().back()).error().code == errc::duplicate);
    }
}
