// incar::smac's plan with NumPy views. The devices and the site of a plan keep it alive, and so does each array.

#include "smac.hpp"

#include <incar/smac/scenario.hpp>

#include <pybind11/stl.h>

#include <algorithm>

namespace incar::python {
namespace {

// The vehicles or batteries of a plan, by position or id.
struct device_plans {
    std::shared_ptr<answered> owner;
    std::vector<smac::device_plan> smac::plan::*list;

    std::vector<smac::device_plan>& items() const { return owner->plan.*list; }
    std::shared_ptr<smac::device_plan> at(std::size_t i) const { return {owner, &items()[i]}; }
    std::size_t find(const std::string& id) const {
        const auto& all = items();
        const auto found = std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.id == id; });
        return static_cast<std::size_t>(found - all.begin());
    }
    std::shared_ptr<smac::device_plan> get(const py::object& key) const {
        const std::size_t count = items().size();
        if (PyUnicode_Check(key.ptr())) {
            const std::size_t i = find(key.cast<std::string>());
            if (i == count) throw py::key_error(key.cast<std::string>());
            return at(i);
        }
        const int i = to_whole(key, "index");
        const int from_start = i < 0 ? i + static_cast<int>(count) : i;
        if (from_start < 0 || from_start >= static_cast<int>(count))
            throw py::index_error("there are only " + std::to_string(count));
        return at(static_cast<std::size_t>(from_start));
    }
};

// A property that is a NumPy view of a vector inside the object.
template <auto Member>
auto series() {
    using T = typename member_pointer<decltype(Member)>::owner;
    return [](const py::object& self) { return view(self.cast<const T&>().*Member, self); };
}

std::string number(double value) {
    return py::str(py::str("{:.6g}").format(value));
}

// A class of incar.smac that only a plan makes.
template <class T, class... Holder>
py::class_<T, Holder...> bind_result(py::module_& module, const char* name, const char* doc) {
    py::class_<T, Holder...> result(module, name, doc);
    result.attr("__module__") = "incar.smac";
    return result;
}

void bind_plan_parts(py::module_& module) {
    bind_result<smac::device_plan, std::shared_ptr<smac::device_plan>>(module, "DevicePlan",
                                                                       "One battery or vehicle over the horizon.")
        .def_readonly("id", &smac::device_plan::id)
        .def_property_readonly("power_w", series<&smac::device_plan::power_w>(),
                               "Average power in each slot. W, positive charges; read-only")
        .def_property_readonly("soc_wh", series<&smac::device_plan::soc_wh>(),
                               "Stored at the end of each slot. Wh; read-only")
        .def_readonly("unmet_wh", &smac::device_plan::unmet_wh, "Missing to the target on departure. Wh")
        .def("__repr__", [](const smac::device_plan& self) {
            return "<DevicePlan '" + self.id + "', " + std::to_string(self.power_w.size()) + " slots, " +
                   (self.unmet_wh > 0 ? number(self.unmet_wh) + " Wh unmet>" : "target met>");
        });

    bind_result<device_plans>(module, "DevicePlans", "The vehicles or batteries of a plan, by position or id.")
        .def("__len__", [](const device_plans& self) { return self.items().size(); })
        .def("__getitem__", &device_plans::get, py::arg("key"))
        .def("__contains__",
             [](const device_plans& self, const std::string& id) { return self.find(id) < self.items().size(); })
        .def("__iter__",
             [](const device_plans& self) {
                 py::list all;
                 for (std::size_t i = 0; i < self.items().size(); ++i) all.append(self.at(i));
                 return py::iter(all);
             })
        .def_property_readonly("ids",
                               [](const device_plans& self) {
                                   std::vector<std::string> ids;
                                   for (const smac::device_plan& each : self.items()) ids.push_back(each.id);
                                   return ids;
                               })
        .def("__repr__",
             [](const py::object& self) { return "<DevicePlans " + std::string(py::repr(self.attr("ids"))) + ">"; });

    bind_result<smac::site_plan, std::shared_ptr<smac::site_plan>>(module, "SitePlan",
                                                                   "The supply point over the horizon.")
        .def_property_readonly("import_w", series<&smac::site_plan::import_w>(), "Taken from the grid. W, >= 0")
        .def_property_readonly("export_w", series<&smac::site_plan::export_w>(), "Fed in. W, >= 0")
        .def_property_readonly("upper_flex_w", series<&smac::site_plan::upper_flex_w>(),
                               "By how much consumption could rise in this slot alone, every target still reachable. W")
        .def_property_readonly("lower_flex_w", series<&smac::site_plan::lower_flex_w>(),
                               "By how much consumption could fall in this slot alone. W")
        .def("__repr__", [](const smac::site_plan& self) {
            return "<SitePlan, " + std::to_string(self.import_w.size()) + " slots>";
        });

    using smac::unmet_requirement;
    bind_result<unmet_requirement>(module, "Unmet", "A requirement that could not be met.")
        .def_readonly("what", &unmet_requirement::what, "Its place in the problem: '/evs/3/target_soc_wh'.")
        .def_readonly("slot", &unmet_requirement::slot, "In which it is missed.")
        .def_readonly("amount", &unmet_requirement::amount, "By how much.")
        .def_readonly("unit", &unmet_requirement::unit, "Of the amount: 'W' or 'Wh'.")
        .def_readonly("reason", &unmet_requirement::reason)
        .def("__repr__", [](const unmet_requirement& self) {
            return "<Unmet " + self.what + " in slot " + std::to_string(self.slot) + " by " + number(self.amount) +
                   " " + self.unit + ": " + self.reason + ">";
        });

    using smac::adjustment;
    bind_result<adjustment>(module, "Adjustment", "An input that was read other than given.")
        .def_readonly("where", &adjustment::where, "Its place in the problem.")
        .def_readonly("given", &adjustment::given)
        .def_readonly("used", &adjustment::used)
        .def_readonly("reason", &adjustment::reason)
        .def("__repr__", [](const adjustment& self) {
            return "<Adjustment " + self.where + ": " + number(self.given) + " read as " + number(self.used) + ", " +
                   self.reason + ">";
        });

    using smac::solver_report;
    bind_result<solver_report>(module, "SolverReport", "How a plan was found.")
        .def_readonly("name", &solver_report::name, "'interior_point', 'glpk', or 'none' for the baselines.")
        .def_readonly("seconds", &solver_report::seconds, "Elapsed in the solver.")
        .def_readonly("iterations", &solver_report::iterations)
        .def_readonly("gap", &solver_report::gap, "Proven relative distance to the optimum; 0: optimal.")
        .def("__repr__", [](const solver_report& self) {
            return "<SolverReport " + self.name + ", " + number(self.seconds) + " s, gap " + number(self.gap) + ">";
        });
}

std::string summary(const answered& self) {
    const smac::plan& plan = self.plan;
    const char* status = plan.status == smac::plan_status::optimal ? "Optimal" : "Infeasible";
    return std::string("<Plan ") + status + ": " + std::to_string(plan.evs.size()) + " EVs, " +
           std::to_string(plan.batteries.size()) + " batteries, " + std::to_string(self.slots) + " slots of " +
           number(self.slot_minutes) + " min; " + number(plan.objective_eur) + " EUR, " +
           std::to_string(plan.unmet.size()) + " unmet; " + plan.solver.name + " in " + number(plan.solver.seconds) +
           " s>";
}

} // namespace

void bind_plan(py::module_& module) {
    bind_plan_parts(module);
    const auto from_package = [](const char* file, const char* function) {
        return [file, function](const py::args& all, const py::kwargs& named) {
            return py::module_::import(file).attr(function)(*all, **named);
        };
    };
    bind_result<answered, std::shared_ptr<answered>>(module, "Plan",
                                                     "Powers for every device and slot, and what they cost.")
        .def_property_readonly(
            "status",
            [](const answered& self) {
                const bool met = self.plan.status == smac::plan_status::optimal;
                return py::module_::import("incar.smac").attr("PlanStatus")(met ? "Optimal" : "Infeasible");
            },
            "Optimal: every requirement is met. Infeasible: as near as possible, see `unmet`.")
        .def_property_readonly(
            "objective_eur", [](const answered& self) { return self.plan.objective_eur; },
            "Energy taken minus energy fed in, plus opportunity and ramp cost; no penalties.")
        .def_property_readonly(
            "co2_g", [](const answered& self) { return self.plan.co2_g; }, "Of the energy taken from the grid. g")
        .def_property_readonly(
            "evs",
            [](const std::shared_ptr<answered>& self) {
                return device_plans{self, &smac::plan::evs};
            },
            "By position or id.")
        .def_property_readonly(
            "batteries",
            [](const std::shared_ptr<answered>& self) {
                return device_plans{self, &smac::plan::batteries};
            },
            "By position or id.")
        .def_property_readonly("site",
                               [](const std::shared_ptr<answered>& self) {
                                   return std::shared_ptr<smac::site_plan>(self, &self->plan.site);
                               })
        .def_property_readonly(
            "unmet", [](const answered& self) { return self.plan.unmet; }, "What could not be met, and by how much.")
        .def_property_readonly(
            "adjustments", [](const answered& self) { return self.plan.adjustments; },
            "Inputs that were read other than given.")
        .def_property_readonly("solver", [](const answered& self) { return self.plan.solver; })
        .def_property_readonly("start", [](const answered& self) { return from_instant(self.start); })
        .def_readonly("slot_minutes", &answered::slot_minutes)
        .def_readonly("slots", &answered::slots)
        .def_property_readonly(
            "each_slot_minutes", [](const answered& self) { return frozen(self.each_slot_minutes); },
            "Length of each slot; empty where all are slot_minutes long.")
        .def_property_readonly(
            "index", [](const py::object& self) { return py::module_::import("incar._frame").attr("index")(self); },
            "Start of each slot: a UTC DatetimeIndex, without pandas an array of datetime64.")
        .def("to_frame", from_package("incar._frame", "to_frame"),
             "to_frame(quantity='power_w'): a pandas DataFrame with one row a slot.")
        .def(
            "to_json", [](const answered& self) { return smac::format_plan(self.plan); },
            "The JSON text that `incar plan` writes.")
        .def("__repr__", &summary);
}

} // namespace incar::python
