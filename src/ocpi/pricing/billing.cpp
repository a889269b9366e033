#include "ocpi/pricing/draft.hpp"

#include <algorithm>
#include <tuple>

namespace incar::ocpi::pricing {
namespace {

using dimension = v221::tariff_dimension_type;

class drafter {
public:
    explicit drafter(draft& to, const scales& units) : to_(to), units_(units) {
        to.made.lines.reserve(to.slices.size() * 2 + 2 * to.tariffs.size() + 4);
    }

    expected<void> draft_lines() {
        std::int64_t energy = 0, session = 0, parking = 0, reservation = 0;
        const slice* last = nullptr;
        for (std::size_t i = 0; i < to_.slices.size(); ++i) {
            const slice& each = to_.slices[i];
            if (last && each.tariff != last->tariff) ++run_;
            energy += each.energy;
            session += each.time + each.parking;
            parking += each.parking;
            reservation += each.reservation;
            if (each.tariff != none && !draft_slice(i, last)) return amount_overflow(place_of(to_.made.lines.back()));
            last = &each;
        }
        const auto milliseconds = [&](std::int64_t count) {
            return std::chrono::milliseconds(count / static_cast<std::int64_t>(power_of_ten(units_.time - 3)));
        };
        to_.made.energy_kwh = decimal(energy, units_.energy).without_trailing_zeros();
        to_.made.session_time = milliseconds(session);
        to_.made.parking_time = milliseconds(parking);
        to_.made.reservation_time = milliseconds(reservation);
        return {};
    }

private:
    static bool same_fees(const slice& before, const slice& now) {
        constexpr auto flat = static_cast<std::size_t>(dimension::flat);
        return before.tariff == now.tariff && before.phase == now.phase && before.chosen[flat] == now.chosen[flat] &&
               before.chosen.back() == now.chosen.back();
    }

    // These are false on overflow.

    bool draft_slice(std::size_t period, const slice* before) {
        const slice& from = to_.slices[period];
        if (!before || !same_fees(*before, from)) {
            if (!draft_flat(period, from.chosen[static_cast<std::size_t>(dimension::flat)])) return false;
            if (!draft_flat(period, from.chosen.back())) return false;
        }
        return draft_line(period, dimension::energy, from.energy, units_.energy) &&
               draft_line(period, dimension::time, from.time + from.reservation, units_.time) &&
               draft_line(period, dimension::parking_time, from.parking, units_.time);
    }

    bool draft_flat(std::size_t period, std::size_t which) {
        if (which == none) return true;
        const slice& from = to_.slices[period];
        // What a fee is due once for: the session or its reservation, the tariff, the component.
        const bool reserves = from.phase != phase::session;
        const tariff_rules& tariff = to_.tariffs[from.tariff];
        const auto& element = tariff.restrictions[tariff.at(dimension::flat, which).element];
        const std::size_t part = !reserves ? (to_.rules.flat == flat_rule::each_component ? which : none)
                                 : to_.rules.expired_flat == expired_flat_rule::added
                                     ? static_cast<std::size_t>(*element.reservation)
                                     : none;
        const auto key = std::tuple(reserves, to_.rules.flat == flat_rule::each_session ? none : from.tariff, part);
        if (std::find(charged_.begin(), charged_.end(), key) != charged_.end()) return true;
        charged_.push_back(key);
        return add(period, dimension::flat, which, 1, 0);
    }

    bool draft_line(std::size_t period, dimension type, std::int64_t quantity, int scale) {
        if (quantity == 0) return true;
        const slice& from = to_.slices[period];
        const std::size_t which = from.chosen[static_cast<std::size_t>(type)];
        return (which == none && !prices(from, type)) || add(period, type, which, quantity, scale);
    }

    // Whether the tariff has this dimension under any circumstances.
    bool prices(const slice& from, dimension type) const {
        const tariff_rules& rules = to_.tariffs[from.tariff];
        const auto& list = rules.components[static_cast<std::size_t>(type)];
        return std::any_of(list.begin(), list.end(), [&](const component& each) {
            return rules.restrictions[each.element].reservation.has_value() == (from.phase != phase::session);
        });
    }

    bool add(std::size_t period, dimension type, std::size_t which, std::int64_t quantity, int scale) {
        const slice& from = to_.slices[period];
        line& made = to_.made.lines.emplace_back();
        made.kind = which == none ? line_kind::unpriced : line_kind::component;
        made.tariff = from.tariff;
        made.period = period;
        made.dimension = type;
        made.of_reservation = from.phase != phase::session;
        made.quantity = decimal(quantity, scale);
        if (which == none) return true;
        const component& applied = to_.tariffs[from.tariff].at(type, which);
        made.element = applied.element;
        made.component = applied.index;
        made.price = applied.source->price;
        made.vat_percent = applied.source->vat;
        count_for_step(made, applied, quantity, scale);
        return add_quantity(to_, made, applied, quantity, scale);
    }

    void count_for_step(const line& each, const component& applied, std::int64_t quantity, int scale) {
        if (each.dimension == dimension::flat) return;
        if (to_.rules.zero_price == zero_price_rule::free && each.price.coefficient() == 0) return;
        step_total& to = to_.steps[static_cast<std::size_t>(group_of(each))];
        if (to.run != run_) to.in_run = 0;
        to.last_line = to_.made.lines.size() - 1;
        to.last = &applied;
        to.scale = scale;
        to.run = run_;
        to.in_run += quantity;
        to.in_session += quantity;
    }

    step_group group_of(const line& each) const {
        if (each.dimension == dimension::energy) return step_group::energy;
        if (each.dimension == dimension::parking_time) return step_group::parking;
        const bool apart = to_.rules.reservation_steps == reservation_step_rule::separate;
        return each.of_reservation && apart ? step_group::reservation : step_group::charging;
    }

    draft& to_;
    const scales& units_;
    std::size_t run_ = 0;
    std::vector<std::tuple<bool, std::size_t, std::size_t>> charged_;
};

} // namespace

static running_total& part_of(draft& of, const line& each) {
    if (each.of_reservation) return of.reservation;
    switch (each.dimension) {
    case dimension::energy: return of.energy;
    case dimension::flat: return of.fixed;
    case dimension::parking_time: return of.parking;
    case dimension::time: break;
    }
    return of.time;
}

bool add_quantity(draft& of, line& to, const component& applied, std::int64_t quantity, int scale) {
    const bool hourly = to.dimension == dimension::time || to.dimension == dimension::parking_time;
    const auto excl = times(to.price, quantity, scale, hourly);
    const auto vat = excl ? percent_of(*excl, applied.vat) : std::nullopt;
    if (!vat) return false;
    running_total& part = part_of(of, to);
    part.taxed |= to.vat_percent.has_value();
    return add_to(to.excl_vat, *excl) && add_to(to.vat, *vat) && add_to(part.excl_vat, *excl) && add_to(part.vat, *vat);
}

json::pointer place_of(const line& of) {
    return json::pointer("/tariffs") / of.tariff / "elements" / of.element / "price_components" / of.component;
}

error amount_overflow(const json::pointer& where) {
    return {errc::overflow, where.text(), "the exact amount does not fit in 128 bits"};
}

expected<bill> make_bill(const std::vector<tariff_rules>& tariffs, const std::vector<slice>& slices,
                         const scales& units, const policy& rules) {
    draft making{tariffs, slices, rules, {}, {}, {}, {}, {}, {}, {}, {}};
    making.made.currency = tariffs.front().source->currency;
    if (auto done = drafter(making, units).draft_lines(); !done) return done.error();
    for (const auto step : {apply_steps, apply_limits, add_up})
        if (auto done = step(making); !done) return done.error();
    return std::move(making.made);
}

} // namespace incar::ocpi::pricing
