#include "ocpi/pricing/exact.hpp"

#include <algorithm>

namespace incar::ocpi::pricing {
namespace {

uint128 magnitude_of(int128 number) {
    return number < 0 ? uint128{0} - static_cast<uint128>(number) : static_cast<uint128>(number);
}

uint128 common_divisor(uint128 left, uint128 right) {
    while (right != 0) left = std::exchange(right, left % right);
    return left;
}

std::string digits_of(uint128 number) {
    std::string text;
    do text.insert(text.begin(), static_cast<char>('0' + static_cast<int>(number % 10)));
    while ((number /= 10) != 0);
    return text;
}

// The denominator; absent beyond 128 bits.
std::optional<int128> denominator_of(int scale) {
    return scaled(3600, scale);
}

bool rounds_away(rounding mode, bool is_negative, bool odd, int against_half) {
    switch (mode) {
    case rounding::half_up: return against_half >= 0;
    case rounding::half_even: return against_half > 0 || (against_half == 0 && odd);
    case rounding::down: return false;
    case rounding::up: return true;
    case rounding::floor: return is_negative;
    case rounding::ceiling: return !is_negative;
    }
    return false;
}

error overflow() {
    return {errc::overflow, "", "the amount does not fit in 64 bits and so many decimals"};
}

// The same value with as few powers of ten as possible.
exact reduced(exact from) {
    if (from.numerator == 0) return {};
    while (from.scale > 0 && from.numerator % 10 == 0) {
        from.numerator /= 10;
        --from.scale;
    }
    return from;
}

} // namespace

std::optional<amount> shortened(const exact& of) {
    return amount_access::make(reduced(of));
}

std::optional<amount> sum_of_scales(const amount& left, const amount& right) {
    exact a = amount_access::get(left);
    exact b = amount_access::get(right);
    for (const bool again : {false, true}) {
        const int scale = std::max(a.scale, b.scale);
        const auto x = scaled(a.numerator, scale - a.scale);
        const auto y = scaled(b.numerator, scale - b.scale);
        if (x && y)
            if (const auto total = made(added(*x, *y), scale)) return total;
        if (again) break;
        a = reduced(a);
        b = reduced(b);
    }
    return std::nullopt;
}

std::optional<amount> negative_of(const amount& of) {
    const exact from = amount_access::get(of);
    return amount_access::make({-from.numerator, from.scale});
}

std::optional<amount> amount_of(const decimal& money) {
    return amount_access::make({static_cast<int128>(money.coefficient()) * 3600, money.scale()});
}

int compare(const amount& left, const amount& right) noexcept {
    const exact a = amount_access::get(left), b = amount_access::get(right);
    const int scale = std::max(a.scale, b.scale);
    const auto x = scaled(a.numerator, scale - a.scale);
    const auto y = scaled(b.numerator, scale - b.scale);
    if (x && y) return *x < *y ? -1 : *x > *y ? 1 : 0;
    // One of the two left 128 bits when it was widened, so its magnitude is the greater.
    const int128 greater = x ? b.numerator : a.numerator;
    return (greater < 0) == static_cast<bool>(x) ? 1 : -1;
}

expected<decimal> amount::rounded(const rounding_policy& how) const {
    if (how.digits < 0 || how.digits > decimal::max_scale)
        return error{errc::out_of_range, "/digits", "a decimal has 0 to 18 digits"};
    const exact from = reduced(amount_access::get(*this));
    const int shift = how.digits - from.scale;
    const auto dividend = scaled(from.numerator, std::max(shift, 0));
    const auto divisor = denominator_of(std::max(-shift, 0));
    if (!dividend || !divisor) return overflow();
    const uint128 by = static_cast<uint128>(*divisor);
    uint128 quotient = magnitude_of(*dividend) / by;
    const uint128 rest = magnitude_of(*dividend) % by;
    if (rest != 0) {
        const int against_half = rest < by - rest ? -1 : rest == by - rest ? 0 : 1;
        if (rounds_away(how.mode, *dividend < 0, quotient % 2 != 0, against_half)) ++quotient;
    }
    if (quotient >> 63) return overflow();
    const auto coefficient = static_cast<std::int64_t>(quotient);
    return decimal(*dividend < 0 ? -coefficient : coefficient, how.digits);
}

std::string amount::text() const {
    const exact from = reduced(amount_access::get(*this));
    const std::string sign = from.numerator < 0 ? "-" : "";
    // 3600 is 9 * 400: what 9 divides is a decimal.
    if (from.numerator % 9 == 0) {
        if (const auto ten_thousandths = multiplied(from.numerator / 9, 25)) {
            std::string digits = digits_of(magnitude_of(*ten_thousandths));
            const std::size_t decimals = static_cast<std::size_t>(from.scale) + 4;
            if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
            digits.insert(digits.size() - decimals, ".");
            digits.erase(digits.find_last_not_of('0') + 1);
            if (digits.back() == '.') digits.pop_back();
            return sign + digits;
        }
    }
    const auto denominator = denominator_of(from.scale);
    if (!denominator) return sign + digits_of(magnitude_of(from.numerator)) + "/36e" + std::to_string(from.scale + 2);
    const uint128 divisor = common_divisor(magnitude_of(from.numerator), static_cast<uint128>(*denominator));
    return sign + digits_of(magnitude_of(from.numerator) / divisor) + "/" +
           digits_of(static_cast<uint128>(*denominator) / divisor);
}

} // namespace incar::ocpi::pricing
