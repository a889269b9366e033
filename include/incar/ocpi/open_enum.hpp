#pragma once

/// \file
/// A value of one of OCPI's lists of words, which may also be a word that the list does not have: parties send values
/// of newer versions and of their own, and those must survive.
///
///     connector.standard = connector_type::iec_62196_t2;
///     if (connector.standard == connector_type::chademo) ...
///     connector.standard.text();                                  // "IEC_62196_T2", or the unknown word
///     switch (connector.standard.known().value_or(...)) ...

#include <incar/ocpi/export.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace incar::ocpi {

/// The words of an enumeration as they are written in JSON, in the order of its enumerators. Defined for every
/// enumeration of the model.
template <class Enum>
const std::vector<std::string_view>& names_of();

/// An enumerator, or a word that is none. A plain value; the default is the first enumerator. Words compare with case,
/// as OCPI demands for enumerations.
template <class Enum>
class open_enum {
public:
    open_enum() noexcept = default;
    open_enum(Enum known) noexcept : index_(static_cast<std::int32_t>(known)) {}

    /// The enumerator of that word if there is one, else the word itself.
    explicit open_enum(std::string_view word) : index_(-1) {
        const auto& names = names_of<Enum>();
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (names[i].size() != word.size() || names[i] != word) continue;
            index_ = static_cast<std::int32_t>(i);
            return;
        }
        word_ = word;
    }

    /// The enumerator; absent when the word is none.
    std::optional<Enum> known() const noexcept {
        if (index_ < 0) return std::nullopt;
        return static_cast<Enum>(index_);
    }

    /// The word as it is written in JSON.
    std::string_view text() const {
        return index_ < 0 ? std::string_view(word_) : names_of<Enum>()[static_cast<std::size_t>(index_)];
    }

    friend bool operator==(const open_enum& left, const open_enum& right) noexcept {
        return left.index_ == right.index_ && left.word_ == right.word_;
    }
    friend bool operator!=(const open_enum& left, const open_enum& right) noexcept { return !(left == right); }
    friend bool operator==(const open_enum& left, Enum right) noexcept { return left.known() == right; }
    friend bool operator!=(const open_enum& left, Enum right) noexcept { return !(left == right); }
    friend bool operator==(Enum left, const open_enum& right) noexcept { return right == left; }
    friend bool operator!=(Enum left, const open_enum& right) noexcept { return !(right == left); }

private:
    std::int32_t index_ = 0;
    std::string word_; // empty unless index_ is -1
};

} // namespace incar::ocpi
