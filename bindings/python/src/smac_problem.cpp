// incar::smac's problem: Site, Battery, EV and Problem. Members are described where the user meets them; the C++ header
// says the same.

#include "smac.hpp"

#include <incar/smac/scenario.hpp>

namespace incar::smac {

// Beside the structs, so that bind_record finds them. A member too many or too few does not compile.
static auto members_of(const site& all) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t] = all;
    return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t);
}
static auto members_of(const battery& all) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m] = all;
    return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m);
}
static auto members_of(const ev& all) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r] = all;
    return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r);
}
static auto members_of(const group& all) {
    const auto& [a, b, c, d, e, f, g, h, i] = all;
    return std::tie(a, b, c, d, e, f, g, h, i);
}
static bool operator==(const battery& left, const battery& right) {
    return members_of(left) == members_of(right);
}
static bool operator==(const ev& left, const ev& right) {
    return members_of(left) == members_of(right);
}
static bool operator==(const group& left, const group& right) {
    return members_of(left) == members_of(right);
}
static bool operator==(const site& left, const site& right) {
    return members_of(left) == members_of(right);
}

} // namespace incar::smac

namespace incar::python {
namespace {

using smac::battery;
using smac::ev;
using smac::group;
using smac::site;

constexpr member<site> site_members[] = {
    member_named<&site::max_power_w>("max_power_w", "Most power taken from the grid. W"),
    member_named<&site::min_power_w>("min_power_w", "Least power; negative: most power fed in. W"),
    member_named<&site::price_eur_per_kwh>("price_eur_per_kwh", "Of energy taken from the grid, per slot; default 0."),
    member_named<&site::feed_in_price_eur_per_kwh>("feed_in_price_eur_per_kwh",
                                                   "Paid for energy fed in, per slot; default 0."),
    member_named<&site::demand_wh>("demand_wh", "Of everything else behind the supply point; default 0. Wh a slot"),
    member_named<&site::production_wh>("production_wh", "Of local generation; default 0. Wh a slot"),
    member_named<&site::flex_reduction_w>("flex_reduction_w",
                                          "Grid orders that lower max_power_w by so much, per slot; default 0. W"),
    member_named<&site::limit_w>("limit_w", "Grid orders that cap the power taken, per slot; default none. W"),
    member_named<&site::opportunity_cost_eur_per_slot>(
        "opportunity_cost_eur_per_slot",
        "Of a charge point still occupied: energy e stored in slot t costs it times (t - arrival + 1) e / need. >= 0"),
    member_named<&site::ramp_cost_eur_per_kw>("ramp_cost_eur_per_kw",
                                              "Of each kW by which a battery's power changes between slots. >= 0"),
    member_named<&site::grid_ramp_cost_eur_per_kw>(
        "grid_ramp_cost_eur_per_kw", "Of each kW by which the exchange with the grid changes between slots. >= 0"),
    member_named<&site::current_power_w>(
        "current_power_w", "Exchange before slot 0; None: the first slot pays no ramp. W, positive takes"),
    member_named<&site::co2_g_per_kwh>("co2_g_per_kwh", "Of energy taken from the grid, per slot; default 0."),
    member_named<&site::co2_price_eur_per_kg>("co2_price_eur_per_kg",
                                              "What a kg of CO2 counts; 0: it is only reported. >= 0"),
    member_named<&site::max_phase_power_w>("max_phase_power_w",
                                           "Most power on each of the three phases, in either direction. W, >= 0"),
    member_named<&site::max_phase_current_a>("max_phase_current_a", "The same as a current. A, >= 0"),
    member_named<&site::phase_voltage_v>("phase_voltage_v", "From a phase to neutral. V, 50..1000"),
    member_named<&site::peak_price_eur_per_kw>(
        "peak_price_eur_per_kw", "Of each kW by which the highest import of the horizon passes peak_paid_w. >= 0"),
    member_named<&site::peak_paid_w>("peak_paid_w", "Peak that is paid for already. W, >= 0"),
    member_named<&site::curtailable>("curtailable", "Whether production may be throttled."),
};

constexpr member<battery> battery_members[] = {
    member_named<&battery::id>("id", "Unique among the batteries.", required),
    member_named<&battery::capacity_wh>("capacity_wh", "Wh, > 0", required),
    member_named<&battery::soc_wh>("soc_wh", "Stored at the start. Wh", required),
    member_named<&battery::charge_power_w>("charge_power_w", "Most power. W, >= 0", required),
    member_named<&battery::discharge_power_w>("discharge_power_w", "Most power. W, >= 0", required),
    member_named<&battery::min_soc>("min_soc", "Fraction of the capacity to keep. 0..1"),
    member_named<&battery::max_soc>("max_soc", "Fraction of the capacity not to exceed. min_soc..1"),
    member_named<&battery::current_power_w>(
        "current_power_w", "Set-point in force before slot 0; None: the first slot pays no ramp. W, positive charges"),
    member_named<&battery::efficiency_charge>("efficiency_charge", "Stored per energy taken. 0.01..1"),
    member_named<&battery::efficiency_discharge>("efficiency_discharge", "Given back per energy stored. 0.01..1"),
    member_named<&battery::wear_eur_per_kwh>("wear_eur_per_kwh", "Of each kWh given back. >= 0"),
    member_named<&battery::value_left_eur_per_kwh>("value_left_eur_per_kwh",
                                                   "Of each kWh stored at the end of the horizon. >= 0"),
    member_named<&battery::phases>("phases", "On which of the phases 1, 2 and 3 it hangs; empty: on all."),
};

constexpr member<ev> ev_members[] = {
    member_named<&ev::id>("id", "Unique among the vehicles.", required),
    member_named<&ev::arrival_slot>("arrival_slot", "First slot in which it may charge; 0 when it is plugged in."),
    member_named<&ev::departure_slot>(
        "departure_slot", "First slot in which it is gone: the target holds at the end of the slot before.", required),
    member_named<&ev::capacity_wh>("capacity_wh", "Wh, > 0", required),
    member_named<&ev::soc_wh>("soc_wh", "Stored on arrival. Wh", required),
    member_named<&ev::target_soc_wh>("target_soc_wh", "Stored on departure at least. Wh, >= 0", required),
    member_named<&ev::charge_power_w>("charge_power_w", "Most power. W, >= 0", required),
    member_named<&ev::discharge_power_w>("discharge_power_w", "Most power back to the site (V2G); default 0. W, >= 0"),
    member_named<&ev::min_soc>("min_soc", "Fraction of the capacity to keep; a car that arrives below is charged to it "
                                          "first. 0..1"),
    member_named<&ev::min_power_w>("min_power_w", "Least power while charging; 0: any. W, <= charge_power_w"),
    member_named<&ev::efficiency_charge>("efficiency_charge", "Stored per energy taken. 0.01..1"),
    member_named<&ev::efficiency_discharge>("efficiency_discharge", "Given back per energy stored. 0.01..1"),
    member_named<&ev::wear_eur_per_kwh>("wear_eur_per_kwh", "Of each kWh given back. >= 0"),
    member_named<&ev::value_left_eur_per_kwh>("value_left_eur_per_kwh",
                                              "Of each kWh stored at the end of the stay. >= 0"),
    member_named<&ev::priority>("priority", "Class of its target: what is short goes to a higher class first. 0..9"),
    member_named<&ev::current_power_w>("current_power_w", "Set-point in force before slot 0; None: unknown. W"),
    member_named<&ev::ramp_cost_eur_per_kw>("ramp_cost_eur_per_kw",
                                            "Of each kW by which its power changes between slots. >= 0"),
    member_named<&ev::phases>("phases", "On which of the phases 1, 2 and 3 it hangs; empty: on all."),
};

constexpr member<group> group_members[] = {
    member_named<&group::id>("id", "Unique among the groups.", required),
    member_named<&group::evs>("evs", "Ids of its vehicles."),
    member_named<&group::batteries>("batteries", "Ids of its batteries."),
    member_named<&group::max_power_w>("max_power_w", "Most power that they take together. W"),
    member_named<&group::min_power_w>("min_power_w", "Least power; negative: most power that they give together. W"),
    member_named<&group::limit_w>("limit_w", "Caps the power taken, per slot; default none. W"),
    member_named<&group::feed_in_limit_w>("feed_in_limit_w", "Caps the power given, per slot; default none. W, >= 0"),
    member_named<&group::max_phase_power_w>("max_phase_power_w",
                                            "Most power on each phase of its cable, in either direction. W, >= 0"),
    member_named<&group::max_phase_current_a>("max_phase_current_a", "The same as a current. A, >= 0"),
};

template <class Device>
std::vector<Device> devices_in(const py::list& list, const char* name, const char* needed) {
    std::vector<Device> result;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const std::string place = std::string(name) + "[" + std::to_string(i) + "]";
        if (!py::isinstance<Device>(list[i])) refuse(list[i], place.c_str(), needed);
        result.push_back(list[i].template cast<Device>());
    }
    return result;
}

} // namespace

smac::problem draft::problem() const {
    smac::problem result;
    result.start = start;
    result.slot_minutes = slot_minutes;
    result.slots = slots;
    result.site = *site;
    result.batteries = devices_in<smac::battery>(batteries, "batteries", "a Battery");
    result.evs = devices_in<smac::ev>(evs, "evs", "an EV");
    result.groups = devices_in<smac::group>(groups, "groups", "a Group");
    result.each_slot_minutes = each_slot_minutes;
    return result;
}

static auto members_of(const draft& all) {
    smac::problem content = all.problem();
    return std::make_tuple(content.start, content.slot_minutes, content.slots, std::move(content.site),
                           std::move(content.batteries), std::move(content.evs), std::move(content.groups),
                           std::move(content.each_slot_minutes));
}

static constexpr member<draft> problem_members[] = {
    member_named<&draft::start>("start", "Instant at which slot 0 begins, an aware datetime.", required),
    member_named<&draft::slot_minutes>("slot_minutes", "Length of each slot. 0.01..1440", required),
    member_named<&draft::slots>("slots", "Number of slots. 1..100,000", required),
    member_named<&draft::site>("site", "The supply point."),
    member_named<&draft::batteries>("batteries", "List of Battery."),
    member_named<&draft::evs>("evs", "List of EV."),
    member_named<&draft::groups>("groups", "List of Group."),
    member_named<&draft::each_slot_minutes>("each_slot_minutes",
                                            "Length of each slot where they differ, instead of slot_minutes."),
};

void bind_problem(py::module_& module) {
    bind_record<site, site_members>(module, "Site", "The supply point and all that is known about it.");
    bind_record<battery, battery_members>(module, "Battery", "A stationary battery.");
    bind_record<ev, ev_members>(module, "EV", "An electric vehicle at, or on its way to, a charge point of the site.");
    bind_record<group, group_members>(module, "Group", "Charge points and batteries that share a cable or an order.");
    bind_record<draft, problem_members>(module, "Problem", "A site over a horizon of slots.")
        .def_static(
            "loads", [](const std::string& text) { return draft(smac::parse_scenario(text).value()); }, py::arg("text"),
            "Reads a scenario, the JSON text of `incar plan`. Raises incar.Error with the JSON pointer.")
        .def_static(
            "load",
            [](const py::object& path) {
                const py::object file = py::module_::import("pathlib").attr("Path")(path);
                const auto text = file.attr("read_text")(py::arg("encoding") = "utf-8").cast<std::string>();
                return draft(smac::parse_scenario(text).value());
            },
            py::arg("path"), "Reads a scenario file. Raises OSError, or incar.Error with the JSON pointer.")
        .def(
            "dumps", [](const draft& self) { return smac::format_scenario(self.problem()); },
            "The scenario as JSON text; members with their default value are left out.")
        .def(
            "save",
            [](const draft& self, const py::object& path) {
                py::module_::import("pathlib").attr("Path")(path).attr("write_text")(
                    smac::format_scenario(self.problem()), py::arg("encoding") = "utf-8");
            },
            py::arg("path"), "Writes the scenario to a file that load() and `incar plan` read.");
}

} // namespace incar::python
