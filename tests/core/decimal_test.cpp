#include <incar/core/decimal.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <unordered_set>

using namespace incar;

namespace {

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();

decimal number(std::string_view text) {
    return decimal::parse(text).value();
}

std::string outcome(const expected<decimal>& result) {
    return result ? format(*result) : result.error().code.message();
}

decimal random_decimal(std::mt19937_64& random) {
    const int digits = std::uniform_int_distribution<int>(0, 63)(random);
    const auto coefficient = static_cast<std::int64_t>(random()) >> digits;
    return decimal(coefficient, std::uniform_int_distribution<int>(0, decimal::max_scale)(random));
}

/// Whole numbers of any length as decimal digits, lowest first: slow, simple, and written without a glance at
/// decimal.cpp.
struct big {
    bool negative = false;
    std::string digits;

    big(std::int64_t coefficient, int zeros) {
        std::string text = std::to_string(coefficient);
        if ((negative = text.front() == '-')) text.erase(0, 1);
        text.append(static_cast<std::size_t>(zeros), '0');
        digits.assign(text.rbegin(), text.rend());
        trim();
    }

    void trim() {
        while (!digits.empty() && digits.back() == '0') digits.pop_back();
        if (digits.empty()) negative = false;
    }
    int at(std::size_t place) const { return place < digits.size() ? digits[place] - '0' : 0; }
};

int compare_magnitudes(const big& left, const big& right) {
    if (left.digits.size() != right.digits.size()) return left.digits.size() < right.digits.size() ? -1 : 1;
    for (std::size_t place = left.digits.size(); place-- > 0;)
        if (left.digits[place] != right.digits[place]) return left.digits[place] < right.digits[place] ? -1 : 1;
    return 0;
}

int compare_big(const big& left, const big& right) {
    if (left.negative != right.negative) return left.negative ? -1 : 1;
    return left.negative ? -compare_magnitudes(left, right) : compare_magnitudes(left, right);
}

big sum(big left, const big& right) {
    const bool same_sign = left.negative == right.negative;
    if (!same_sign && compare_magnitudes(left, right) < 0) return sum(right, left);
    int carry = 0;
    const std::size_t places = std::max(left.digits.size(), right.digits.size()) + 1;
    std::string digits;
    for (std::size_t place = 0; place < places; ++place) {
        const int column = left.at(place) + (same_sign ? right.at(place) : -right.at(place)) + carry;
        carry = column < 0 ? -1 : column / 10;
        digits += static_cast<char>('0' + (column + 10) % 10);
    }
    left.digits = digits;
    left.trim();
    return left;
}

big product(const big& left, const big& right) {
    big result(0, 0);
    for (std::size_t place = 0; place < left.digits.size(); ++place)
        for (int times = 0; times < left.at(place); ++times) {
            big shifted = right;
            shifted.negative = false;
            shifted.digits.insert(0, place, '0');
            result = sum(result, shifted);
        }
    result.negative = left.negative != right.negative;
    result.trim();
    return result;
}

std::string plain_text(const big& coefficient, int scale) {
    std::string text(coefficient.digits);
    while (text.size() <= static_cast<std::size_t>(scale)) text += '0';
    text.insert(static_cast<std::size_t>(scale), 1, '.');
    std::reverse(text.begin(), text.end());
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
    return coefficient.negative ? "-" + text : text;
}

std::string plain_text(const decimal& value) {
    return format(value.without_trailing_zeros());
}

big aligned(const decimal& value, int scale) {
    return big(value.coefficient(), scale - value.scale());
}

/// An exact result must be the true one; a refusal must be of a number that truly does not fit.
bool is_right(const expected<decimal>& result, const std::string& truth) {
    if (result) return plain_text(*result) == truth;
    const auto point = truth.find('.');
    const std::size_t decimals = point == std::string::npos ? 0 : truth.size() - point - 1;
    std::string digits = truth;
    digits.erase(std::remove_if(digits.begin(), digits.end(), [](char c) { return c == '.' || c == '-'; }),
                 digits.end());
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
    const std::string limit = truth.front() == '-' ? "9223372036854775808" : "9223372036854775807";
    const bool too_big = digits.size() > limit.size() || (digits.size() == limit.size() && digits > limit);
    return result.error().code == errc::overflow && (decimals > 18 || too_big);
}

struct text_case {
    const char* text;
    const char* result;
};

} // namespace

TEST_SUITE("decimal text") {
    TEST_CASE("a number keeps the decimals it was written with") {
        const text_case cases[] = {
            {"2.00", "2.00"},
            {"2", "2"},
            {"-0.05", "-0.05"},
            {"0", "0"},
            {"-0", "0"},
            {"-0.00", "0.00"},
            {"0.000000000000000001", "0.000000000000000001"},
            {"12345678901234567.89", "12345678901234567.89"},
            {"9223372036854775807", "9223372036854775807"},
            {"-9223372036854775808", "-9223372036854775808"},
            {"-9.223372036854775808", "-9.223372036854775808"},
        };
        for (const text_case& each : cases) CHECK_MESSAGE(outcome(decimal::parse(each.text)) == each.result, each.text);
    }

    TEST_CASE("an exponent moves the point") {
        const text_case cases[] = {
            {"1e3", "1000"},
            {"1.5E+2", "150"},
            {"1.50e1", "15.0"},
            {"25e-2", "0.25"},
            {"-1.25e0", "-1.25"},
            {"1e-18", "0.000000000000000001"},
            {"100e-20", "0.000000000000000001"},
            {"0.0001e22", "1000000000000000000"},
            {"0e999999999999999999999", "0"},
            {"0.00e1", "0.0"},
            {"0e-400", "0.000000000000000000"},
            {"1e00000000000000000000002", "100"},
        };
        for (const text_case& each : cases) CHECK_MESSAGE(outcome(decimal::parse(each.text)) == each.result, each.text);
    }

    TEST_CASE("zeros that do not fit are dropped as long as the value stays exact") {
        CHECK(format(number("1.00000000000000000000000000")) == "1.000000000000000000");
        CHECK(format(number("12345.000000000000000000")) == "12345.00000000000000");
        CHECK(format(number("9223372036854775807.000")) == "9223372036854775807");
        CHECK(format(number("9223372036854775.000000")) == "9223372036854775.000");
        CHECK(number("1" + std::string(40, '0') + "e-40") == 1);
        CHECK(number("0." + std::string(50'000, '0') + "5e50000") == number("0.5"));
        CHECK(number("1" + std::string(50'000, '0') + "e-50000") == 1);
    }

    TEST_CASE("a number that cannot be held exactly is an overflow") {
        for (const char* text : {"9223372036854775808", "-9223372036854775809", "1e19", "1e400", "1e-19", "1e-400",
                                 "0.0000000000000000001", "1.0000000000000000000000000001", "9.2233720368547758071",
                                 "1e999999999999999999999999", "1e-99999999999999999999999", "18446744073709551616",
                                 "100000000000000000000000001", "18446744073709551617e-2"})
            CHECK_MESSAGE(outcome(decimal::parse(text)) == "overflow", text);
    }

    TEST_CASE("what is not a number of JSON is refused") {
        for (const char* text : {"",    "-",   "+1",    ".5",    "1.",       "01", "-01", "00",   "1e",
                                 "1e+", "e1",  "1.e1",  "1.2.3", " 1",       "1 ", "1,5", "0x10", "NaN",
                                 "inf", "--1", "1e1.5", "1_000", "\xd9\xa1", "1a", "-.5", "- 1",  "1e--1"})
            CHECK_MESSAGE(outcome(decimal::parse(text)) == "malformed", text);
        CHECK_FALSE(decimal::parse(std::string_view("1\0", 2)));
    }

    TEST_CASE("each number is read back digit for digit from its own text") {
        std::mt19937_64 random(1);
        for (int round = 0; round < 20'000; ++round) {
            const decimal value = random_decimal(random);
            const decimal back = number(format(value));
            REQUIRE(back.coefficient() == value.coefficient());
            REQUIRE(back.scale() == value.scale());
        }
    }
}

TEST_SUITE("decimal value") {
    TEST_CASE("equality, order and hash go by the value and not by the digits") {
        CHECK(number("2.0") == number("2.00"));
        CHECK(number("2.0") != number("2.01"));
        CHECK(number("-1") < number("-0.99"));
        CHECK(number("0.30") > number("0.3e0") - number("1e-18"));
        CHECK(number("0") >= number("-0.00"));
        CHECK(number("0") <= number("0.000"));
        CHECK(decimal(smallest) < decimal(largest));
        CHECK(decimal(smallest, 18) < decimal(smallest + 1, 18));
        CHECK(decimal(smallest) < decimal(smallest, 18));
        CHECK(std::unordered_set<decimal>{number("2"), number("2.0"), number("2.00"), number("20")}.size() == 2);
        CHECK(std::hash<decimal>{}(decimal(0, 18)) == std::hash<decimal>{}(decimal()));
    }

    TEST_CASE("whole numbers convert and floating point does not") {
        CHECK(decimal(5) == number("5.0"));
        CHECK(decimal(4'000'000'000U) == number("4e9"));
        CHECK(number("1.5") + 1 == number("2.5"));
        static_assert(!std::is_constructible_v<decimal, double> && !std::is_constructible_v<decimal, std::uint64_t>);
        static_assert(!std::is_constructible_v<decimal, bool>);
    }

    TEST_CASE("a number has 0 to 18 decimals") {
        CHECK(format(decimal(1250, 2)) == "12.50");
        CHECK_THROWS_AS(decimal(1, 19), exception);
        CHECK_THROWS_AS(decimal(1, -1), exception);
    }

    TEST_CASE("order agrees with arithmetic of any length") {
        std::mt19937_64 random(2);
        for (int round = 0; round < 20'000; ++round) {
            const decimal one = random_decimal(random), two = random_decimal(random);
            REQUIRE(compare(one, two) == compare_big(aligned(one, 18), aligned(two, 18)));
            REQUIRE(compare(one, two) == -compare(two, one));
            REQUIRE((one == two) == (plain_text(one) == plain_text(two)));
            REQUIRE(compare(one, one.without_trailing_zeros()) == 0);
        }
    }
}

TEST_SUITE("decimal arithmetic") {
    TEST_CASE("sums, differences and products are exact and keep their decimals") {
        CHECK(format(number("0.1") + number("0.2")) == "0.3");
        CHECK(format(number("2.50") + number("0.5")) == "3.00");
        CHECK(format(number("1") - number("0.99")) == "0.01");
        CHECK(format(number("0.25") * number("16.0")) == "4.000");
        CHECK(format(number("-1.5") * number("1.5")) == "-2.25");
        CHECK(format(-number("2.50")) == "-2.50");
        CHECK(format(-number("0.00")) == "0.00");
    }

    TEST_CASE("zeros are dropped before an overflow is reported") {
        CHECK(outcome(add(decimal(largest - 5), number("5.00"))) == "9223372036854775807");
        CHECK(outcome(multiply(number("1.000000000000000000"), number("2.50000"))) == "2.500000000000000000");
        CHECK(outcome(multiply(decimal(1'000'000'000'000, 12), decimal(largest, 9))) == "9223372036.854775807");
        CHECK(outcome(multiply(decimal(0, 18), decimal(0, 18))) == "0.000000000000000000");
    }

    TEST_CASE("a result that does not fit is an overflow, and thrown by the operators") {
        CHECK(outcome(add(decimal(largest), 1)) == "overflow");
        CHECK(outcome(add(decimal(smallest), -1)) == "overflow");
        CHECK(outcome(add(decimal(largest), number("0.1"))) == "overflow");
        CHECK(outcome(subtract(decimal(smallest), 1)) == "overflow");
        CHECK(outcome(subtract(decimal(-1), decimal(smallest))) == "9223372036854775807");
        CHECK(outcome(subtract(decimal(0), decimal(smallest))) == "overflow");
        CHECK(outcome(subtract(decimal(smallest), decimal(smallest))) == "0");
        CHECK(outcome(add(decimal(smallest), decimal(largest))) == "-1");
        CHECK(outcome(multiply(decimal(smallest), decimal(smallest))) == "overflow");
        CHECK(outcome(multiply(decimal(smallest), -1)) == "overflow");
        CHECK(outcome(multiply(decimal(smallest), 1)) == "-9223372036854775808");
        CHECK(outcome(multiply(decimal(largest), -1)) == "-9223372036854775807");
        CHECK(outcome(multiply(number("0.0000000001"), number("0.0000000001"))) == "overflow");
        CHECK_THROWS_AS(decimal(largest) + 1, exception);
        CHECK_THROWS_AS(decimal(smallest) - 1, exception);
        CHECK_THROWS_AS(decimal(largest) * 2, exception);
        CHECK_THROWS_AS(-decimal(smallest, 3), exception);
    }

    TEST_CASE("results agree with arithmetic of any length") {
        std::mt19937_64 random(3);
        for (int round = 0; round < 4'000; ++round) {
            const decimal one = random_decimal(random), two = random_decimal(random);
            big minus_two = aligned(two, 18);
            minus_two.negative = !minus_two.negative && !minus_two.digits.empty();
            REQUIRE(is_right(add(one, two), plain_text(sum(aligned(one, 18), aligned(two, 18)), 18)));
            REQUIRE(is_right(subtract(one, two), plain_text(sum(aligned(one, 18), minus_two), 18)));
            REQUIRE(
                is_right(multiply(one, two), plain_text(product(big(one.coefficient(), 0), big(two.coefficient(), 0)),
                                                        one.scale() + two.scale())));
        }
    }

    TEST_CASE("addition and multiplication commute, subtraction undoes addition") {
        std::mt19937_64 random(4);
        int undone = 0;
        for (int round = 0; round < 20'000; ++round) {
            const decimal one = random_decimal(random), two = random_decimal(random), three = random_decimal(random);
            REQUIRE(outcome(add(one, two)) == outcome(add(two, one)));
            REQUIRE(outcome(multiply(one, two)) == outcome(multiply(two, one)));
            if (const auto total = add(one, two)) {
                REQUIRE(subtract(*total, two) == one);
                ++undone;
                const auto left = multiply(*total, three), first = multiply(one, three), second = multiply(two, three);
                if (left && first && second) REQUIRE(add(*first, *second) == *left);
            }
        }
        CHECK(undone > 1'000);
    }
}

TEST_SUITE("decimal rounding") {
    struct rounding_case {
        const char* text;
        const char* half_up;
        const char* half_even;
        const char* down;
        const char* up;
        const char* floor;
        const char* ceiling;
    };

    TEST_CASE("each mode treats what is cut off as documented, on both sides of zero") {
        const rounding_case cases[] = {
            {"0.20", "0.2", "0.2", "0.2", "0.2", "0.2", "0.2"},
            {"0.21", "0.2", "0.2", "0.2", "0.3", "0.2", "0.3"},
            {"0.24", "0.2", "0.2", "0.2", "0.3", "0.2", "0.3"},
            {"0.25", "0.3", "0.2", "0.2", "0.3", "0.2", "0.3"},
            {"0.250001", "0.3", "0.3", "0.2", "0.3", "0.2", "0.3"},
            {"0.29", "0.3", "0.3", "0.2", "0.3", "0.2", "0.3"},
            {"0.35", "0.4", "0.4", "0.3", "0.4", "0.3", "0.4"},
            {"0.05", "0.1", "0.0", "0.0", "0.1", "0.0", "0.1"},
            {"0.04", "0.0", "0.0", "0.0", "0.1", "0.0", "0.1"},
            {"9.95", "10.0", "10.0", "9.9", "10.0", "9.9", "10.0"},
            {"-0.20", "-0.2", "-0.2", "-0.2", "-0.2", "-0.2", "-0.2"},
            {"-0.21", "-0.2", "-0.2", "-0.2", "-0.3", "-0.3", "-0.2"},
            {"-0.25", "-0.3", "-0.2", "-0.2", "-0.3", "-0.3", "-0.2"},
            {"-0.29", "-0.3", "-0.3", "-0.2", "-0.3", "-0.3", "-0.2"},
            {"-0.35", "-0.4", "-0.4", "-0.3", "-0.4", "-0.4", "-0.3"},
            {"-0.05", "-0.1", "0.0", "0.0", "-0.1", "-0.1", "0.0"},
            {"-0.04", "0.0", "0.0", "0.0", "-0.1", "-0.1", "0.0"},
            {"0", "0.0", "0.0", "0.0", "0.0", "0.0", "0.0"},
            {"7", "7.0", "7.0", "7.0", "7.0", "7.0", "7.0"},
        };
        for (const auto& one : cases) {
            INFO(one.text);
            const decimal exact = number(one.text);
            CHECK(outcome(rounded(exact, 1, rounding::half_up)) == one.half_up);
            CHECK(outcome(rounded(exact, 1, rounding::half_even)) == one.half_even);
            CHECK(outcome(rounded(exact, 1, rounding::down)) == one.down);
            CHECK(outcome(rounded(exact, 1, rounding::up)) == one.up);
            CHECK(outcome(rounded(exact, 1, rounding::floor)) == one.floor);
            CHECK(outcome(rounded(exact, 1, rounding::ceiling)) == one.ceiling);
        }
    }

    TEST_CASE("rounding to more decimals fills up with zeros until the number no longer fits") {
        CHECK(outcome(rounded(number("1.5"), 4, rounding::down)) == "1.5000");
        CHECK(outcome(rounded(number("92233720368547758.07"), 3, rounding::down)) == "overflow");
        CHECK(outcome(rounded(decimal(largest), 0, rounding::up)) == "9223372036854775807");
        CHECK(outcome(rounded(decimal(smallest, 18), 0, rounding::half_up)) == "-9");
        CHECK(outcome(rounded(decimal(smallest), 1, rounding::half_up)) == "overflow");
        CHECK(rounded(1, 19, rounding::up).error().where == "/scale");
        CHECK(rounded(1, -1, rounding::up).error().code == errc::out_of_range);
    }

    TEST_CASE("a quotient has exactly the decimals asked for and is rounded once") {
        CHECK(outcome(divide(1, 3, 2, rounding::half_up)) == "0.33");
        CHECK(outcome(divide(2, 3, 2, rounding::half_up)) == "0.67");
        CHECK(outcome(divide(-2, 3, 18, rounding::down)) == "-0.666666666666666666");
        CHECK(outcome(divide(6, 3, 2, rounding::up)) == "2.00");
        CHECK(outcome(divide(1, 8, 2, rounding::half_even)) == "0.12");
        CHECK(outcome(divide(1, -8, 2, rounding::half_up)) == "-0.13");
        CHECK(outcome(divide(number("4.00"), number("1.21"), 2, rounding::half_up)) == "3.31");
        CHECK(outcome(divide(number("0.000000000000000001"), 1000, 0, rounding::ceiling)) == "1");
        CHECK(outcome(divide(number("-0.000000000000000001"), decimal(largest), 0, rounding::floor)) == "-1");
        CHECK(outcome(divide(number("0.000000000000000001"), decimal(largest), 18, rounding::half_up)) ==
              "0.000000000000000000");
        CHECK(outcome(divide(decimal(smallest, 18), decimal(smallest), 18, rounding::down)) == "0.000000000000000001");
    }

    TEST_CASE("a division by zero or with a result that does not fit is refused") {
        CHECK(divide(1, 0, 2, rounding::down).error().where == "/divisor");
        CHECK(divide(0, decimal(0, 5), 2, rounding::down).error().code == errc::out_of_range);
        CHECK(divide(1, 1, 19, rounding::down).error().where == "/scale");
        CHECK(outcome(divide(decimal(smallest), -1, 0, rounding::down)) == "overflow");
        CHECK(outcome(divide(decimal(smallest), 1, 0, rounding::down)) == "-9223372036854775808");
        CHECK(outcome(divide(decimal(largest), number("0.000000000000000001"), 18, rounding::down)) == "overflow");
        CHECK(outcome(divide(1, number("0.000000000000000001"), 0, rounding::down)) == "1000000000000000000");
    }

    TEST_CASE("a quotient and its rest restore the dividend") {
        std::mt19937_64 random(5);
        int checked = 0;
        for (int round = 0; round < 5'000; ++round) {
            const decimal dividend = random_decimal(random), divisor = random_decimal(random);
            const int scale = std::uniform_int_distribution<int>(0, 18)(random);
            if (divisor == 0) continue;
            const auto below = divide(dividend, divisor, scale, rounding::floor);
            const auto above = divide(dividend, divisor, scale, rounding::ceiling);
            if (!below || !above) continue;
            const int scales = 36; // of quotient times divisor; the dividend is filled up to as many
            const auto times_divisor = [&](const decimal& quotient) {
                return product(big(quotient.coefficient(), scales - scale - divisor.scale()),
                               big(divisor.coefficient(), 0));
            };
            const big truth = aligned(dividend, scales);
            const int sign = divisor < 0 ? -1 : 1;
            REQUIRE(compare_big(times_divisor(*below), truth) * sign <= 0);
            REQUIRE(compare_big(times_divisor(*above), truth) * sign >= 0);
            REQUIRE(above->coefficient() - below->coefficient() <= 1);
            const int side = sign * compare_big(sum(truth, truth), sum(times_divisor(*below), times_divisor(*above)));
            const bool up = side > 0 || (side == 0 && *above > 0);
            REQUIRE(divide(dividend, divisor, scale, rounding::half_up) == (up ? *above : *below));
            const bool to_even = side > 0 || (side == 0 && above->coefficient() % 2 == 0);
            REQUIRE(divide(dividend, divisor, scale, rounding::half_even) == (to_even ? *above : *below));
            const bool exact = *below == *above;
            REQUIRE((exact || divide(dividend, divisor, scale, rounding::up) == (*below >= 0 ? *above : *below)));
            ++checked;
        }
        CHECK(checked > 1'000);
    }
}

TEST_SUITE("decimal and double") {
    TEST_CASE("a double is taken for the shortest text that denotes it") {
        const auto cents = [](double value) { return outcome(decimal::from_double(value, 2, rounding::half_up)); };
        CHECK(cents(0.285) == "0.29");
        CHECK(cents(1.005) == "1.01");
        CHECK(cents(-1.005) == "-1.01");
        CHECK(cents(2.0) == "2.00");
        CHECK(cents(-0.0) == "0.00");
        CHECK(cents(1e-300) == "0.00");
        CHECK(cents(123456789.125) == "123456789.13");
        CHECK(cents(9e16) == "90000000000000000.00");
        CHECK(outcome(decimal::from_double(5e-324, 0, rounding::ceiling)) == "1");
        CHECK(outcome(decimal::from_double(-5e-324, 18, rounding::floor)) == "-0.000000000000000001");
        CHECK(outcome(decimal::from_double(0.9999999999999999, 0, rounding::down)) == "0");
        CHECK(outcome(decimal::from_double(0.1, 18, rounding::half_up)) == "0.100000000000000000");
    }

    TEST_CASE("what is not finite or does not fit is refused") {
        const auto code = [](double value) { return decimal::from_double(value, 2, rounding::down).error().code; };
        CHECK(code(std::numeric_limits<double>::quiet_NaN()) == errc::not_finite);
        CHECK(code(std::numeric_limits<double>::infinity()) == errc::not_finite);
        CHECK(code(-std::numeric_limits<double>::infinity()) == errc::not_finite);
        CHECK(code(1e17) == errc::overflow);
        CHECK(code(std::numeric_limits<double>::max()) == errc::overflow);
        CHECK(decimal::from_double(1, 19, rounding::down).error().code == errc::out_of_range);
    }

    TEST_CASE("a decimal becomes the nearest double and, when it has few digits, itself again") {
        CHECK(number("0.1").to_double() == 0.1);
        CHECK(number("-12.50").to_double() == -12.5);
        CHECK(decimal(smallest).to_double() == -9223372036854775808.0);
        std::mt19937_64 random(6);
        for (int round = 0; round < 20'000; ++round) {
            const decimal value = random_decimal(random);
            REQUIRE(value.to_double() == std::stod(format(value)));
            if (std::abs(value.to_double()) < 1e15 / std::pow(10, value.scale()))
                REQUIRE(decimal::from_double(value.to_double(), value.scale(), rounding::half_even) == value);
        }
    }
}
