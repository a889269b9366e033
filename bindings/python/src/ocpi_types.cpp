#include "ocpi/v221/shapes.hpp"
#include "ocpi_types.hpp"

#include <unordered_map>

namespace incar::python {
namespace {

// Filled when the module is imported and never changed afterwards. The classes live as long as the process.
struct known_types {
    std::unordered_map<const json::shape*, PyTypeObject*> classes;
    std::unordered_map<PyTypeObject*, const json::shape*> shapes;
    std::unordered_map<const json::shape*, PyObject*> words; // dict from text to member
};
known_types& known() {
    static auto* self = new known_types;
    return *self;
}

std::string doc_of(const json::shape& type) {
    std::string text = std::string(type.name) + " of OCPI 2.2.1. Members, all given by name:\n\n";
    std::size_t widest = 0;
    for (std::size_t i = 0; i < type.field_count; ++i) widest = std::max(widest, type.fields[i].name.size());
    for (std::size_t i = 0; i < type.field_count; ++i) {
        const json::field& each = type.fields[i];
        text += std::string(each.name) + std::string(widest + 2 - each.name.size(), ' ') + description_of(each) + "\n";
    }
    return text;
}

} // namespace

form form_of(const json::shape& type) {
    switch (type.kind) {
    case json::kind::boolean: return form::flag;
    case json::kind::number: return &type == &json::shape_for<int>::get() ? form::whole : form::number;
    case json::kind::record: return form::record;
    case json::kind::list: return form::list;
    default: break;
    }
    if (type.words) return form::word;
    return &type == &json::shape_for<timestamp>::get() ? form::instant : form::text;
}

std::string description_of(const json::field& member) {
    const json::shape& type = member.type();
    const json::shape& content = type.kind == json::kind::list ? type.element() : type;
    std::string text(content.name);
    if (member.rule.max_length > 0) text += "(" + std::to_string(member.rule.max_length) + ")";
    switch (member.cardinality) {
    case json::cardinality::one: return text + ", required";
    case json::cardinality::optional: return text + ", or None";
    case json::cardinality::list: return "list of " + text;
    case json::cardinality::some: return "list of " + text + ", at least one";
    case json::cardinality::defaulted: break; // not in OCPI
    }
    return text;
}

void make_object_types(py::module_& module, PyTypeObject* base) {
    const py::object make = py::type::of(py::handle(reinterpret_cast<PyObject*>(base)));
    for (const json::shape* type : ocpi::all_shapes()) {
        py::dict members;
        members["__slots__"] = py::tuple();
        members["__module__"] = "incar.ocpi";
        members["__doc__"] = doc_of(*type);
        const std::string name(type->name);
        py::object made = make(name, py::make_tuple(py::handle(reinterpret_cast<PyObject*>(base))), members);
        module.attr(name.c_str()) = made;
        auto* made_type = reinterpret_cast<PyTypeObject*>(made.release().ptr());
        known().classes.emplace(type, made_type);
        known().shapes.emplace(made_type, type);
    }
}

void make_words(py::module_& module) {
    const py::object make = py::module_::import("incar._words").attr("make");
    for (const json::shape* type : ocpi::all_enums()) {
        py::list words;
        for (const std::string_view each : type->words()) words.append(std::string(each));
        const py::object made = make(std::string(type->name), words);
        module.attr(std::string(type->name).c_str()) = made;
        py::dict members;
        for (const py::handle each : made) members[each.attr("value")] = each;
        known().words.emplace(type, members.release().ptr());
    }
}

PyTypeObject* class_of(const json::shape& type) {
    return known().classes.at(&type);
}

const json::shape* shape_of_class(PyTypeObject* type) {
    for (; type; type = type->tp_base)
        if (const auto found = known().shapes.find(type); found != known().shapes.end()) return found->second;
    return nullptr;
}

py::object word_of(const json::shape& enumeration, py::object text) {
    PyObject* member = PyDict_GetItemWithError(known().words.at(&enumeration), text.ptr());
    if (member) return py::reinterpret_borrow<py::object>(member);
    if (PyErr_Occurred()) throw py::error_already_set();
    return text;
}

std::string place::text() const {
    if (!up) return "";
    const json::pointer parent(up->text());
    return (name.data() ? parent / name : parent / index).text();
}

} // namespace incar::python
