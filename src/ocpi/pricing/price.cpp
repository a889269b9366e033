#include "ocpi/pricing/billing.hpp"
#include "ocpi/pricing/exact.hpp"
#include "ocpi/pricing/periods.hpp"
#include "ocpi/pricing/stretch.hpp"

#include <algorithm>

namespace incar::ocpi::pricing {
namespace {

using dimension = v221::tariff_dimension_type;

std::int64_t count_of(timestamp at) {
    return at.since_1970().count();
}

int energy_scale_of(const std::vector<v221::tariff>& tariffs, const session& charged) {
    int scale = 6;
    for (const v221::tariff& each : tariffs) scale = std::max(scale, energy_decimals(each));
    for (const meter_reading& each : charged.readings)
        if (each.energy_kwh.scale() > scale) scale = std::max(scale, each.energy_kwh.without_trailing_zeros().scale());
    return scale;
}

// Walks through the session and cuts it where another price begins.
class splitter {
public:
    splitter(const std::vector<v221::tariff>& tariffs, const session& charged, const policy& rules)
        : tariffs_(tariffs), session_(charged), rules_(rules), clock_(charged.zone) {}

    expected<bill> make() {
        units_.energy = energy_scale_of(tariffs_, session_);
        auto compiled = compile_all(tariffs_, units_.energy, rules_);
        if (!compiled) return compiled.error();
        compiled_ = std::move(*compiled);
        for (const auto step : {&splitter::check, &splitter::check_length, &splitter::read_energies,
                                &splitter::read_changes, &splitter::walk_reservation, &splitter::walk_session})
            if (auto done = (this->*step)(); !done) return done.error();
        auto owed = make_bill(compiled_, slices_, units_, rules_);
        if (!owed) return owed;
        owed->start = timestamp(std::chrono::milliseconds(start_));
        owed->end = timestamp(std::chrono::milliseconds(end_));
        if (auto done = write_periods(compiled_, slices_, units_, rules_, owed->periods); !done) return done.error();
        return owed;
    }

private:
    // -- the input

    expected<void> check() {
        const json::pointer where("/session");
        const auto& readings = session_.readings;
        const auto& reservation = session_.reservation;
        const bool expired = reservation && reservation->expired_at;
        if (expired && !readings.empty())
            return error{errc::inconsistent, "/session/reservation/expired_at",
                         "an expired reservation has no session"};
        if (!expired && readings.size() < 2)
            return error{errc::missing, "/session/readings", "a session needs a reading at its start and its end"};
        for (std::size_t i = 1; i < readings.size(); ++i)
            if (readings[i].at <= readings[i - 1].at)
                return error{errc::inconsistent, (where / "readings" / i / "at").text(),
                             "readings must be in order of time, each later than the one before"};
        for (const tariff_rules& each : compiled_)
            if (each.uses_local_time && !session_.zone)
                return error{errc::missing, "/session/zone", "a tariff asks for the local time of the location"};
        start_ = expired ? count_of(reservation->start) : count_of(readings.front().at);
        end_ = expired ? count_of(*reservation->expired_at) : count_of(readings.back().at);
        origin_ = start_;
        if (!reservation) return {};
        if (reservation->start >= timestamp(std::chrono::milliseconds(expired ? end_ : start_)))
            return error{errc::inconsistent, "/session/reservation/start", "a reservation begins before it ends"};
        reserved_until_ = expired ? end_ : start_;
        start_ = count_of(reservation->start);
        return {};
    }

    expected<void> check_length() {
        for (const tariff_rules& each : compiled_)
            if (too_long(each, end_ - start_))
                return error{errc::limit_exceeded, "/session/readings", "the session is too long to be one"};
        return {};
    }

    expected<void> read_energies() {
        std::int64_t first = 0;
        energies_.reserve(session_.readings.size());
        slices_.reserve(session_.readings.size() + 8);
        for (std::size_t i = 0; i < session_.readings.size(); ++i) {
            const auto where = [i] { return json::pointer("/session/readings") / i / "energy_kwh"; };
            const auto number = whole(session_.readings[i].energy_kwh, units_.energy);
            if (!number) return at(where(), number.error());
            if (i == 0) first = *number;
            energies_.push_back(*number - first);
            if (i > 0 && rules_.discharging == discharging_rule::refuse && energies_[i] < energies_[i - 1])
                return error{errc::inconsistent, where().text(), "the meter runs backwards"};
        }
        return {};
    }

    expected<void> read_changes() {
        for (std::size_t i = 0; i < session_.tariff_changes.size(); ++i) {
            const json::pointer where = json::pointer("/session/tariff_changes") / i;
            const tariff_change& each = session_.tariff_changes[i];
            const auto index = index_of(tariffs_, each.tariff_id);
            if (!index) return at(where / "tariff_id", index.error());
            if (i > 0 && each.at <= session_.tariff_changes[i - 1].at)
                return error{errc::inconsistent, (where / "at").text(), "changes must be in order of time"};
            changes_.push_back({count_of(each.at), *index});
        }
        return {};
    }

    // -- the walk

    expected<void> walk_reservation() {
        if (!session_.reservation) return {};
        stretch reserved;
        reserved.begin = reserved.origin = start_;
        reserved.end = *reserved_until_;
        reserved.phase = session_.reservation->expired_at ? phase::expired_reservation : phase::used_reservation;
        static const decimal nothing;
        reserved.power = reserved.current = &nothing;
        walk(reserved);
        return {};
    }

    expected<void> walk_session() {
        const auto& readings = session_.readings;
        stretch now;
        now.origin = rules_.duration == duration_rule::with_reservation ? start_ : origin_;
        for (std::size_t i = 0; i + 1 < readings.size(); ++i) {
            const meter_reading& from = readings[i];
            now.begin = count_of(from.at);
            now.end = count_of(readings[i + 1].at);
            now.energy_begin = energies_[i];
            now.energy_end = energies_[i + 1];
            now.charges = from.vehicle == vehicle::charging;
            now.parks = !now.charges;
            if (auto done = read_power(from, i, now); !done) return done;
            at_reading_ = true;
            walk(now);
            (now.charges ? now.charged : now.parked) += now.end - now.begin;
        }
        return {};
    }

    expected<void> read_power(const meter_reading& from, std::size_t index, stretch& now) {
        static const decimal nothing;
        now.current = from.current_a ? &*from.current_a : now.parks ? &nothing : nullptr;
        if (!now.current)
            for (const tariff_rules& each : compiled_)
                if (each.uses_current)
                    return error{errc::missing, (json::pointer("/session/readings") / index / "current_a").text(),
                                 "a tariff asks for the current"};
        now.power = from.power_kw ? &*from.power_kw : nullptr;
        if (now.power || std::none_of(compiled_.begin(), compiled_.end(), [](auto& each) { return each.uses_power; }))
            return {};
        const auto mean = mean_power(now.energy_end - now.energy_begin, units_.energy, now.end - now.begin);
        if (!mean)
            return error{errc::overflow, (json::pointer("/session/readings") / (index + 1) / "energy_kwh").text(),
                         "so much power cannot be"};
        mean_ = *mean;
        now.power = &mean_;
        return {};
    }

    std::size_t tariff_at(std::int64_t at) const {
        std::size_t tariff = 0;
        for (const auto& [from, index] : changes_)
            if (from <= at) tariff = index;
        return tariff;
    }

    void walk(const stretch& along) {
        if (reach_.covers(along)) return go_on(along);
        events_.clear();
        for (std::size_t i = 0; i < (changes_.empty() ? 1 : compiled_.size()); ++i) {
            add_instants(along, compiled_[i], rules_, clock_, events_);
            add_energies(along, compiled_[i], events_);
        }
        for (const auto& [at, index] : changes_)
            if (along.begin < at && at < along.end) events_.push_back({at, energy_at(along, at)});
        events_.push_back({along.begin, along.energy_begin});
        sort_events(along, events_);
        for (std::size_t i = 0; i < events_.size(); ++i) {
            const bool is_last = i + 1 == events_.size();
            add_slice(along, events_[i], is_last ? event{along.end, along.energy_end} : events_[i + 1]);
        }
        reach_ = reach_of(along, events_.back(), compiled_[slices_.back().tariff], rules_, clock_);
        for (const auto& [at, index] : changes_)
            if (at > events_.back().at) reach_.until = std::min(reach_.until, at);
    }

    // All along the stretch the last choice holds.
    void go_on(const stretch& along) {
        if (std::exchange(at_reading_, false) && rules_.periods == period_rule::at_every_reading) {
            slice& made = slices_.emplace_back(slices_.back());
            made.at = along.begin;
            made.energy = made.time = made.parking = made.reservation = 0;
        }
        measure(slices_.back(), along, {along.begin, along.energy_begin}, {along.end, along.energy_end});
    }

    static void measure(slice& now, const stretch& along, const event& from, const event& until) {
        now.energy += until.energy - from.energy;
        (along.phase != phase::session ? now.reservation : along.parks ? now.parking : now.time) += until.at - from.at;
    }

    void add_slice(const stretch& along, const event& from, const event& until) {
        slice made;
        made.at = from.at;
        made.phase = along.phase;
        made.parks = along.parks;
        made.tariff = tariff_at(from.at);
        const tariff_rules& rules = compiled_[made.tariff];
        made.chosen = rules.choose(conditions_at(along, from, rules, clock_), rules_);
        if (along.phase == phase::session) {
            if (rules.uses_power) made.min_power = made.max_power = *along.power;
            if (rules.uses_current) made.min_current = made.max_current = *along.current;
        }
        const bool begins_reading = std::exchange(at_reading_, false);
        if (slices_.empty() || (begins_reading && rules_.periods == period_rule::at_every_reading) ||
            !continues(slices_.back(), made))
            slices_.push_back(made);
        slice& now = slices_.back();
        measure(now, along, from, until);
        widen(now.min_power, now.max_power, made.min_power);
        widen(now.min_current, now.max_current, made.min_current);
    }

    static void widen(std::optional<decimal>& low, std::optional<decimal>& high, const std::optional<decimal>& by) {
        if (!by) return;
        if (*by < *low) low = by;
        if (*high < *by) high = by;
    }

    // Whether nothing that matters for the price changes. Powers of one period lie between the same limits of the
    // tariff, so that a CDR, which tells the least and the highest, can be priced again.
    bool continues(const slice& before, const slice& now) const {
        if (before.phase != now.phase || before.parks != now.parks || before.tariff != now.tariff) return false;
        const auto idle = static_cast<std::size_t>(now.parks ? dimension::time : dimension::parking_time);
        for (std::size_t i = 0; i < before.chosen.size(); ++i)
            if (i != idle && before.chosen[i] != now.chosen[i]) return false;
        const auto& rules = compiled_[now.tariff];
        return between_same(rules.powers, before.min_power, now.min_power) &&
               between_same(rules.currents, before.min_current, now.min_current);
    }

    static bool between_same(const std::vector<decimal>& limits, const std::optional<decimal>& left,
                             const std::optional<decimal>& right) {
        return !left || std::upper_bound(limits.begin(), limits.end(), *left) ==
                            std::upper_bound(limits.begin(), limits.end(), *right);
    }

    const std::vector<v221::tariff>& tariffs_;
    const session& session_;
    const policy& rules_;
    local_clock clock_;
    scales units_;
    std::vector<tariff_rules> compiled_;
    std::vector<std::int64_t> energies_;
    std::vector<std::pair<std::int64_t, std::size_t>> changes_;
    std::vector<event> events_;
    std::vector<slice> slices_;
    reach reach_;
    std::int64_t start_ = 0, origin_ = 0, end_ = 0;
    std::optional<std::int64_t> reserved_until_;
    decimal mean_;
    bool at_reading_ = false;
};

} // namespace

expected<bill> price(const std::vector<v221::tariff>& tariffs, const session& charged, const policy& rules) {
    return splitter(tariffs, charged, rules).make();
}

expected<bill> price(const v221::tariff& only, const session& charged, const policy& rules) {
    return price(std::vector<v221::tariff>{only}, charged, rules);
}

} // namespace incar::ocpi::pricing
