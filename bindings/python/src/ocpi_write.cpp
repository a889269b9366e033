// From records to JSON and to C++ structs.

#include "ocpi_record.hpp"

namespace incar::python {
namespace {

using json::extra;

class object_writer {
public:
    object_writer(std::string& out, const record& self, const place& where) : out_(out), self_(self), where_(where) {}

    void write() {
        out_ += '{';
        for (std::size_t i = 0; i < self_.type->field_count; ++i)
            if (self_.values[i])
                member_in_python(i);
            else if (self_.source.object)
                member_in_source(self_.type->fields[i]);
        if (PyObject* members = self_.values[self_.extra_index()])
            extra_in_python(py::reinterpret_borrow<py::dict>(members));
        else if (self_.source.object)
            for (const extra::entry& each : entries())
                if (each.reason == extra::reason::unknown) member(each.name, each.text);
        out_ += '}';
    }

private:
    const std::vector<extra::entry>& entries() const { return self_.type->extra_of(self_.source.object).entries(); }

    // How a member came, where that is not how incar writes it.
    const extra::entry* as_received(std::string_view name) const {
        if (self_.source.object)
            for (const extra::entry& each : entries())
                if (each.reason != extra::reason::unknown && each.name == name) return &each;
        return nullptr;
    }

    void member(std::string_view name, std::string_view text) {
        if (text.empty()) return;
        if (!is_first_) out_ += ',';
        is_first_ = false;
        out_ += quoted(name);
        out_ += ':';
        out_ += text;
    }

    void member_in_source(const json::field& each) {
        const extra::entry* received = as_received(each.name);
        member(each.name, received ? received->text : json::encode_member(self_.source.object, each));
    }

    void member_in_python(std::size_t index) {
        const json::field& each = self_.type->fields[index];
        const py::object value = py::reinterpret_borrow<py::object>(self_.values[index]);
        std::string text;
        const bool is_left_out =
            value.is_none() || (each.cardinality == json::cardinality::list && py::len(value) == 0);
        if (!is_left_out) write_value(text, each.type(), value, where_.below(each.name));
        const extra::entry* received = as_received(each.name);
        const bool may_be_unchanged =
            received && (received->reason == extra::reason::spelling || !(self_.assigned >> index & 1));
        if (may_be_unchanged && text == json::encode_member(self_.source.object, each)) text = received->text;
        member(each.name, text);
    }

    void extra_in_python(const py::dict& members) {
        for (const py::handle item : py::reinterpret_steal<py::list>(PyDict_Items(members.ptr()))) {
            const py::handle name = PyTuple_GET_ITEM(item.ptr(), 0);
            const py::handle value = PyTuple_GET_ITEM(item.ptr(), 1);
            const place extra_place = where_.below("extra");
            if (!PyUnicode_Check(name.ptr())) refuse(name, extra_place.text().c_str(), "a text as name of a member");
            const std::string key(utf8(name, extra_place));
            const place here = extra_place.below(key);
            if (is_member(key)) throw exception({errc::duplicate, here.text(), "OCPI has a member of this name"});
            std::string text;
            if (const std::string* before = unchanged(key, value, here))
                text = *before;
            else
                write_json(text, value, here);
            member(key, text);
        }
    }

    bool is_member(std::string_view name) const {
        for (std::size_t i = 0; i < self_.type->field_count; ++i)
            if (self_.type->fields[i].name == name) return true;
        return false;
    }

    const std::string* unchanged(std::string_view name, py::handle value, const place& here) const {
        if (!self_.source.object) return nullptr;
        const std::string* before = self_.type->extra_of(self_.source.object).find(name);
        return before && is_same_json(from_json(*before, here), value) ? before : nullptr;
    }

    std::string& out_;
    const record& self_;
    const place& where_;
    bool is_first_ = true;
};

} // namespace

void write_record(std::string& out, const record& self, const place& where) {
    if (!self.is_untouched())
        object_writer(out, self, where).write();
    else if (self.source.object)
        out += json::encode(*self.type, self.source.object, json::layout::compact);
    else
        out += "{}";
}

rooted struct_of(const record& self) {
    if (self.is_untouched() && self.source.object) return self.source;
    std::string text;
    write_record(text, self, {});
    auto copy = std::make_shared<tree>(*self.type);
    json::decode(*self.type, copy->object, text, true, {std::size_t(-1), 1000}).value();
    copy->bytes = text.size();
    return {copy, copy->object};
}

} // namespace incar::python
