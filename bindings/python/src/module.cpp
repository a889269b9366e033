// The extension module incar._native: one submodule for each incar component.

#include <pybind11/pybind11.h>

namespace incar::python {
void bind_core(pybind11::module_ module);
void bind_hub(pybind11::module_ module);
void bind_ocpi(pybind11::module_ module);
void bind_smac(pybind11::module_ module);
} // namespace incar::python

PYBIND11_MODULE(_native, module) {
    module.doc() = "incar's C++ components; use the package incar instead.";
    module.attr("__version__") = INCAR_VERSION;
    incar::python::bind_core(module.def_submodule("core"));
    incar::python::bind_ocpi(module.def_submodule("ocpi"));
    incar::python::bind_hub(module.def_submodule("hub"));
    incar::python::bind_smac(module.def_submodule("smac"));
}
