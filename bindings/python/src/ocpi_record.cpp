#include "ocpi/v221/shapes.hpp"
#include "ocpi_record.hpp"

#include <deque>
#include <new>

namespace incar::python {
namespace {

using json::extra;

struct property {
    const json::shape* owner;
    std::size_t index; // of the field; the number of fields: extra
    std::string name;
    std::string doc;
};

PyTypeObject* record_type = nullptr;

// -- members
// -----------------------------------------------------------------------------------------------------------

bool is_kept_alive_by_python(const json::shape& type) {
    return type.kind == json::kind::list || type.kind == json::kind::record;
}

// Whether the text it was read from had no such member, or one that could not be read.
bool is_unread(const record& self, std::string_view name) {
    if (!self.source.object) return true;
    for (const extra::entry& each : self.type->extra_of(self.source.object).entries())
        if (each.name == name && (each.reason == extra::reason::absent || each.reason == extra::reason::unread))
            return true;
    return false;
}

py::object extra_in_source(const record& self) {
    py::dict members;
    if (self.source.object)
        for (const extra::entry& each : self.type->extra_of(self.source.object).entries())
            if (each.reason == extra::reason::unknown)
                members[py::str(each.name)] = from_json(each.text, place().below("extra").below(each.name));
    return std::move(members);
}

py::object in_source(const record& self, const json::field& member) {
    const json::shape& type = member.type();
    const void* content = self.source.object ? member.find(self.source.object) : nullptr;
    if (type.kind == json::kind::list && !content) return py::list();
    if (!content || (type.kind != json::kind::list && is_unread(self, member.name))) return py::none();
    return to_python(type, content, self.source.tree, place().below(member.name));
}

void store(record& self, std::size_t index, py::object value) {
    if (!self.values) {
        self.values = static_cast<PyObject**>(PyMem_Calloc(self.type->field_count + 1, sizeof(PyObject*)));
        if (!self.values) throw std::bad_alloc();
    }
    PyObject* before = self.values[index];
    self.values[index] = value.release().ptr();
    Py_XDECREF(before);
}

void assign_extra(record& self, py::handle value) {
    if (!PyDict_Check(value.ptr())) refuse(value, "/extra", "a dict");
    store(self, self.extra_index(), py::reinterpret_borrow<py::object>(value));
}

void assign(record& self, std::size_t index, py::handle value) {
    if (index == self.extra_index()) return assign_extra(self, value);
    const json::field& member = self.type->fields[index];
    const place where;
    const bool is_absence = value.is_none() && member.cardinality == json::cardinality::optional;
    store(self, index,
          is_absence ? py::reinterpret_borrow<py::object>(value)
                     : accepted(member.type(), value, where.below(member.name)));
    self.assigned |= std::uint64_t{1} << index;
}

void remove(record& self, const property& what) {
    if (what.index == self.extra_index()) return assign_extra(self, py::dict());
    const json::field& member = self.type->fields[what.index];
    if (member.cardinality == json::cardinality::one)
        throw py::type_error("/" + what.name + ": a required member cannot be deleted");
    assign(self, what.index, member.cardinality == json::cardinality::optional ? py::object(py::none()) : py::list());
}

PyObject* get(PyObject* self, void* closure) {
    return guarded(static_cast<PyObject*>(nullptr), [&] {
        return member_of(as_record(self), static_cast<const property*>(closure)->index).release().ptr();
    });
}

int set(PyObject* self, PyObject* value, void* closure) {
    return guarded(-1, [&] {
        const auto& what = *static_cast<const property*>(closure);
        if (value)
            assign(as_record(self), what.index, value);
        else
            remove(as_record(self), what);
        return 0;
    });
}

// -- names
// -------------------------------------------------------------------------------------------------------------

// ", did you mean 'status'?" or nothing.
std::string suggestion(const json::shape& type, const std::string& name) {
    py::list names;
    for (std::size_t i = 0; i < type.field_count; ++i) names.append(std::string(type.fields[i].name));
    const py::list near = py::module_::import("difflib").attr("get_close_matches")(name, names, 1);
    return near.empty() ? "" : ", did you mean '" + std::string(py::str(near[0])) + "'?";
}

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

// -- life
// --------------------------------------------------------------------------------------------------------------

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

void add_members() {
    static auto* properties = new std::deque<property>; // as long-lived as the classes
    static auto* definitions = new std::deque<PyGetSetDef>;
    for (const json::shape* type : ocpi::all_shapes())
        for (std::size_t i = 0; i <= type->field_count; ++i) {
            const bool is_extra = i == type->field_count;
            properties->push_back(
                {type, i, std::string(is_extra ? "extra" : type->fields[i].name),
                 is_extra ? "dict of the members that OCPI does not know" : description_of(type->fields[i])});
            property& made = properties->back();
            definitions->push_back({made.name.c_str(), &get, &set, made.doc.c_str(), &made});
            const auto descriptor =
                py::reinterpret_steal<py::object>(PyDescr_NewGetSet(class_of(*type), &definitions->back()));
            py::handle(reinterpret_cast<PyObject*>(class_of(*type))).attr(made.name.c_str()) = descriptor;
        }
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

py::object member_of(record& self, std::size_t index) {
    const auto present = [&] { return self.values ? self.values[index] : nullptr; };
    if (PyObject* value = present()) return py::reinterpret_borrow<py::object>(value);
    const bool is_extra = index == self.extra_index();
    const py::object made = is_extra ? extra_in_source(self) : in_source(self, self.type->fields[index]);
    if (made.is_none() || !(is_extra || is_kept_alive_by_python(self.type->fields[index].type()))) return made;
    // Another thread may have been here meanwhile.
    if (!present()) store(self, index, made);
    return py::reinterpret_borrow<py::object>(self.values[index]);
}

} // namespace incar::python
