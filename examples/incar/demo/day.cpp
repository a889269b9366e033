#include "day.hpp"
#include "text.hpp"

#include <incar/core/json.hpp>
#include <incar/core/time_zone.hpp>
#include <incar/core/units.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace incar::demo {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds slot_length = std::chrono::minutes(slot_minutes);

// Slots from the start of the day to an instant: fractions count as none (down) or as one (up).
int slots_down(timestamp start, timestamp at) {
    return static_cast<int>((at - start) / slot_length);
}
int slots_up(timestamp start, timestamp at) {
    return static_cast<int>((at - start + slot_length - milliseconds(1)) / slot_length);
}

void add_visits(const figures& measured, day& result) {
    std::size_t too_short = 0;
    std::size_t cut = 0;
    double lost = 0;
    for (const session& each : measured.sessions) {
        visit car{each.id,
                  slots_up(result.start, each.arrival),
                  slots_down(result.start, each.departure),
                  each.energy_kwh * 1000,
                  each.max_power_kw * 1000,
                  0};
        if (car.departure > result.slots) ++cut;
        car.departure = std::min(car.departure, result.slots);
        if (car.departure <= car.arrival || car.need_wh <= 0) {
            ++too_short;
            lost += car.need_wh;
            continue;
        }
        car.possible_wh = std::min(car.need_wh, car.max_power_w * slot_hours * (car.departure - car.arrival));
        result.visits.push_back(car);
    }
    if (too_short > 0)
        result.remarks.push_back("left out: " + count_of(too_short, "stay") + " without one whole slot (" +
                                 format(energy::watt_hours(lost)) + ")");
    if (cut > 0) result.remarks.push_back("cut off at the end of the day: " + count_of(cut, "stay"));
}

int slot_at(const day& given, double clock_hour) {
    const auto& hours = given.clock_hours;
    return static_cast<int>(std::lower_bound(hours.begin(), hours.end(), clock_hour) - hours.begin());
}

std::size_t slots_over_limit(const day& given) {
    std::size_t count = 0;
    for (int t = 0; t < given.slots; ++t) {
        const auto slot = static_cast<std::size_t>(t);
        const double building_w = (given.site.demand_wh[slot] - given.site.production_wh[slot]) / slot_hours;
        if (building_w > limit_in(given, t)) ++count;
    }
    return count;
}

} // namespace

expected<day> make_day(const figures& measured, const garage& setting) {
    const auto hours_of_day = garage_day(measured.date);
    if (!hours_of_day) return hours_of_day.error();
    const auto zone = time_zone::find(garage_zone);
    if (!zone) return zone.error();

    day result;
    result.date = measured.date;
    result.start = hours_of_day->begin;
    result.slots = slots_down(hours_of_day->begin, hours_of_day->end); // 96, or 92 or 100 when the clocks change
    result.co2_g_per_kwh = setting.co2_g_per_kwh;
    result.remarks = measured.remarks;
    result.remarks.push_back("the building takes as much as " + fixed(setting.load_factor, 0) +
                             " such houses, its roof gives as much as " + fixed(setting.pv_factor, 0));
    result.sources = measured.sources;
    smac::site& site = result.site;
    site.max_power_w = setting.limit_w;
    for (int t = 0; t < result.slots; ++t) {
        const civil_time local = zone->to_local(result.start + t * slot_length).time;
        const int since_six = (local.hour - first_hour + 24) % 24;
        const auto half_hour = static_cast<std::size_t>(2 * since_six + local.minute / 30);
        const double price = measured.price_eur_per_mwh[static_cast<std::size_t>(since_six)] / 1000;
        site.price_eur_per_kwh.push_back(price);
        site.feed_in_price_eur_per_kwh.push_back(price * setting.feed_in_share);
        site.demand_wh.push_back(measured.load_w[half_hour] * setting.load_factor * slot_hours);
        site.production_wh.push_back(measured.pv_w[half_hour] * setting.pv_factor * slot_hours);
        site.co2_g_per_kwh.push_back(setting.co2_g_per_kwh);
        result.clock_hours.push_back(first_hour + since_six + local.minute / 60.0);
    }
    result.order = {slot_at(result, setting.order_announced), slot_at(result, setting.order_begins),
                    slot_at(result, setting.order_ends), setting.limit_w * setting.order_share};
    for (std::size_t i = 0; i < measured.sessions.size(); ++i) {
        const timestamp arrival = measured.sessions[i].arrival;
        if (arrival < hours_of_day->begin || arrival >= hours_of_day->end)
            return error{errc::out_of_range, (json::pointer("/sessions") / i / "arrival").text(),
                         format(arrival) + " is not on the garage's " + measured.date};
    }
    add_visits(measured, result);
    if (const std::size_t slots = slots_over_limit(result))
        result.remarks.push_back("the building alone passes the limit in " + count_of(slots, "slot"));
    return result;
}

double limit_in(const day& given, int slot) {
    const bool ordered = slot >= given.order.begin && slot < given.order.end;
    return given.site.max_power_w - (ordered ? given.order.reduction_w : 0);
}

smac::ev as_ev(const visit& car, int arrival, int departure, double missing_wh) {
    smac::ev result;
    result.id = car.id;
    result.arrival_slot = arrival;
    result.departure_slot = departure;
    result.capacity_wh = missing_wh;
    result.target_soc_wh = missing_wh;
    result.charge_power_w = car.max_power_w;
    result.min_soc = 0;
    return result;
}

smac::problem with_foresight(const day& given) {
    smac::problem whole;
    whole.start = given.start;
    whole.slot_minutes = slot_minutes;
    whole.slots = given.slots;
    whole.site = given.site;
    for (int t = 0; t < given.slots; ++t)
        whole.site.flex_reduction_w.push_back(given.site.max_power_w - limit_in(given, t));
    for (const visit& car : given.visits) whole.evs.push_back(as_ev(car, car.arrival, car.departure, car.need_wh));
    return whole;
}

} // namespace incar::demo
