// incar.ocpi's functions: from texts to objects and back.

#include "ocpi/v221/shapes.hpp"
#include "ocpi_record.hpp"
#include "ocpi_text.hpp"

#include <incar/ocpi/codec.hpp>
#include <incar/ocpi/validate.hpp>

#include <pybind11/stl.h>

namespace incar::python {

void bind_pricing(py::module_& module);

namespace {

struct reading_options {
    bool lenient;
    json::limits limits;
};

rooted read(const json::shape& type, std::string_view text, const reading_options& how) {
    auto made = std::make_shared<tree>(type);
    made->bytes = text.size();
    json::decode(type, made->object, text, how.lenient, how.limits).value();
    return {made, made->object};
}

// The class in list[Location], or null.
py::object element_class(const py::object& type) {
    const py::object origin = py::getattr(type, "__origin__", py::none());
    if (origin.ptr() != reinterpret_cast<PyObject*>(&PyList_Type)) return {};
    return type.attr("__args__").cast<py::tuple>()[0];
}

const json::shape& shape_of_type(const py::object& type) {
    const json::shape* shape =
        PyType_Check(type.ptr()) ? shape_of_class(reinterpret_cast<PyTypeObject*>(type.ptr())) : nullptr;
    if (!shape)
        throw py::type_error("type: a class of incar.ocpi or list[...] of one is needed, not " +
                             std::string(py::repr(type)));
    return *shape;
}

py::object load_list(const py::object& type, std::string_view text, const reading_options& how) {
    const json::shape& shape = shape_of_type(type);
    const auto read_all = beside_others(text.size(), [&] {
        std::vector<rooted> all;
        const std::vector<std::string_view> texts = ocpi::elements_of(text, how.limits).value();
        for (const std::string_view each : texts) try {
                all.push_back(read(shape, each, how));
            } catch (const exception& failure) {
                throw exception({failure.error().code, "/" + std::to_string(all.size()) + failure.error().where,
                                 failure.error().message});
            }
        return all;
    });
    py::list objects(read_all.size());
    for (std::size_t i = 0; i < read_all.size(); ++i)
        objects[i] = new_record(shape, read_all[i], reinterpret_cast<PyTypeObject*>(type.ptr()));
    return std::move(objects);
}

py::object loads(const py::object& given, const py::object& type, bool lenient, std::size_t max_bytes,
                 std::size_t max_depth) {
    const reading_options how{lenient, {max_bytes, max_depth}};
    const text_argument text(given);
    if (const py::object element = element_class(type)) return load_list(element, text.view(), how);
    const json::shape& shape = shape_of_type(type);
    rooted made = beside_others(text.view().size(), [&] { return read(shape, text.view(), how); });
    return new_record(shape, std::move(made), reinterpret_cast<PyTypeObject*>(type.ptr()));
}

void write_object(std::string& out, py::handle object, const place& where) {
    if (!is_record(object)) refuse(object, where.text().c_str(), "an object of incar.ocpi");
    const record& self = as_record(object);
    if (!self.is_untouched() || !self.source.object) return write_record(out, self, where);
    const rooted source = self.source; // lives on though another thread drops the object
    const json::shape& type = *self.type;
    out += beside_others(source.tree->bytes, [&] { return json::encode(type, source.object, json::layout::compact); });
}

py::str dumps(const py::object& object, const std::optional<std::size_t>& indent) {
    if (indent && *indent > 80) throw py::value_error("indent: None or 0 to 80 spaces are possible");
    std::string text;
    if (PyList_Check(object.ptr()) || PyTuple_Check(object.ptr())) {
        text += '[';
        std::size_t i = 0;
        const place whole;
        for (const py::handle each : py::tuple(object)) {
            if (i > 0) text += ',';
            write_object(text, each, whole.below(i++));
        }
        text += ']';
    } else {
        write_object(text, object, {});
    }
    return indent ? indented(text, *indent) : text;
}

std::vector<std::string> elements(const py::object& given, std::size_t max_bytes, std::size_t max_depth) {
    const text_argument text(given);
    return beside_others(text.view().size(), [&] {
        const auto found = ocpi::elements_of(text.view(), {max_bytes, max_depth}).value();
        return std::vector<std::string>(found.begin(), found.end());
    });
}

// A word of an option: "2.2" for edition::v2_2.
template <class T, std::size_t N>
T option(const std::string& given, const char* name, const std::pair<const char*, T> (&choices)[N]) {
    std::string all;
    for (const auto& [word, meaning] : choices) {
        if (given == word) return meaning;
        all += (all.empty() ? "'" : ", '") + std::string(word) + "'";
    }
    throw py::value_error(std::string(name) + ": one of " + all + " is possible, not '" + given + "'");
}

py::list validate(const py::object& object, const std::string& version, const std::string& strictness) {
    using ocpi::edition;
    using level = ocpi::strictness;
    constexpr std::pair<const char*, edition> editions[] = {{"2.2", edition::v2_2}, {"2.2.1", edition::v2_2_1}};
    constexpr std::pair<const char*, level> levels[] = {
        {"usable", level::usable}, {"specified", level::specified}, {"advised", level::advised}};
    const edition against = option(version, "version", editions);
    const level how = option(strictness, "strictness", levels);
    const record& self = as_record(object);
    const rooted content = struct_of(self);
    const json::shape& type = *self.type;
    const auto found =
        beside_others(content.tree->bytes, [&] { return ocpi::detail::validate(type, content.object, against, how); });
    py::list all;
    for (const ocpi::finding& each : found)
        all.append(py::make_tuple(each.pointer, each.rule, each.message, levels[static_cast<int>(each.level)].first));
    return all;
}

// The tables, for those who generate from them: (name, form, content, cardinality, length) a member.
py::tuple tables() {
    constexpr const char* forms[] = {"flag", "whole", "number", "instant", "text", "word", "record", "list"};
    constexpr const char* cardinalities[] = {"1", "?", "*", "+"};
    py::dict objects, words;
    for (const json::shape* type : ocpi::all_shapes()) {
        py::list members;
        for (std::size_t i = 0; i < type->field_count; ++i) {
            const json::field& each = type->fields[i];
            const json::shape& content = each.type().kind == json::kind::list ? each.type().element() : each.type();
            members.append(py::make_tuple(std::string(each.name), forms[static_cast<int>(form_of(content))],
                                          std::string(content.name), cardinalities[static_cast<int>(each.cardinality)],
                                          each.rule.max_length));
        }
        objects[py::str(std::string(type->name))] = members;
    }
    for (const json::shape* type : ocpi::all_enums()) {
        py::list all;
        for (const std::string_view each : type->words()) all.append(std::string(each));
        words[py::str(std::string(type->name))] = all;
    }
    return py::make_tuple(objects, words);
}

} // namespace

void bind_ocpi(py::module_ module) {
    prepare_values();
    PyTypeObject* base = make_record_type();
    module.attr("Record") = py::handle(reinterpret_cast<PyObject*>(base));
    make_object_types(module, base);
    add_members();
    make_words(module);

    py::list names;
    names.append("Record");
    for (const json::shape* type : ocpi::all_shapes()) names.append(std::string(type->name));
    for (const json::shape* type : ocpi::all_enums()) names.append(std::string(type->name));
    module.attr("__all__") = names;

    module.def("loads", &loads);
    module.def("dumps", &dumps);
    module.def("elements", &elements);
    module.def("validate", &validate);
    bind_pricing(module);
    module.def("_tables", &tables);
}

} // namespace incar::python
