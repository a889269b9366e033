#pragma once

// Between Python's objects and incar's values. Every function names the parameter it reads: a wrong type raises
// TypeError "soc_wh: a number is needed, not str", an unusable value raises incar.Error with the parameter as place.

#include <incar/core/expected.hpp>
#include <incar/core/timestamp.hpp>

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <string>
#include <vector>

namespace incar::python {

namespace py = pybind11;

// "not_finite" for errc::not_finite.
std::string name_of(const std::error_code& code);

// Raises incar.Error in Python once control returns to it.
void set_python_error(const error& failure);

// TypeError "<name>: <needed> is needed, not <type of value>".
[[noreturn]] void refuse(py::handle value, const char* name, const char* needed);

// A number, but no bool, text or array of one.
double to_number(py::handle value, const char* name);

// A whole number; 4.0 is none.
int to_whole(py::handle value, const char* name);

std::string to_text(py::handle value, const char* name);

// A list, tuple, NumPy array or pandas Series of numbers; its index is not looked at.
std::vector<double> to_series(py::handle value, const char* name);

// A text as in timestamp::parse, an aware datetime or pandas Timestamp, or a NumPy datetime64, which is UTC.
timestamp to_instant(py::handle value, const char* name);

// An aware datetime in UTC.
py::object from_instant(timestamp at);

// A read-only array of its own.
py::array frozen(const std::vector<double>& values);

// A read-only array over memory that lives as long as `owner`.
py::array view(const std::vector<double>& values, py::handle owner);

} // namespace incar::python
