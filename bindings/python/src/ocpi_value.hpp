#pragma once

// Members of OCPI's objects between C++, Python and JSON.

#include "ocpi_types.hpp"

namespace incar::python {

// Remembers the Python types that values become; called once, when the module is imported.
void prepare_values();

// Numbers: a Decimal or an int to exactly that number, and always a Decimal back. Times: an aware datetime in UTC.
decimal to_decimal(py::handle value, const place& where);
py::object from_decimal(const decimal& number);
py::object from_instant(timestamp at, const place& where);

// A value of the tree as a Python object of its own; objects become records that keep the tree alive.
py::object to_python(const json::shape& type, const void* from, const std::shared_ptr<const tree>& owner,
                     const place& where);

// A Python value as a member keeps it: whole numbers as Decimal where a number is meant, texts as times and words.
// Raises TypeError for a wrong type and incar.Error for an unusable value, with the place. A list stays the list it is.
py::object accepted(const json::shape& type, py::handle value, const place& where);

// Appends the JSON of a Python value; raises as `accepted`.
void write_value(std::string& out, const json::shape& type, py::handle value, const place& where);

// Members that the model does not have, as Python's json module has them but with Decimal for numbers with a point or
// an exponent.
py::object from_json(const std::string& text, const place& where);
void write_json(std::string& out, py::handle value, const place& where);
// Whether two such values are the same down to the digits of their numbers.
bool is_same_json(py::handle left, py::handle right);

std::string quoted(std::string_view text);
std::string_view utf8(py::handle text, const place& where); // borrowed from `text`

} // namespace incar::python
