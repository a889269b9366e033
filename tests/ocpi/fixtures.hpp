#pragma once

// The fixtures of this folder, JSON values compared as JSON, and a walk through a value along the shape of its type.

#include "core/json_shape.hpp"
#include "ocpi/v221/shapes.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

namespace incar::test {

struct fixture {
    const json::shape* type = nullptr;
    std::string text;
};

inline std::string read_text(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    REQUIRE_MESSAGE(file.good(), path.string());
    return {std::istreambuf_iterator<char>(file), {}};
}

// One file an object, named as the specification names it. Objects that are only parts are found inside them.
inline const std::vector<fixture>& fixtures() {
    static const std::vector<fixture> self = [] {
        std::vector<fixture> all;
        for (const auto& entry : std::filesystem::directory_iterator(INCAR_TEST_SOURCE_DIR "/ocpi/fixtures/2.2.1")) {
            const json::shape* type = ocpi::find_shape(entry.path().stem().string());
            REQUIRE_MESSAGE(type, entry.path().string());
            all.push_back({type, read_text(entry.path())});
        }
        std::sort(all.begin(), all.end(), [](auto& a, auto& b) { return a.type->name < b.type->name; });
        return all;
    }();
    return self;
}

// Equal but for the order of members; numbers digit for digit.
inline bool same(const json::value& a, const json::value& b) {
    if (const auto* left = a.as_object()) {
        const auto* right = b.as_object();
        if (!right || left->size() != right->size()) return false;
        return std::all_of(left->begin(), left->end(), [&](const json::member& each) {
            const json::value* other = b.find(each.name);
            return other && same(each.value, *other);
        });
    }
    if (const auto* left = a.as_array()) {
        const auto* right = b.as_array();
        return right && std::equal(left->begin(), left->end(), right->begin(), right->end(), same);
    }
    if (const auto* left = a.as_number()) return b.as_number() && left->text == b.as_number()->text;
    if (const auto* left = a.as_string()) return b.as_string() && *left == *b.as_string();
    if (const auto* left = a.as_bool()) return b.as_bool() && *left == *b.as_bool();
    return b.is_null();
}

inline bool same(const std::string& a, const std::string& b) {
    const auto left = json::parse(a, {64u << 20, 1000});
    const auto right = json::parse(b, {64u << 20, 1000});
    return left && right && same(*left, *right);
}

// An object of a type that is known at run time.
class any_object {
public:
    explicit any_object(const json::shape& type) : type_(type), object_(type.create()) {}
    any_object(const any_object&) = delete;
    any_object& operator=(const any_object&) = delete;
    ~any_object() { type_.destroy(object_); }

    expected<void> read(std::string_view text, ocpi::reading how, const json::limits& limits = {64u << 20, 200}) {
        return ocpi::detail::decode(type_, object_, text, {how, limits});
    }
    std::string write() const { return ocpi::detail::encode(type_, object_, json::layout::compact); }
    void* get() { return object_; }

private:
    const json::shape& type_;
    void* object_;
};

// A value inside a fixture, how to get there, and what it is there.
struct place {
    std::string pointer;
    std::vector<std::size_t> steps;     // indices of members and elements
    const json::shape* type = nullptr;  // null inside what the model does not know
    const json::field* field = nullptr; // of which it is the value; null for elements and the whole
    const json::shape* owner = nullptr; // of the field
};

inline void walk(const json::value& at, const place& here, const std::function<void(const place&)>& visit) {
    visit(here);
    if (const auto* members = at.as_object())
        for (std::size_t i = 0; i < members->size(); ++i) {
            const json::member& each = (*members)[i];
            place next{(json::pointer(here.pointer) / each.name).text(), here.steps, nullptr, nullptr, here.type};
            next.steps.push_back(i);
            for (std::size_t k = 0; here.type && k < here.type->field_count; ++k)
                if (here.type->fields[k].name == each.name) next.field = &here.type->fields[k];
            if (next.field) next.type = &next.field->type();
            walk(each.value, next, visit);
        }
    if (const auto* elements = at.as_array())
        for (std::size_t i = 0; i < elements->size(); ++i) {
            place next{(json::pointer(here.pointer) / i).text(), here.steps, nullptr, nullptr, nullptr};
            next.steps.push_back(i);
            if (here.type && here.type->element) next.type = &here.type->element();
            walk((*elements)[i], next, visit);
        }
}

inline std::vector<place> places_in(const fixture& each) {
    std::vector<place> all;
    walk(json::parse(each.text).value(), {"", {}, each.type, nullptr, nullptr},
         [&](const place& here) { all.push_back(here); });
    return all;
}

// json::value has no mutable access: a copy with one place changed.
inline json::value changed(const json::value& whole, const std::vector<std::size_t>& steps, std::size_t depth,
                           const std::function<void(json::object&, std::size_t)>& in_object,
                           const std::function<void(json::array&, std::size_t)>& in_array) {
    const std::size_t step = steps[depth];
    const bool last = depth + 1 == steps.size();
    if (const auto* members = whole.as_object()) {
        json::object copy = *members;
        if (last)
            in_object(copy, step);
        else
            copy[step].value = changed(copy[step].value, steps, depth + 1, in_object, in_array);
        return copy;
    }
    json::array copy = *whole.as_array();
    if (last)
        in_array(copy, step);
    else
        copy[step] = changed(copy[step], steps, depth + 1, in_object, in_array);
    return copy;
}

inline json::value replaced(const json::value& whole, const place& at, const json::value& by) {
    if (at.steps.empty()) return by;
    return changed(
        whole, at.steps, 0, [&](json::object& o, std::size_t i) { o[i].value = by; },
        [&](json::array& a, std::size_t i) { a[i] = by; });
}

inline json::value removed(const json::value& whole, const place& at) {
    return changed(
        whole, at.steps, 0, [](json::object& o, std::size_t i) { o.erase(o.begin() + static_cast<std::ptrdiff_t>(i)); },
        [](json::array& a, std::size_t i) { a.erase(a.begin() + static_cast<std::ptrdiff_t>(i)); });
}

} // namespace incar::test
