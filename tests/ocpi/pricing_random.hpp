#pragma once

// Random tariffs and sessions of all kinds, the same ones every time.

#include "pricing_tools.hpp"

#include <cstdint>

namespace incar::ocpi::pricing {

class dice {
public:
    explicit dice(std::uint64_t seed) : state_(seed * 2862933555777941757u + 3037000493u) {}

    // 0 to count - 1.
    int roll(int count) {
        state_ = state_ * 6364136223846793005u + 1442695040888963407u;
        return static_cast<int>((state_ >> 33) % static_cast<std::uint64_t>(count));
    }
    bool chance(int percent) { return roll(100) < percent; }
    template <class T>
    T pick(std::initializer_list<T> from) {
        return from.begin()[roll(static_cast<int>(from.size()))];
    }

private:
    std::uint64_t state_;
};

struct random_case {
    std::vector<v221::tariff> tariffs;
    session what;
    policy rules;
};

namespace detail {

using dim = v221::tariff_dimension_type;

inline v221::price_component random_component(dice& d, dim type) {
    v221::price_component made;
    made.type = type;
    made.price = d.chance(15) ? decimal(0) : decimal(d.roll(3000), d.pick({2, 3}));
    if (d.chance(60)) made.vat = d.pick({decimal(0), decimal(10), decimal(210, 1), decimal(55, 1)});
    made.step_size =
        type == dim::energy ? d.pick({0, 1, 1, 25, 100, 500, 8000}) : d.pick({0, 1, 1, 7, 60, 300, 900, 3600});
    return made;
}

inline std::string clock(dice& d) {
    char text[8];
    std::snprintf(text, sizeof text, "%02d:%02d", d.roll(24), d.pick({0, 0, 15, 30, 37}));
    return text;
}

inline v221::tariff_restrictions random_restrictions(dice& d, const std::string& today, const std::string& tomorrow) {
    v221::tariff_restrictions made;
    if (d.chance(35)) {
        made.start_time = clock(d);
        do made.end_time = clock(d);
        while (*made.end_time == *made.start_time);
        if (d.chance(15)) made.end_time = "00:00";
        if (made.start_time == made.end_time) made.start_time.reset();
        if (d.chance(15))
            made.start_time.reset();
        else if (d.chance(15))
            made.end_time.reset();
    }
    if (d.chance(10)) made.start_date = d.chance(50) ? today : tomorrow;
    if (d.chance(10)) made.end_date = d.chance(50) ? today : tomorrow;
    if (d.chance(20))
        for (int day = 0; day < 7; ++day)
            if (d.chance(50)) made.day_of_week.push_back(static_cast<v221::day_of_week>(day));
    if (d.chance(20)) made.min_kwh = decimal(60 * d.roll(200), 3);
    if (d.chance(20)) made.max_kwh = decimal(60 * d.roll(300), 3);
    if (d.chance(12)) made.min_power = decimal(d.roll(200), 1);
    if (d.chance(12)) made.max_power = decimal(d.roll(250), 1);
    if (d.chance(12)) made.min_current = decimal(d.roll(48));
    if (d.chance(12)) made.max_current = decimal(d.roll(64));
    if (d.chance(20)) made.min_duration = d.roll(7000);
    if (d.chance(20)) made.max_duration = d.roll(9000);
    return made;
}

inline v221::tariff random_tariff(dice& d, int index, const std::string& today, const std::string& tomorrow) {
    v221::tariff made;
    made.id = id<v221::tariff>("tariff-" + std::to_string(index));
    made.currency = "EUR";
    for (int count = 1 + d.roll(5); count > 0; --count) {
        v221::tariff_element element;
        for (const dim type : {dim::energy, dim::flat, dim::parking_time, dim::time})
            if (d.chance(45)) element.price_components.push_back(random_component(d, type));
        if (element.price_components.empty()) element.price_components.push_back(random_component(d, dim::energy));
        if (d.chance(70)) element.restrictions = random_restrictions(d, today, tomorrow);
        if (d.chance(25)) {
            if (!element.restrictions) element.restrictions.emplace();
            element.restrictions->reservation = static_cast<v221::reservation_restriction_type>(d.roll(2));
        }
        made.elements.push_back(element);
    }
    if (d.chance(25)) made.min_price = v221::price{decimal(d.roll(1000), 2), {}, {}};
    if (made.min_price && d.chance(70))
        made.min_price->incl_vat = *add(made.min_price->excl_vat, decimal(d.roll(200), 2));
    if (d.chance(25)) made.max_price = v221::price{decimal(1000 + d.roll(2000), 2), {}, {}};
    if (made.max_price && d.chance(70))
        made.max_price->incl_vat = *add(made.max_price->excl_vat, decimal(200 + d.roll(400), 2));
    return made;
}

inline policy random_policy(dice& d) {
    policy made;
    if (d.chance(50)) return made;
    made.time_steps = static_cast<time_step_rule>(d.roll(3));
    made.reservation_steps = static_cast<reservation_step_rule>(d.roll(2));
    made.tariff_steps = static_cast<tariff_step_rule>(d.roll(2));
    made.zero_price = static_cast<zero_price_rule>(d.roll(2));
    made.next_step_at_exact_multiples = d.chance(10);
    made.flat = static_cast<flat_rule>(d.roll(3));
    made.expired_flat = static_cast<expired_flat_rule>(d.roll(2));
    made.duration = static_cast<duration_rule>(d.roll(3));
    made.periods = static_cast<period_rule>(d.roll(2));
    return made;
}

} // namespace detail

inline random_case random_pricing_case(std::uint64_t seed) {
    dice d(seed);
    random_case made;
    // A place and a day, mostly one on which its clocks are changed.
    struct place {
        const char* zone;
        const char* around;
        const char* today;
        const char* tomorrow;
    };
    const place at = d.pick<place>({{"Europe/Madrid", "2026-03-29T01:00:00Z", "2026-03-29", "2026-03-30"},
                                    {"Europe/Madrid", "2026-10-25T01:00:00Z", "2026-10-25", "2026-10-26"},
                                    {"Europe/London", "2026-10-25T01:00:00Z", "2026-10-25", "2026-10-26"},
                                    {"America/New_York", "2026-03-08T07:00:00Z", "2026-03-08", "2026-03-09"},
                                    {"America/New_York", "2026-11-01T06:00:00Z", "2026-11-01", "2026-11-02"},
                                    {"Australia/Lord_Howe", "2026-10-03T15:30:00Z", "2026-10-04", "2026-10-05"},
                                    {"Australia/Lord_Howe", "2026-04-04T15:00:00Z", "2026-04-05", "2026-04-06"},
                                    {"America/Sao_Paulo", "2026-07-01T03:00:00Z", "2026-07-01", "2026-07-02"},
                                    {"Asia/Kathmandu", "2026-07-01T18:15:00Z", "2026-07-02", "2026-07-03"},
                                    {"UTC", "2026-12-31T23:00:00Z", "2026-12-31", "2027-01-01"}});
    made.what.zone = time_zone::find(at.zone).value();
    made.rules = detail::random_policy(d);
    const int count = d.chance(70) ? 1 : 2 + d.roll(2);
    for (int i = 0; i < count; ++i) made.tariffs.push_back(detail::random_tariff(d, i, at.today, at.tomorrow));

    const timestamp start =
        t(at.around) + std::chrono::seconds(60 * (d.roll(300) - 200) + (d.chance(30) ? d.roll(60) : 0));
    const bool expired = d.chance(10);
    if (expired || d.chance(25)) {
        const auto before = std::chrono::seconds(1 + d.roll(5400));
        made.what.reservation = reservation{start - before, {}};
        if (expired) made.what.reservation->expired_at = start;
    }
    if (expired) return made;

    // Where a price depends on energy, it is reached on a whole second: 60 s of 1 to 6 Wh/s make multiples of 60 Wh.
    bool by_energy = false;
    for (const auto& tariff : made.tariffs)
        for (const auto& element : tariff.elements)
            by_energy |= element.restrictions && (element.restrictions->min_kwh || element.restrictions->max_kwh);
    meter_reading now;
    now.at = start;
    std::int64_t meter = d.roll(1000) * 1000; // mWh
    for (int intervals = 1 + d.roll(6); intervals >= 0; --intervals) {
        const int seconds = by_energy ? 60 * (1 + d.roll(60)) : 1 + d.roll(3600);
        now.energy_kwh = decimal(meter, 6);
        now.vehicle = d.chance(65) ? vehicle::charging : vehicle::parked;
        const int rate = now.vehicle == vehicle::parked && d.chance(80) ? 0 : d.roll(7);
        now.current_a = decimal(d.roll(64));
        now.power_kw.reset();
        if (d.chance(20)) now.power_kw = decimal(d.roll(250), 1);
        made.what.readings.push_back(now);
        now.at += std::chrono::seconds(seconds);
        meter += by_energy || rate == 0 ? std::int64_t{rate} * seconds * 1000 : d.roll(5'000'000);
    }
    if (count > 1)
        for (int changes = 1 + d.roll(3), second = 0; changes > 0; --changes) {
            second += 1 + d.roll(4000);
            made.what.tariff_changes.push_back({start + std::chrono::seconds(second - 1000),
                                                made.tariffs[static_cast<std::size_t>(d.roll(count))].id});
        }
    return made;
}

} // namespace incar::ocpi::pricing
