#pragma once

// The Python classes of OCPI's objects and enumerations, made once from the tables of the model.

#include "convert.hpp"
#include "core/json_shape.hpp"

#include <memory>

namespace incar::python {

// What a value of a shape is in Python.
enum class form { flag, whole, number, instant, text, word, record, list };
form form_of(const json::shape& type);

// Adds the classes to the module; called once.
void make_object_types(py::module_& module, PyTypeObject* base);
void make_words(py::module_& module);

// The class of an object, and the object of a class or of a class derived from it; null when there is none.
PyTypeObject* class_of(const json::shape& type);
const json::shape* shape_of_class(PyTypeObject* type);

// The member of an enumeration with that text, or the text itself.
py::object word_of(const json::shape& enumeration, py::object text);

// "CiString(36), required": for people.
std::string description_of(const json::field& member);

// Where something is inside an object that is being read or written: a path on the stack.
struct place {
    const place* up = nullptr;
    std::string_view name = {};
    std::size_t index = 0;

    place below(std::string_view member) const { return {this, member, 0}; }
    place below(std::size_t element) const { return {this, {}, element}; }

    // A JSON pointer.
    std::string text() const;
};

// What one text was read into. Nothing in it changes any more, so any thread may read it.
struct tree {
    explicit tree(const json::shape& root) : type(root), object(root.create()) {}
    tree(const tree&) = delete;
    tree& operator=(const tree&) = delete;
    ~tree() { type.destroy(object); }

    const json::shape& type;
    void* object;
    std::size_t bytes = 0; // of the text
};

// An object inside the tree that keeps it alive.
struct rooted {
    std::shared_ptr<const python::tree> tree;
    const void* object = nullptr;
};

} // namespace incar::python
