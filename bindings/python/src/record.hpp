#pragma once

// A plain struct as a Python class with keyword-only constructor, checked properties, repr, comparison, copying and
// pickling, all from one table of its members.
//
//     static constexpr member<ev> ev_members[] = {
//         member_named<&ev::id>("id", "Unique among the vehicles.", required), ...};
//     bind_record<ev, ev_members>(module, "EV", "An electric vehicle.");

#include "convert.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <tuple>

namespace incar::python {

inline constexpr bool required = true;

template <class T>
struct member {
    const char* name;
    const char* doc;
    bool is_required;
    void (*set)(T&, py::handle, const char* name);
    py::object (*get)(const T&);
};

inline void read(double& to, py::handle from, const char* name) {
    to = to_number(from, name);
}
inline void read(int& to, py::handle from, const char* name) {
    to = to_whole(from, name);
}
inline void read(std::string& to, py::handle from, const char* name) {
    to = to_text(from, name);
}
inline void read(timestamp& to, py::handle from, const char* name) {
    to = to_instant(from, name);
}
inline void read(std::vector<double>& to, py::handle from, const char* name) {
    to = to_series(from, name);
}
inline void read(std::optional<double>& to, py::handle from, const char* name) {
    to.reset();
    if (!from.is_none()) to = to_number(from, name);
}

inline void read(bool& to, py::handle from, const char* name) {
    if (!PyBool_Check(from.ptr())) refuse(from, name, "True or False");
    to = from.ptr() == Py_True;
}
template <class T>
void read_each(std::vector<T>& to, py::handle from, const char* name, T (*one)(py::handle, const char*)) {
    if (!PyList_Check(from.ptr()) && !PyTuple_Check(from.ptr())) refuse(from, name, "a list");
    std::vector<T> items;
    for (const py::handle each : from) items.push_back(one(each, name));
    to = std::move(items);
}
inline void read(std::vector<int>& to, py::handle from, const char* name) {
    read_each(to, from, name, to_whole);
}
inline void read(std::vector<std::string>& to, py::handle from, const char* name) {
    read_each(to, from, name, to_text);
}

// A list stays the list that it is; a tuple becomes one.
inline void read(py::list& to, py::handle from, const char* name) {
    if (!PyList_Check(from.ptr()) && !PyTuple_Check(from.ptr())) refuse(from, name, "a list");
    to = py::list(py::reinterpret_borrow<py::object>(from));
}
template <class T>
void read(std::shared_ptr<T>& to, py::handle from, const char* name) {
    if (!py::isinstance<T>(from))
        refuse(from, name, ("a " + py::type::of<T>().attr("__name__").template cast<std::string>()).c_str());
    to = from.cast<std::shared_ptr<T>>();
}

template <class T>
py::object write(const T& from) {
    return py::cast(from);
}
inline py::object write(const py::list& from) {
    return from;
}
inline py::object write(const timestamp& from) {
    return from_instant(from);
}
inline py::object write(const std::vector<double>& from) {
    return frozen(from);
}
template <class T>
py::tuple write_each(const std::vector<T>& from) {
    py::tuple items(from.size());
    for (std::size_t i = 0; i < from.size(); ++i) items[i] = py::cast(from[i]);
    return items;
}
inline py::object write(const std::vector<int>& from) {
    return write_each(from);
}
inline py::object write(const std::vector<std::string>& from) {
    return write_each(from);
}
inline py::object write(const std::optional<double>& from) {
    return from ? py::object(py::float_(*from)) : py::object(py::none());
}

template <class>
struct member_pointer;
template <class T, class M>
struct member_pointer<M T::*> {
    using owner = T;
};

template <auto Member>
constexpr auto member_named(const char* name, const char* doc, bool is_required = false) {
    using T = typename member_pointer<decltype(Member)>::owner;
    return member<T>{name, doc, is_required,
                     [](T& to, py::handle from, const char* what) { read(to.*Member, from, what); },
                     [](const T& from) -> py::object { return write(from.*Member); }};
}

template <class T, const auto& Members>
std::shared_ptr<T> from_keywords(const std::string& type, const py::kwargs& given) {
    auto result = std::make_shared<T>();
    for (const auto& [key, value] : given) {
        const auto name = key.template cast<std::string>();
        const auto known = std::find_if(std::begin(Members), std::end(Members),
                                        [&](const member<T>& each) { return name == each.name; });
        if (known == std::end(Members)) throw py::type_error(type + "() has no parameter '" + name + "'");
        known->set(*result, value, known->name);
    }
    for (const member<T>& each : Members)
        if (each.is_required && !given.contains(each.name))
            throw py::type_error(type + "() needs the parameter '" + each.name + "'");
    return result;
}

// An array as its length and range, a list as its first item and how many follow, anything else as Python shows it.
inline std::string shown(const py::object& value) {
    if (py::isinstance<py::list>(value) && py::len(value) > 1)
        return "[" + std::string(py::repr(value[py::int_(0)])) + ", and " + std::to_string(py::len(value) - 1) +
               " more]";
    if (!py::isinstance<py::array>(value)) return py::repr(value);
    const std::string length = py::str(value.attr("size"));
    if (length == "0") return "[]";
    return "<" + length + " values " + std::string(py::str(value.attr("min")())) + " to " +
           std::string(py::str(value.attr("max")())) + ">";
}

// The members that differ from their default, as the constructor takes them.
template <class T, const auto& Members>
std::string shown(const std::string& type, const T& content) {
    const T defaults{};
    std::string text;
    for (const member<T>& each : Members) {
        const std::string value = shown(each.get(content));
        if (!each.is_required && value == shown(each.get(defaults))) continue;
        text += (text.empty() ? "" : ", ") + std::string(each.name) + "=" + value;
    }
    return type + "(" + text + ")";
}

template <class T, const auto& Members>
std::shared_ptr<T> deep_copy(const T& self, const py::dict& memo) {
    const py::object deepcopy = py::module_::import("copy").attr("deepcopy");
    auto copied = std::make_shared<T>();
    for (const member<T>& each : Members) each.set(*copied, deepcopy(each.get(self), memo), each.name);
    return copied;
}

// The tuple members_of(const T&), found beside T's table, ties all members: it compares them and counts them.
template <class T, const auto& Members>
py::class_<T, std::shared_ptr<T>> bind_record(py::module_& module, const std::string& type, const char* doc) {
    static_assert(std::size(Members) == std::tuple_size_v<decltype(members_of(std::declval<const T&>()))>,
                  "a member of the struct is missing from its table");
    py::class_<T, std::shared_ptr<T>> result(module, type.c_str(), doc);
    result.attr("__module__") = "incar.smac";
    result.def(py::init([type](const py::args& positional, const py::kwargs& given) {
        if (!positional.empty()) throw py::type_error(type + "() takes its parameters by name only");
        return from_keywords<T, Members>(type, given);
    }));
    for (const member<T>& each : Members)
        result.def_property(
            each.name, [&each](const T& self) { return each.get(self); },
            [&each](T& self, const py::object& value) { each.set(self, value, each.name); }, each.doc);
    result.def("__repr__", [type](const T& self) { return shown<T, Members>(type, self); });
    result.def("__eq__", [](const T& self, const py::object& other) -> py::object {
        if (!py::isinstance<T>(other)) return py::reinterpret_borrow<py::object>(Py_NotImplemented);
        return py::bool_(members_of(self) == members_of(other.cast<const T&>()));
    });
    result.def("__copy__", [](const T& self) { return std::make_shared<T>(self); });
    result.def("__deepcopy__", &deep_copy<T, Members>);
    result.def(py::pickle(
        [](const T& self) {
            py::dict state;
            for (const member<T>& each : Members) state[each.name] = each.get(self);
            return state;
        },
        [type](const py::dict& state) {
            return from_keywords<T, Members>(type, py::reinterpret_borrow<py::kwargs>(state));
        }));
    return result;
}

} // namespace incar::python
