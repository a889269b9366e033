#include <incar/core/units.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>
#include <type_traits>

using namespace incar;
using namespace std::chrono_literals;

namespace {

template <class Left, class Right, class = void>
struct adds : std::false_type {};
template <class Left, class Right>
struct adds<Left, Right, std::void_t<decltype(std::declval<Left>() + std::declval<Right>())>> : std::true_type {};

} // namespace

TEST_SUITE("units") {
    TEST_CASE("a quantity is the same in each of its units") {
        CHECK(power::kilowatts(5) == power::watts(5000));
        CHECK(power::megawatts(1.5).kilowatts() == 1500);
        CHECK(power::watts(250).kilowatts() == 0.25);
        CHECK(power::watts(250'000).megawatts() == 0.25);
        CHECK(energy::kilowatt_hours(40).watt_hours() == 40'000);
        CHECK(energy::megawatt_hours(2) == energy::kilowatt_hours(2000));
        CHECK(energy::watt_hours(500).kilowatt_hours() == 0.5);
        CHECK(energy::watt_hours(500'000).megawatt_hours() == 0.5);
        CHECK(power{} == power::watts(0));
    }

    TEST_CASE("power over time is energy and energy over time is power") {
        CHECK(power::kilowatts(11) * 90min == energy::kilowatt_hours(16.5));
        CHECK(15min * power::kilowatts(22) == energy::kilowatt_hours(5.5));
        CHECK(energy::kilowatt_hours(3) / 30min == power::kilowatts(6));
        CHECK(power::watts(3600) * 1s == energy::watt_hours(1));
        CHECK(power::watts(100) * std::chrono::duration<double, std::ratio<3600>>(0.5) == energy::watt_hours(50));
        CHECK(std::isinf((energy::watt_hours(1) / 0s).watts()));
    }

    TEST_CASE("quantities of one kind add, scale, compare and form ratios") {
        power rate = power::kilowatts(7) + power::kilowatts(4) - power::kilowatts(1);
        CHECK(rate == power::kilowatts(10));
        CHECK(-rate < power{});
        CHECK(rate * 2 == 2 * rate);
        CHECK(rate / 4 == power::kilowatts(2.5));
        CHECK(rate / power::kilowatts(4) == 2.5);
        CHECK(rate >= power::kilowatts(10));
        CHECK(rate <= power::kilowatts(10));
        CHECK(rate > power::kilowatts(9));
        CHECK(rate != power::kilowatts(9));
        rate += power::watts(500);
        rate -= power::watts(100);
        rate *= 3;
        rate /= 2;
        CHECK(rate == power::watts(15'600));
    }

    TEST_CASE("power, energy and bare numbers do not mix") {
        static_assert(adds<power, power>::value && adds<energy, energy>::value);
        static_assert(!adds<power, energy>::value && !adds<power, double>::value && !adds<double, energy>::value);
        static_assert(!std::is_constructible_v<power, double> && !std::is_convertible_v<power, double>);
        static_assert(!std::is_constructible_v<power, energy> && sizeof(power) == sizeof(double));
    }

    TEST_CASE("quantities are known at compile time") {
        constexpr energy charged = power::kilowatts(11) * 2h;
        static_assert(charged == energy::kilowatt_hours(22));
        static_assert(charged / 4h == power::kilowatts(5.5));
    }
}

TEST_SUITE("units text") {
    TEST_CASE("a power is shown with up to four digits in the unit that suits it") {
        CHECK(format(power::kilowatts(6.6)) == "6.6 kW");
        CHECK(format(power::watts(850)) == "850 W");
        CHECK(format(power::kilowatts(1250)) == "1.25 MW");
        CHECK(format(power::kilowatts(22)) == "22 kW");
        CHECK(format(power::watts(7359.6)) == "7.36 kW");
        CHECK(format(power::watts(43'126)) == "43.13 kW");
        CHECK(format(power::megawatts(2000)) == "2 GW");
        CHECK(format(power::watts(-3700)) == "-3.7 kW");
        CHECK(format(power::watts(0.25)) == "0.25 W");
    }

    TEST_CASE("an energy is shown in watt-hours and their multiples") {
        CHECK(format(energy::watt_hours(500)) == "500 Wh");
        CHECK(format(energy::kilowatt_hours(40.25)) == "40.25 kWh");
        CHECK(format(energy::megawatt_hours(1.5)) == "1.5 MWh");
    }

    TEST_CASE("rounding up to a thousand moves on to the next unit") {
        CHECK(format(power::watts(999.9)) == "999.9 W");
        CHECK(format(power::watts(999.96)) == "1 kW");
        CHECK(format(power::watts(999'960)) == "1 MW");
        CHECK(format(power::watts(-999.96)) == "-1 kW");
        CHECK(format(power::watts(1000)) == "1 kW");
    }

    TEST_CASE("what is as good as nothing is shown as nothing, without a sign") {
        CHECK(format(power{}) == "0 W");
        CHECK(format(-power{}) == "0 W");
        CHECK(format(power::watts(0.3) - power::watts(0.1) * 3) == "0 W");
        CHECK(format(power::watts(-0.0004)) == "0 W");
        CHECK(format(power::watts(0.0006)) == "0.0006 W");
    }

    TEST_CASE("huge and non-finite quantities still have a text") {
        CHECK(format(power::watts(1e15)) == "1e+06 GW");
        CHECK(format(power::watts(std::numeric_limits<double>::max())) == "1.798e+299 GW");
        CHECK(format(energy::watt_hours(std::numeric_limits<double>::infinity())) == "inf GWh");
        CHECK(format(energy::watt_hours(std::numeric_limits<double>::quiet_NaN())) == "nan Wh");
    }
}
