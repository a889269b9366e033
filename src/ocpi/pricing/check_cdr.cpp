#include "ocpi/pricing/check_volumes.hpp"
#include "ocpi/pricing/exact.hpp"
#include "ocpi/pricing/periods.hpp"

#include <algorithm>

namespace incar::ocpi::pricing {
namespace {

using dimension = v221::tariff_dimension_type;

class checker {
public:
    checker(const v221::cdr& received, const check_options& how) : cdr_(received), how_(how), clock_(how.zone) {}

    expected<cdr_check> check() {
        for (const auto& entry : cdr_.extra.entries())
            if (entry.reason == json::extra::reason::unread)
                return error{errc::malformed, "/" + entry.name, "this could not be read"};
        check_frame();
        check_volumes(cdr_, found_.differences);
        if (!has_tariffs()) return std::move(found_);
        const recorded_view charged{how_.zone, cdr_.start_date_time, cdr_.end_date_time, cdr_.charging_periods};
        const auto recorded = read_periods(in_one_currency(), charged, how_.rules);
        if (!recorded) return recorded.error();
        for (std::size_t i = 0; i < cdr_.charging_periods.size(); ++i) check_period(*recorded, i);
        auto owed = make_bill(recorded->tariffs, recorded->slices, recorded->units, how_.rules);
        if (!owed) return owed.error();
        owed->periods = cdr_.charging_periods;
        owed->start = cdr_.start_date_time;
        owed->end = cdr_.end_date_time;
        found_.computed = std::move(*owed);
        check_costs();
        return std::move(found_);
    }

private:
    void tell(const json::pointer& where, std::string stated, std::string computed, std::string message) {
        found_.differences.push_back({where.text(), std::move(stated), std::move(computed), std::move(message)});
    }

    // -- times

    void check_frame() {
        if (cdr_.charging_periods.empty()) return;
        const timestamp first = cdr_.charging_periods.front().start_date_time;
        if (first != cdr_.start_date_time)
            tell(json::pointer("/start_date_time"), format(cdr_.start_date_time), format(first),
                 "the first period begins at another time");
        if (cdr_.currency.empty()) tell(json::pointer("/currency"), "", "", "there is no currency");
    }

    // -- tariffs

    bool has_tariffs() {
        bool complete = true;
        for (std::size_t i = 0; i < cdr_.charging_periods.size(); ++i) {
            const auto& wanted = cdr_.charging_periods[i].tariff_id;
            if (!wanted || std::any_of(cdr_.tariffs.begin(), cdr_.tariffs.end(),
                                       [&](const auto& each) { return each.id == *wanted; }))
                continue;
            complete = false;
            tell(json::pointer("/charging_periods") / i / "tariff_id", wanted->text(), "",
                 "the CDR lacks this tariff, so its costs cannot be computed");
        }
        if (cdr_.tariffs.empty() && complete) {
            tell(json::pointer("/tariffs"), "", "", "without a tariff the costs cannot be computed");
            return false;
        }
        return complete;
    }

    // A tariff in another currency is told, and then computed with as if it were the CDR's.
    const std::vector<v221::tariff>& in_one_currency() {
        for (std::size_t i = 0; i < cdr_.tariffs.size(); ++i) {
            if (cdr_.tariffs[i].currency == cdr_.currency) continue;
            tell(json::pointer("/tariffs") / i / "currency", cdr_.tariffs[i].currency, cdr_.currency,
                 "the CDR is in another currency");
            if (converted_.empty()) converted_ = cdr_.tariffs;
            converted_[i].currency = converted_[0].currency;
        }
        return converted_.empty() ? cdr_.tariffs : converted_;
    }

    // -- periods that outlast their price

    void check_period(const recording& recorded, std::size_t index) {
        const slice& slice = recorded.slices[index];
        if (slice.tariff == none) return;
        const auto tell_of = [&](std::string change, std::string message) {
            tell(json::pointer("/charging_periods") / index, format(cdr_.charging_periods[index].start_date_time),
                 std::move(change), std::move(message));
        };
        if (differs_at_most(recorded, index))
            tell_of("", "its least and its highest power or current have different prices");
        else if (const auto change = change_within(recorded, index))
            tell_of(format(timestamp(std::chrono::milliseconds(change->at))),
                    "another price begins during this period, which should have been split");
    }

    bool differs_at_most(const recording& recorded, std::size_t index) {
        const slice& slice = recorded.slices[index];
        const tariff_rules& tariff = recorded.tariffs[slice.tariff];
        if (!tariff.uses_power && !tariff.uses_current) return false;
        const stretch& along = recorded.stretches[index];
        const event begin{along.begin, along.energy_begin};
        return matters(slice, choose_at(recorded, index, begin, true, clock_, how_.rules));
    }

    // An instant within the period from which another price holds for certain. How energy and time went together is not
    // known, so an instant counts only if it matters with every energy of the period, an energy only at every instant.
    std::optional<event> change_within(const recording& recorded, std::size_t index) {
        const slice& slice = recorded.slices[index];
        const tariff_rules& tariff = recorded.tariffs[slice.tariff];
        const stretch& along = recorded.stretches[index];
        if (along.begin >= along.end) return std::nullopt;
        std::vector<event> instants, energies;
        add_instants(along, tariff, how_.rules, clock_, instants);
        add_energies(along, tariff, energies);
        if (instants.empty() && energies.empty()) return std::nullopt;
        if (instants.size() * energies.size() > static_cast<std::size_t>(max_events)) return std::nullopt;
        const auto differs = [&](std::int64_t at, std::int64_t energy) {
            return matters(slice, choose_at(recorded, index, {at, energy}, false, clock_, how_.rules));
        };
        std::vector<std::int64_t> all_times{along.begin}, all_energies{along.energy_begin, along.energy_end};
        for (const event& each : instants) all_times.push_back(each.at);
        for (const event& each : energies) all_energies.push_back(each.energy);
        sort_events(along, instants);
        sort_events(along, energies);
        for (const event& each : instants)
            if (std::all_of(all_energies.begin(), all_energies.end(),
                            [&](auto energy) { return differs(each.at, energy); }))
                return each;
        for (const event& each : energies)
            if (std::all_of(all_times.begin(), all_times.end(), [&](auto at) { return differs(at, each.energy); }))
                return each;
        return std::nullopt;
    }

    // Whether another component would price something that the period has.
    static bool matters(const slice& of, const choice& other) {
        const auto differs = [&](dimension type) {
            return of.chosen[static_cast<std::size_t>(type)] != other[static_cast<std::size_t>(type)];
        };
        return (of.energy != 0 && differs(dimension::energy)) ||
               ((of.time != 0 || of.reservation != 0) && differs(dimension::time)) ||
               (of.parking != 0 && differs(dimension::parking_time));
    }

    // -- money

    bool agrees(const decimal& stated, const amount& computed) const {
        const int digits = std::min(std::max(stated.scale(), 2), decimal::max_scale - 1);
        const decimal tolerance = how_.tolerance.value_or(decimal(5, digits + 1));
        const auto given = amount_of(stated);
        const auto minus = negative_of(computed);
        const auto gap = given && minus ? sum(*given, *minus) : std::nullopt;
        const auto most = amount_of(tolerance);
        if (!gap || !most) return false;
        return !(*most < *gap) && !(*gap < *negative_of(*most));
    }

    void compare_cost(const json::pointer& where, const v221::price& stated, const cost& computed) {
        const char* const message = "the periods and tariffs come to another amount";
        if (!agrees(stated.excl_vat, computed.excl_vat))
            tell(where / "excl_vat", format(stated.excl_vat), computed.excl_vat.text(), message);
        if (stated.incl_vat && !agrees(*stated.incl_vat, computed.incl_vat))
            tell(where / "incl_vat", format(*stated.incl_vat), computed.incl_vat.text(), message);
    }

    void check_costs() {
        const bill& owed = *found_.computed;
        cost total = owed.total;
        if (cdr_.credit.value_or(false)) {
            total.excl_vat = *negative_of(total.excl_vat);
            total.incl_vat = *negative_of(total.incl_vat);
        }
        const json::pointer root;
        compare_cost(root / "total_cost", cdr_.total_cost, total);
        const std::tuple<const char*, const std::optional<v221::price>&, const cost&> parts[] = {
            {"total_fixed_cost", cdr_.total_fixed_cost, owed.fixed},
            {"total_energy_cost", cdr_.total_energy_cost, owed.energy},
            {"total_time_cost", cdr_.total_time_cost, owed.time},
            {"total_parking_cost", cdr_.total_parking_cost, owed.parking},
            {"total_reservation_cost", cdr_.total_reservation_cost, owed.reservation}};
        for (const auto& [name, stated, computed] : parts)
            if (stated) compare_cost(root / name, *stated, computed);
    }

    const v221::cdr& cdr_;
    const check_options& how_;
    local_clock clock_;
    std::vector<v221::tariff> converted_;
    cdr_check found_;
};

} // namespace

expected<cdr_check> check_cdr(const v221::cdr& received, const check_options& how) {
    return checker(received, how).check();
}

} // namespace incar::ocpi::pricing
