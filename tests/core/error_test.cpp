#include <incar/core/error.hpp>
#include <incar/core/expected.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <type_traits>
#include <vector>

using namespace incar;

namespace {

expected<int> half(int number) {
    if (number % 2 != 0) return error{errc::out_of_range, "/number", "an even number is needed"};
    return number / 2;
}

} // namespace

TEST_SUITE("error") {
    TEST_CASE("an error names the place, the reason and the code") {
        const error failure{errc::not_finite, "/site/price_eur_per_kwh/3", "the price must be a finite number"};
        CHECK(failure.code == errc::not_finite);
        CHECK(format(failure) == "/site/price_eur_per_kwh/3: the price must be a finite number (not finite)");
    }

    TEST_CASE("an error of the whole input has no place") {
        CHECK(format(error{errc::missing, "", "the text is empty"}) == "the text is empty (missing)");
    }
}

TEST_SUITE("expected") {
    TEST_CASE("an expected holds a value or the reason why there is none") {
        CHECK(half(8) == 4);
        CHECK(half(8).has_value());
        const auto failed = half(7);
        CHECK_FALSE(failed);
        CHECK(failed.error().where == "/number");
        CHECK(failed.value_or(-1) == -1);
    }

    TEST_CASE("value() of a temporary outlives it") {
        const auto numbers = [] { return expected<std::vector<int>>(std::vector<int>{1, 2, 3}); };
        static_assert(std::is_same_v<decltype(numbers().value()), std::vector<int>>);
        const std::vector<int>& bound = numbers().value();
        int sum = bound.front();
        for (const int& each : numbers().value()) sum += each;
        CHECK(sum == 7);

        expected<std::unique_ptr<int>> owner = std::make_unique<int>(5);
        const std::unique_ptr<int> moved = std::move(owner).value();
        CHECK(*moved == 5);
        CHECK(*owner == nullptr);
    }

    TEST_CASE("value() throws the error it holds") {
        CHECK_THROWS_WITH_AS(half(7).value(), "/number: an even number is needed (out of range)", exception);
        try {
            half(7).value();
        } catch (const exception& thrown) {
            CHECK(thrown.error().code == errc::out_of_range);
        }
    }

    TEST_CASE("steps chain and the first failure ends the chain") {
        CHECK(half(12).and_then(half) == 3);
        CHECK(half(6).and_then(half).error().code == errc::out_of_range);
        CHECK(half(8).transform([](int number) { return std::to_string(number); }) == std::string("4"));
        CHECK_FALSE(half(9).transform([](int number) { return number; }));
    }

    TEST_CASE("an expected without a value type reports success or an error") {
        const expected<void> done;
        CHECK(done);
        const expected<void> failed = error{errc::unavailable, "", "the disk is full"};
        CHECK_FALSE(failed);
        CHECK_THROWS_AS(failed.value(), exception);
    }
}
