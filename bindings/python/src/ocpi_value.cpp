#include "ocpi_record.hpp"
#include "ocpi_value.hpp"

#include <incar/core/decimal.hpp>

#include <datetime.h>

namespace incar::python {
namespace {

PyObject* decimal_type = nullptr;

py::object from_text(std::string_view text) {
    PyObject* made = PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), nullptr);
    if (!made) throw py::error_already_set();
    return py::reinterpret_steal<py::object>(made);
}

std::string with_article(const json::shape& type) {
    const std::string name(type.name);
    const bool is_vowel = std::string_view("AEIOU").find(name[0]) != std::string_view::npos;
    return (is_vowel || name == "SCEvse" || name == "SCConnector" || name == "SCOptimisation" ? "an " : "a ") + name;
}

bool is_sequence(py::handle value) {
    return PyList_Check(value.ptr()) || PyTuple_Check(value.ptr());
}

// Elements one by one, whatever Python code does to the list in between.
template <class F>
void for_each_element(py::handle list, F&& visit) {
    for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(list.ptr()); ++i)
        visit(py::reinterpret_borrow<py::object>(PySequence_Fast_GET_ITEM(list.ptr(), i)), static_cast<std::size_t>(i));
}

} // namespace

py::object from_decimal(const decimal& number) {
    return py::reinterpret_borrow<py::object>(decimal_type)(format(number));
}

decimal to_decimal(py::handle value, const place& where) {
    const bool is_decimal = PyObject_IsInstance(value.ptr(), decimal_type) == 1;
    if (!is_decimal && (!PyLong_Check(value.ptr()) || PyBool_Check(value.ptr())))
        refuse(value, where.text().c_str(), "a Decimal or an int");
    if (is_decimal && !value.attr("is_finite")().cast<bool>())
        throw exception({errc::not_finite, where.text(), std::string(py::str(value)) + " is no number"});
    const auto number = decimal::parse(std::string(py::str(value)));
    if (!number) throw exception({number.error().code, where.text(), number.error().message});
    return *number;
}

py::object from_instant(timestamp at, const place& where) {
    const civil_time utc = to_civil(at);
    if (utc.year == 0) throw exception({errc::out_of_range, where.text(), "Python has no datetime in the year 0"});
    PyObject* made = PyDateTimeAPI->DateTime_FromDateAndTime(utc.year, utc.month, utc.day, utc.hour, utc.minute,
                                                             utc.second, utc.millisecond * 1000,
                                                             PyDateTime_TimeZone_UTC, PyDateTimeAPI->DateTimeType);
    if (!made) throw py::error_already_set();
    return py::reinterpret_steal<py::object>(made);
}

void prepare_values() {
    PyDateTime_IMPORT;
    decimal_type = py::object(py::module_::import("decimal").attr("Decimal")).release().ptr();
}

std::string quoted(std::string_view text) {
    return json::format(json::value(std::string(text)));
}

std::string_view utf8(py::handle text, const place& where) {
    Py_ssize_t size = 0;
    if (const char* data = PyUnicode_AsUTF8AndSize(text.ptr(), &size)) return {data, static_cast<std::size_t>(size)};
    if (!PyErr_ExceptionMatches(PyExc_UnicodeError)) throw py::error_already_set();
    PyErr_Clear();
    throw exception({errc::malformed, where.text(), "the text has half a surrogate pair, which is no character"});
}

py::object to_python(const json::shape& type, const void* from, const std::shared_ptr<const tree>& owner,
                     const place& where) {
    std::string scratch;
    switch (form_of(type)) {
    case form::flag: return py::bool_(*static_cast<const bool*>(from));
    case form::whole: return py::int_(*static_cast<const int*>(from));
    case form::number: return from_decimal(*static_cast<const decimal*>(from));
    case form::instant: return from_instant(*static_cast<const timestamp*>(from), where);
    case form::text: return from_text(type.write(from, scratch));
    case form::word: return word_of(type, from_text(type.write(from, scratch)));
    case form::record: return new_record(type, {owner, from});
    case form::list: break;
    }
    const std::size_t size = type.size(from);
    py::list elements(size);
    for (std::size_t i = 0; i < size; ++i)
        elements[i] = to_python(type.element(), type.at(from, i), owner, where.below(i));
    return std::move(elements);
}

py::object accepted(const json::shape& type, py::handle value, const place& where) {
    switch (form_of(type)) {
    case form::flag:
        if (!PyBool_Check(value.ptr())) refuse(value, where.text().c_str(), "True or False");
        break;
    case form::whole: return py::int_(to_whole(value, where.text().c_str()));
    case form::number: return from_decimal(to_decimal(value, where));
    case form::instant: return from_instant(to_instant(value, where.text().c_str()), where);
    case form::text:
    case form::word: {
        if (!PyUnicode_Check(value.ptr())) refuse(value, where.text().c_str(), "a text");
        utf8(value, where);
        const auto text = py::reinterpret_borrow<py::object>(value);
        return type.words ? word_of(type, text) : text;
    }
    case form::record:
        if (!PyObject_TypeCheck(value.ptr(), class_of(type)))
            refuse(value, where.text().c_str(), with_article(type).c_str());
        break;
    case form::list:
        if (!is_sequence(value)) refuse(value, where.text().c_str(), "a list");
        for_each_element(
            value, [&](const py::object& each, std::size_t i) { accepted(type.element(), each, where.below(i)); });
        if (PyTuple_Check(value.ptr())) return py::list(py::reinterpret_borrow<py::object>(value));
        break;
    }
    return py::reinterpret_borrow<py::object>(value);
}

void write_value(std::string& out, const json::shape& type, py::handle value, const place& where) {
    switch (form_of(type)) {
    case form::flag: out += accepted(type, value, where).is(py::bool_(true)) ? "true" : "false"; return;
    case form::whole: out += std::to_string(to_whole(value, where.text().c_str())); return;
    case form::number: out += format(to_decimal(value, where)); return;
    case form::instant: out += '"' + format(to_instant(value, where.text().c_str())) + '"'; return;
    case form::text:
    case form::word:
        if (!PyUnicode_Check(value.ptr())) refuse(value, where.text().c_str(), "a text");
        out += quoted(utf8(value, where));
        return;
    case form::record:
        accepted(type, value, where);
        write_record(out, as_record(value), where);
        return;
    case form::list: break;
    }
    out += '[';
    for_each_element(value, [&](const py::object& each, std::size_t i) {
        if (i > 0) out += ',';
        write_value(out, type.element(), each, where.below(i));
    });
    out += ']';
}

} // namespace incar::python
