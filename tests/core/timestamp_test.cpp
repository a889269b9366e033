#include <incar/core/timestamp.hpp>

#include <doctest/doctest.h>

#include <ctime>
#include <limits>
#include <random>
#include <string>
#include <unordered_set>

using namespace incar;
using namespace std::chrono_literals;

namespace {

using std::chrono::milliseconds;

std::string reformatted(std::string_view text) {
    const auto at = timestamp::parse(text);
    return at ? format(*at) : at.error().code.message();
}

timestamp random_instant(std::mt19937_64& random) {
    const std::int64_t first = timestamp::min().since_1970().count(), last = timestamp::max().since_1970().count();
    return timestamp(milliseconds(std::uniform_int_distribution<std::int64_t>(first, last)(random)));
}

struct text_case {
    const char* text;
    const char* result;
};

} // namespace

TEST_SUITE("timestamp text") {
    TEST_CASE("a timestamp is read with Z, with an offset, and without either as UTC") {
        const text_case cases[] = {
            {"2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z"},
            {"2026-01-02t03:04:05z", "2026-01-02T03:04:05Z"},
            {"2026-01-02 03:04:05", "2026-01-02T03:04:05Z"},
            {"2026-01-02T03:04:05", "2026-01-02T03:04:05Z"},
            {"2026-01-02T03:04:05+01:00", "2026-01-02T02:04:05Z"},
            {"2025-12-31T23:34:05-05:30", "2026-01-01T05:04:05Z"},
            {"2026-01-01T00:15:00+00:30", "2025-12-31T23:45:00Z"},
            {"2026-01-02T03:04:05-00:00", "2026-01-02T03:04:05Z"},
            {"2026-01-02T03:04:05+23:59", "2026-01-01T03:05:05Z"},
            {"2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"},
            {"2000-02-29T00:00:00Z", "2000-02-29T00:00:00Z"},
            {"1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"},
            {"0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"},
            {"9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"},
        };
        for (const text_case& each : cases) CHECK_MESSAGE(reformatted(each.text) == each.result, each.text);
    }

    TEST_CASE("fractions may have any number of digits and are cut off after the millisecond") {
        const text_case cases[] = {
            {"2026-01-02T03:04:05.5Z", "2026-01-02T03:04:05.500Z"},
            {"2026-01-02T03:04:05.12Z", "2026-01-02T03:04:05.120Z"},
            {"2026-01-02T03:04:05.001", "2026-01-02T03:04:05.001Z"},
            {"2026-01-02T03:04:05.000000Z", "2026-01-02T03:04:05Z"},
            {"2026-01-02T03:04:05.9999999999999999999Z", "2026-01-02T03:04:05.999Z"},
            {"1969-12-31T23:59:59.9999+00:00", "1969-12-31T23:59:59.999Z"},
            {"9999-12-31T23:59:59.99999Z", "9999-12-31T23:59:59.999Z"},
        };
        for (const text_case& each : cases) CHECK_MESSAGE(reformatted(each.text) == each.result, each.text);
    }

    TEST_CASE("the leap second is the midnight that follows it and no other second 60 exists") {
        const text_case cases[] = {
            {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"},
            {"2016-12-31T23:59:60.75", "2017-01-01T00:00:00Z"},
            {"2017-01-01T00:59:60+01:00", "2017-01-01T00:00:00Z"},
            {"2016-12-31T15:59:60-08:00", "2017-01-01T00:00:00Z"},
            {"2016-12-31T23:59:60+01:00", "malformed"},
            {"2016-12-31T23:58:60Z", "malformed"},
            {"2016-12-31T12:00:60Z", "malformed"},
            {"2016-12-31T23:59:61Z", "malformed"},
            {"9999-12-31T23:59:60Z", "out of range"},
        };
        for (const text_case& each : cases) CHECK_MESSAGE(reformatted(each.text) == each.result, each.text);
    }

    TEST_CASE("what is not a date and time is refused") {
        const char* const texts[] = {
            "",
            "2026",
            "2026-01-02",
            "2026-01-02T",
            "2026-01-02T03:04Z",
            "2026-01-02T03:04:05.Z",
            "2026-01-02T03:04:05,5Z",
            "2026-01-02T03:04:05ZZ",
            "2026-01-02T03:04:05Z ",
            " 2026-01-02T03:04:05Z",
            "2026-01-02T03:04:05+1:00",
            "2026-01-02T03:04:05+0100",
            "2026-01-02T03:04:05+01",
            "2026-01-02T03:04:05+24:00",
            "2026-01-02T03:04:05+01:60",
            "2026-01-02T03:04:05 +01:00",
            "2026-01-02  03:04:05",
            "2026-01-02_03:04:05Z",
            "2026-1-02T03:04:05Z",
            "20260102T030405Z",
            "+2026-01-02T03:04:05Z",
            "-0001-01-02T03:04:05Z",
            "10000-01-01T00:00:00Z",
            "2026-00-02T03:04:05Z",
            "2026-13-02T03:04:05Z",
            "2026-01-00T03:04:05Z",
            "2026-01-32T03:04:05Z",
            "2026-02-29T03:04:05Z",
            "1900-02-29T03:04:05Z",
            "2026-04-31T03:04:05Z",
            "2026-01-02T24:00:00Z",
            "2026-01-02T23:60:00Z",
            "2026-01-02T-1:00:00Z",
            "\xd9\xa2\xd9\xa0\xd9\xa2\xd9\xa6-01-02T03:04:05Z",
        };
        for (const char* text : texts) CHECK_MESSAGE(reformatted(text) == "malformed", text);
        CHECK(reformatted(std::string_view("2026-01-02T03:04:05Z\0", 21)) == "malformed");
    }

    TEST_CASE("an offset that leads out of the years 0000 to 9999 is out of range") {
        CHECK(reformatted("0000-01-01T00:59:59+01:00") == "out of range");
        CHECK(reformatted("0000-01-01T01:00:00+01:00") == "0000-01-01T00:00:00Z");
        CHECK(reformatted("9999-12-31T23:00:00-01:00") == "out of range");
        CHECK(reformatted("9999-12-31T22:59:59.999-01:00") == "9999-12-31T23:59:59.999Z");
    }

    TEST_CASE("each instant is read back from its own text") {
        std::mt19937_64 random(1);
        for (int round = 0; round < 20'000; ++round) {
            const timestamp at = random_instant(random);
            REQUIRE(timestamp::parse(format(at)) == at);
        }
    }

    TEST_CASE("texts sort as their instants do within one form") {
        std::mt19937_64 random(2);
        for (int round = 0; round < 5'000; ++round) {
            const timestamp one = random_instant(random), two = random_instant(random);
            if (to_civil(one).millisecond != 0 && to_civil(two).millisecond != 0)
                REQUIRE((one < two) == (format(one) < format(two)));
        }
    }
}

TEST_SUITE("timestamp calendar") {
    TEST_CASE("every day from year 0000 to 9999 follows the day before it") {
        civil_time date{0, 1, 1};
        int weekday_number =
            static_cast<int>(weekday::saturday); // 1 January 0000, 400 years before 2000-01-01 five times
        timestamp midnight = timestamp::min();
        int days = 0, mistakes = 0;
        for (; date.year < 10'000; midnight += 24h, ++days) {
            mistakes += to_civil(midnight) != date;
            mistakes += from_civil(date) != midnight;
            mistakes += static_cast<int>(weekday_of(midnight)) != weekday_number;
            mistakes += weekday_of(date) != weekday_of(midnight);
            weekday_number = (weekday_number + 1) % 7;
            const bool leap = (date.year % 4 == 0 && date.year % 100 != 0) || date.year % 400 == 0;
            const bool short_month = date.month == 4 || date.month == 6 || date.month == 9 || date.month == 11;
            const int length = date.month == 2 ? (leap ? 29 : 28) : short_month ? 30 : 31;
            if (++date.day > length) date.day = 1, ++date.month;
            if (date.month > 12) date.month = 1, ++date.year;
        }
        CHECK(mistakes == 0);
        CHECK(days == 25 * 146'097);
        CHECK(midnight == timestamp::max());
    }

    TEST_CASE("a random instant becomes a civil time and the same instant again") {
        std::mt19937_64 random(3);
        for (int round = 0; round < 50'000; ++round) {
            const timestamp at = random_instant(random);
            const civil_time time = to_civil(at);
            REQUIRE(from_civil(time) == at);
            REQUIRE((at - milliseconds(time.millisecond)).since_1970() % 1s == 0ms);
            REQUIRE(weekday_of(time) == weekday_of(at));
        }
    }

    TEST_CASE("the calendar agrees with the one of the C library") {
        std::mt19937_64 random(4);
        for (int round = 0; round < 20'000; ++round) {
            const timestamp at = random_instant(random);
            const civil_time time = to_civil(at);
            std::tm broken{};
            broken.tm_year = time.year - 1900;
            broken.tm_mon = time.month - 1;
            broken.tm_mday = time.day;
            broken.tm_hour = time.hour;
            broken.tm_min = time.minute;
            broken.tm_sec = time.second;
            REQUIRE(std::int64_t{timegm(&broken)} * 1000 + time.millisecond == at.since_1970().count());
            REQUIRE((broken.tm_wday + 6) % 7 == static_cast<int>(weekday_of(at)));
        }
    }

    TEST_CASE("known days have their names") {
        CHECK(weekday_of(timestamp{}) == weekday::thursday);
        CHECK(weekday_of(timestamp::parse("2026-01-02T23:59:59Z").value()) == weekday::friday);
        CHECK(weekday_of(civil_time{2000, 2, 29}) == weekday::tuesday);
        CHECK(weekday_of(timestamp::max()) == weekday::friday);
    }

    TEST_CASE("a member outside its range is refused by name") {
        const auto where = [](const civil_time& time) { return from_civil(time).error().where; };
        CHECK(where({-1, 1, 1, 0, 0, 0, 0}) == "/year");
        CHECK(where({10'000, 1, 1, 0, 0, 0, 0}) == "/year");
        CHECK(where({2026, 0, 1, 0, 0, 0, 0}) == "/month");
        CHECK(where({2026, 13, 1, 0, 0, 0, 0}) == "/month");
        CHECK(where({2026, 2, 29, 0, 0, 0, 0}) == "/day");
        CHECK(where({2026, 1, 1, 24, 0, 0, 0}) == "/hour");
        CHECK(where({2026, 1, 1, 0, 60, 0, 0}) == "/minute");
        CHECK(where({2026, 1, 1, 0, 0, 60, 0}) == "/second");
        CHECK(where({2026, 1, 1, 0, 0, 0, 1000}) == "/millisecond");
        CHECK(where({2026, 1, 1, 0, 0, 0, -1}) == "/millisecond");
        CHECK(from_civil({2026, std::numeric_limits<int>::min(), 1}).error().code == errc::out_of_range);
    }

    TEST_CASE("civil times compare member by member from the year down") {
        CHECK(civil_time{2026, 1, 2, 3, 4, 5, 6} == civil_time{2026, 1, 2, 3, 4, 5, 6});
        CHECK(civil_time{2026, 1, 2, 3, 4, 5, 6} != civil_time{2026, 1, 2, 3, 4, 5, 7});
        CHECK(civil_time{2025, 12, 31, 23, 59, 59, 999} < civil_time{2026, 1, 1});
    }
}

TEST_SUITE("timestamp arithmetic") {
    TEST_CASE("durations are added and subtracted, and two instants differ by one") {
        const timestamp start = timestamp::parse("2024-02-28T23:30:00Z").value();
        CHECK(format(start + 30min) == "2024-02-29T00:00:00Z");
        CHECK(format(24h + start) == "2024-02-29T23:30:00Z");
        CHECK(format(start - 1ms) == "2024-02-28T23:29:59.999Z");
        CHECK((start + 90s) - start == 90s);
        CHECK(start - (start + 1h) == -1h);
        timestamp moving = start;
        moving += 2h;
        moving -= 1h;
        CHECK(moving == start + 1h);
    }

    TEST_CASE("adding and subtracting stop at the first and the last instant") {
        CHECK(timestamp::max() + 1ms == timestamp::max());
        CHECK(timestamp::min() - 1ms == timestamp::min());
        CHECK(timestamp::min() + milliseconds::max() == timestamp::max());
        CHECK(timestamp::max() + milliseconds::min() == timestamp::min());
        CHECK(timestamp::min() - milliseconds::min() == timestamp::max());
        CHECK(timestamp::max() - milliseconds::max() == timestamp::min());
        CHECK(timestamp(milliseconds::max()) == timestamp::max());
        CHECK(timestamp(milliseconds::min()) == timestamp::min());
        CHECK(timestamp::min() + (timestamp::max() - timestamp::min()) == timestamp::max());
    }

    TEST_CASE("instants order along time and equal ones hash alike") {
        const timestamp early(1ms), late(2ms);
        CHECK(early < late);
        CHECK(early <= late);
        CHECK(late > early);
        CHECK(late >= early);
        CHECK(early != late);
        CHECK(std::unordered_set<timestamp>{early, late, timestamp(1ms)}.size() == 2);
        static_assert(timestamp{} + 1s == timestamp(1000ms));
    }
}
