#pragma once

/// \file
/// Text that keeps its case and compares without it, as the identifiers of OCPI do (its type CiString).
///
///     struct token_kind;
///     using token_uid = id<token_kind>;
///     std::set<token_uid> seen{token_uid("012FAB")};
///     seen.count(token_uid("012fab"));                // 1
///     std::cout << seen.begin()->text() << '\n';      // 012FAB
///
/// Only the letters A to Z have a case here, in every locale; all other bytes count as they are.

#include <incar/core/export.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace incar {

/// Whether two texts differ at most in the case of ASCII letters.
INCAR_CORE_EXPORT bool equals_ignoring_case(std::string_view left, std::string_view right) noexcept;

/// Less than, equal to or greater than 0 as `left` sorts before, with or after `right`, byte by byte in lower case.
INCAR_CORE_EXPORT int compare_ignoring_case(std::string_view left, std::string_view right) noexcept;

/// A hash that is the same for texts that `equals_ignoring_case`; not for secrets, and not the same on every platform.
INCAR_CORE_EXPORT std::size_t hash_ignoring_case(std::string_view text) noexcept;

/// Whether all characters are printable ASCII: space to tilde.
INCAR_CORE_EXPORT bool is_printable_ascii(std::string_view text) noexcept;

/// A text of up to `MaxLength` printable ASCII characters that compares without case. A plain value; the default is the
/// empty text.
///
/// It holds any text, so that reading loses nothing; `fits` says whether the text obeys the rule. Types with different
/// lengths or tags neither compare nor convert.
template <std::size_t MaxLength, class Tag = void>
class ci_string {
public:
    /// The most characters a text may have that `fits`.
    static constexpr std::size_t max_length = MaxLength;

    ci_string() = default;
    explicit ci_string(std::string text) noexcept : text_(std::move(text)) {}

    /// The text in the case it was given in.
    const std::string& text() const noexcept { return text_; }

    bool empty() const noexcept { return text_.empty(); }

    /// Whether the text has at most `MaxLength` characters, all of them printable ASCII.
    bool fits() const noexcept { return text_.size() <= MaxLength && is_printable_ascii(text_); }

    friend bool operator==(const ci_string& left, const ci_string& right) noexcept {
        return equals_ignoring_case(left.text_, right.text_);
    }
    friend bool operator!=(const ci_string& left, const ci_string& right) noexcept { return !(left == right); }
    friend bool operator<(const ci_string& left, const ci_string& right) noexcept {
        return compare_ignoring_case(left.text_, right.text_) < 0;
    }

private:
    std::string text_;
};

/// An identifier of one kind of thing, told apart from other kinds by `Tag`, a type that need not be defined.
template <class Tag, std::size_t MaxLength = 36>
using id = ci_string<MaxLength, Tag>;

} // namespace incar

template <std::size_t MaxLength, class Tag>
struct std::hash<incar::ci_string<MaxLength, Tag>> {
    std::size_t operator()(const incar::ci_string<MaxLength, Tag>& value) const noexcept {
        return incar::hash_ignoring_case(value.text());
    }
};
