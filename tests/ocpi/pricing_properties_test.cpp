// What must hold of every bill, whatever the tariff.

#include "pricing_random.hpp"

#include <incar/ocpi/check_cdr.hpp>
#include <incar/ocpi/quote.hpp>

using namespace incar;
using namespace incar::ocpi;
using namespace incar::ocpi::pricing;

namespace {

constexpr std::uint64_t cases = 1500;

template <class F>
void for_each_bill(F&& check) {
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        const random_case each = random_pricing_case(seed + 100'000);
        CAPTURE(seed);
        if (const auto owed = price(each.tariffs, each.what, each.rules)) check(each, *owed);
    }
}

v221::cdr record_of(const random_case& from, const bill& owed) {
    v221::cdr made;
    fill(made, owed, from.tariffs).value();
    return made;
}

check_options options_of(const random_case& from) {
    check_options made;
    made.zone = from.what.zone;
    made.rules = from.rules;
    return made;
}

bool has(const cdr_check& found, const std::string& pointer) {
    for (const auto& each : found.differences)
        if (each.pointer.rfind(pointer, 0) == 0) return true;
    return false;
}

} // namespace

TEST_CASE("the lines of a bill add up to its total") {
    for_each_bill([](const random_case&, const bill& owed) {
        // Ten decimals of an exact sum: the sums of the rounded lines stay that near.
        decimal excl, incl;
        for (const line& each : owed.lines) {
            const rounding_policy ten{10, rounding::half_even};
            excl = excl + each.excl_vat.rounded(ten).value();
            incl = incl + each.excl_vat.rounded(ten).value() + each.vat.rounded(ten).value();
        }
        const decimal near(1, 7);
        const decimal total = owed.total.excl_vat.rounded({10, rounding::half_even}).value();
        const decimal taxed = owed.total.incl_vat.rounded({10, rounding::half_even}).value();
        CHECK(total - excl < near);
        CHECK(excl - total < near);
        CHECK(taxed - incl < near);
        CHECK(incl - taxed < near);
    });
}

TEST_CASE("a reading more, on the line between its neighbours, changes nothing") {
    for_each_bill([](random_case each, const bill& owed) {
        auto& readings = each.what.readings;
        for (std::size_t i = 0; i + 1 < readings.size(); i += 2) {
            const auto length = (readings[i + 1].at - readings[i].at) / 2;
            const auto rise = readings[i + 1].energy_kwh - readings[i].energy_kwh;
            const std::int64_t mwh = rounded(rise, 6, rounding::down).value().coefficient();
            if (mwh % 2 != 0 || length.count() % 1000 != 0) continue;
            auto middle = readings[i];
            middle.at += length;
            middle.energy_kwh = middle.energy_kwh + decimal(mwh / 2, 6);
            if ((readings[i + 1].at - readings[i].at).count() % 2 == 0)
                readings.insert(readings.begin() + static_cast<std::ptrdiff_t>(i) + 1, middle);
        }
        const auto again = price(each.tariffs, each.what, each.rules);
        REQUIRE(again);
        CHECK(again->total.excl_vat == owed.total.excl_vat);
        CHECK(again->total.incl_vat == owed.total.incl_vat);
    });
}

TEST_CASE("where periods begin changes no price") {
    for_each_bill([](random_case each, const bill& owed) {
        each.rules.periods = each.rules.periods == period_rule::at_every_reading ? period_rule::when_price_changes
                                                                                 : period_rule::at_every_reading;
        const auto again = price(each.tariffs, each.what, each.rules);
        REQUIRE(again);
        CHECK(again->total.excl_vat == owed.total.excl_vat);
        CHECK(again->total.incl_vat == owed.total.incl_vat);
    });
}

TEST_CASE("three times the prices is three times the bill") {
    for_each_bill([](random_case each, const bill& owed) {
        for (auto& tariff : each.tariffs) {
            for (auto& element : tariff.elements)
                for (auto& component : element.price_components) component.price = component.price * 3;
            for (auto* limit : {&tariff.min_price, &tariff.max_price})
                if (*limit) {
                    (*limit)->excl_vat = (*limit)->excl_vat * 3;
                    if ((*limit)->incl_vat) (*limit)->incl_vat = *(*limit)->incl_vat * 3;
                }
        }
        const auto tripled = price(each.tariffs, each.what, each.rules);
        REQUIRE(tripled);
        // Exactly: a third and three of it have the same text.
        bill thrice = owed;
        CHECK(tripled->lines.size() == thrice.lines.size());
        const rounding_policy fine{9, rounding::half_even};
        CHECK(tripled->total.excl_vat.rounded(fine).value() - owed.total.excl_vat.rounded(fine).value() * 3 <=
              decimal(2, 9));
        CHECK(owed.total.excl_vat.rounded(fine).value() * 3 - tripled->total.excl_vat.rounded(fine).value() <=
              decimal(2, 9));
    });
}

TEST_CASE("elements behind one without restrictions never matter") {
    for_each_bill([](random_case each, const bill& owed) {
        auto& elements = each.tariffs.front().elements;
        for (auto type : {v221::tariff_dimension_type::energy, v221::tariff_dimension_type::time}) {
            v221::tariff_element more;
            more.price_components.resize(1);
            more.price_components[0].type = type;
            more.price_components[0].price = decimal(99);
            bool covered = false;
            for (const auto& element : elements)
                for (const auto& component : element.price_components)
                    covered |= !element.restrictions && component.type == type;
            if (covered) elements.push_back(more);
        }
        const auto again = price(each.tariffs, each.what, each.rules);
        REQUIRE(again);
        CHECK(again->total.excl_vat == owed.total.excl_vat);
    });
}

TEST_CASE("a CDR filled from a bill is right, and wrong once a figure in it is changed") {
    std::size_t checked = 0;
    for_each_bill([&](const random_case& each, const bill& owed) {
        const v221::cdr record = record_of(each, owed);
        const auto found = check_cdr(record, options_of(each));
        REQUIRE(found);
        for (const auto& difference : found->differences)
            FAIL_CHECK(difference.pointer, ": ", difference.stated, " / ", difference.computed, " ",
                       difference.message);
        CHECK(found->computed->total.excl_vat == owed.total.excl_vat);
        CHECK(found->computed->total.incl_vat == owed.total.incl_vat);
        ++checked;

        const auto changed = [&](const char* pointer, auto&& change) {
            v221::cdr wrong = record;
            if (!change(wrong)) return;
            const auto again = check_cdr(wrong, options_of(each));
            CAPTURE(pointer);
            CHECK((!again || has(*again, pointer)));
        };
        const decimal cent(1, 2), thousandth(2, 3);
        changed("/total_cost/excl_vat",
                [&](auto& cdr) { return cdr.total_cost.excl_vat = cdr.total_cost.excl_vat + cent, true; });
        changed("/total_cost/incl_vat", [&](auto& cdr) {
            return cdr.total_cost.incl_vat && (cdr.total_cost.incl_vat = *cdr.total_cost.incl_vat - cent, true);
        });
        changed("/total_energy", [&](auto& cdr) { return cdr.total_energy = cdr.total_energy + thousandth, true; });
        changed("/total_time", [&](auto& cdr) { return cdr.total_time = cdr.total_time + thousandth, true; });
        changed("/total_parking_time", [&](auto& cdr) {
            return cdr.total_parking_time && (cdr.total_parking_time = *cdr.total_parking_time + thousandth, true);
        });
        changed("/total_parking_time",
                [&](auto& cdr) { return cdr.total_parking_time && (cdr.total_parking_time.reset(), true); });
        const std::pair<const char*, std::optional<v221::price> v221::cdr::*> parts[] = {
            {"/total_fixed_cost/excl_vat", &v221::cdr::total_fixed_cost},
            {"/total_energy_cost/excl_vat", &v221::cdr::total_energy_cost},
            {"/total_time_cost/excl_vat", &v221::cdr::total_time_cost},
            {"/total_parking_cost/excl_vat", &v221::cdr::total_parking_cost},
            {"/total_reservation_cost/excl_vat", &v221::cdr::total_reservation_cost}};
        for (const auto& [pointer, member] : parts)
            changed(pointer, [member = member, cent](auto& cdr) {
                return cdr.*member && ((cdr.*member)->excl_vat = (cdr.*member)->excl_vat + cent, true);
            });
        changed("/tariffs/0/currency",
                [&](auto& cdr) { return !cdr.tariffs.empty() && (cdr.tariffs[0].currency = "NOK", true); });
        changed("/start_date_time", [&](auto& cdr) { return cdr.start_date_time -= std::chrono::seconds(9), true; });
        changed("/charging_periods", [&](auto& cdr) { return cdr.end_date_time += std::chrono::seconds(9), true; });
        for (std::size_t i = 0; i < record.charging_periods.size(); ++i)
            for (std::size_t j = 0; j < record.charging_periods[i].dimensions.size(); ++j) {
                const auto type = record.charging_periods[i].dimensions[j].type.known();
                if (type == v221::cdr_dimension_type::energy || type == v221::cdr_dimension_type::time ||
                    type == v221::cdr_dimension_type::parking_time ||
                    type == v221::cdr_dimension_type::reservation_time)
                    changed(type == v221::cdr_dimension_type::energy ? "/total_energy" : "/charging_periods",
                            [&](auto& cdr) {
                                auto& volume = cdr.charging_periods[i].dimensions[j].volume;
                                return volume = volume + thousandth, true;
                            });
            }
    });
    CHECK(checked > cases * 9 / 10);
}

TEST_CASE("a price known before is the price of the same session afterwards") {
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        random_case each = random_pricing_case(seed + 200'000);
        dice d(seed);
        CAPTURE(seed);
        request wanted;
        wanted.zone = each.what.zone;
        wanted.start = each.what.readings.empty() ? each.what.reservation->start : each.what.readings.front().at;
        // 3.6 kW are 1 Wh/s: whole seconds make whole Wh.
        session same;
        same.zone = wanted.zone;
        std::int64_t second = 0, wh = 0;
        const int steps = 1 + d.roll(5);
        for (int i = 0; i < steps; ++i) {
            const int rate = 1 + d.roll(9), seconds = 60 * (1 + d.roll(40));
            wanted.curve.push_back({std::chrono::seconds(second), decimal(36 * rate, 1), decimal(5 * rate)});
            same.readings.push_back({wanted.start + std::chrono::seconds(second),
                                     decimal(wh, 3),
                                     vehicle::charging,
                                     decimal(5 * rate),
                                     {}});
            second += seconds;
            wh += std::int64_t{rate} * seconds;
        }
        wanted.energy_kwh = decimal(wh, 3);
        wanted.parking = std::chrono::seconds(d.roll(4000));
        same.readings.push_back(
            {wanted.start + std::chrono::seconds(second), wanted.energy_kwh, vehicle::parked, {}, {}});
        if (wanted.parking.count() > 0)
            same.readings.push_back({wanted.start + std::chrono::seconds(second) + wanted.parking,
                                     wanted.energy_kwh,
                                     vehicle::parked,
                                     {},
                                     {}});
        if (d.chance(30)) {
            wanted.reserved_at = wanted.start - std::chrono::seconds(1 + d.roll(3000));
            same.reservation = reservation{*wanted.reserved_at, {}};
        }
        const auto before = quote(each.tariffs, wanted, each.rules);
        const auto after = price(each.tariffs, same, each.rules);
        REQUIRE(before.has_value() == after.has_value());
        if (!before) continue;
        CHECK(before->total.excl_vat == after->total.excl_vat);
        CHECK(before->total.incl_vat == after->total.incl_vat);
        CHECK(before->end == after->end);
    }
}
