#include "ocpi/pricing/billing.hpp"
#include "ocpi/pricing/exact.hpp"

#include <incar/core/money.hpp>

#include <algorithm>
#include <tuple>

namespace incar::ocpi::pricing {
namespace {

using dimension = v221::tariff_dimension_type;

// What a line bills, in whole numbers.
struct quantities {
    std::int64_t quantity = 0;
    std::int64_t extra = 0;
    int scale = 0;
    std::size_t run = 0; // counts the changes of tariff before it
};

json::pointer place_of(const line& of) {
    return json::pointer("/tariffs") / of.tariff / "elements" / of.element / "price_components" / of.component;
}

error overflow(const json::pointer& where) {
    return {errc::overflow, where.text(), "the exact amount does not fit in 128 bits"};
}

class biller {
public:
    biller(const std::vector<tariff_rules>& tariffs, const std::vector<slice>& slices, const scales& units,
           const policy& rules)
        : tariffs_(tariffs), slices_(slices), units_(units), rules_(rules) {}

    expected<bill> make() {
        bill_.currency = tariffs_.front().source->currency;
        bill_.lines.reserve(slices_.size() * 2 + 2 * tariffs_.size() + 4);
        billed_.reserve(slices_.size() * 2 + 4);
        draft_lines();
        for (const auto step : {&biller::apply_steps, &biller::compute, &biller::apply_limits, &biller::add_up})
            if (auto done = (this->*step)(); !done) return done.error();
        return std::move(bill_);
    }

private:
    // -- lines, without amounts

    void draft_lines() {
        std::size_t run = 0, tariff = none;
        std::int64_t energy = 0, session = 0, parking = 0, reservation = 0;
        for (std::size_t i = 0; i < slices_.size(); ++i) {
            const slice& each = slices_[i];
            if (i > 0 && each.tariff != tariff) ++run;
            tariff = each.tariff;
            energy += each.energy;
            session += each.time + each.parking;
            parking += each.parking;
            reservation += each.reservation;
            if (tariff == none) continue;
            draft_flat(i, run, each.chosen[static_cast<std::size_t>(dimension::flat)]);
            draft_flat(i, run, each.chosen.back());
            draft_line(i, run, dimension::energy, each.energy, units_.energy);
            draft_line(i, run, dimension::time, each.time + each.reservation, units_.time);
            draft_line(i, run, dimension::parking_time, each.parking, units_.time);
        }
        const auto milliseconds = [&](std::int64_t count) {
            return std::chrono::milliseconds(count / static_cast<std::int64_t>(power_of_ten(units_.time - 3)));
        };
        bill_.energy_kwh = decimal(energy, units_.energy).without_trailing_zeros();
        bill_.session_time = milliseconds(session);
        bill_.parking_time = milliseconds(parking);
        bill_.reservation_time = milliseconds(reservation);
    }

    void draft_flat(std::size_t period, std::size_t run, std::size_t which) {
        const slice& from = slices_[period];
        if (which == none) return;
        // What a fee is due once for: the session or its reservation, the tariff, the component.
        const bool reserves = from.phase != phase::session;
        const auto& element =
            tariffs_[from.tariff].restrictions[tariffs_[from.tariff].at(dimension::flat, which).element];
        const std::size_t part = !reserves ? (rules_.flat == flat_rule::each_component ? which : none)
                                 : rules_.expired_flat == expired_flat_rule::added
                                     ? static_cast<std::size_t>(*element.reservation)
                                     : none;
        const auto key = std::tuple(reserves, rules_.flat == flat_rule::each_session ? none : from.tariff, part);
        if (std::find(charged_.begin(), charged_.end(), key) != charged_.end()) return;
        charged_.push_back(key);
        add(period, run, dimension::flat, which, 1, 0);
    }

    void draft_line(std::size_t period, std::size_t run, dimension type, std::int64_t quantity, int scale) {
        if (quantity == 0) return;
        const slice& from = slices_[period];
        const std::size_t which = from.chosen[static_cast<std::size_t>(type)];
        if (which != none || prices(from, type)) add(period, run, type, which, quantity, scale);
    }

    // Whether the tariff has this dimension under any circumstances.
    bool prices(const slice& from, dimension type) const {
        const tariff_rules& rules = tariffs_[from.tariff];
        const auto& list = rules.components[static_cast<std::size_t>(type)];
        return std::any_of(list.begin(), list.end(), [&](const component& each) {
            return rules.restrictions[each.element].reservation.has_value() == (from.phase != phase::session);
        });
    }

    void add(std::size_t period, std::size_t run, dimension type, std::size_t which, std::int64_t quantity, int scale) {
        const slice& from = slices_[period];
        billed_.push_back({quantity, 0, scale, run});
        line& made = bill_.lines.emplace_back();
        made.kind = which == none ? line_kind::unpriced : line_kind::component;
        made.tariff = from.tariff;
        made.period = period;
        made.dimension = type;
        made.of_reservation = from.phase != phase::session;
        if (which == none) return;
        const component& applied = tariffs_[from.tariff].at(type, which);
        made.element = applied.element;
        made.component = applied.index;
        made.price = applied.source->price;
        made.vat_percent = applied.source->vat;
    }

    // -- steps, once a session

    using group = std::vector<std::size_t>; // of lines, in order

    bool counts(const line& each) const {
        if (each.kind != line_kind::component || each.dimension == dimension::flat) return false;
        return rules_.zero_price == zero_price_rule::billed || each.price.coefficient() != 0;
    }

    expected<void> apply_steps() {
        group energy, charging, parking, reservation;
        for (std::size_t i = 0; i < bill_.lines.size(); ++i) {
            const line& each = bill_.lines[i];
            if (!counts(each)) continue;
            const bool apart = each.of_reservation && rules_.reservation_steps == reservation_step_rule::separate;
            (each.dimension == dimension::energy         ? energy
             : each.dimension == dimension::parking_time ? parking
             : apart                                     ? reservation
                                                         : charging)
                .push_back(i);
        }
        for (group* each : {&energy, &time_to_round(charging, parking), &reservation})
            if (auto done = apply_step(*each); !done) return done;
        return {};
    }

    group& time_to_round(group& charging, group& parking) const {
        if (parking.empty()) return charging;
        if (charging.empty() || rules_.time_steps == time_step_rule::parking) return parking;
        if (rules_.time_steps == time_step_rule::last) return charging.back() < parking.back() ? parking : charging;
        charging.insert(charging.end(), parking.begin(), parking.end());
        std::sort(charging.begin(), charging.end());
        return charging;
    }

    expected<void> apply_step(const group& of) {
        if (of.empty()) return {};
        line& changed = bill_.lines[of.back()];
        quantities& last = billed_[of.back()];
        const auto& source = tariffs_[changed.tariff].source->elements[changed.element];
        const int size = source.price_components[changed.component].step_size;
        if (size == 0) return {};
        std::int64_t total = 0;
        for (const std::size_t each : of)
            if (rules_.tariff_steps == tariff_step_rule::whole_session || billed_[each].run == last.run)
                total += billed_[each].quantity;
        // A step is 1 Wh or 1 s.
        const auto step = scaled(size, changed.dimension == dimension::energy ? last.scale - 3 : last.scale);
        if (!step || *step > std::numeric_limits<std::int64_t>::max() / 8)
            return overflow(place_of(changed) / "step_size");
        if (total <= 0) return {};
        const auto block = static_cast<std::int64_t>(*step);
        const std::int64_t rest = total % block;
        if (rest == 0 && !rules_.next_step_at_exact_multiples) return {};
        last.extra = block - rest;
        changed.step_size = size;
        return {};
    }

    // -- amounts

    expected<void> compute() {
        for (std::size_t i = 0; i < bill_.lines.size(); ++i) {
            const quantities& from = billed_[i];
            line& made = bill_.lines[i];
            made.quantity = decimal(from.quantity, from.scale);
            if (from.extra != 0) made.step_extra = decimal(from.extra, from.scale);
            if (made.kind != line_kind::component) continue;
            const bool hourly = made.dimension == dimension::time || made.dimension == dimension::parking_time;
            const auto excl = times(made.price, from.quantity + from.extra, from.scale, hourly);
            const auto vat = !excl ? std::nullopt : made.vat_percent ? percent_of(*excl, *made.vat_percent) : amount{};
            if (!vat) return overflow(place_of(made));
            made.excl_vat = *excl;
            made.vat = *vat;
        }
        return {};
    }

    struct running_total {
        amount excl_vat, vat;
        bool taxed = false;

        bool add(const line& each) {
            const auto excl = sum(excl_vat, each.excl_vat);
            const auto tax = sum(vat, each.vat);
            if (!excl || !tax) return false;
            excl_vat = *excl;
            vat = *tax;
            taxed |= each.vat_percent.has_value();
            return true;
        }

        std::optional<cost> total() const {
            const auto incl = sum(excl_vat, vat);
            if (!incl) return std::nullopt;
            return cost{excl_vat, *incl, taxed};
        }
    };

    // -- limits

    expected<void> apply_limits() {
        for (std::size_t i = 0; i < tariffs_.size(); ++i) {
            const v221::tariff& from = *tariffs_[i].source;
            if (!from.min_price && !from.max_price) continue;
            const json::pointer where = json::pointer("/tariffs") / i;
            bool used = false, charged = false;
            running_total sums;
            line limit;
            limit.tariff = i;
            for (std::size_t period = 0; period < slices_.size(); ++period) {
                if (slices_[period].tariff != i) continue;
                used = true;
                charged |= slices_[period].phase == phase::session;
                limit.period = period;
            }
            for (const line& each : bill_.lines)
                if (each.tariff == i && !sums.add(each)) return overflow(where);
            if (!used) continue;
            limit.kind = line_kind::raised_to_min_price;
            if (from.min_price && charged && !apply(*from.min_price, limit, sums)) return overflow(where / "min_price");
            limit.kind = line_kind::lowered_to_max_price;
            if (from.max_price && !apply(*from.max_price, limit, sums)) return overflow(where / "max_price");
        }
        return {};
    }

    // Adds the line that brings the sums to the limit, if they are beyond it. False on overflow.
    bool apply(const v221::price& bound, line limit, running_total& sums) {
        const bool is_min = limit.kind == line_kind::raised_to_min_price;
        const auto missing = [&](const amount& total, const decimal& to) -> std::optional<amount> {
            const auto target = amount_of(to);
            const auto minus = negative_of(total);
            if (!target || !minus) return std::nullopt;
            if (is_min ? !(total < *target) : !(*target < total)) return amount{};
            return sum(*target, *minus);
        };
        const auto total = sums.total();
        if (!total) return false;
        const auto excl = missing(total->excl_vat, bound.excl_vat);
        // Without a limit including VAT, the adjustment bears none.
        const auto incl = bound.incl_vat ? missing(total->incl_vat, *bound.incl_vat) : excl;
        if (!excl || !incl) return false;
        const auto vat = sum(*incl, *negative_of(*excl));
        if (!vat) return false;
        if (*excl == amount{} && *vat == amount{}) return true;
        limit.excl_vat = *excl;
        limit.vat = *vat;
        bill_.lines.push_back(limit);
        return sums.add(limit);
    }

    // -- totals

    expected<void> add_up() {
        running_total all, fixed, energy, time, parking, reservation, limits;
        for (const line& each : bill_.lines) {
            const bool is_limit =
                each.kind == line_kind::raised_to_min_price || each.kind == line_kind::lowered_to_max_price;
            running_total& part = is_limit                                    ? limits
                                  : each.of_reservation                       ? reservation
                                  : each.dimension == dimension::flat         ? fixed
                                  : each.dimension == dimension::energy       ? energy
                                  : each.dimension == dimension::parking_time ? parking
                                                                              : time;
            if (!part.add(each)) return overflow(place_of(each));
        }
        for (const running_total* part : {&fixed, &energy, &time, &parking, &reservation, &limits}) {
            line as_line;
            as_line.excl_vat = part->excl_vat;
            as_line.vat = part->vat;
            if (!all.add(as_line)) return overflow(json::pointer());
            all.taxed |= part->taxed;
        }
        const std::pair<const running_total*, cost*> parts[] = {
            {&all, &bill_.total}, {&fixed, &bill_.fixed},     {&energy, &bill_.energy},
            {&time, &bill_.time}, {&parking, &bill_.parking}, {&reservation, &bill_.reservation}};
        for (const auto& [from, to] : parts) {
            const auto total = from->total();
            if (!total) return overflow(json::pointer());
            *to = *total;
        }
        bill_.total.taxed |= bill_.total.excl_vat != bill_.total.incl_vat;
        return {};
    }

    const std::vector<tariff_rules>& tariffs_;
    const std::vector<slice>& slices_;
    const scales& units_;
    const policy& rules_;
    std::vector<quantities> billed_; // one a line, but for limits
    std::vector<std::tuple<bool, std::size_t, std::size_t>> charged_;
    bill bill_;
};

} // namespace

expected<std::vector<tariff_rules>> compile_all(const std::vector<v221::tariff>& tariffs, int energy_scale,
                                                const policy& rules) {
    if (tariffs.empty()) return error{errc::missing, "/tariffs", "there is no tariff"};
    std::vector<tariff_rules> compiled;
    compiled.reserve(tariffs.size());
    for (std::size_t i = 0; i < tariffs.size(); ++i) {
        const json::pointer where = json::pointer("/tariffs") / i;
        auto each = compile(tariffs[i], where, energy_scale, rules);
        if (!each) return each.error();
        compiled.push_back(std::move(*each));
        if (!currency::parse(tariffs[i].currency))
            return error{errc::malformed, (where / "currency").text(), "three capital letters are needed, such as EUR"};
        if (tariffs[i].currency != tariffs[0].currency)
            return error{errc::currency_mismatch, (where / "currency").text(), "the first tariff has another currency"};
    }
    return compiled;
}

expected<std::size_t> index_of(const std::vector<v221::tariff>& tariffs, const id<v221::tariff>& wanted) {
    std::size_t found = none;
    for (std::size_t i = 0; i < tariffs.size(); ++i) {
        if (tariffs[i].id != wanted) continue;
        if (found != none) return error{errc::duplicate, "", "two of the tariffs have this id"};
        found = i;
    }
    if (found == none) return error{errc::not_found, "", "none of the tariffs has this id"};
    return found;
}

expected<bill> make_bill(const std::vector<tariff_rules>& tariffs, const std::vector<slice>& slices,
                         const scales& units, const policy& rules) {
    return biller(tariffs, slices, units, rules).make();
}

std::string explain(const line& of) {
    const auto number = [](std::size_t index) { return std::to_string(index + 1); };
    switch (of.kind) {
    case line_kind::raised_to_min_price: return "raised to the least price of the tariff";
    case line_kind::lowered_to_max_price: return "lowered to the highest price of the tariff";
    case line_kind::unpriced: return "no element that prices this applies here";
    case line_kind::component: break;
    }
    std::string text = "element " + number(of.element) + " is the first to price this here";
    if (of.step_size > 0) {
        const char* unit = of.dimension == dimension::energy ? " kWh" : " s";
        const char* step_unit = of.dimension == dimension::energy ? " Wh" : " s";
        text += "; " + format(of.step_extra.without_trailing_zeros()) + unit + " more fill the last step of " +
                std::to_string(of.step_size) + step_unit;
    }
    return text;
}

} // namespace incar::ocpi::pricing
