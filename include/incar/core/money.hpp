#pragma once

/// \file
/// An amount of money with its currency, so that euros are never added to kroner.
///
///     const money fee{decimal(50, 2), currency("EUR")};
///     const money charging = multiply({decimal(25, 2), currency("EUR")}, decimal(16)).value();
///     std::cout << format(add(fee, charging).value()) << '\n';     // 4.50 EUR
///
/// Nothing here converts between currencies or rounds; round the amount with `rounded` where a bill asks for it.

#include <incar/core/decimal.hpp>
#include <incar/core/expected.hpp>
#include <incar/core/export.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace incar {

/// The code of a currency as in ISO 4217: three upper-case letters. Whether a country uses it is not checked.
/// A plain value of three bytes; the default is "XXX", ISO 4217's code for no currency.
class currency {
public:
    constexpr currency() noexcept = default;

    /// The currency of a code in the source text: `currency("EUR")`. Throws incar::exception with `errc::malformed`
    /// unless it is three upper-case letters, which in a constant expression is a compiler error.
    constexpr explicit currency(const char (&code)[4]) : code_{code[0], code[1], code[2]} {
        if (!is_code({code, 3}) || code[3] != '\0') refuse();
    }

    /// Reads a code. Fails with `errc::malformed` unless it is three upper-case letters.
    static INCAR_CORE_EXPORT expected<currency> parse(std::string_view code);

    /// The three letters.
    std::string text() const { return {code_, sizeof code_}; }

    friend constexpr bool operator==(currency left, currency right) noexcept {
        return std::string_view(left.code_, 3) == std::string_view(right.code_, 3);
    }
    friend constexpr bool operator!=(currency left, currency right) noexcept { return !(left == right); }
    /// Alphabetical.
    friend constexpr bool operator<(currency left, currency right) noexcept {
        return std::string_view(left.code_, 3) < std::string_view(right.code_, 3);
    }

private:
    static constexpr bool is_code(std::string_view text) noexcept {
        if (text.size() != 3) return false;
        for (const char letter : text)
            if (letter < 'A' || letter > 'Z') return false;
        return true;
    }
    [[noreturn]] static INCAR_CORE_EXPORT void refuse();

    char code_[3] = {'X', 'X', 'X'};
};

/// An amount of one currency. A plain value. Equal means the same value (2.0 equals 2.00) of the same currency.
struct money {
    decimal amount;           ///< Positive or negative, with as many decimals as are known; not rounded to cents.
    incar::currency currency; ///< What it is an amount of.
};

inline bool operator==(const money& left, const money& right) noexcept {
    return left.amount == right.amount && left.currency == right.currency;
}
inline bool operator!=(const money& left, const money& right) noexcept {
    return !(left == right);
}

/// The exact sum or difference. Errors: `errc::currency_mismatch` for two currencies, `errc::overflow` as for decimals.
INCAR_CORE_EXPORT expected<money> add(const money& left, const money& right);
INCAR_CORE_EXPORT expected<money> subtract(const money& left, const money& right);

/// The exact multiple: a price for an amount of something. Errors: `errc::overflow`.
INCAR_CORE_EXPORT expected<money> multiply(const money& price, const decimal& factor);

/// -1, 0 or 1 as `left` is less than, equal to or more than `right`. Errors: `errc::currency_mismatch`.
INCAR_CORE_EXPORT expected<int> compare(const money& left, const money& right);

/// "12.50 EUR", with the decimals the amount has.
INCAR_CORE_EXPORT std::string format(const money& amount);

} // namespace incar

template <>
struct std::hash<incar::currency> {
    std::size_t operator()(incar::currency code) const noexcept { return std::hash<std::string>{}(code.text()); }
};
