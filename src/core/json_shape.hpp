#pragma once

// How C++ types stand in JSON, as data: one `shape` a type, for structs with one `field` a member. One loop reads, one
// writes, one checks; none of them is a template.
//
//     constexpr field car_fields[] = {one<&car::name>("name", rule{255}), many<&car::wheels>("wheels")};
//     const shape car_shape = object_shape<car>("Car", car_fields);
//
// A member that a table lacks stops the build (`object_shape` counts them).

#include "core/json_text.hpp"

#include <incar/core/ci_string.hpp>
#include <incar/core/decimal.hpp>
#include <incar/core/json.hpp>
#include <incar/core/json_extra.hpp>
#include <incar/core/timestamp.hpp>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace incar::json {

enum class kind : std::uint8_t { boolean, number, text, number_or_text, any, record, list };

enum class cardinality : std::uint8_t {
    one,      // 1: written always
    optional, // ?
    list,     // *: left out when empty
    some,     // +: a list with at least one element
    defaulted // may be missing, and is left out when it has the value of a fresh struct
};

constexpr bool is_required(cardinality of) {
    return of == cardinality::one || of == cardinality::some;
}

// What a field demands beyond its type; what `format` means is up to the module.
struct rule {
    int max_length = 0; // characters; 0: any
    std::uint8_t format = 0;
};

struct shape;

struct field {
    std::string_view name;
    const shape& (*type)(); // of the element for lists, of the content for optionals
    json::cardinality cardinality;
    json::rule rule;
    void* (*make)(void* record);             // the member, made present
    const void* (*find)(const void* record); // the member, null when absent
    void (*clear)(void* record);             // the member with its default value again
};

struct shape {
    std::string_view name; // the specification's, for people
    json::kind kind;

    // boolean, number, text, any: `from` is "true", the number's digits, the text without quotes, JSON.
    expected<void> (*read)(void* to, std::string_view from) = nullptr;
    std::string_view (*write)(const void* from, std::string& scratch) = nullptr;
    bool (*is_canonical)(std::string_view from) = nullptr;     // true: what was read surely comes back as it was
    const std::vector<std::string_view>& (*words)() = nullptr; // of an enumeration
    bool (*is_known)(const void* from) = nullptr;              // whether an enumeration's value is one of them

    // list
    const shape& (*element)() = nullptr;
    void* (*append)(void* list) = nullptr;
    void (*drop_last)(void* list) = nullptr;
    std::size_t (*size)(const void* list) = nullptr;
    const void* (*at)(const void* list, std::size_t index) = nullptr;

    // record: a struct
    const field* fields = nullptr;
    std::size_t field_count = 0;
    std::uint64_t required = 0;                    // a bit for each field that must be there
    std::array<std::uint8_t, 128> places{};        // of the fields by `place_of` their names, plus 1; 0 for none
    json::extra& (*extra)(void* record) = nullptr; // null: unknown members are refused and spellings not kept
    void* (*create)() = nullptr;
    void (*destroy)(void*) = nullptr;

    // The field of that name; null when there is none.
    const field* find(std::string_view wanted) const {
        for (std::size_t i = place_of(wanted); places[i] != 0; i = (i + 1) % places.size())
            if (const field& found = fields[places[i] - 1]; found.name == wanted) return &found;
        return nullptr;
    }

    void take_places() {
        for (std::size_t each = 0; each < field_count; ++each) {
            std::size_t i = place_of(fields[each].name);
            while (places[i] != 0) i = (i + 1) % places.size();
            places[i] = static_cast<std::uint8_t>(each + 1);
        }
    }

    std::size_t place_of(std::string_view word) const {
        if (word.empty()) return 0;
        const auto byte = [](char c) { return std::size_t{static_cast<unsigned char>(c)}; };
        return (word.size() * 37 + byte(word.front()) * 5 + byte(word.back()) * 11) % places.size();
    }

    const json::extra& extra_of(const void* record) const {
        static const json::extra none;
        return extra ? extra(const_cast<void*>(record)) : none;
    }
};

// Reads one object into a fresh `to`. Lenient: what is missing or cannot be read is kept in its object's extra; else it
// is an error.
INCAR_CORE_EXPORT expected<void> decode(const shape&, void* to, std::string_view text, bool lenient, const limits&);
INCAR_CORE_EXPORT std::string encode(const shape&, const void* record, layout);
// The JSON of one member, as `encode` would write it; empty when it would not.
INCAR_CORE_EXPORT std::string encode_member(const void* record, const field&);

// How a member was received where that differs from how it would be written, if it still has the value that was read.
INCAR_CORE_EXPORT const extra::entry* as_received(const shape&, const void* record, const field&);

// -- shapes of types

template <class T>
struct shape_for; // shape_for<T>::get(); specialised below and, for structs and enumerations, by each module

template <>
struct shape_for<bool> {
    INCAR_CORE_EXPORT static const shape& get();
};
template <>
struct shape_for<int> {
    INCAR_CORE_EXPORT static const shape& get();
};
template <>
struct shape_for<double> {
    INCAR_CORE_EXPORT static const shape& get();
};
template <>
struct shape_for<decimal> {
    INCAR_CORE_EXPORT static const shape& get();
};
template <>
struct shape_for<timestamp> {
    INCAR_CORE_EXPORT static const shape& get();
};
template <>
struct shape_for<std::string> {
    INCAR_CORE_EXPORT static const shape& get();
};

template <std::size_t N, class Tag>
struct shape_for<ci_string<N, Tag>> {
    static const shape& get() {
        static const shape self = [] {
            shape s{"CiString", kind::text};
            s.read = [](void* to, std::string_view from) -> expected<void> {
                *static_cast<ci_string<N, Tag>*>(to) = ci_string<N, Tag>(std::string(from));
                return {};
            };
            s.write = [](const void* from, std::string&) -> std::string_view {
                return static_cast<const ci_string<N, Tag>*>(from)->text();
            };
            s.is_canonical = [](std::string_view) { return true; };
            return s;
        }();
        return self;
    }
};

template <class T>
struct shape_for<std::vector<T>> {
    static const shape& get() {
        static const shape self = [] {
            shape s{"list", kind::list};
            s.element = &shape_for<T>::get;
            s.append = [](void* list) -> void* {
                constexpr std::size_t first = 256 / sizeof(T); // short elements mostly come in some number
                auto& elements = *static_cast<std::vector<T>*>(list);
                if (first > 1 && elements.capacity() == 0) elements.reserve(first);
                return &elements.emplace_back();
            };
            s.drop_last = [](void* list) { static_cast<std::vector<T>*>(list)->pop_back(); };
            s.size = [](const void* list) { return static_cast<const std::vector<T>*>(list)->size(); };
            s.at = [](const void* list, std::size_t index) -> const void* {
                return &(*static_cast<const std::vector<T>*>(list))[index];
            };
            return s;
        }();
        return self;
    }
};

// -- fields

namespace detail {

template <class>
struct member_of;
template <class T, class M>
struct member_of<M T::*> {
    using owner = T;
    using type = M;
};
template <auto Member>
using owner_of = typename member_of<decltype(Member)>::owner;
template <auto Member>
using type_of = typename member_of<decltype(Member)>::type;

template <auto Member>
void* reach(void* record) {
    return &(static_cast<owner_of<Member>*>(record)->*Member);
}
template <auto Member>
const void* reach_const(const void* record) {
    return &(static_cast<const owner_of<Member>*>(record)->*Member);
}
template <auto Member>
void* emplace(void* record) {
    return &(static_cast<owner_of<Member>*>(record)->*Member).emplace();
}
template <auto Member>
const void* content(const void* record) {
    const auto& member = static_cast<const owner_of<Member>*>(record)->*Member;
    return member ? &*member : nullptr;
}
template <auto Member>
void clear(void* record) {
    static_cast<owner_of<Member>*>(record)->*Member = type_of<Member>{};
}

struct anything {
    template <class T>
    operator T() const { // never called; defined for types without linkage
        std::abort();
    }
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

template <std::size_t N>
constexpr bool all_differ(const field (&fields)[N]) {
    for (std::size_t i = 0; i < N; ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (fields[i].name == fields[j].name) return false;
    return true;
}

// Whether the names can be written as they stand.
template <std::size_t N>
constexpr bool all_plain(const field (&fields)[N]) {
    for (const field& each : fields)
        for (const char c : each.name)
            if (is_escaped(c)) return false;
    return true;
}

} // namespace detail

template <auto Member>
constexpr field one(std::string_view name, rule demands = {}) {
    using T = detail::type_of<Member>;
    return {name,
            &shape_for<T>::get,
            cardinality::one,
            demands,
            &detail::reach<Member>,
            &detail::reach_const<Member>,
            &detail::clear<Member>};
}

// A text that some write as a number.
template <class T>
const shape& text_or_number() {
    static const shape self = [] {
        shape s = shape_for<T>::get();
        s.kind = kind::number_or_text;
        return s;
    }();
    return self;
}

template <auto Member>
constexpr field one_or_number(std::string_view name, rule demands = {}) {
    field self = one<Member>(name, demands);
    self.type = &text_or_number<detail::type_of<Member>>;
    return self;
}

template <auto Member>
constexpr field maybe(std::string_view name, rule demands = {}) {
    using T = typename detail::type_of<Member>::value_type;
    static_assert(std::is_same_v<detail::type_of<Member>, std::optional<T>>, "an optional member is std::optional");
    return {name,
            &shape_for<T>::get,
            cardinality::optional,
            demands,
            &detail::emplace<Member>,
            &detail::content<Member>,
            &detail::clear<Member>};
}

template <auto Member>
constexpr field many(std::string_view name, rule demands = {}, cardinality how_many = cardinality::list) {
    using T = typename detail::type_of<Member>::value_type;
    static_assert(std::is_same_v<detail::type_of<Member>, std::vector<T>>, "a list is std::vector");
    return {name,
            &shape_for<std::vector<T>>::get,
            how_many,
            demands,
            &detail::reach<Member>,
            &detail::reach_const<Member>,
            &detail::clear<Member>};
}

template <auto Member>
constexpr field some(std::string_view name, rule demands = {}) {
    return many<Member>(name, demands, cardinality::some);
}

template <auto Member>
constexpr field defaulted(std::string_view name) {
    field f = one<Member>(name);
    f.cardinality = cardinality::defaulted;
    return f;
}

namespace detail {

template <class T, auto& Fields, std::size_t Others>
shape record_shape(std::string_view name) {
    constexpr std::size_t count = std::extent_v<std::remove_reference_t<decltype(Fields)>>;
    static_assert(count + Others == detail::member_count<T>(), "a member of the struct is missing from its table");
    static_assert(count <= 64, "the reader notes the members it has seen in 64 bits");
    static_assert(detail::all_differ(Fields), "a name appears twice in the table");
    static_assert(detail::all_plain(Fields), "names are written as they stand");
    shape s{name, kind::record};
    s.fields = Fields;
    s.field_count = count;
    for (std::size_t i = 0; i < count; ++i)
        if (is_required(Fields[i].cardinality)) s.required |= std::uint64_t{1} << i;
    s.take_places();
    s.create = []() -> void* { return new T{}; };
    s.destroy = [](void* record) { delete static_cast<T*>(record); };
    return s;
}

} // namespace detail

// The shape of a struct whose last member is `json::extra extra`, which loses nothing that it is read from.
template <class T, auto& Fields>
shape object_shape(std::string_view name) {
    shape s = detail::record_shape<T, Fields, 1>(name);
    s.extra = [](void* record) -> json::extra& { return static_cast<T*>(record)->extra; };
    return s;
}

// The shape of a struct without: it takes no other members than its own.
template <class T, auto& Fields>
shape closed_shape(std::string_view name) {
    return detail::record_shape<T, Fields, 0>(name);
}

} // namespace incar::json
