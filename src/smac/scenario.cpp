#include "core/json_shape.hpp"

#include <incar/smac/scenario.hpp>

// The tables of the file format; docs/reference/scenario.md says what each member means.

namespace incar {

using json::defaulted;
using json::maybe;
using json::one;

template <>
struct json::shape_for<smac::site> {
    static const shape& get();
};
template <>
struct json::shape_for<smac::battery> {
    static const shape& get();
};
template <>
struct json::shape_for<smac::ev> {
    static const shape& get();
};
template <>
struct json::shape_for<smac::group> {
    static const shape& get();
};
template <>
struct json::shape_for<smac::problem> {
    static const shape& get();
};

namespace {

constexpr json::field site_fields[] = {
    defaulted<&smac::site::max_power_w>("max_power_w"),
    defaulted<&smac::site::min_power_w>("min_power_w"),
    defaulted<&smac::site::price_eur_per_kwh>("price_eur_per_kwh"),
    defaulted<&smac::site::feed_in_price_eur_per_kwh>("feed_in_price_eur_per_kwh"),
    defaulted<&smac::site::demand_wh>("demand_wh"),
    defaulted<&smac::site::production_wh>("production_wh"),
    defaulted<&smac::site::flex_reduction_w>("flex_reduction_w"),
    defaulted<&smac::site::limit_w>("limit_w"),
    defaulted<&smac::site::opportunity_cost_eur_per_slot>("opportunity_cost_eur_per_slot"),
    defaulted<&smac::site::ramp_cost_eur_per_kw>("ramp_cost_eur_per_kw"),
    defaulted<&smac::site::co2_g_per_kwh>("co2_g_per_kwh"),
    defaulted<&smac::site::co2_price_eur_per_kg>("co2_price_eur_per_kg"),
    maybe<&smac::site::max_phase_power_w>("max_phase_power_w"),
    maybe<&smac::site::max_phase_current_a>("max_phase_current_a"),
    defaulted<&smac::site::phase_voltage_v>("phase_voltage_v"),
    defaulted<&smac::site::peak_price_eur_per_kw>("peak_price_eur_per_kw"),
    defaulted<&smac::site::peak_paid_w>("peak_paid_w"),
    defaulted<&smac::site::curtailable>("curtailable"),
    defaulted<&smac::site::grid_ramp_cost_eur_per_kw>("grid_ramp_cost_eur_per_kw"),
    maybe<&smac::site::current_power_w>("current_power_w"),
};

constexpr json::field battery_fields[] = {
    one<&smac::battery::id>("id"),
    one<&smac::battery::capacity_wh>("capacity_wh"),
    one<&smac::battery::soc_wh>("soc_wh"),
    one<&smac::battery::charge_power_w>("charge_power_w"),
    one<&smac::battery::discharge_power_w>("discharge_power_w"),
    defaulted<&smac::battery::min_soc>("min_soc"),
    defaulted<&smac::battery::max_soc>("max_soc"),
    maybe<&smac::battery::current_power_w>("current_power_w"),
    defaulted<&smac::battery::efficiency_charge>("efficiency_charge"),
    defaulted<&smac::battery::efficiency_discharge>("efficiency_discharge"),
    defaulted<&smac::battery::wear_eur_per_kwh>("wear_eur_per_kwh"),
    defaulted<&smac::battery::value_left_eur_per_kwh>("value_left_eur_per_kwh"),
    defaulted<&smac::battery::phases>("phases"),
};

constexpr json::field ev_fields[] = {
    one<&smac::ev::id>("id"),
    defaulted<&smac::ev::arrival_slot>("arrival_slot"),
    one<&smac::ev::departure_slot>("departure_slot"),
    one<&smac::ev::capacity_wh>("capacity_wh"),
    one<&smac::ev::soc_wh>("soc_wh"),
    one<&smac::ev::target_soc_wh>("target_soc_wh"),
    one<&smac::ev::charge_power_w>("charge_power_w"),
    defaulted<&smac::ev::discharge_power_w>("discharge_power_w"),
    defaulted<&smac::ev::min_soc>("min_soc"),
    defaulted<&smac::ev::min_power_w>("min_power_w"),
    defaulted<&smac::ev::efficiency_charge>("efficiency_charge"),
    defaulted<&smac::ev::efficiency_discharge>("efficiency_discharge"),
    defaulted<&smac::ev::wear_eur_per_kwh>("wear_eur_per_kwh"),
    defaulted<&smac::ev::value_left_eur_per_kwh>("value_left_eur_per_kwh"),
    defaulted<&smac::ev::phases>("phases"),
    maybe<&smac::ev::current_power_w>("current_power_w"),
    defaulted<&smac::ev::ramp_cost_eur_per_kw>("ramp_cost_eur_per_kw"),
    defaulted<&smac::ev::priority>("priority"),
};

constexpr json::field group_fields[] = {
    one<&smac::group::id>("id"),
    defaulted<&smac::group::evs>("evs"),
    defaulted<&smac::group::batteries>("batteries"),
    defaulted<&smac::group::max_power_w>("max_power_w"),
    defaulted<&smac::group::min_power_w>("min_power_w"),
    defaulted<&smac::group::limit_w>("limit_w"),
    defaulted<&smac::group::feed_in_limit_w>("feed_in_limit_w"),
    maybe<&smac::group::max_phase_power_w>("max_phase_power_w"),
    maybe<&smac::group::max_phase_current_a>("max_phase_current_a"),
};

constexpr json::field problem_fields[] = {
    one<&smac::problem::start>("start"),
    one<&smac::problem::slot_minutes>("slot_minutes"),
    one<&smac::problem::slots>("slots"),
    defaulted<&smac::problem::site>("site"),
    defaulted<&smac::problem::batteries>("batteries"),
    defaulted<&smac::problem::evs>("evs"),
    defaulted<&smac::problem::each_slot_minutes>("each_slot_minutes"),
    defaulted<&smac::problem::groups>("groups"),
};

} // namespace

const json::shape& json::shape_for<smac::site>::get() {
    static const shape self = closed_shape<smac::site, site_fields>("site");
    return self;
}

const json::shape& json::shape_for<smac::battery>::get() {
    static const shape self = closed_shape<smac::battery, battery_fields>("battery");
    return self;
}

const json::shape& json::shape_for<smac::ev>::get() {
    static const shape self = closed_shape<smac::ev, ev_fields>("ev");
    return self;
}

const json::shape& json::shape_for<smac::group>::get() {
    static const shape self = closed_shape<smac::group, group_fields>("group");
    return self;
}

const json::shape& json::shape_for<smac::problem>::get() {
    static const shape self = closed_shape<smac::problem, problem_fields>("problem");
    return self;
}

namespace smac {

expected<problem> parse_scenario(std::string_view text) {
    json::limits accepted;
    accepted.max_bytes = 256u << 20; // 10,000 vehicles and a site of 100,000 slots are far below
    problem result;
    const json::shape& shape = json::shape_for<problem>::get();
    if (auto done = json::decode(shape, &result, text, false, accepted); !done) return std::move(done).error();
    if (auto findings = validate(result); !findings.empty()) return std::move(findings.front());
    return result;
}

std::string format_scenario(const problem& situation) {
    return json::encode(json::shape_for<problem>::get(), &situation, json::layout::indented) + "\n";
}

} // namespace smac
} // namespace incar
