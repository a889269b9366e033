#pragma once

// An OCPI object in Python: what it was read from, which never changes, and the members that Python has set or looked
// into since. So nothing is converted before somebody asks for it, no pointer can dangle whatever happens to lists, and
// what nobody touched is written as it came.

#include "ocpi_value.hpp"

namespace incar::python {

struct record {
    PyObject_HEAD const json::shape* type;
    rooted source;          // without object: made in Python
    PyObject** values;      // null until the first is set; one a member, then `extra`; null: as in the source
    std::uint64_t assigned; // a bit a member: set by Python, not only looked into

    bool is_untouched() const { return !values; }
    std::size_t extra_index() const { return type->field_count; }
};

// The class Record, from which those of the objects derive.
PyTypeObject* make_record_type();
// One property for each member, in the classes that `make_object_types` made.
void add_members();

py::object new_record(const json::shape& type, rooted source, PyTypeObject* subclass = nullptr);

// A copy: with a memo as in copy.deepcopy, else one that shares lists and objects.
py::object duplicate(py::handle self, PyObject* memo);

inline record& as_record(py::handle object) {
    return *reinterpret_cast<record*>(object.ptr());
}
bool is_record(py::handle object);

// A member, or `extra`, as Python sees it. Lists, objects and `extra` are the same Python object each time.
py::object member_of(record& self, std::size_t index);

// Sets a member to what Python gives, checked, or to a value that needs no check.
void assign(record& self, std::size_t index, py::handle value);
void store(record& self, std::size_t index, py::object value);

// ", did you mean 'status'?" or nothing.
std::string suggestion(const json::shape& type, const std::string& name);

// Appends the JSON of an object.
void write_record(std::string& out, const record& self, const place& where);

// Its C++ struct: what it was read from while it is untouched, else a copy.
rooted struct_of(const record& self);

// What Python calls for ==, repr, copy, deepcopy and pickle.
PyObject* compared(PyObject* self, PyObject* other, int how);
PyObject* shown(PyObject* self);
PyObject* copied(PyObject* self, PyObject*);
PyObject* deep_copied(PyObject* self, PyObject* memo);
PyObject* reduced(PyObject* self, PyObject*);

// Runs what may throw inside a function that Python calls.
template <class F, class T>
T guarded(T failed, F&& work) noexcept {
    try {
        return work();
    } catch (py::error_already_set& raised) {
        raised.restore();
    } catch (const py::builtin_exception& raised) {
        raised.set_error();
    } catch (const exception& failure) {
        set_python_error(failure.error());
    } catch (const std::bad_alloc&) {
        PyErr_NoMemory();
    } catch (const std::exception& failure) {
        PyErr_SetString(PyExc_RuntimeError, failure.what());
    }
    return failed;
}

} // namespace incar::python
