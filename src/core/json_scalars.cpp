#include "core/json_shape.hpp"

#include <algorithm>
#include <charconv>

namespace incar::json {
namespace {

// A whole number or a decimal of moderate length, which comes back digit for digit.
bool is_plain_number(std::string_view text) {
    return text.size() <= 17 && text.front() != '-' &&
           std::all_of(text.begin(), text.end(), [](char c) { return c <= '9'; }); // no exponent
}
bool is_plain_int(std::string_view text) {
    return text.size() <= 17 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "2026-01-02T03:04:05Z", neither a leap second nor midnight as 24:00.
bool is_plain_time(std::string_view text) {
    return text.size() == 20 && text[10] == 'T' && text[19] == 'Z' && text[17] < '6' && text.substr(11, 2) != "24";
}

template <class T>
shape scalar_shape(std::string_view name, kind k) {
    shape s{name, k};
    s.write = [](const void* from, std::string& scratch) -> std::string_view {
        scratch = format(*static_cast<const T*>(from));
        return scratch;
    };
    return s;
}

} // namespace

const shape& shape_for<bool>::get() {
    static const shape self = [] {
        shape s{"boolean", kind::boolean};
        s.read = [](void* to, std::string_view from) -> expected<void> {
            *static_cast<bool*>(to) = from == "true";
            return {};
        };
        s.write = [](const void* from, std::string&) -> std::string_view {
            return *static_cast<const bool*>(from) ? "true" : "false";
        };
        return s;
    }();
    return self;
}

const shape& shape_for<int>::get() {
    static const shape self = [] {
        shape s{"int", kind::number};
        s.read = [](void* to, std::string_view from) -> expected<void> {
            const auto [end, failure] = std::from_chars(from.data(), from.data() + from.size(), *static_cast<int*>(to));
            if (failure == std::errc::result_out_of_range)
                return error{errc::out_of_range, "", "the number does not fit 32 bits"};
            if (end == from.data() + from.size()) return {};
            // 16.0 and 1.6e1 are whole numbers too
            const auto number = decimal::parse(from);
            const decimal whole = number ? number->without_trailing_zeros() : decimal();
            if (!number || whole.scale() != 0 || whole.coefficient() != static_cast<int>(whole.coefficient()))
                return error{errc::out_of_range, "", "a whole number of 32 bits is needed"};
            *static_cast<int*>(to) = static_cast<int>(whole.coefficient());
            return {};
        };
        s.write = [](const void* from, std::string& scratch) -> std::string_view {
            char digits[11];
            const auto end = std::to_chars(std::begin(digits), std::end(digits), *static_cast<const int*>(from)).ptr;
            return scratch.assign(std::begin(digits), end);
        };
        s.is_canonical = &is_plain_int;
        return s;
    }();
    return self;
}

const shape& shape_for<double>::get() {
    static const shape self = [] {
        shape s{"number", kind::number};
        s.read = [](void* to, std::string_view from) -> expected<void> {
            const auto number = value(json::number{std::string(from)}).to_double();
            if (!number) return number.error();
            *static_cast<double*>(to) = *number;
            return {};
        };
        s.write = [](const void* from, std::string& scratch) -> std::string_view {
            scratch = value(*static_cast<const double*>(from)).as_number()->text;
            return scratch;
        };
        return s;
    }();
    return self;
}

const shape& shape_for<decimal>::get() {
    static const shape self = [] {
        shape s = scalar_shape<decimal>("number", kind::number);
        s.read = [](void* to, std::string_view from) -> expected<void> {
            const auto number = decimal::parse(from);
            if (!number) return number.error();
            *static_cast<decimal*>(to) = *number;
            return {};
        };
        s.is_canonical = &is_plain_number;
        return s;
    }();
    return self;
}

const shape& shape_for<timestamp>::get() {
    static const shape self = [] {
        shape s = scalar_shape<timestamp>("DateTime", kind::text);
        s.read = [](void* to, std::string_view from) -> expected<void> {
            const auto instant = timestamp::parse(from);
            if (!instant) return instant.error();
            *static_cast<timestamp*>(to) = *instant;
            return {};
        };
        s.is_canonical = &is_plain_time;
        return s;
    }();
    return self;
}

const shape& shape_for<std::string>::get() {
    static const shape self = [] {
        shape s{"string", kind::text};
        s.read = [](void* to, std::string_view from) -> expected<void> {
            *static_cast<std::string*>(to) = from;
            return {};
        };
        s.write = [](const void* from, std::string&) -> std::string_view {
            return *static_cast<const std::string*>(from);
        };
        s.is_canonical = [](std::string_view) { return true; };
        return s;
    }();
    return self;
}

} // namespace incar::json
