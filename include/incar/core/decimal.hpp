#pragma once

/// \file
/// An exact decimal number for prices, amounts and tariffs, and the ways to round it.
///
///     const decimal price = decimal::parse("0.25").value();      // per kWh
///     const decimal cost = price * decimal(16);                  // 4.00, exactly
///     const decimal net = divide(cost, decimal::parse("1.21").value(), 2, rounding::half_up).value();
///     std::cout << format(net) << '\n';                          // 3.31
///
/// Addition, subtraction and multiplication are exact or fail; only `divide`, `rounded` and `from_double` round, and
/// they ask how. A number keeps the digits it was written with: "2.00" stays "2.00" though it equals "2".

#include <incar/core/expected.hpp>
#include <incar/core/export.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>

namespace incar {

/// What becomes of the digits that are cut off. The first two go to the nearest number that can be kept and differ only
/// where both neighbours are equally near; the others have a fixed direction. Shown for one decimal:
enum class rounding {
    half_up,   ///< Nearest, ties away from zero:          0.24 0.2   0.25 0.3   0.35 0.4   -0.25 -0.3.
    half_even, ///< Nearest, ties to the even digit:       0.24 0.2   0.25 0.2   0.35 0.4   -0.25 -0.2.
    down,      ///< Towards zero, that is, cut off:        0.21 0.2   0.29 0.2   -0.29 -0.2.
    up,        ///< Away from zero if anything is cut off: 0.21 0.3   0.20 0.2   -0.21 -0.3.
    floor,     ///< Towards minus infinity:                0.29 0.2   -0.21 -0.3.
    ceiling,   ///< Towards plus infinity:                 0.21 0.3   -0.29 -0.2.
};

/// The number `coefficient / 10^scale`, with a 64-bit coefficient and 0 to 18 decimals (the scale). A plain value; the
/// default is 0. There is no negative zero, no infinity and no NaN.
///
/// Equality, order and hash go by the value: 2.0 equals 2.00. `format` and `scale()` tell them apart.
class INCAR_CORE_EXPORT decimal {
public:
    /// The most decimals a number can have.
    static constexpr int max_scale = 18;

    constexpr decimal() noexcept = default;

    /// A whole number. Any integer type whose values fit in 64 bits with sign converts; floating point does not.
    template <class Integer, class = std::enable_if_t<std::is_integral_v<Integer> && !std::is_same_v<Integer, bool> &&
                                                      std::numeric_limits<Integer>::digits <= 63>>
    constexpr decimal(Integer number) noexcept : coefficient_(number) {}

    /// `coefficient / 10^scale`: `decimal(1250, 2)` is 12.50. Throws incar::exception with `errc::out_of_range` unless
    /// the scale is 0 to 18.
    constexpr decimal(std::int64_t coefficient, int scale) : coefficient_(coefficient), scale_(scale) {
        if (scale < 0 || scale > max_scale) refuse_scale();
    }

    /// Reads a number in the grammar of JSON (RFC 8259 section 6): "12.50", "-0.5", "1e3", not "+1", ".5", "1." or
    /// "01".
    ///
    /// The decimals are kept as written, trailing zeros included; an exponent moves the point ("1.50e1" is 15.0,
    /// "2e2" is 200). Trailing zeros are dropped where the number fits only without them. "-0" is 0.
    ///
    /// Errors: `errc::malformed` for another text, `errc::overflow` for a number that cannot be held exactly.
    static expected<decimal> parse(std::string_view text);

    /// The nearest number with `scale` decimals to the shortest text that denotes `number`, rounded as told.
    /// So 0.285 at two decimals is 0.29 with `rounding::half_up`, although the `double` lies just below 0.285.
    ///
    /// Errors: `errc::not_finite` for NaN and infinities, `errc::overflow` when the result does not fit,
    /// `errc::out_of_range` unless the scale is 0 to 18.
    static expected<decimal> from_double(double number, int scale, rounding mode);

    constexpr std::int64_t coefficient() const noexcept { return coefficient_; }

    /// How many digits follow the point, 0 to 18.
    constexpr int scale() const noexcept { return scale_; }

    /// The nearest `double`.
    double to_double() const;

    /// The same value in the fewest decimals: 2.50 as 2.5, 2.00 as 2.
    decimal without_trailing_zeros() const noexcept;

private:
    [[noreturn]] static void refuse_scale();

    std::int64_t coefficient_ = 0;
    int scale_ = 0;
};

/// Plain notation with all its decimals: "2.00", "-0.05", never with an exponent. `decimal::parse` reads it back digit
/// for digit, and so does every JSON reader.
INCAR_CORE_EXPORT std::string format(const decimal& number);

/// -1, 0 or 1 as `left` is less than, equal to or greater than `right`, by value.
INCAR_CORE_EXPORT int compare(const decimal& left, const decimal& right) noexcept;

/// The exact result, with as many decimals as the longer operand has for a sum or difference, and as both have together
/// for a product. Trailing zeros are dropped where the result fits only without them; what still does not fit is
/// `errc::overflow`.
INCAR_CORE_EXPORT expected<decimal> add(const decimal& left, const decimal& right);
INCAR_CORE_EXPORT expected<decimal> subtract(const decimal& left, const decimal& right);
INCAR_CORE_EXPORT expected<decimal> multiply(const decimal& left, const decimal& right);

/// The quotient with exactly `scale` decimals. The exact quotient is rounded once, however many digits it has.
///
/// Errors: `errc::out_of_range` for a divisor of zero ("/divisor") or a scale other than 0 to 18 ("/scale"),
/// `errc::overflow` when the result does not fit.
INCAR_CORE_EXPORT expected<decimal> divide(const decimal& dividend, const decimal& divisor, int scale, rounding mode);

/// The number with exactly `scale` decimals, rounded or filled up with zeros. Errors as `divide`.
INCAR_CORE_EXPORT expected<decimal> rounded(const decimal& number, int scale, rounding mode);

/// The terse forms of `add`, `subtract` and `multiply`, for numbers known to be small: on overflow they throw
/// incar::exception. So does the minus sign before -9223372036854775808 of any scale, and before nothing else.
INCAR_CORE_EXPORT decimal operator+(const decimal& left, const decimal& right);
INCAR_CORE_EXPORT decimal operator-(const decimal& left, const decimal& right);
INCAR_CORE_EXPORT decimal operator*(const decimal& left, const decimal& right);
INCAR_CORE_EXPORT decimal operator-(const decimal& number);

inline bool operator==(const decimal& left, const decimal& right) noexcept {
    return compare(left, right) == 0;
}
inline bool operator!=(const decimal& left, const decimal& right) noexcept {
    return compare(left, right) != 0;
}
inline bool operator<(const decimal& left, const decimal& right) noexcept {
    return compare(left, right) < 0;
}
inline bool operator>(const decimal& left, const decimal& right) noexcept {
    return compare(left, right) > 0;
}
inline bool operator<=(const decimal& left, const decimal& right) noexcept {
    return compare(left, right) <= 0;
}
inline bool operator>=(const decimal& left, const decimal& right) noexcept {
    return compare(left, right) >= 0;
}

} // namespace incar

template <>
struct std::hash<incar::decimal> {
    std::size_t operator()(const incar::decimal& number) const noexcept {
        const incar::decimal plain = number.without_trailing_zeros();
        return std::hash<std::int64_t>{}(plain.coefficient()) * 31 + static_cast<std::size_t>(plain.scale());
    }
};
