// JSON that the model does not know, as plain Python values and back.

#include "ocpi_value.hpp"

#include <cmath>

namespace incar::python {
namespace {

constexpr json::limits unlimited = {std::size_t(-1), 1000};
constexpr int deepest = 900; // what `unlimited` reads again

py::object decimal_class() {
    return py::module_::import("decimal").attr("Decimal");
}

py::object number_in_python(const std::string& text, const place& where) {
    if (text.find_first_of(".eE") == std::string::npos) {
        if (PyObject* whole = PyLong_FromString(text.c_str(), nullptr, 10))
            return py::reinterpret_steal<py::object>(whole);
        PyErr_Clear(); // longer than Python converts
    }
    try {
        return decimal_class()(text);
    } catch (const py::error_already_set&) {
        throw exception({errc::overflow, where.text(), "Decimal cannot hold this number"});
    }
}

py::object in_python(const json::value& content, const place& where) {
    if (content.is_null()) return py::none();
    if (const bool* flag = content.as_bool()) return py::bool_(*flag);
    if (const json::number* number = content.as_number()) return number_in_python(number->text, where);
    if (const std::string* text = content.as_string()) return py::str(*text);
    if (const json::array* elements = content.as_array()) {
        py::list made;
        for (std::size_t i = 0; i < elements->size(); ++i) made.append(in_python((*elements)[i], where.below(i)));
        return std::move(made);
    }
    py::dict made;
    for (const json::member& each : *content.as_object())
        made[py::str(each.name)] = in_python(each.value, where.below(each.name));
    return std::move(made);
}

void write(std::string& out, py::handle value, const place& where, int depth) {
    if (depth > deepest)
        throw exception({errc::limit_exceeded, "", "nested deeper than " + std::to_string(deepest) + " levels"});
    PyObject* given = value.ptr();
    if (value.is_none()) {
        out += "null";
    } else if (PyBool_Check(given)) {
        out += given == Py_True ? "true" : "false";
    } else if (PyUnicode_Check(given)) {
        out += quoted(utf8(value, where));
    } else if (PyLong_Check(given)) {
        out += py::str(value);
    } else if (PyFloat_Check(given)) {
        if (!std::isfinite(PyFloat_AS_DOUBLE(given)))
            throw exception({errc::not_finite, where.text(), std::string(py::str(value)) + " is no number in JSON"});
        out += py::repr(value);
    } else if (py::isinstance(value, decimal_class())) {
        if (!value.attr("is_finite")().cast<bool>())
            throw exception({errc::not_finite, where.text(), std::string(py::str(value)) + " is no number in JSON"});
        out += py::str(value);
    } else if (PyList_Check(given) || PyTuple_Check(given)) {
        out += '[';
        std::size_t i = 0;
        for (const py::handle each : py::tuple(py::reinterpret_borrow<py::object>(value))) {
            if (i > 0) out += ',';
            write(out, each, where.below(i++), depth + 1);
        }
        out += ']';
    } else if (PyDict_Check(given)) {
        out += '{';
        bool is_first = true;
        for (const py::handle item : py::reinterpret_steal<py::list>(PyDict_Items(given))) {
            const py::handle name = PyTuple_GET_ITEM(item.ptr(), 0);
            if (!PyUnicode_Check(name.ptr())) refuse(name, where.text().c_str(), "a text as name of a member");
            if (!is_first) out += ',';
            is_first = false;
            out += quoted(utf8(name, where)) + ':';
            write(out, PyTuple_GET_ITEM(item.ptr(), 1), where.below(utf8(name, where)), depth + 1);
        }
        out += '}';
    } else {
        refuse(value, where.text().c_str(), "None, a bool, number, text, list or dict");
    }
}

} // namespace

py::object from_json(const std::string& text, const place& where) {
    return in_python(json::parse(text, unlimited).value(), where);
}

void write_json(std::string& out, py::handle value, const place& where) {
    write(out, value, where, 0);
}

bool is_same_json(py::handle left, py::handle right) {
    PyObject* a = left.ptr();
    PyObject* b = right.ptr();
    if (Py_TYPE(a) != Py_TYPE(b)) return false;
    if (PyList_Check(a)) {
        if (PyList_GET_SIZE(a) != PyList_GET_SIZE(b)) return false;
        for (Py_ssize_t i = 0; i < PyList_GET_SIZE(a) && i < PyList_GET_SIZE(b); ++i)
            if (!is_same_json(PyList_GET_ITEM(a, i), PyList_GET_ITEM(b, i))) return false;
        return true;
    }
    if (PyDict_Check(a)) {
        if (PyDict_Size(a) != PyDict_Size(b)) return false;
        for (const py::handle item : py::reinterpret_steal<py::list>(PyDict_Items(a))) {
            PyObject* other = PyDict_GetItemWithError(b, PyTuple_GET_ITEM(item.ptr(), 0));
            if (!other && PyErr_Occurred()) throw py::error_already_set();
            if (!other || !is_same_json(PyTuple_GET_ITEM(item.ptr(), 1), other)) return false;
        }
        return true;
    }
    return py::str(left).equal(py::str(right));
}

} // namespace incar::python
