#include "ocpi_record.hpp"

#include <new>

namespace incar::python {
namespace {

PyTypeObject* record_type = nullptr;

void improve_attribute_error(PyObject* self, PyObject* name) {
    if (!PyErr_ExceptionMatches(PyExc_AttributeError)) return;
    const std::string asked = py::str(py::handle(name));
    if (asked.rfind("__", 0) == 0) return;
    const py::error_already_set original;
    if (PyObject_HasAttr(reinterpret_cast<PyObject*>(Py_TYPE(self)), name)) throw py::error_already_set(original);
    const record& object = as_record(self);
    const std::string text =
        std::string(object.type->name) + " has no member '" + asked + "'" + suggestion(*object.type, asked);
    PyErr_SetString(PyExc_AttributeError, text.c_str());
}

PyObject* get_attribute(PyObject* self, PyObject* name) {
    PyObject* found = PyObject_GenericGetAttr(self, name);
    if (!found) guarded(0, [&] { return improve_attribute_error(self, name), 0; });
    return found;
}

int set_attribute(PyObject* self, PyObject* name, PyObject* value) {
    const int done = PyObject_GenericSetAttr(self, name, value);
    if (done < 0) guarded(0, [&] { return improve_attribute_error(self, name), 0; });
    return done;
}

std::size_t index_of(const json::shape& type, std::string_view name) {
    for (std::size_t i = 0; i < type.field_count; ++i)
        if (type.fields[i].name == name) return i;
    return type.field_count + (name == "extra" ? 0 : 1);
}

PyObject* allocate(PyTypeObject* subclass, const json::shape& type) {
    PyObject* self = subclass->tp_alloc(subclass, 0);
    if (!self) return nullptr;
    record& made = as_record(self);
    made.type = &type;
    new (&made.source) rooted;
    return self;
}

PyObject* construct(PyTypeObject* subclass, PyObject*, PyObject*) {
    if (const json::shape* type = shape_of_class(subclass)) return allocate(subclass, *type);
    PyErr_SetString(PyExc_TypeError, "Record has no members; use the classes that derive from it");
    return nullptr;
}

int initialise(PyObject* self, PyObject* positional, PyObject* named) {
    return guarded(-1, [&] {
        record& object = as_record(self);
        const std::string type(object.type->name);
        if (PyTuple_GET_SIZE(positional) > 0) throw py::type_error(type + "() takes its members by name only");
        const auto given = named ? py::reinterpret_borrow<py::dict>(named) : py::dict();
        for (const auto& [key, value] : given) {
            const std::string name = key.cast<std::string>();
            const std::size_t index = index_of(*object.type, name);
            if (index > object.extra_index())
                throw py::type_error(type + "() has no member '" + name + "'" + suggestion(*object.type, name));
            assign(object, index, value);
        }
        for (std::size_t i = 0; i < object.type->field_count; ++i) {
            const json::field& each = object.type->fields[i];
            const bool needed =
                each.cardinality == json::cardinality::one || each.cardinality == json::cardinality::some;
            if (needed && !given.contains(std::string(each.name)))
                throw py::type_error(type + "() needs the member '" + std::string(each.name) + "'");
        }
        return 0;
    });
}

int traverse(PyObject* self, visitproc visit, void* arg) {
    Py_VISIT(Py_TYPE(self));
    const record& object = as_record(self);
    if (object.values)
        for (std::size_t i = 0; i <= object.extra_index(); ++i) Py_VISIT(object.values[i]);
    return 0;
}

int clear(PyObject* self) {
    record& object = as_record(self);
    if (object.values)
        for (std::size_t i = 0; i <= object.extra_index(); ++i) Py_CLEAR(object.values[i]);
    return 0;
}

void deallocate(PyObject* self) {
    PyTypeObject* type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    clear(self);
    PyMem_Free(as_record(self).values);
    as_record(self).source.~rooted();
    type->tp_free(self);
    Py_DECREF(type);
}

} // namespace

PyTypeObject* make_record_type() {
    static PyMethodDef methods[] = {
        {"__copy__", copied, METH_NOARGS, "Another object with the same lists and objects in it."},
        {"__deepcopy__", deep_copied, METH_O, "Another object that shares nothing that can change."},
        {"__reduce__", reduced, METH_NOARGS, "For pickle: the object's JSON."},
        {nullptr, nullptr, 0, nullptr},
    };
    static PyType_Slot slots[] = {
        {Py_tp_doc, const_cast<char*>("An object of OCPI. Its members are attributes; `extra` has those that OCPI does "
                                      "not know.")},
        {Py_tp_new, reinterpret_cast<void*>(&construct)},
        {Py_tp_init, reinterpret_cast<void*>(&initialise)},
        {Py_tp_dealloc, reinterpret_cast<void*>(&deallocate)},
        {Py_tp_traverse, reinterpret_cast<void*>(&traverse)},
        {Py_tp_clear, reinterpret_cast<void*>(&clear)},
        {Py_tp_getattro, reinterpret_cast<void*>(&get_attribute)},
        {Py_tp_setattro, reinterpret_cast<void*>(&set_attribute)},
        {Py_tp_repr, reinterpret_cast<void*>(&shown)},
        {Py_tp_richcompare, reinterpret_cast<void*>(&compared)},
        {Py_tp_hash, reinterpret_cast<void*>(&PyObject_HashNotImplemented)},
        {Py_tp_methods, methods},
        {0, nullptr},
    };
    static PyType_Spec spec = {"incar.ocpi.Record", sizeof(record), 0,
                               Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC, slots};
    record_type = reinterpret_cast<PyTypeObject*>(PyType_FromSpec(&spec));
    if (!record_type) throw py::error_already_set();
    return record_type;
}

py::object new_record(const json::shape& type, rooted source, PyTypeObject* subclass) {
    const auto made = py::reinterpret_steal<py::object>(allocate(subclass ? subclass : class_of(type), type));
    if (!made) throw py::error_already_set();
    as_record(made).source = std::move(source);
    return made;
}

py::object duplicate(py::handle self, PyObject* memo) {
    const record& from = as_record(self);
    py::object made = new_record(*from.type, from.source, Py_TYPE(self.ptr()));
    record& copy = as_record(made);
    const py::object deepcopy = py::module_::import("copy").attr("deepcopy");
    if (memo) py::handle(memo).attr("__setitem__")(reinterpret_cast<std::uintptr_t>(self.ptr()), made);
    const auto copied = [&](py::object value) -> py::object {
        return memo ? deepcopy(value, py::handle(memo)) : std::move(value);
    };
    if (from.values)
        for (std::size_t i = 0; i <= from.extra_index(); ++i)
            if (from.values[i]) store(copy, i, copied(py::reinterpret_borrow<py::object>(from.values[i])));
    copy.assigned = from.assigned;
    if (py::hasattr(self, "__dict__")) made.attr("__dict__").attr("update")(copied(self.attr("__dict__")));
    return made;
}

bool is_record(py::handle object) {
    return PyObject_TypeCheck(object.ptr(), record_type);
}

} // namespace incar::python
