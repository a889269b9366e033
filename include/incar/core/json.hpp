#pragma once

/// \file
/// JSON texts (RFC 8259) as values that lose nothing: members keep their order, numbers keep their text (2.00
/// stays 2.00).
///
///     expected<json::value> read = json::parse(text);
///     if (!read) return read.error();                       // where: JSON pointer, message: byte offset and reason
///     if (const json::value* price = read->find("price")) use(price->to_double());
///     std::string again = json::format(*read);
///
/// Reading refuses what JSON leaves undefined or what hurts a host: duplicate names, invalid UTF-8, lone surrogates,
/// depth and size beyond the caller's limits. Values are plain: one thread at a time per object, distinct objects are
/// independent.

#include <incar/core/expected.hpp>
#include <incar/core/export.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace incar::json {

class value;
struct member;

/// Elements in order.
using array = std::vector<value>;

/// Members in the order of the text; names are unique.
using object = std::vector<member>;

/// A number as it was written.
struct number {
    std::string text; ///< Follows the JSON grammar, for example "2.00" or "-1e3".
};

/// What `parse` accepts at most. Whatever exceeds a limit is refused with errc::limit_exceeded.
struct limits {
    std::size_t max_bytes = 16u << 20; ///< Length of the text.
    std::size_t max_depth = 64;        ///< Arrays and objects inside one another; at most 1,000 is honoured.
};

/// null, a boolean, a number, a text (UTF-8), an array or an object.
class INCAR_CORE_EXPORT value {
public:
    value(); ///< null
    value(bool flag);
    value(int integer);
    /// The shortest text that reads back as the same double. Throws incar::exception for NaN and infinities.
    value(double finite);
    value(number exact);
    value(std::string text);
    value(const char* text);
    value(array elements);
    value(object members);
    /// An array of numbers; throws as for one.
    value(const std::vector<double>& finite);

    value(const value&);
    value(value&&) noexcept;
    value& operator=(const value&);
    value& operator=(value&&) noexcept;
    ~value();

    bool is_null() const { return std::holds_alternative<std::monostate>(data_); }

    /// The content when the value is of that kind, else null.
    const bool* as_bool() const { return std::get_if<bool>(&data_); }
    const number* as_number() const { return std::get_if<number>(&data_); }
    const std::string* as_string() const { return std::get_if<std::string>(&data_); }
    const array* as_array() const { return std::get_if<array>(&data_); }
    const object* as_object() const { return std::get_if<object>(&data_); }

    /// The member of that name; null when there is none or this is no object.
    const value* find(std::string_view name) const;

    /// The nearest double. errc::wrong_type when this is no number, errc::out_of_range when it is too large for a
    /// double.
    expected<double> to_double() const;

    /// "null", "boolean", "number", "text", "array" or "object", for messages.
    const char* kind() const;

private:
    std::variant<std::monostate, bool, number, std::string, array, object> data_;
};

/// A name and its value.
struct member {
    std::string name;
    json::value value;
};

/// Reads one JSON text. Errors carry the JSON pointer of the innermost value that was being read; the message has the
/// byte offset.
INCAR_CORE_EXPORT expected<value> parse(std::string_view text, const limits& accepted = {});

/// Line breaks between members, or none at all.
enum class layout { compact, indented };

/// Writes a value; `parse(format(v))` is `v` again, number texts included.
INCAR_CORE_EXPORT std::string format(const value& content, layout spacing = layout::compact);

/// A place inside a JSON value: `pointer("/evs") / 3 / "soc_wh"` is "/evs/3/soc_wh" (RFC 6901, names are escaped).
class INCAR_CORE_EXPORT pointer {
public:
    explicit pointer(std::string text = "") : text_(std::move(text)) {}
    pointer operator/(std::string_view name) const;
    pointer operator/(std::size_t index) const;
    const std::string& text() const { return text_; }

private:
    std::string text_;
};

} // namespace incar::json
