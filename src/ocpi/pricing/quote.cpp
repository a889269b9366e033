#include "ocpi/pricing/exact.hpp"
#include "ocpi/pricing/tariff_rules.hpp"

#include <incar/ocpi/quote.hpp>

#include <algorithm>

namespace incar::ocpi::pricing {
namespace {

// Energy in units so small that kW times ms is whole: 10^-scale kW * ms is 1 / (3.6e6 * 10^scale) kWh.
struct energy_count {
    int scale = 0;
    int128 done = 0, wanted = 0;
};

expected<void> check(const request& wanted) {
    if (wanted.energy_kwh < 0) return error{errc::out_of_range, "/request/energy_kwh", "0 or more is needed"};
    if (wanted.parking.count() < 0) return error{errc::out_of_range, "/request/parking", "0 or more is needed"};
    if (wanted.energy_kwh == 0 && wanted.parking.count() == 0)
        return error{errc::out_of_range, "/request/energy_kwh", "the request is for nothing"};
    if (wanted.energy_kwh != 0 && wanted.curve.empty())
        return error{errc::missing, "/request/curve", "how much power is there?"};
    for (std::size_t i = 0; i < wanted.curve.size(); ++i) {
        const json::pointer where = json::pointer("/request/curve") / i;
        const bool in_order =
            i == 0 ? wanted.curve[i].after.count() == 0 : wanted.curve[i].after > wanted.curve[i - 1].after;
        if (!in_order)
            return error{errc::inconsistent, (where / "after").text(), "steps begin at 0 and follow each other"};
        if (wanted.curve[i].power_kw < 0)
            return error{errc::out_of_range, (where / "power_kw").text(), "0 or more is needed"};
    }
    return {};
}

error overflow() {
    return {errc::overflow, "/request/energy_kwh", "it has too many digits to compute with exactly"};
}

} // namespace

expected<session> expected_session(const request& wanted) {
    if (auto done = check(wanted); !done) return done.error();
    session made;
    made.zone = wanted.zone;
    if (wanted.reserved_at) made.reservation = reservation{*wanted.reserved_at, std::nullopt};

    const decimal energy = wanted.energy_kwh.without_trailing_zeros();
    energy_count count;
    count.scale = energy.scale();
    for (const power_step& each : wanted.curve) count.scale = std::max(count.scale, each.power_kw.scale());
    const auto whole_need = scaled(energy.coefficient(), count.scale - energy.scale());
    const auto need = whole_need ? multiplied(*whole_need, 3'600'000) : std::nullopt;
    if (!need) return overflow();
    count.wanted = *need;

    timestamp now = wanted.start;
    const int digits = std::max(energy.scale(), 6);
    for (std::size_t i = 0; count.done < count.wanted; ++i) {
        if (i == wanted.curve.size())
            return error{errc::inconsistent, "/request/curve", "with this power the energy is never reached"};
        const power_step& step = wanted.curve[i];
        // The meter at a step between start and end, like every interpolated energy, is cut off at the sixth decimal.
        const auto shifted = scaled(count.done, digits);
        const auto divisor = scaled(3'600'000, count.scale);
        if (!shifted || !divisor) return overflow();
        const decimal meter(static_cast<std::int64_t>(*shifted / *divisor), digits);
        made.readings.push_back({now, meter, vehicle::charging, step.current_a, step.power_kw});
        const auto power = scaled(step.power_kw.coefficient(), count.scale - step.power_kw.scale());
        if (!power || *power > std::numeric_limits<std::int64_t>::max()) return overflow();
        const bool is_last = i + 1 == wanted.curve.size();
        if (is_last && *power == 0) continue;
        int128 length = *power == 0 ? 0 : (count.wanted - count.done + *power - 1) / *power; // ms, rounded up
        if (!is_last) {
            const int128 most = (wanted.curve[i + 1].after - step.after).count();
            if (*power == 0 || length > most) length = most;
        }
        if (length > (timestamp::max() - now).count()) return overflow();
        const auto gained = multiplied(*power, static_cast<std::uint64_t>(length));
        const auto done = gained ? added(count.done, *gained) : std::nullopt;
        if (!done) return overflow();
        count.done = std::min(*done, count.wanted);
        now += std::chrono::milliseconds(static_cast<std::int64_t>(length));
    }
    if (wanted.parking.count() > 0) {
        made.readings.push_back({now, wanted.energy_kwh, vehicle::parked, {}, {}});
        now += wanted.parking;
    }
    made.readings.push_back({now, wanted.energy_kwh, vehicle::parked, {}, {}});
    return made;
}

expected<bill> quote(const std::vector<v221::tariff>& tariffs, const request& wanted, const policy& rules) {
    const auto session = expected_session(wanted);
    if (!session) return session.error();
    return price(tariffs, *session, rules);
}

expected<bill> quote(const v221::tariff& only, const request& wanted, const policy& rules) {
    return quote(std::vector<v221::tariff>{only}, wanted, rules);
}

const v221::tariff* find_tariff(const std::vector<v221::tariff>& among, v221::tariff_type kind, timestamp at) {
    const v221::tariff* general = nullptr;
    for (const v221::tariff& each : among) {
        if (each.start_date_time && at < *each.start_date_time) continue;
        if (each.end_date_time && at >= *each.end_date_time) continue;
        if (each.type && *each.type == kind) return &each;
        if (!each.type && !general) general = &each;
    }
    return general;
}

const v221::tariff* find_tariff(const std::vector<v221::tariff>& among, v221::profile_type chosen, timestamp at) {
    switch (chosen) {
    case v221::profile_type::cheap: return find_tariff(among, v221::tariff_type::profile_cheap, at);
    case v221::profile_type::fast: return find_tariff(among, v221::tariff_type::profile_fast, at);
    case v221::profile_type::green: return find_tariff(among, v221::tariff_type::profile_green, at);
    case v221::profile_type::regular: break;
    }
    return find_tariff(among, v221::tariff_type::regular, at);
}

} // namespace incar::ocpi::pricing
