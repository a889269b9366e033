// What every Python object can do: compare, show itself, be copied and pickled.

#include "ocpi_record.hpp"

#include <incar/core/ci_string.hpp>

namespace incar::python {
namespace {

bool is_ci_string(const json::shape& type) {
    return type.name == "CiString" || (type.kind == json::kind::list && type.element().name == "CiString");
}

bool are_equal(py::handle left, py::handle right) {
    const int equal = PyObject_RichCompareBool(left.ptr(), right.ptr(), Py_EQ);
    if (equal < 0) throw py::error_already_set();
    return equal == 1;
}

bool are_equal_ignoring_case(py::handle left, py::handle right) {
    if (PyUnicode_Check(left.ptr()) && PyUnicode_Check(right.ptr()))
        return equals_ignoring_case(utf8(left, {}), utf8(right, {}));
    if (!PyList_Check(left.ptr()) || !PyList_Check(right.ptr())) return are_equal(left, right);
    const py::tuple ours(py::reinterpret_borrow<py::object>(left));
    const py::tuple theirs(py::reinterpret_borrow<py::object>(right));
    if (ours.size() != theirs.size()) return false;
    for (std::size_t i = 0; i < ours.size(); ++i)
        if (!are_equal_ignoring_case(ours[i], theirs[i])) return false;
    return true;
}

bool have_equal_members(record& left, record& right) {
    if (left.is_untouched() && right.is_untouched() && left.source.object && left.source.object == right.source.object)
        return true;
    for (std::size_t i = 0; i <= left.extra_index(); ++i) {
        const py::object ours = member_of(left, i);
        const py::object theirs = member_of(right, i);
        const bool ignores_case = i < left.extra_index() && is_ci_string(left.type->fields[i].type());
        if (!(ignores_case ? are_equal_ignoring_case(ours, theirs) : are_equal(ours, theirs))) return false;
    }
    return true;
}

std::string shown_value(py::handle value, const json::shape& type) {
    if (value.is_none()) return "None";
    switch (form_of(type)) {
    case form::instant: return py::repr(py::str(format(to_instant(value, ""))));
    case form::word:
        return py::repr(PyUnicode_CheckExact(value.ptr()) ? py::reinterpret_borrow<py::object>(value)
                                                          : py::object(py::str(value)));
    case form::list: break;
    default: return py::repr(value);
    }
    const py::list elements(py::reinterpret_borrow<py::object>(value));
    if (elements.empty()) return "[]";
    const py::object first = elements[0];
    const bool is_odd = form_of(type.element()) != form::record && !PyUnicode_Check(first.ptr());
    const std::string text = is_odd ? std::string(py::repr(first)) : shown_value(first, type.element());
    return "[" + text + (elements.size() > 1 ? ", and " + std::to_string(elements.size() - 1) + " more]" : "]");
}

std::string shown_members(record& self) {
    std::string text;
    for (std::size_t i = 0; i < self.type->field_count; ++i) {
        const json::field& each = self.type->fields[i];
        const py::object value = member_of(self, i);
        const bool is_left_out = (each.cardinality == json::cardinality::optional && value.is_none()) ||
                                 (each.cardinality == json::cardinality::list && py::len(value) == 0);
        if (!is_left_out)
            text += (text.empty() ? "" : ", ") + std::string(each.name) + "=" + shown_value(value, each.type());
    }
    const py::object others = member_of(self, self.extra_index());
    if (py::len(others) > 0) text += (text.empty() ? "extra=" : ", extra=") + std::string(py::repr(others));
    return text;
}

} // namespace

PyObject* compared(PyObject* self, PyObject* other, int how) {
    const bool is_comparable =
        (how == Py_EQ || how == Py_NE) && is_record(other) && as_record(self).type == as_record(other).type;
    if (!is_comparable) Py_RETURN_NOTIMPLEMENTED;
    return guarded(static_cast<PyObject*>(nullptr), [&] {
        const bool equal = self == other || have_equal_members(as_record(self), as_record(other));
        return PyBool_FromLong(equal == (how == Py_EQ));
    });
}

PyObject* shown(PyObject* self) {
    const std::string name(as_record(self).type->name);
    const int entered = Py_ReprEnter(self);
    if (entered != 0) return entered > 0 ? PyUnicode_FromString((name + "(...)").c_str()) : nullptr;
    PyObject* text = guarded(static_cast<PyObject*>(nullptr), [&] {
        return py::str(name + "(" + shown_members(as_record(self)) + ")").release().ptr();
    });
    Py_ReprLeave(self);
    return text;
}

PyObject* copied(PyObject* self, PyObject*) {
    return guarded(static_cast<PyObject*>(nullptr), [&] {
        record& from = as_record(self);
        for (std::size_t i = 0; i <= from.extra_index(); ++i) member_of(from, i);
        return duplicate(self, nullptr).release().ptr();
    });
}

PyObject* deep_copied(PyObject* self, PyObject* memo) {
    return guarded(static_cast<PyObject*>(nullptr), [&] { return duplicate(self, memo).release().ptr(); });
}

PyObject* reduced(PyObject* self, PyObject*) {
    return guarded(static_cast<PyObject*>(nullptr), [&] {
        std::string text;
        write_record(text, as_record(self), {});
        const py::object restore = py::module_::import("incar.ocpi._codec").attr("_restore");
        const py::object state = py::getattr(self, "__dict__", py::none());
        return py::make_tuple(restore, py::make_tuple(py::type::of(py::handle(self)), text), state).release().ptr();
    });
}

} // namespace incar::python
