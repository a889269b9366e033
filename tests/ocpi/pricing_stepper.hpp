#pragma once

// The same bill a second time, in the dullest way: second by second, with whole numbers. It shares nothing with the
// engine but the structs, and understands only what the tests make: whole seconds, energies in mWh, prices in
// thousandths, VAT in tenths of a percent.

#include <incar/ocpi/pricing.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace stepper {

using namespace incar;
using namespace incar::ocpi;
using namespace incar::ocpi::pricing;
using dim = v221::tariff_dimension_type;
using resv = v221::reservation_restriction_type;

__extension__ typedef __int128 wide;

// Money in 1 / (3600 * 10^14).
constexpr wide unit_decimals = 100'000'000'000'000;
constexpr wide unit = 3600 * unit_decimals;

struct sums {
    wide excl = 0, incl = 0;
    void operator+=(const sums& more) {
        excl += more.excl;
        incl += more.incl;
    }
};

struct result {
    sums total, fixed, energy, time, parking, reservation;
};

// A component by its indices.
struct part {
    int element = -1, index = -1;
    explicit operator bool() const { return element >= 0; }
};

class machine {
public:
    machine(const std::vector<v221::tariff>& tariffs, const session& what, const policy& rules)
        : tariffs_(tariffs), what_(what), rules_(rules), costs_(tariffs.size()), touched_(tariffs.size()),
          charged_(tariffs.size()) {}

    result run() {
        if (what_.reservation) run_reservation();
        if (!what_.readings.empty()) run_session();
        round_up();
        for (const used& each : uses_) bill(each);
        for (std::size_t i = 0; i < tariffs_.size(); ++i) limit(i);
        return sum_;
    }

private:
    // What one second used.
    struct used {
        std::size_t tariff;
        int run;
        dim type;
        bool reserved;
        part by;
        std::int64_t amount; // s or mWh
        std::int64_t extra = 0;
    };
    struct moment {
        timestamp at;
        int phase = 0; // 0 session, 1 used reservation, 2 expired reservation
        std::int64_t energy = 0, duration = 0, charged = 0, parked = 0;
        wide power_up = 0, power_down = 1; // kW as a fraction
        std::optional<decimal> current;
    };

    static std::int64_t mwh(const decimal& kwh) {
        std::int64_t number = kwh.coefficient();
        for (int i = kwh.scale(); i < 6; ++i) number *= 10;
        return number;
    }
    static wide thousandths(const decimal& price) {
        wide number = price.coefficient();
        for (int i = price.scale(); i < 3; ++i) number *= 10;
        return number;
    }

    std::size_t tariff_at(timestamp at) const {
        std::size_t now = 0;
        for (const auto& change : what_.tariff_changes)
            if (change.at <= at)
                for (std::size_t i = 0; i < tariffs_.size(); ++i)
                    if (tariffs_[i].id == change.tariff_id) now = i;
        return now;
    }

    bool applies(const v221::tariff_restrictions& r, const moment& now, dim type) const {
        std::int64_t duration = now.duration;
        if (rules_.duration == duration_rule::same_kind && now.phase == 0) {
            if (type == dim::time) duration = now.charged;
            if (type == dim::parking_time) duration = now.parked;
        }
        if (r.min_duration && duration < *r.min_duration) return false;
        if (r.max_duration && duration >= *r.max_duration) return false;
        if (r.min_kwh && now.energy < mwh(*r.min_kwh)) return false;
        if (r.max_kwh && now.energy >= mwh(*r.max_kwh)) return false;
        if (r.min_power && now.power_up * 1000 < thousandths(*r.min_power) * now.power_down) return false;
        if (r.max_power && now.power_up * 1000 >= thousandths(*r.max_power) * now.power_down) return false;
        if (r.min_current && (!now.current || *now.current < *r.min_current)) return false;
        if (r.max_current && (!now.current || *now.current >= *r.max_current)) return false;
        if (!r.start_time && !r.end_time && !r.start_date && !r.end_date && r.day_of_week.empty()) return true;
        const civil_time here = what_.zone->to_local(now.at).time;
        char clock[8], date[16];
        std::snprintf(clock, sizeof clock, "%02d:%02d", here.hour, here.minute);
        std::snprintf(date, sizeof date, "%04d-%02d-%02d", here.year, here.month, here.day);
        if (r.start_time || r.end_time) {
            const std::string from = r.start_time.value_or("00:00"), to = r.end_time.value_or("00:00");
            const std::string until = to == "00:00" ? "24:00" : to;
            const bool in = from < until ? from <= clock && clock < until : from <= clock || clock < until;
            if (!in) return false;
        }
        if (r.start_date && date < *r.start_date) return false;
        if (r.end_date && date >= *r.end_date) return false;
        if (r.day_of_week.empty()) return true;
        return std::any_of(r.day_of_week.begin(), r.day_of_week.end(), [&](const auto& day) {
            return static_cast<int>(*day.known()) == static_cast<int>(weekday_of(here));
        });
    }

    part first(const v221::tariff& of, dim type, const moment& now, std::optional<resv> kind) const {
        for (std::size_t e = 0; e < of.elements.size(); ++e) {
            const auto& restrictions = of.elements[e].restrictions;
            const auto reservation =
                restrictions && restrictions->reservation ? restrictions->reservation->known() : std::optional<resv>();
            if (reservation != kind) continue;
            if (restrictions && !applies(*restrictions, now, type)) continue;
            for (std::size_t c = 0; c < of.elements[e].price_components.size(); ++c)
                if (of.elements[e].price_components[c].type == type) return {static_cast<int>(e), static_cast<int>(c)};
        }
        return {};
    }

    part find(const v221::tariff& of, dim type, const moment& now) const {
        if (now.phase == 0) return first(of, type, now, std::nullopt);
        if (now.phase == 2)
            if (const part expired = first(of, type, now, resv::reservation_expires)) return expired;
        return first(of, type, now, resv::reservation);
    }

    void second(const moment& now, bool charging, std::int64_t energy) {
        const std::size_t index = tariff_at(now.at);
        if (index != tariff_) ++run_;
        tariff_ = index;
        touched_[index] = true;
        if (now.phase == 0) charged_[index] = true;
        const v221::tariff& tariff = tariffs_[index];
        flat(tariff, index, now);
        const bool reserved = now.phase != 0;
        if (!reserved && energy != 0) use(tariff, index, dim::energy, now, energy);
        use(tariff, index, reserved || charging ? dim::time : dim::parking_time, now, 1);
    }

    void use(const v221::tariff& tariff, std::size_t index, dim type, const moment& now, std::int64_t amount) {
        const part by = find(tariff, type, now);
        if (by) uses_.push_back({index, run_, type, now.phase != 0, by, amount});
    }

    void flat(const v221::tariff& tariff, std::size_t index, const moment& now) {
        const auto due = [&](part by, int kind) {
            if (!by) return;
            std::string key = now.phase == 0 ? "session" : "reservation" + std::to_string(kind);
            if (rules_.flat != flat_rule::each_session) key += " of " + std::to_string(index);
            if (now.phase == 0 && rules_.flat == flat_rule::each_component)
                key += " by " + std::to_string(by.element) + "," + std::to_string(by.index);
            if (fees_.insert(key).second) uses_.push_back({index, run_, dim::flat, now.phase != 0, by, 1});
        };
        const bool both = rules_.expired_flat == expired_flat_rule::added;
        if (now.phase == 2) {
            const part expired = first(tariff, dim::flat, now, resv::reservation_expires);
            const part kept = first(tariff, dim::flat, now, resv::reservation);
            if (expired) due(expired, both ? 2 : 0);
            if (kept && (both || !expired)) due(kept, both ? 1 : 0);
        } else {
            due(find(tariff, dim::flat, now), both ? 1 : 0);
        }
    }

    void run_reservation() {
        moment now;
        now.phase = what_.reservation->expired_at ? 2 : 1;
        now.current = decimal(0);
        const timestamp end =
            what_.reservation->expired_at.value_or(what_.readings.empty() ? timestamp() : what_.readings.front().at);
        for (now.at = what_.reservation->start; now.at < end; now.at += std::chrono::seconds(1), ++now.duration)
            second(now, true, 0);
    }

    void run_session() {
        moment now;
        now.at = what_.readings.front().at;
        if (rules_.duration == duration_rule::with_reservation && what_.reservation)
            now.duration = (now.at - what_.reservation->start).count() / 1000;
        const std::int64_t start = mwh(what_.readings.front().energy_kwh);
        for (std::size_t i = 0; i + 1 < what_.readings.size(); ++i) {
            const meter_reading& from = what_.readings[i];
            const std::int64_t seconds = (what_.readings[i + 1].at - from.at).count() / 1000;
            const std::int64_t base = mwh(from.energy_kwh) - start;
            const std::int64_t rise = mwh(what_.readings[i + 1].energy_kwh) - start - base;
            const auto meter = [&](std::int64_t s) {
                const wide product = static_cast<wide>(rise) * s;
                return base +
                       static_cast<std::int64_t>((product - ((product % seconds) + seconds) % seconds) / seconds);
            };
            now.power_up = from.power_kw ? thousandths(*from.power_kw) : static_cast<wide>(rise) * 3600;
            now.power_down = from.power_kw ? 1000 : static_cast<wide>(seconds) * 1'000'000;
            const bool charging = from.vehicle == vehicle::charging;
            now.current = from.current_a ? from.current_a : charging ? std::nullopt : std::optional(decimal(0));
            for (std::int64_t s = 0; s < seconds; ++s) {
                now.energy = meter(s);
                second(now, charging, meter(s + 1) - meter(s));
                now.at += std::chrono::seconds(1);
                ++now.duration;
                ++(charging ? now.charged : now.parked);
            }
        }
    }

    const v221::price_component& component(const used& of) const {
        return tariffs_[of.tariff]
            .elements[static_cast<std::size_t>(of.by.element)]
            .price_components[static_cast<std::size_t>(of.by.index)];
    }

    void round_up() {
        std::vector<used*> energy, time, parking, reservation;
        for (used& each : uses_) {
            if (component(each).price == 0 && rules_.zero_price == zero_price_rule::free) continue;
            if (each.type == dim::energy) energy.push_back(&each);
            if (each.type == dim::parking_time) parking.push_back(&each);
            if (each.type == dim::time)
                (each.reserved && rules_.reservation_steps == reservation_step_rule::separate ? reservation : time)
                    .push_back(&each);
        }
        round_up(energy, 1000);
        round_up(reservation, 1);
        if (rules_.time_steps == time_step_rule::together) {
            time.insert(time.end(), parking.begin(), parking.end());
            std::sort(time.begin(), time.end());
            round_up(time, 1);
        } else if (rules_.time_steps == time_step_rule::last) {
            const bool parking_last = !parking.empty() && (time.empty() || time.back() < parking.back());
            round_up(parking_last ? parking : time, 1);
        } else {
            round_up(parking.empty() ? time : parking, 1);
        }
    }

    void round_up(const std::vector<used*>& list, std::int64_t per_step) {
        if (list.empty()) return;
        used& last = *list.back();
        const std::int64_t step = component(last).step_size * per_step;
        std::int64_t total = 0;
        for (const used* each : list)
            if (each->run == last.run || rules_.tariff_steps == tariff_step_rule::whole_session) total += each->amount;
        if (step == 0 || total <= 0) return;
        std::int64_t billed = total;
        if (rules_.next_step_at_exact_multiples) ++billed;
        while (billed % step != 0) ++billed;
        last.extra = billed - total;
    }

    void bill(const used& each) {
        const auto& by = component(each);
        const wide amount = each.amount + each.extra;
        const wide price = thousandths(by.price);
        sums cost;
        if (each.type == dim::flat)
            cost.excl = price * (unit / 1000);
        else if (each.type == dim::energy)
            cost.excl = price * amount * (unit / 1'000'000'000);
        else
            cost.excl = price * amount * (unit_decimals / 1000);
        wide tenths = 0;
        if (by.vat) tenths = by.vat->scale() == 0 ? by.vat->coefficient() * 10 : by.vat->coefficient();
        cost.incl = cost.excl + cost.excl / 1000 * tenths;
        sum_.total += cost;
        costs_[each.tariff] += cost;
        (each.reserved              ? sum_.reservation
         : each.type == dim::flat   ? sum_.fixed
         : each.type == dim::energy ? sum_.energy
         : each.type == dim::time   ? sum_.time
                                    : sum_.parking) += cost;
    }

    void limit(std::size_t index) {
        const v221::tariff& tariff = tariffs_[index];
        sums& cost = costs_[index];
        const auto money = [](const decimal& number) { return thousandths(number) * (unit / 1000); };
        const auto shift = [&](const v221::price& to, bool up) {
            const auto gap = [&](wide now, const decimal& bound) {
                const wide target = money(bound);
                return up ? std::max<wide>(0, target - now) : std::min<wide>(0, target - now);
            };
            sums by;
            by.excl = gap(cost.excl, to.excl_vat);
            by.incl = to.incl_vat ? gap(cost.incl, *to.incl_vat) : by.excl;
            cost += by;
            sum_.total += by;
        };
        if (tariff.min_price && charged_[index]) shift(*tariff.min_price, true);
        if (tariff.max_price && touched_[index]) shift(*tariff.max_price, false);
    }

    const std::vector<v221::tariff>& tariffs_;
    const session& what_;
    const policy& rules_;
    std::vector<used> uses_;
    std::set<std::string> fees_;
    std::vector<sums> costs_;
    std::vector<bool> touched_, charged_;
    std::size_t tariff_ = 0;
    int run_ = 0;
    result sum_;
};

// The text of an exact amount as money in `unit`; -1 when it is none.
inline bool equal(const std::string& text, wide money) {
    const auto number = [](const std::string& digits, int& decimals) {
        wide value = 0;
        bool negative = false, after = false;
        decimals = 0;
        for (const char each : digits) {
            if (each == '-')
                negative = true;
            else if (each == '.')
                after = true;
            else {
                value = value * 10 + (each - '0');
                if (after) ++decimals;
            }
        }
        return negative ? -value : value;
    };
    const std::size_t slash = text.find('/');
    int decimals = 0, none = 0;
    const wide up = number(text.substr(0, slash), decimals);
    const wide down = slash == std::string::npos ? 1 : number(text.substr(slash + 1), none);
    // up / (down * 10^decimals) == money / unit, with small numbers on both sides
    wide left = unit;
    for (int i = 0; i < decimals; ++i) {
        if (left % 10 != 0) return false;
        left /= 10;
    }
    if (left % down != 0) return false;
    return up * (left / down) == money;
}

} // namespace stepper
