#include <incar/core/money.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <unordered_set>

using namespace incar;

namespace {

constexpr currency eur("EUR");
constexpr currency nok("NOK");

} // namespace

TEST_SUITE("currency") {
    TEST_CASE("a currency is three upper-case letters") {
        CHECK(currency::parse("EUR") == eur);
        CHECK(currency::parse("EUR")->text() == "EUR");
        for (const char* text : {"", "EU", "EURO", "eur", "EuR", "E R", "E1R", "\xc3\x84U"})
            CHECK_MESSAGE(currency::parse(text).error().code == errc::malformed, text);
        CHECK_THROWS_AS(currency("eur"), exception);
        CHECK_THROWS_AS(currency({'E', 'U', 'R', 'O'}), exception);
    }

    TEST_CASE("no currency is XXX") {
        CHECK(currency().text() == "XXX");
        CHECK(money().currency == currency("XXX"));
    }

    TEST_CASE("currencies compare, sort and hash by their letters") {
        CHECK(eur != nok);
        CHECK(eur < nok);
        CHECK_FALSE(nok < eur);
        CHECK(std::unordered_set<currency>{eur, nok, currency("EUR")}.size() == 2);
        static_assert(sizeof(currency) == 3 && eur == currency("EUR"));
    }
}

TEST_SUITE("money") {
    TEST_CASE("amounts of one currency are added and subtracted exactly") {
        CHECK(add({decimal(50, 2), eur}, {decimal(4), eur}) == money{decimal(45, 1), eur});
        CHECK(subtract({decimal(10, 2), eur}, {decimal(30, 2), eur}) == money{decimal(-20, 2), eur});
        CHECK(multiply({decimal(25, 2), eur}, decimal(16)) == money{decimal(4), eur});
    }

    TEST_CASE("amounts of two currencies do not combine") {
        const money euros{decimal(1), eur}, kroner{decimal(1), nok};
        CHECK(add(euros, kroner).error().code == errc::currency_mismatch);
        CHECK(subtract(euros, kroner).error().code == errc::currency_mismatch);
        CHECK(compare(euros, kroner).error().message == "EUR and NOK do not mix");
        CHECK(euros != kroner);
    }

    TEST_CASE("amounts of one currency have an order") {
        CHECK(compare({decimal(20, 1), eur}, {decimal(200, 2), eur}) == 0);
        CHECK(compare({decimal(1), eur}, {decimal(2), eur}) == -1);
        CHECK(compare({decimal(1), eur}, {decimal(-2), eur}) == 1);
        CHECK(money{decimal(20, 1), eur} == money{decimal(200, 2), eur});
    }

    TEST_CASE("an amount that does not fit is an overflow") {
        const money most{decimal(std::numeric_limits<std::int64_t>::max()), eur};
        CHECK(add(most, most).error().code == errc::overflow);
        CHECK(multiply(most, decimal(2)).error().code == errc::overflow);
    }

    TEST_CASE("an amount is shown with all its decimals and its currency") {
        CHECK(format(money{decimal(1250, 2), eur}) == "12.50 EUR");
        CHECK(format(money{decimal(-5), nok}) == "-5 NOK");
    }
}
