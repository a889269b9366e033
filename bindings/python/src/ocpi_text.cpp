#include "ocpi_text.hpp"
#include "ocpi_value.hpp"

namespace incar::python {

text_argument::text_argument(py::handle given) {
    if (PyUnicode_Check(given.ptr())) {
        keeper_ = py::reinterpret_borrow<py::object>(given);
        view_ = utf8(given, {});
        return;
    }
    if (!PyObject_CheckBuffer(given.ptr())) refuse(given, "text", "a str or bytes");
    keeper_ = PyBytes_CheckExact(given.ptr()) ? py::reinterpret_borrow<py::object>(given)
                                              : py::reinterpret_steal<py::object>(PyBytes_FromObject(given.ptr()));
    if (!keeper_) throw py::error_already_set();
    view_ = {PyBytes_AS_STRING(keeper_.ptr()), static_cast<std::size_t>(PyBytes_GET_SIZE(keeper_.ptr()))};
}

std::string indented(std::string_view compact, std::size_t spaces) {
    std::string out;
    std::size_t level = 0;
    bool in_text = false, is_fresh = false; // fresh: just after an opening bracket
    const auto new_line = [&] { out.append(1, '\n').append(level * spaces, ' '); };
    for (std::size_t i = 0; i < compact.size(); ++i) {
        const char c = compact[i];
        if (in_text) {
            out += c;
            if (c == '\\') out += compact[++i];
            in_text = c != '"';
            continue;
        }
        if (c == ' ' || c == '\n' || c == '\r' || c == '\t') continue;
        const bool closes = c == '}' || c == ']';
        if (closes) --level;
        if (is_fresh != closes) new_line(); // "{}" stays on its line
        is_fresh = c == '{' || c == '[';
        if (is_fresh) ++level;
        out += c;
        in_text = c == '"';
        if (c == ',') new_line();
        if (c == ':') out += ' ';
    }
    return out;
}

} // namespace incar::python
