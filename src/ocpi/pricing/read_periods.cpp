#include "ocpi/pricing/exact.hpp"
#include "ocpi/pricing/periods.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace incar::ocpi::pricing {
namespace {

using kind = v221::cdr_dimension_type;

class period_reader {
public:
    period_reader(const std::vector<v221::tariff>& tariffs, const recorded_view& charged, const policy& rules)
        : tariffs_(tariffs), session_(charged), rules_(rules), clock_(charged.zone) {}

    expected<recording> read() {
        choose_scales();
        auto compiled = compile_all(tariffs_, made_.units.energy, rules_);
        if (!compiled) return compiled.error();
        made_.tariffs = std::move(*compiled);
        for (const auto step : {&period_reader::check, &period_reader::read_volumes, &period_reader::choose_components})
            if (auto done = (this->*step)(); !done) return done.error();
        return std::move(made_);
    }

private:
    json::pointer place(std::size_t period) const { return json::pointer("/charging_periods") / period; }

    std::int64_t begin_of(std::size_t period) const {
        return session_.periods[period].start_date_time.since_1970().count();
    }
    std::int64_t end_of(std::size_t period) const {
        return period + 1 < session_.periods.size() ? begin_of(period + 1) : session_.end.since_1970().count();
    }

    // A volume in hours that the period's length explains counts as that length; else it counts as written, and needs
    // finer units.
    bool is_length(const v221::cdr_dimension& hours, std::size_t period) {
        if (rules_.hours == hours_rule::as_written) return false;
        const std::int64_t length = end_of(period) - begin_of(period);
        const compared now{hours.volume.coefficient(), hours.volume.scale(), length};
        if (now != compared_) {
            compared_ = now;
            is_length_ = is_length(hours.volume, length);
        }
        return is_length_;
    }

    static bool is_length(const decimal& hours, std::int64_t milliseconds) {
        // |hours - length| < 10^-decimals, with both sides times 3.6e6 * 10^decimals: 125 bits at most.
        constexpr int128 unit = 3'600'000;
        const int decimals = std::max(hours.scale(), 3);
        const auto by = static_cast<std::int64_t>(power_of_ten(decimals - hours.scale()));
        const int128 stated = unit * hours.coefficient() * by;
        const int128 length = static_cast<int128>(milliseconds) * static_cast<std::int64_t>(power_of_ten(decimals));
        return stated - length < unit && length - stated < unit;
    }

    void choose_scales() {
        for (const auto& each : tariffs_) made_.units.energy = std::max(made_.units.energy, energy_decimals(each));
        for (std::size_t i = 0; i < session_.periods.size(); ++i)
            for (const auto& each : session_.periods[i].dimensions) {
                const auto type = each.type.known();
                int& units = type == kind::energy ? made_.units.energy : made_.units.time;
                const int finer = type == kind::energy ? 0 : 2; // 3600 has two zeros
                if (each.volume.scale() - finer <= units || (type != kind::energy && !is_hours(type))) continue;
                if (type != kind::energy && is_length(each, i)) continue;
                units = std::max(units, each.volume.without_trailing_zeros().scale() - finer);
            }
    }

    static bool is_hours(std::optional<kind> type) {
        return type == kind::time || type == kind::parking_time || type == kind::reservation_time;
    }

    expected<void> check() {
        if (session_.periods.empty()) return error{errc::missing, "/charging_periods", "there is no charging period"};
        for (std::size_t i = 0; i < session_.periods.size(); ++i) {
            if (end_of(i) < begin_of(i)) {
                const bool is_last = i + 1 == session_.periods.size();
                const std::string where = is_last ? "/end_date_time" : (place(i + 1) / "start_date_time").text();
                return error{errc::inconsistent, where, "it lies before the start of the last period"};
            }
            for (const auto& entry : session_.periods[i].extra.entries())
                if (entry.reason == json::extra::reason::unread || entry.name == "start_date_time")
                    if (entry.reason != json::extra::reason::spelling)
                        return error{errc::malformed, (place(i) / entry.name).text(), "this could not be read"};
            for (std::size_t j = 0; j < session_.periods[i].dimensions.size(); ++j)
                for (const auto& entry : session_.periods[i].dimensions[j].extra.entries())
                    if (entry.reason == json::extra::reason::unread || entry.reason == json::extra::reason::absent)
                        return error{errc::malformed, (place(i) / "dimensions" / j / entry.name).text(),
                                     "this could not be read"};
        }
        for (const tariff_rules& each : made_.tariffs) {
            if (each.uses_local_time && !session_.zone)
                return error{errc::missing, "/zone", "a tariff asks for the local time of the location"};
            if (too_long(each, end_of(session_.periods.size() - 1) - begin_of(0)))
                return error{errc::limit_exceeded, "/end_date_time", "the session is too long to be one"};
        }
        return {};
    }

    expected<std::int64_t> hours(const v221::cdr_dimension& from, std::size_t period) {
        if (is_length(from, period)) return scaled_time(end_of(period) - begin_of(period), 3);
        const decimal plain = from.volume.without_trailing_zeros();
        const auto seconds = multiplied(plain.coefficient(), 3600);
        if (!seconds || *seconds > most_ || *seconds < 0) return error{errc::out_of_range, "", "no such time"};
        return scaled_time(static_cast<std::int64_t>(*seconds), plain.scale());
    }

    // count / 10^scale seconds in units of time.
    expected<std::int64_t> scaled_time(std::int64_t count, int scale) {
        for (; scale > made_.units.time; --scale) count /= 10; // two zeros at most: 3600 has them
        const auto units = scaled(count, made_.units.time - scale);
        if (!units || *units > most_) return error{errc::overflow, "", "it has too many digits"};
        return static_cast<std::int64_t>(*units);
    }

    expected<void> read_volumes() {
        std::int64_t energy = 0, time = 0;
        made_.slices.reserve(session_.periods.size());
        const auto only = std::none_of(session_.periods.begin(), session_.periods.end(),
                                       [](const auto& each) { return each.tariff_id.has_value(); }) &&
                          tariffs_.size() == 1;
        for (std::size_t i = 0; i < session_.periods.size(); ++i) {
            const v221::charging_period& from = session_.periods[i];
            slice& made = made_.slices.emplace_back();
            made.at = begin_of(i);
            if (only) made.tariff = 0;
            if (from.tariff_id) {
                const auto index = index_of(tariffs_, *from.tariff_id);
                if (!index) return at(place(i) / "tariff_id", index.error());
                made.tariff = *index;
            }
            if (auto done = read_dimensions(from, i, made); !done) return done;
            energy += made.energy;
            time += made.time + made.parking + made.reservation;
            if (energy > most_ || energy < -most_ || time > most_)
                return error{errc::overflow, place(i).text(), "the volumes so far do not fit in 64 bits"};
        }
        return {};
    }

    expected<void> read_dimensions(const v221::charging_period& from, std::size_t period, slice& to) {
        unsigned seen = 0;
        for (std::size_t i = 0; i < from.dimensions.size(); ++i) {
            const v221::cdr_dimension& each = from.dimensions[i];
            const auto type = each.type.known();
            if (!type) continue;
            if (seen >> static_cast<unsigned>(*type) & 1)
                return error{errc::duplicate, (place(period) / "dimensions" / i).text(),
                             "the period has this dimension twice"};
            seen |= 1u << static_cast<unsigned>(*type);
            if (*type == kind::min_power) to.min_power = each.volume;
            if (*type == kind::max_power) to.max_power = each.volume;
            if (*type == kind::min_current) to.min_current = each.volume;
            if (*type == kind::max_current) to.max_current = each.volume;
            if (*type != kind::energy && !is_hours(type)) continue;
            const auto count = *type == kind::energy ? whole(each.volume, made_.units.energy) : hours(each, period);
            if (!count) return at(place(period) / "dimensions" / i / "volume", count.error());
            (*type == kind::energy         ? to.energy
             : *type == kind::time         ? to.time
             : *type == kind::parking_time ? to.parking
                                           : to.reservation) = *count;
        }
        to.parks = to.parking > 0 && to.time == 0;
        if (!(seen >> static_cast<unsigned>(kind::reservation_time) & 1)) return {};
        to.phase = phase::used_reservation;
        if (to.time != 0 || to.parking != 0 || to.energy != 0)
            return error{errc::inconsistent, place(period).text(), "a reservation ends where the session begins"};
        return {};
    }

    expected<void> choose_components() {
        const auto first = std::find_if(made_.slices.begin(), made_.slices.end(),
                                        [](const slice& each) { return each.phase == phase::session; });
        for (auto each = made_.slices.begin(); each != made_.slices.end(); ++each) {
            if (each->phase == phase::session) continue;
            if (each > first)
                return error{errc::inconsistent, place(static_cast<std::size_t>(each - made_.slices.begin())).text(),
                             "a reservation comes before the session"};
            if (first == made_.slices.end()) each->phase = phase::expired_reservation;
        }
        const bool reserved = rules_.duration == duration_rule::with_reservation || first == made_.slices.end();
        stretch now;
        made_.stretches.reserve(made_.slices.size());
        for (std::size_t i = 0; i < made_.slices.size(); ++i) {
            slice& each = made_.slices[i];
            now.begin = begin_of(i);
            now.end = end_of(i);
            now.energy_begin = now.energy_end;
            now.energy_end += each.energy;
            now.phase = each.phase;
            now.charges = each.time > 0 && each.parking == 0;
            now.parks = each.parks;
            now.origin = each.phase != phase::session || reserved ? made_.slices.front().at : first->at;
            made_.stretches.push_back(now);
            if (auto done = complete_powers(each, i); !done) return done;
            if (each.tariff != none) choose(i);
            const std::int64_t per_ms = static_cast<std::int64_t>(power_of_ten(made_.units.time - 3));
            now.charged += each.time / per_ms;
            now.parked += each.parking / per_ms;
        }
        return {};
    }

    // The last choice, where it reaches this far.
    void choose(std::size_t period) {
        slice& each = made_.slices[period];
        const stretch& along = made_.stretches[period];
        if (period > 0 && made_.slices[period - 1].tariff == each.tariff && reach_.covers_begin(along)) {
            each.chosen = made_.slices[period - 1].chosen;
            return;
        }
        const event begin{along.begin, along.energy_begin};
        each.chosen = choose_at(made_, period, begin, false, clock_, rules_);
        reach_ = reach_of(along, begin, made_.tariffs[each.tariff], rules_, clock_);
    }

    // Where only one end of a power or current is known it stands for both; an unknown power is the mean.
    expected<void> complete_powers(slice& each, std::size_t period) {
        if (each.tariff == none) return {};
        const tariff_rules& rules = made_.tariffs[each.tariff];
        if (!rules.uses_power && !rules.uses_current) return {};
        const auto pair = [](std::optional<decimal>& low, std::optional<decimal>& high) {
            if (!low) low = high;
            if (!high) high = low;
        };
        pair(each.min_power, each.max_power);
        pair(each.min_current, each.max_current);
        const bool idle = each.phase != phase::session || each.parks;
        if (idle && !each.min_current) each.min_current = each.max_current = decimal();
        if (rules.uses_current && !each.min_current)
            return error{errc::missing, (place(period) / "dimensions").text(),
                         "a tariff asks for MIN_CURRENT or MAX_CURRENT"};
        if (!rules.uses_power || each.min_power) return {};
        const std::int64_t length = end_of(period) - begin_of(period);
        const auto mean = length > 0 ? mean_power(each.energy, made_.units.energy, length) : decimal();
        if (!mean) return error{errc::overflow, (place(period) / "dimensions").text(), "so much power cannot be"};
        each.min_power = each.max_power = *mean;
        return {};
    }

    // Of one length and one volume are all periods of a meter that reports at even intervals.
    using compared = std::tuple<std::int64_t, int, std::int64_t>;
    compared compared_{0, 0, 0};
    bool is_length_ = true;

    static constexpr std::int64_t most_ = std::numeric_limits<std::int64_t>::max() / 8;

    const std::vector<v221::tariff>& tariffs_;
    const recorded_view& session_;
    const policy& rules_;
    local_clock clock_;
    recording made_;
    reach reach_; // of the choice before
};

} // namespace

expected<recording> read_periods(const std::vector<v221::tariff>& tariffs, const recorded_view& charged,
                                 const policy& rules) {
    return period_reader(tariffs, charged, rules).read();
}

choice choose_at(const recording& from, std::size_t period, const event& now, bool at_most, local_clock& clock,
                 const policy& rules) {
    const slice& slice = from.slices[period];
    const tariff_rules& tariff = from.tariffs[slice.tariff];
    const auto& power = at_most ? slice.max_power : slice.min_power;
    const auto& current = at_most ? slice.max_current : slice.min_current;
    conditions holding = conditions_at(from.stretches[period], now, tariff, clock);
    holding.power = power ? &*power : nullptr;
    holding.current = current ? &*current : nullptr;
    return tariff.choose(holding, rules);
}

expected<bill> price_periods(const std::vector<v221::tariff>& tariffs, const recorded_session& charged,
                             const policy& rules) {
    const recorded_view view{charged.zone, charged.start, charged.end, charged.periods};
    const auto recorded = read_periods(tariffs, view, rules);
    if (!recorded) return recorded.error();
    auto owed = make_bill(recorded->tariffs, recorded->slices, recorded->units, rules);
    if (!owed) return owed;
    owed->periods = charged.periods;
    owed->start = charged.start;
    owed->end = charged.end;
    return owed;
}

} // namespace incar::ocpi::pricing
