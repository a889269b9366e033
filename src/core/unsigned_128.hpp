#pragma once

#include <cstdint>

namespace incar {

/// As much of 128-bit arithmetic as `decimal` needs, in portable C++. Results beyond 128 bits wrap around.
struct unsigned_128 {
    std::uint64_t high = 0;
    std::uint64_t low = 0;

    friend constexpr bool operator==(unsigned_128 left, unsigned_128 right) noexcept {
        return left.high == right.high && left.low == right.low;
    }
    friend constexpr bool operator<(unsigned_128 left, unsigned_128 right) noexcept {
        return left.high != right.high ? left.high < right.high : left.low < right.low;
    }
    friend constexpr unsigned_128 operator+(unsigned_128 left, unsigned_128 right) noexcept {
        const std::uint64_t low_sum = left.low + right.low;
        return {left.high + right.high + (low_sum < left.low ? 1 : 0), low_sum};
    }
    friend constexpr unsigned_128 operator-(unsigned_128 left, unsigned_128 right) noexcept {
        return {left.high - right.high - (left.low < right.low ? 1 : 0), left.low - right.low};
    }
};

constexpr unsigned_128 product(std::uint64_t left, std::uint64_t right) noexcept {
    constexpr std::uint64_t half = 0xffff'ffff;
    const std::uint64_t low = (left & half) * (right & half);
    const std::uint64_t cross = (left >> 32) * (right & half) + (low >> 32);
    const std::uint64_t middle = (left & half) * (right >> 32) + (cross & half);
    return {(left >> 32) * (right >> 32) + (cross >> 32) + (middle >> 32), (middle << 32) | (low & half)};
}

struct divided_by_ten {
    unsigned_128 quotient;
    unsigned remainder;
};

constexpr divided_by_ten divide_by_ten(unsigned_128 number) noexcept {
    constexpr std::uint64_t half = 0xffff'ffff;
    const std::uint64_t digits[] = {number.high >> 32, number.high & half, number.low >> 32, number.low & half};
    std::uint64_t quotient[4] = {}, remainder = 0;
    for (int digit = 0; digit < 4; ++digit) {
        const std::uint64_t dividend = (remainder << 32) | digits[digit];
        quotient[digit] = dividend / 10;
        remainder = dividend % 10;
    }
    return {{(quotient[0] << 32) | quotient[1], (quotient[2] << 32) | quotient[3]}, static_cast<unsigned>(remainder)};
}

} // namespace incar
