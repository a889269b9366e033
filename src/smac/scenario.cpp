#include "core/json_fields.hpp"

#include <incar/smac/scenario.hpp>

namespace incar::smac {

// The tables of the file format; docs/reference/scenario.md says what each member means.

using json::complete;
using json::field;
using json::field_named;
using json::field_table;
using json::presence;

static field_table<site> fields_of(site*) {
    static constexpr field<site> fields[] = {
        field_named<&site::max_power_w>("max_power_w"),
        field_named<&site::min_power_w>("min_power_w"),
        field_named<&site::price_eur_per_kwh>("price_eur_per_kwh"),
        field_named<&site::feed_in_price_eur_per_kwh>("feed_in_price_eur_per_kwh"),
        field_named<&site::demand_wh>("demand_wh"),
        field_named<&site::production_wh>("production_wh"),
        field_named<&site::flex_reduction_w>("flex_reduction_w"),
        field_named<&site::limit_w>("limit_w"),
        field_named<&site::opportunity_cost_eur_per_slot>("opportunity_cost_eur_per_slot"),
        field_named<&site::ramp_cost_eur_per_kw>("ramp_cost_eur_per_kw"),
        field_named<&site::co2_g_per_kwh>("co2_g_per_kwh"),
    };
    return complete(fields);
}

static field_table<battery> fields_of(battery*) {
    static constexpr field<battery> fields[] = {
        field_named<&battery::id>("id", presence::required),
        field_named<&battery::capacity_wh>("capacity_wh", presence::required),
        field_named<&battery::soc_wh>("soc_wh", presence::required),
        field_named<&battery::charge_power_w>("charge_power_w", presence::required),
        field_named<&battery::discharge_power_w>("discharge_power_w", presence::required),
        field_named<&battery::min_soc>("min_soc"),
        field_named<&battery::max_soc>("max_soc"),
        field_named<&battery::current_power_w>("current_power_w"),
        field_named<&battery::efficiency_charge>("efficiency_charge"),
        field_named<&battery::efficiency_discharge>("efficiency_discharge"),
    };
    return complete(fields);
}

static field_table<ev> fields_of(ev*) {
    static constexpr field<ev> fields[] = {
        field_named<&ev::id>("id", presence::required),
        field_named<&ev::arrival_slot>("arrival_slot"),
        field_named<&ev::departure_slot>("departure_slot", presence::required),
        field_named<&ev::capacity_wh>("capacity_wh", presence::required),
        field_named<&ev::soc_wh>("soc_wh", presence::required),
        field_named<&ev::target_soc_wh>("target_soc_wh", presence::required),
        field_named<&ev::charge_power_w>("charge_power_w", presence::required),
        field_named<&ev::discharge_power_w>("discharge_power_w"),
        field_named<&ev::min_soc>("min_soc"),
        field_named<&ev::min_power_w>("min_power_w"),
        field_named<&ev::efficiency_charge>("efficiency_charge"),
        field_named<&ev::efficiency_discharge>("efficiency_discharge"),
    };
    return complete(fields);
}

static field_table<problem> fields_of(problem*) {
    static constexpr field<problem> fields[] = {
        field_named<&problem::start>("start", presence::required),
        field_named<&problem::slot_minutes>("slot_minutes", presence::required),
        field_named<&problem::slots>("slots", presence::required),
        field_named<&problem::site>("site"),
        field_named<&problem::batteries>("batteries"),
        field_named<&problem::evs>("evs"),
    };
    return complete(fields);
}

expected<problem> parse_scenario(std::string_view text) {
    json::limits accepted;
    accepted.max_bytes = 256u << 20; // 10,000 vehicles and a site of 100,000 slots are far below
    const auto content = json::parse(text, accepted);
    if (!content) return content.error();
    problem result;
    if (auto done = json::read(*content, json::pointer(), result); !done) return std::move(done).error();
    if (auto findings = validate(result); !findings.empty()) return std::move(findings.front());
    return result;
}

std::string format_scenario(const problem& situation) {
    return json::format(json::write(situation), json::layout::indented) + "\n";
}

} // namespace incar::smac
