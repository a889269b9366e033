// incar::error as incar.Error and as a finding.

#include "convert.hpp"

namespace incar::python {

void set_python_error(const error& failure) {
    const py::object type = py::module_::import("incar.errors").attr("Error");
    const py::object raised = type(name_of(failure.code), failure.where, failure.message);
    PyErr_SetObject(type.ptr(), raised.ptr());
}

void bind_core(py::module_ module) {
    py::register_exception_translator([](std::exception_ptr thrown) {
        try {
            if (thrown) std::rethrow_exception(thrown);
        } catch (const exception& failure) {
            set_python_error(failure.error());
        }
    });

    py::class_<error> finding(module, "Finding", "Something that makes an input unusable.");
    finding.attr("__module__") = "incar.smac";
    finding
        .def_property_readonly(
            "code", [](const error& self) { return name_of(self.code); }, "For programs: 'not_finite', 'missing', ...")
        .def_readonly("where", &error::where, "JSON pointer of the culprit: '/evs/2/departure_slot'.")
        .def_readonly("message", &error::message, "One sentence for people.")
        .def("__str__", [](const error& self) { return format(self); })
        .def("__repr__", [](const error& self) { return "<Finding " + format(self) + ">"; });
}

} // namespace incar::python
