#include "ocpi/pricing/draft.hpp"

namespace incar::ocpi::pricing {
namespace {

// Adds the line that brings the sums to the limit, if they are beyond it. False on overflow.
bool apply(const v221::price& bound, line limit, draft& to, running_total& sums) {
    const bool is_min = limit.kind == line_kind::raised_to_min_price;
    const auto missing = [&](const amount& total, const decimal& price) -> std::optional<amount> {
        const auto target = amount_of(price);
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
    to.made.lines.push_back(limit);
    return sums.add(limit) && to.limits.add(limit);
}

} // namespace

std::optional<cost> running_total::total() const {
    const auto incl = sum(excl_vat, vat);
    if (!incl) return std::nullopt;
    return cost{excl_vat, *incl, taxed};
}

expected<void> apply_limits(draft& of) {
    for (std::size_t i = 0; i < of.tariffs.size(); ++i) {
        const v221::tariff& from = *of.tariffs[i].source;
        if (!from.min_price && !from.max_price) continue;
        const json::pointer where = json::pointer("/tariffs") / i;
        bool used = false, charged = false;
        running_total sums;
        line limit;
        limit.tariff = i;
        for (std::size_t period = 0; period < of.slices.size(); ++period) {
            if (of.slices[period].tariff != i) continue;
            used = true;
            charged |= of.slices[period].phase == phase::session;
            limit.period = period;
        }
        for (const line& each : of.made.lines)
            if (each.tariff == i && !sums.add(each)) return amount_overflow(where);
        if (!used) continue;
        limit.kind = line_kind::raised_to_min_price;
        if (from.min_price && charged && !apply(*from.min_price, limit, of, sums))
            return amount_overflow(where / "min_price");
        limit.kind = line_kind::lowered_to_max_price;
        if (from.max_price && !apply(*from.max_price, limit, of, sums)) return amount_overflow(where / "max_price");
    }
    return {};
}

expected<void> add_up(draft& of) {
    running_total all;
    for (const running_total* part : {&of.fixed, &of.energy, &of.time, &of.parking, &of.reservation, &of.limits}) {
        line as_line;
        as_line.excl_vat = part->excl_vat;
        as_line.vat = part->vat;
        if (!all.add(as_line)) return amount_overflow(json::pointer());
        all.taxed |= part->taxed;
    }
    const std::pair<const running_total&, cost&> parts[] = {
        {all, of.made.total},    {of.fixed, of.made.fixed},     {of.energy, of.made.energy},
        {of.time, of.made.time}, {of.parking, of.made.parking}, {of.reservation, of.made.reservation}};
    for (const auto& [from, to] : parts) {
        const auto total = from.total();
        if (!total) return amount_overflow(json::pointer());
        to = *total;
    }
    of.made.total.taxed |= all.vat != amount{};
    return {};
}

} // namespace incar::ocpi::pricing
