#pragma once

// Structs as JSON objects by a table that names each member once. One loop reads, one writes; a member that the table
// lacks stops the build.
//
//     const field<ev>* fields(const ev*);   // found by overload
//     read(value, json::pointer("/evs/0"), car);   write(car);
//
// Reading refuses unknown and missing members with their pointer. Writing leaves out what equals the default.

#include <incar/core/json.hpp>
#include <incar/core/timestamp.hpp>

#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace incar::json {

enum class presence { optional, required };

template <class T>
struct field {
    const char* name;
    presence needed;
    expected<void> (*read)(const value&, const pointer&, T&);
    value (*write)(const T&);
};

// The fields of one struct, in the order in which they are written.
template <class T>
struct field_table {
    const field<T>* first;
    std::size_t count;
    const field<T>* begin() const { return first; }
    const field<T>* end() const { return first + count; }
};

inline error wrong_type(const pointer& where, const char* needed, const value& found) {
    return {errc::wrong_type, where.text(), std::string(needed) + " is needed, not " + found.kind()};
}

inline expected<void> read(const value& from, const pointer& where, double& to) {
    if (!from.as_number()) return wrong_type(where, "a number", from);
    const auto number = from.to_double();
    if (!number) return error{number.error().code, where.text(), number.error().message};
    to = *number;
    return {};
}

inline expected<void> read(const value& from, const pointer& where, int& to) {
    double number = 0;
    if (auto done = read(from, where, number); !done) return done;
    if (number != std::floor(number) || std::abs(number) > std::numeric_limits<int>::max())
        return error{errc::out_of_range, where.text(), "a whole number is needed"};
    to = static_cast<int>(number);
    return {};
}

inline expected<void> read(const value& from, const pointer& where, std::string& to) {
    const std::string* text = from.as_string();
    if (!text) return wrong_type(where, "a text", from);
    to = *text;
    return {};
}

inline expected<void> read(const value& from, const pointer& where, timestamp& to) {
    const std::string* text = from.as_string();
    if (!text) return wrong_type(where, "a text with date and time", from);
    const auto instant = timestamp::parse(*text);
    if (!instant) return error{instant.error().code, where.text(), instant.error().message};
    to = *instant;
    return {};
}

template <class T>
expected<void> read(const value& from, const pointer& where, std::optional<T>& to) {
    return read(from, where, to.emplace());
}

// A struct with a table: fields_of(T*) is found beside the struct's codec.
template <class T, class Table = decltype(fields_of(static_cast<T*>(nullptr)))>
expected<void> read(const value& from, const pointer& where, T& to);

template <class T>
expected<void> read(const value& from, const pointer& where, std::vector<T>& to) {
    const array* elements = from.as_array();
    if (!elements) return wrong_type(where, "an array", from);
    to.assign(elements->size(), T{});
    for (std::size_t i = 0; i < elements->size(); ++i)
        if (auto done = read((*elements)[i], where / i, to[i]); !done) return done;
    return {};
}

template <class T, class Table>
expected<void> read(const value& from, const pointer& where, T& to) {
    const object* members = from.as_object();
    if (!members) return wrong_type(where, "an object", from);
    const Table table = fields_of(static_cast<T*>(nullptr));
    for (const member& each : *members) {
        const field<T>* known = nullptr;
        for (const field<T>& candidate : table)
            if (each.name == candidate.name) known = &candidate;
        if (!known) return error{errc::unknown_member, (where / each.name).text(), "there is no member of this name"};
        if (auto done = known->read(each.value, where / each.name, to); !done) return done;
    }
    for (const field<T>& each : table)
        if (each.needed == presence::required && !from.find(each.name))
            return error{errc::missing, (where / each.name).text(), "this member is required"};
    return {};
}

inline value write(double number) {
    return number;
}
inline value write(int number) {
    return number;
}
inline value write(const std::string& text) {
    return text;
}
inline value write(const timestamp& instant) {
    return format(instant);
}

template <class T>
value write(const std::optional<T>& content) {
    return content ? write(*content) : value();
}

template <class T, class Table = decltype(fields_of(static_cast<T*>(nullptr)))>
value write(const T& from);

template <class T>
value write(const std::vector<T>& from) {
    array elements;
    for (const T& each : from) elements.push_back(write(each));
    return elements;
}

template <class T, class Table>
value write(const T& from) {
    static const T defaults{};
    object members;
    for (const field<T>& each : fields_of(static_cast<T*>(nullptr))) {
        value content = each.write(from);
        if (each.needed == presence::required || format(content) != format(each.write(defaults)))
            members.push_back({each.name, std::move(content)});
    }
    return members;
}

namespace detail {

template <class>
struct member_of;
template <class T, class M>
struct member_of<M T::*> {
    using owner = T;
};

struct anything {
    template <class T>
    operator T() const;
};

template <class T, class... Initialisers>
constexpr auto fits(int) -> decltype(T{std::declval<Initialisers>()...}, true) {
    return true;
}
template <class T, class... Initialisers>
constexpr bool fits(long) {
    return false;
}

// The number of members of an aggregate: so many initialisers fit and one more does not.
template <class T, class... Initialisers>
constexpr std::size_t member_count() {
    if constexpr (fits<T, Initialisers..., anything>(0))
        return member_count<T, Initialisers..., anything>();
    else
        return sizeof...(Initialisers);
}

} // namespace detail

// field_named<&ev::soc_wh>("soc_wh", presence::required)
template <auto Member>
constexpr auto field_named(const char* name, presence needed = presence::optional) {
    using T = typename detail::member_of<decltype(Member)>::owner;
    return field<T>{name, needed,
                    [](const value& from, const pointer& where, T& to) { return json::read(from, where, to.*Member); },
                    [](const T& from) { return json::write(from.*Member); }};
}

template <class T, std::size_t Count>
field_table<T> complete(const field<T> (&fields)[Count]) {
    static_assert(Count == detail::member_count<T>(), "a member of the struct is missing from its table");
    return {fields, Count};
}

} // namespace incar::json
