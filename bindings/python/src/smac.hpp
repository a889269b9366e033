#pragma once

// What the binding files of incar.smac share.

#include "record.hpp"

#include <incar/smac/plan.hpp>
#include <incar/smac/problem.hpp>

#include <memory>

namespace incar::python {

// A problem whose devices are Python's own objects in Python's own lists, so that problem.evs.append(...) and
// problem.evs[0].soc_wh = ... mean what they say.
struct draft {
    timestamp start;
    double slot_minutes = 0;
    int slots = 0;
    std::shared_ptr<smac::site> site = std::make_shared<smac::site>();
    py::list batteries;
    py::list evs;
    py::list groups;
    std::vector<double> each_slot_minutes;

    draft() = default;
    explicit draft(smac::problem from)
        : start(from.start), slot_minutes(from.slot_minutes), slots(from.slots),
          site(std::make_shared<smac::site>(std::move(from.site))),
          each_slot_minutes(std::move(from.each_slot_minutes)) {
        for (smac::battery& each : from.batteries) batteries.append(std::make_shared<smac::battery>(std::move(each)));
        for (smac::ev& each : from.evs) evs.append(std::make_shared<smac::ev>(std::move(each)));
        for (smac::group& each : from.groups) groups.append(std::make_shared<smac::group>(std::move(each)));
    }

    smac::problem problem() const;
};

// A plan together with the time axis of its problem. The devices and the site of one plan share its life.
struct answered {
    smac::plan plan;
    timestamp start;
    double slot_minutes = 0;
    int slots = 0;
    std::vector<double> each_slot_minutes; // empty where all slots are alike
};

void bind_problem(py::module_& module);
void bind_plan(py::module_& module);

} // namespace incar::python
