// The members of Python's objects: each a property that reads the source until it is set.

#include "ocpi/v221/shapes.hpp"
#include "ocpi_record.hpp"

#include <deque>

namespace incar::python {
namespace {

using json::extra;

struct property {
    const json::shape* owner;
    std::size_t index; // of the field; the number of fields: extra
    std::string name;
    std::string doc;
};

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

void assign_extra(record& self, py::handle value) {
    if (!PyDict_Check(value.ptr())) refuse(value, "/extra", "a dict");
    store(self, self.extra_index(), py::reinterpret_borrow<py::object>(value));
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

} // namespace

void store(record& self, std::size_t index, py::object value) {
    if (!self.values) {
        self.values = static_cast<PyObject**>(PyMem_Calloc(self.type->field_count + 1, sizeof(PyObject*)));
        if (!self.values) throw std::bad_alloc();
    }
    PyObject* before = self.values[index];
    self.values[index] = value.release().ptr();
    Py_XDECREF(before);
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

std::string suggestion(const json::shape& type, const std::string& name) {
    py::list names;
    for (std::size_t i = 0; i < type.field_count; ++i) names.append(std::string(type.fields[i].name));
    const py::list near = py::module_::import("difflib").attr("get_close_matches")(name, names, 1);
    return near.empty() ? "" : ", did you mean '" + std::string(py::str(near[0])) + "'?";
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

} // namespace incar::python
