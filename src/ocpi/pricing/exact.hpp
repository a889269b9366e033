#pragma once

// Exact sums of money: whole numbers of 128 bits over 3600 * 10^scale. Hours in milliseconds, kWh and percent all fit
// that denominator, so that nothing is ever rounded. What does not fit is an overflow, never a wrong number.

#include "core/power_of_ten.hpp"

#include <incar/ocpi/pricing.hpp>

#include <algorithm>

namespace incar::ocpi::pricing {

__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;

inline std::optional<int128> multiplied(int128 left, std::uint64_t right) {
    if (left == static_cast<std::int64_t>(left)) return left * static_cast<int128>(right);
    const bool negative = left < 0;
    const uint128 magnitude = negative ? uint128{0} - static_cast<uint128>(left) : static_cast<uint128>(left);
    const uint128 low = static_cast<uint128>(static_cast<std::uint64_t>(magnitude)) * right;
    const uint128 high = static_cast<uint128>(static_cast<std::uint64_t>(magnitude >> 64)) * right + (low >> 64);
    if (high >> 63) return std::nullopt;
    const int128 product = static_cast<int128>(high << 64 | static_cast<std::uint64_t>(low));
    return negative ? -product : product;
}

inline std::optional<int128> added(int128 left, int128 right) {
    constexpr int128 most = static_cast<int128>(~uint128{0} >> 1);
    if (right > 0 ? left > most - right : left < -most - right) return std::nullopt;
    return left + right;
}

// The number times 10^exponent, 0 to 40.
inline std::optional<int128> scaled(int128 number, int exponent) {
    if (number == 0 || exponent == 0) return number;
    std::optional<int128> result = number;
    for (; result && exponent > 0; exponent -= 18) result = multiplied(*result, power_of_ten(std::min(exponent, 18)));
    return result;
}

// What `amount` is made of.
struct exact {
    int128 numerator = 0;
    int scale = 0;
};

struct amount_access {
    static exact get(const amount& from) {
        return {static_cast<int128>(static_cast<uint128>(static_cast<std::uint64_t>(from.high_)) << 64 | from.low_),
                from.scale_};
    }
    static amount make(const exact& from) {
        amount made;
        made.high_ = static_cast<std::int64_t>(from.numerator >> 64);
        made.low_ = static_cast<std::uint64_t>(from.numerator);
        made.scale_ = from.scale;
        return made;
    }
};

// Absent on overflow, as all that follow.
std::optional<amount> sum_of_scales(const amount& left, const amount& right);

inline std::optional<amount> sum(const amount& left, const amount& right) {
    const exact a = amount_access::get(left), b = amount_access::get(right);
    if (b.numerator == 0) return left;
    if (a.numerator == 0) return right;
    if (a.scale == b.scale)
        if (const auto total = added(a.numerator, b.numerator)) return amount_access::make({*total, a.scale});
    return sum_of_scales(left, right);
}

// Adds in place; false on overflow.
inline bool add_to(amount& total, const amount& more) {
    const exact a = amount_access::get(total), b = amount_access::get(more);
    if (b.numerator == 0) return true;
    if (a.numerator == 0) {
        total = more;
        return true;
    }
    int128 same_scale = 0;
    if (a.scale == b.scale && !__builtin_add_overflow(a.numerator, b.numerator, &same_scale)) {
        total = amount_access::make({same_scale, a.scale});
        return true;
    }
    const auto result = sum(total, more);
    if (result) total = *result;
    return result.has_value();
}

// An amount of these; in fewer powers of ten where it has many.
std::optional<amount> shortened(const exact& of);

inline std::optional<amount> made(std::optional<int128> numerator, int scale) {
    if (!numerator) return std::nullopt;
    if (scale > 18) return shortened({*numerator, scale});
    return amount_access::make({*numerator, scale});
}

// price * count / 10^count_scale, per hour where `count` is seconds.
inline std::optional<amount> times(const decimal& price, std::int64_t count, int count_scale, bool per_hour) {
    const int128 product = static_cast<int128>(price.coefficient()) * count;
    return made(per_hour ? product : multiplied(product, 3600), price.scale() + count_scale);
}

// The percentage without trailing zeros.
inline std::optional<amount> percent_of(const amount& base, const decimal& percent) {
    if (percent.coefficient() == 0) return amount{};
    const exact from = amount_access::get(base);
    const bool negative = percent.coefficient() < 0;
    const auto magnitude = static_cast<std::uint64_t>(percent.coefficient());
    auto product = multiplied(from.numerator, negative ? std::uint64_t{0} - magnitude : magnitude);
    if (product && negative) product = -*product;
    return made(product, from.scale + percent.scale() + 2);
}

std::optional<amount> negative_of(const amount& of);
std::optional<amount> amount_of(const decimal& money);

} // namespace incar::ocpi::pricing
