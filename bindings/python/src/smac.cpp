// incar::smac's functions: from a problem to a plan. None holds Python's lock while it computes.

#include "smac.hpp"

#include <incar/smac/baselines.hpp>
#include <incar/smac/interior_point.hpp>
#include <incar/smac/solve.hpp>

#ifdef INCAR_PYTHON_HAS_GLPK
#    include <incar/adapters/glpk.hpp>
#endif

#include <pybind11/stl.h>

#include <chrono>

namespace incar::python {
namespace {

std::shared_ptr<answered> answer_to(const smac::problem& posed, expected<smac::plan> found) {
    return std::make_shared<answered>(
        answered{std::move(found).value(), posed.start, posed.slot_minutes, posed.slots, posed.each_slot_minutes});
}

std::chrono::milliseconds milliseconds_in(const py::object& seconds) {
    const double given = to_number(seconds, "time_limit");
    if (!(given >= 0.001 && given <= 1e9))
        throw exception({errc::out_of_range, "time_limit", "0.001 to 1e9 seconds are possible"});
    return std::chrono::milliseconds(static_cast<std::int64_t>(given * 1000));
}

smac::solver solver_named(const std::string& name) {
#ifdef INCAR_PYTHON_HAS_GLPK
    if (name == "best") return smac::quick_then_thorough(smac::interior_point(), adapters::glpk());
    if (name == "glpk") return adapters::glpk();
    const char* const known = "best, interior_point, glpk";
#else
    if (name == "best") return smac::interior_point();
    const char* const known = "best, interior_point";
#endif
    if (name == "interior_point") return smac::interior_point();
    throw exception({errc::not_found, "solver", "'" + name + "' is none of " + known});
}

std::shared_ptr<answered> solve(const draft& problem, const std::string& solver, const py::object& time_limit,
                                const py::object& gap) {
    const smac::solver engine = solver_named(solver);
    const smac::problem posed = problem.problem();
    smac::solve_options options;
    options.time_limit = milliseconds_in(time_limit);
    options.gap = to_number(gap, "gap");
    if (!(options.gap >= 0 && options.gap <= 1)) throw exception({errc::out_of_range, "gap", "0 to 1 is possible"});
    const auto found = [&] {
        const py::gil_scoped_release others_may_run;
        return smac::solve(posed, engine, options);
    }();
    return answer_to(posed, found);
}

template <expected<smac::plan> (*Rule)(const smac::problem&)>
std::shared_ptr<answered> play(const draft& problem) {
    const smac::problem posed = problem.problem();
    const auto found = [&] {
        const py::gil_scoped_release others_may_run;
        return Rule(posed);
    }();
    return answer_to(posed, found);
}

} // namespace

void bind_smac(py::module_ module) {
    bind_problem(module);
    bind_plan(module);
    module.def("solve", &solve, py::arg("problem"), py::arg("solver"), py::arg("time_limit"), py::arg("gap"));
    module.def("uncontrolled", &play<smac::uncontrolled>, py::arg("problem"));
    module.def("equal_share", &play<smac::equal_share>, py::arg("problem"));
    module.def("earliest_deadline_first", &play<smac::earliest_deadline_first>, py::arg("problem"));
    module.def(
        "validate", [](const draft& problem) { return smac::validate(problem.problem()); }, py::arg("problem"));
}

} // namespace incar::python
