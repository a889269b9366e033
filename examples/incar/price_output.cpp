#include "price_json.hpp"

#include <incar/ocpi/codec.hpp>

namespace incar::program {
namespace {

using namespace ocpi::pricing;
namespace v221 = ocpi::v221;

expected<json::value> to_json(const cost& from, const rounding_policy& how) {
    const auto excl = from.excl_vat.rounded(how);
    if (!excl) return excl.error();
    const auto incl = from.incl_vat.rounded(how);
    if (!incl) return incl.error();
    return json::value(json::object{{"excl_vat", format(*excl)}, {"incl_vat", format(*incl)}});
}

json::value to_json(const line& from) {
    constexpr const char* kinds[] = {"component", "unpriced", "raised_to_min_price", "lowered_to_max_price"};
    json::object made{{"kind", kinds[static_cast<int>(from.kind)]},
                      {"period", static_cast<int>(from.period)},
                      {"tariff", static_cast<int>(from.tariff)}};
    const bool is_component = from.kind == line_kind::component;
    if (is_component) {
        made.push_back({"element", static_cast<int>(from.element)});
        made.push_back({"price_component", static_cast<int>(from.component)});
    }
    if (is_component || from.kind == line_kind::unpriced) {
        const ocpi::open_enum<v221::tariff_dimension_type> type(from.dimension);
        const char* unit = from.dimension == v221::tariff_dimension_type::energy ? "kWh"
                           : from.dimension == v221::tariff_dimension_type::flat ? "session"
                                                                                 : "s";
        made.push_back({"dimension", std::string(type.text())});
        made.push_back({"reservation", from.of_reservation});
        made.push_back({"quantity", format(from.quantity.without_trailing_zeros())});
        made.push_back({"step_extra", format(from.step_extra.without_trailing_zeros())});
        made.push_back({"unit", unit});
    }
    if (is_component) made.push_back({"price", format(from.price)});
    made.push_back({"excl_vat", from.excl_vat.text()});
    if (from.vat_percent) made.push_back({"vat_percent", format(*from.vat_percent)});
    made.push_back({"vat", from.vat.text()});
    made.push_back({"reason", explain(from)});
    return made;
}

} // namespace

expected<json::object> to_json(const bill& owed, const rounding_policy& how) {
    json::object made{{"currency", owed.currency}};
    const std::pair<const char*, const cost*> costs[] = {
        {"total_cost", &owed.total},           {"total_fixed_cost", &owed.fixed},
        {"total_energy_cost", &owed.energy},   {"total_time_cost", &owed.time},
        {"total_parking_cost", &owed.parking}, {"total_reservation_cost", &owed.reservation}};
    for (const auto& [name, cost] : costs) {
        auto value = to_json(*cost, how);
        if (!value) return value.error();
        made.push_back({name, std::move(*value)});
    }
    made.push_back(
        {"exact", json::object{{"excl_vat", owed.total.excl_vat.text()}, {"incl_vat", owed.total.incl_vat.text()}}});
    made.push_back({"energy_kwh", format(owed.energy_kwh)});
    const auto seconds = [](std::chrono::milliseconds time) {
        return format(decimal(time.count(), 3).without_trailing_zeros());
    };
    made.push_back({"session_s", seconds(owed.session_time)});
    made.push_back({"parking_s", seconds(owed.parking_time)});
    made.push_back({"reservation_s", seconds(owed.reservation_time)});
    json::array lines, periods;
    for (const line& each : owed.lines) lines.push_back(to_json(each));
    for (const auto& each : owed.periods) {
        auto period = json::parse(ocpi::encode(each));
        if (!period) return period.error();
        periods.push_back(std::move(*period));
    }
    made.push_back({"lines", std::move(lines)});
    made.push_back({"charging_periods", std::move(periods)});
    return made;
}

json::array to_json(const std::vector<difference>& differences) {
    json::array made;
    for (const difference& each : differences)
        made.push_back(json::object{{"pointer", each.pointer},
                                    {"stated", each.stated},
                                    {"computed", each.computed},
                                    {"message", each.message}});
    return made;
}

} // namespace incar::program
