#include "ocpi/pricing/periods.hpp"

#include <algorithm>

namespace incar::ocpi::pricing {
namespace {

using dimension = v221::tariff_dimension_type;

expected<void> write(const cost& from, v221::price& to, const rounding_policy& how) {
    const auto excl = from.excl_vat.rounded(how);
    if (!excl) return excl.error();
    const auto incl = from.incl_vat.rounded(how);
    if (!incl) return incl.error();
    to = {};
    to.excl_vat = *excl;
    if (from.taxed) to.incl_vat = *incl;
    return {};
}

// Whether the bill has a line of this part: the part's cost is then stated, be it 0.
bool has(const bill& owed, bool of_reservation, dimension type) {
    return std::any_of(owed.lines.begin(), owed.lines.end(), [&](const line& each) {
        const bool is_component = each.kind == line_kind::component || each.kind == line_kind::unpriced;
        return is_component && each.of_reservation == of_reservation && (of_reservation || each.dimension == type);
    });
}

} // namespace

expected<void> fill(v221::cdr& record, const bill& owed, const std::vector<v221::tariff>& tariffs,
                    const rounding_policy& how) {
    record.start_date_time = owed.start;
    record.end_date_time = owed.end;
    record.currency = owed.currency;
    record.charging_periods = owed.periods;
    record.tariffs.clear();
    for (const v221::tariff& each : tariffs)
        if (std::any_of(owed.periods.begin(), owed.periods.end(),
                        [&](const auto& period) { return period.tariff_id == each.id; }))
            record.tariffs.push_back(each);
    if (auto done = write(owed.total, record.total_cost, how); !done) return done;

    struct part {
        const cost& from;
        std::optional<v221::price>& to;
        bool of_reservation;
        dimension type;
    };
    const part parts[] = {{owed.fixed, record.total_fixed_cost, false, dimension::flat},
                          {owed.energy, record.total_energy_cost, false, dimension::energy},
                          {owed.time, record.total_time_cost, false, dimension::time},
                          {owed.parking, record.total_parking_cost, false, dimension::parking_time},
                          {owed.reservation, record.total_reservation_cost, true, dimension::time}};
    for (const part& each : parts) {
        each.to.reset();
        if (!has(owed, each.of_reservation, each.type)) continue;
        if (auto done = write(each.from, each.to.emplace(), how); !done) return done;
    }

    const auto hours = hours_of(owed.session_time.count(), how.digits, rounding::half_up);
    const auto parked = hours_of(owed.parking_time.count(), how.digits, rounding::half_up);
    if (!hours) return hours.error();
    if (!parked) return parked.error();
    record.total_energy = owed.energy_kwh;
    record.total_time = hours->without_trailing_zeros();
    record.total_parking_time.reset();
    if (owed.parking_time.count() > 0) record.total_parking_time = parked->without_trailing_zeros();
    return {};
}

expected<void> fill(v221::session& running, const bill& owed, const rounding_policy& how) {
    running.kwh = owed.energy_kwh;
    running.currency = owed.currency;
    running.charging_periods = owed.periods;
    return write(owed.total, running.total_cost.emplace(), how);
}

} // namespace incar::ocpi::pricing
