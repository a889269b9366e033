#include "core/power_of_ten.hpp"
#include "core/unsigned_128.hpp"

#include <incar/core/decimal.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace incar {
namespace {

using signed_limits = std::numeric_limits<std::int64_t>;

constexpr int max_power_of_ten = 19;

struct signed_magnitude {
    bool negative = false;
    unsigned_128 magnitude;
};

constexpr std::uint64_t magnitude_of(std::int64_t number) {
    return number < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
}

bool fits(bool negative, unsigned_128 magnitude) {
    return magnitude.high == 0 && magnitude.low <= magnitude_of(signed_limits::max()) + (negative ? 1 : 0);
}

std::int64_t with_sign(bool negative, std::uint64_t magnitude) {
    if (!negative) return static_cast<std::int64_t>(magnitude);
    return magnitude == 0 ? 0 : -static_cast<std::int64_t>(magnitude - 1) - 1;
}

signed_magnitude at_scale(const decimal& number, int scale) {
    return {number.coefficient() < 0,
            product(magnitude_of(number.coefficient()), power_of_ten(scale - number.scale()))};
}

signed_magnitude sum(signed_magnitude left, signed_magnitude right) {
    if (left.negative == right.negative) return {left.negative, left.magnitude + right.magnitude};
    if (left.magnitude < right.magnitude) return {right.negative, right.magnitude - left.magnitude};
    return {left.negative, left.magnitude - right.magnitude};
}

error overflow() {
    return {errc::overflow, "", "the number does not fit in 64 bits and 18 decimals"};
}

error bad_scale() {
    return {errc::out_of_range, "/scale", "a number has 0 to 18 decimals"};
}

expected<void> check_scale(int scale) {
    if (scale < 0 || scale > decimal::max_scale) return bad_scale();
    return {};
}

expected<decimal> without_rounding(signed_magnitude number, int scale) {
    while (scale > decimal::max_scale || !fits(number.negative, number.magnitude)) {
        const auto [quotient, remainder] = divide_by_ten(number.magnitude);
        if (remainder != 0 || scale == 0) return overflow();
        number.magnitude = quotient;
        --scale;
    }
    return decimal(with_sign(number.negative, number.magnitude.low), scale);
}

expected<decimal> sum_of(const decimal& left, const decimal& right, bool negate_right) {
    const int scale = std::max(left.scale(), right.scale());
    signed_magnitude second = at_scale(right, scale);
    second.negative ^= negate_right;
    return without_rounding(sum(at_scale(left, scale), second), scale);
}

bool rounds_away(rounding mode, bool negative, bool odd, int remainder_against_half) {
    switch (mode) {
    case rounding::half_up: return remainder_against_half >= 0;
    case rounding::half_even: return remainder_against_half > 0 || (remainder_against_half == 0 && odd);
    case rounding::down: return false;
    case rounding::up: return true;
    case rounding::floor: return negative;
    case rounding::ceiling: return !negative;
    }
    return false;
}

/// dividend * 10^exponent / divisor as a coefficient of the given scale, by long division digit by digit.
/// The exponent is at least -19, the divisor at most 2^63 and not zero.
expected<decimal> quotient_of(bool negative, std::uint64_t dividend, int exponent, std::uint64_t divisor, int scale,
                              rounding mode) {
    const unsigned_128 by = product(divisor, power_of_ten(-std::min(exponent, 0)));
    std::uint64_t quotient = by.high == 0 ? dividend / by.low : 0;
    unsigned_128 remainder{0, by.high == 0 ? dividend % by.low : dividend};
    for (; exponent > 0; --exponent) {
        unsigned_128 rest;
        for (int times = 0; times < 10; ++times) rest = rest + remainder;
        unsigned digit = 0;
        for (; !(rest < by); ++digit) rest = rest - by;
        const unsigned_128 longer = product(quotient, 10) + unsigned_128{0, digit};
        if (longer.high != 0) return overflow();
        quotient = longer.low;
        remainder = rest;
    }
    if (!(remainder == unsigned_128{})) {
        const unsigned_128 twice = remainder + remainder;
        const int against_half = twice < by ? -1 : twice == by ? 0 : 1;
        if (rounds_away(mode, negative, quotient % 2 != 0, against_half) && ++quotient == 0) return overflow();
    }
    if (!fits(negative, {0, quotient})) return overflow();
    return decimal(with_sign(negative, quotient), scale);
}

bool is_digit(char character) {
    return character >= '0' && character <= '9';
}

/// The digits of a number of any length: `magnitude` ends with the last digit that is not zero, `zeros` follow.
struct digit_sequence {
    std::uint64_t magnitude = 0;
    std::int64_t zeros = 0;
    bool too_long = false;

    void append(unsigned digit) {
        if (digit == 0) {
            if (magnitude != 0) ++zeros;
            return;
        }
        too_long = too_long || zeros >= max_power_of_ten;
        if (too_long) return;
        const unsigned_128 longer =
            product(magnitude, power_of_ten(static_cast<int>(zeros) + 1)) + unsigned_128{0, digit};
        too_long = longer.high != 0;
        magnitude = longer.low;
        zeros = 0;
    }
};

class number_reader {
public:
    explicit number_reader(std::string_view text) : rest_(text) {}

    bool at_end() const { return rest_.empty(); }
    bool sees_digit() const { return !rest_.empty() && is_digit(rest_.front()); }

    bool skip(char wanted) {
        if (rest_.empty() || rest_.front() != wanted) return false;
        rest_.remove_prefix(1);
        return true;
    }

    unsigned digit() {
        const unsigned value = static_cast<unsigned>(rest_.front() - '0');
        rest_.remove_prefix(1);
        return value;
    }

    std::int64_t digits(digit_sequence& sequence) {
        std::int64_t count = 0;
        for (; sees_digit(); ++count) sequence.append(digit());
        return count;
    }

    std::int64_t exponent() {
        constexpr std::int64_t beyond_any_text = 1'000'000'000'000'000;
        const bool negative = skip('-');
        if (!negative) skip('+');
        std::int64_t value = 0;
        while (sees_digit()) value = std::min(value * 10 + digit(), beyond_any_text);
        return negative ? -value : value;
    }

private:
    std::string_view rest_;
};

/// The JSON grammar: -? (0 | [1-9][0-9]*) ([.][0-9]+)? ([eE][+-]?[0-9]+)?
bool is_number(std::string_view text) {
    auto next = text.begin();
    const auto end = text.end();
    const auto skip = [&](char one, char other) {
        const bool found = next != end && (*next == one || *next == other);
        if (found) ++next;
        return found;
    };
    const auto skip_digits = [&] {
        const auto first = next;
        next = std::find_if_not(next, end, is_digit);
        return next != first;
    };
    skip('-', '-');
    if (!skip('0', '0') && !skip_digits()) return false;
    if (skip('.', '.') && !skip_digits()) return false;
    if (skip('e', 'E') && (skip('+', '-'), !skip_digits())) return false;
    return next == end;
}

} // namespace

void decimal::refuse_scale() {
    throw exception(bad_scale());
}

expected<decimal> decimal::parse(std::string_view text) {
    if (!is_number(text)) return error{errc::malformed, "", "a number like 12.50 is needed"};
    number_reader reader(text);
    digit_sequence digits;
    const bool negative = reader.skip('-');
    reader.digits(digits);
    std::int64_t decimals = reader.skip('.') ? reader.digits(digits) : 0;
    if (reader.skip('e') || reader.skip('E')) decimals -= reader.exponent();

    int scale = static_cast<int>(std::clamp<std::int64_t>(decimals, 0, max_scale));
    std::uint64_t magnitude = digits.magnitude;
    std::int64_t zeros = digits.zeros + scale - decimals;
    if (digits.too_long) return overflow();
    if (magnitude == 0) return decimal(0, scale);
    if (zeros < 0 || !fits(negative, {0, magnitude})) return overflow();
    for (; zeros > 0; --zeros) {
        const unsigned_128 longer = product(magnitude, 10);
        if (!fits(negative, longer)) break;
        magnitude = longer.low;
    }
    if (zeros > scale) return overflow();
    scale -= static_cast<int>(zeros);
    return decimal(with_sign(negative, magnitude), scale);
}

expected<decimal> decimal::from_double(double number, int scale, rounding mode) {
    if (!std::isfinite(number)) return error{errc::not_finite, "/number", "a finite number is needed"};
    if (auto valid = check_scale(scale); !valid) return valid.error();
    char buffer[32];
    const auto end =
        std::to_chars(std::begin(buffer), std::end(buffer), std::abs(number), std::chars_format::scientific);
    number_reader reader({buffer, static_cast<std::size_t>(end.ptr - buffer)});
    std::uint64_t magnitude = reader.digit();
    std::int64_t exponent = scale;
    for (reader.skip('.'); reader.sees_digit(); --exponent) magnitude = magnitude * 10 + reader.digit();
    reader.skip('e');
    exponent += reader.exponent();
    // At most 17 digits: nineteen places further down all of them are below one half.
    exponent = std::max<std::int64_t>(exponent, -max_power_of_ten);
    return quotient_of(std::signbit(number), magnitude, static_cast<int>(exponent), 1, scale, mode);
}

double decimal::to_double() const {
    const std::string text = format(*this);
    double number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

decimal decimal::without_trailing_zeros() const noexcept {
    decimal plain = *this;
    while (plain.scale_ > 0 && plain.coefficient_ % 10 == 0) {
        plain.coefficient_ /= 10;
        --plain.scale_;
    }
    return plain;
}

std::string format(const decimal& number) {
    std::string text = std::to_string(magnitude_of(number.coefficient()));
    const auto scale = static_cast<std::size_t>(number.scale());
    if (text.size() <= scale) text.insert(0, scale + 1 - text.size(), '0');
    if (scale > 0) text.insert(text.size() - scale, 1, '.');
    if (number.coefficient() < 0) text.insert(0, 1, '-');
    return text;
}

int compare(const decimal& left, const decimal& right) noexcept {
    if (left.scale() == right.scale())
        return (left.coefficient() > right.coefficient()) - (left.coefficient() < right.coefficient());
    const int scale = std::max(left.scale(), right.scale());
    signed_magnitude subtrahend = at_scale(right, scale);
    subtrahend.negative = !subtrahend.negative;
    const signed_magnitude difference = sum(at_scale(left, scale), subtrahend);
    if (difference.magnitude == unsigned_128{}) return 0;
    return difference.negative ? -1 : 1;
}

expected<decimal> add(const decimal& left, const decimal& right) {
    return sum_of(left, right, false);
}

expected<decimal> subtract(const decimal& left, const decimal& right) {
    return sum_of(left, right, true);
}

expected<decimal> multiply(const decimal& left, const decimal& right) {
    const bool negative = (left.coefficient() < 0) != (right.coefficient() < 0);
    const unsigned_128 magnitude = product(magnitude_of(left.coefficient()), magnitude_of(right.coefficient()));
    return without_rounding({negative, magnitude}, left.scale() + right.scale());
}

expected<decimal> divide(const decimal& dividend, const decimal& divisor, int scale, rounding mode) {
    if (auto valid = check_scale(scale); !valid) return valid.error();
    if (divisor.coefficient() == 0) return error{errc::out_of_range, "/divisor", "division by zero"};
    const bool negative = (dividend.coefficient() < 0) != (divisor.coefficient() < 0);
    return quotient_of(negative, magnitude_of(dividend.coefficient()), scale + divisor.scale() - dividend.scale(),
                       magnitude_of(divisor.coefficient()), scale, mode);
}

expected<decimal> rounded(const decimal& number, int scale, rounding mode) {
    return divide(number, 1, scale, mode);
}

decimal operator+(const decimal& left, const decimal& right) {
    return add(left, right).value();
}

decimal operator-(const decimal& left, const decimal& right) {
    return subtract(left, right).value();
}

decimal operator*(const decimal& left, const decimal& right) {
    return multiply(left, right).value();
}

decimal operator-(const decimal& number) {
    return without_rounding({number.coefficient() >= 0, {0, magnitude_of(number.coefficient())}}, number.scale())
        .value();
}

} // namespace incar
