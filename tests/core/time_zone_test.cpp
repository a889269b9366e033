#include <incar/core/time_zone.hpp>

#include <doctest/doctest.h>

#include <cstdlib>
#include <ctime>
#include <random>
#include <string>
#include <thread>
#include <vector>

using namespace incar;
using namespace std::chrono_literals;

namespace {

timestamp instant(std::string_view text) {
    return timestamp::parse(text).value();
}

time_zone zone(std::string_view name) {
    return time_zone::find(name).value();
}

/// "2026-07-01T12:00:00 +120 dst CEST": local time, minutes east of UTC, daylight saving, abbreviation.
std::string shown(const time_zone& place, std::string_view utc) {
    const local_time local = place.to_local(instant(utc));
    std::string text = format(from_civil(local.time).value());
    text.back() = ' ';
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(local.utc_offset).count();
    return text + std::to_string(minutes) + (local.is_dst ? " dst " : " ") + local.abbreviation;
}

std::string outcome(const expected<timestamp>& at) {
    return at ? format(*at) : at.error().code.message();
}

std::string outcome(const std::optional<timestamp>& at) {
    return at ? format(*at) : "none";
}

timestamp random_instant(std::mt19937_64& random, std::string_view first, std::string_view last) {
    const auto milliseconds_of = [](std::string_view text) { return instant(text).since_1970().count(); };
    std::uniform_int_distribution<std::int64_t> any(milliseconds_of(first), milliseconds_of(last));
    return timestamp(std::chrono::milliseconds(any(random)));
}

const char* const many_zones[] = {
    "Europe/Madrid",       "Europe/Dublin",     "Europe/Moscow",       "Europe/Istanbul", "America/New_York",
    "America/Los_Angeles", "America/Sao_Paulo", "America/St_Johns",    "America/Caracas", "Africa/Casablanca",
    "Africa/Monrovia",     "Asia/Kolkata",      "Asia/Kathmandu",      "Asia/Pyongyang",  "Asia/Tehran",
    "Asia/Tokyo",          "Australia/Sydney",  "Australia/Lord_Howe", "Pacific/Apia",    "Pacific/Chatham",
    "Pacific/Kiritimati",  "Antarctica/Troll",  "Atlantic/Reykjavik",  "Etc/GMT+12",      "UTC",
    "America/Nuuk"};

} // namespace

TEST_SUITE("time zone names") {
    TEST_CASE("a zone is found by its name in the tz database") {
        CHECK(zone("Europe/Madrid").name() == "Europe/Madrid");
        CHECK(zone("America/Argentina/Buenos_Aires").name() == "America/Argentina/Buenos_Aires");
        CHECK(zone("Etc/GMT-14") == zone("Etc/GMT-14"));
        CHECK(zone("Europe/Madrid") != zone("Europe/Paris"));
        CHECK(time_zone::utc().name() == "UTC");
        CHECK(time_zone() == zone("UTC"));
        for (const char* name : many_zones) CHECK_MESSAGE(time_zone::find(name), name);
    }

    TEST_CASE("what is no name of the database is not found") {
        for (const char* name : {"",
                                 "Europe",
                                 "Europe/",
                                 "Europe/Atlantis",
                                 "europe/madrid ",
                                 " Europe/Madrid",
                                 "../etc/passwd",
                                 "/etc/localtime",
                                 "/usr/share/zoneinfo/Europe/Madrid",
                                 "Europe/../Europe/Madrid",
                                 "./Europe/Madrid",
                                 "file:Europe/Madrid",
                                 "libc:localtime",
                                 "libc:UTC",
                                 "localtime",
                                 "posixrules",
                                 "posix/Europe/Madrid",
                                 "right/Europe/Madrid",
                                 "Fixed/UTC+01:00:00",
                                 "+01:00",
                                 "CET-1CEST",
                                 "CET-1CEST,M3.5.0,M10.5.0/3",
                                 ":UTC",
                                 "tzdata.zi",
                                 "zone1970.tab",
                                 "leapseconds"})
            CHECK_MESSAGE(time_zone::find(name).error().code == errc::not_found, name);
        CHECK_FALSE(time_zone::find(std::string_view("Europe/Madrid\0", 14)));
        CHECK_FALSE(time_zone::find(std::string(100'000, 'a')));
    }
}

TEST_SUITE("time zone to local time") {
    TEST_CASE("UTC is its own local time") {
        CHECK(shown(time_zone::utc(), "2026-07-01T10:00:00Z") == "2026-07-01T10:00:00 0 UTC");
        CHECK(time_zone().to_local(timestamp::max()).time == to_civil(timestamp::max()));
    }

    TEST_CASE("clocks show standard time in winter and daylight saving time in summer") {
        const time_zone madrid = zone("Europe/Madrid"), los_angeles = zone("America/Los_Angeles");
        CHECK(shown(madrid, "2026-01-01T10:00:00Z") == "2026-01-01T11:00:00 60 CET");
        CHECK(shown(madrid, "2026-07-01T10:00:00Z") == "2026-07-01T12:00:00 120 dst CEST");
        CHECK(shown(madrid, "2026-03-29T00:59:59Z") == "2026-03-29T01:59:59 60 CET");
        CHECK(shown(madrid, "2026-03-29T01:00:00Z") == "2026-03-29T03:00:00 120 dst CEST");
        CHECK(shown(los_angeles, "2026-01-01T07:59:59Z") == "2025-12-31T23:59:59 -480 PST");
        CHECK(shown(los_angeles, "2026-07-01T07:00:00Z") == "2026-07-01T00:00:00 -420 dst PDT");
    }

    TEST_CASE("offsets and daylight saving need not be whole hours") {
        CHECK(shown(zone("Asia/Kolkata"), "2026-01-01T00:00:00Z") == "2026-01-01T05:30:00 330 IST");
        CHECK(shown(zone("Australia/Lord_Howe"), "2026-01-01T00:00:00Z") == "2026-01-01T11:00:00 660 dst +11");
        CHECK(shown(zone("Australia/Lord_Howe"), "2026-07-01T00:00:00Z") == "2026-07-01T10:30:00 630 +1030");
    }

    TEST_CASE("milliseconds are kept on both sides of 1970") {
        const time_zone tokyo = zone("Asia/Tokyo");
        CHECK(tokyo.to_local(instant("2026-01-01T00:00:00.250Z")).time == civil_time{2026, 1, 1, 9, 0, 0, 250});
        CHECK(tokyo.to_local(instant("1969-12-31T14:59:59.999Z")).time == civil_time{1969, 12, 31, 23, 59, 59, 999});
    }

    TEST_CASE("rules reach past the end of the database's tables") {
        const time_zone madrid = zone("Europe/Madrid");
        CHECK(shown(madrid, "2500-01-15T12:00:00Z") == "2500-01-15T13:00:00 60 CET");
        CHECK(shown(madrid, "2500-07-15T12:00:00Z") == "2500-07-15T14:00:00 120 dst CEST");
        CHECK(shown(madrid, "9999-07-15T12:00:00Z") == "9999-07-15T14:00:00 120 dst CEST");
    }

    TEST_CASE("the first and the last instant have a local time in a year outside 0000 to 9999") {
        CHECK(zone("America/Los_Angeles").to_local(timestamp::min()).time.year == -1);
        CHECK(zone("Asia/Tokyo").to_local(timestamp::max()).time.year == 10'000);
    }
}

TEST_SUITE("time zone to UTC") {
    TEST_CASE("a local time that happens once needs no policy") {
        CHECK(outcome(zone("Europe/Madrid").to_utc({2026, 3, 29, 8, 30})) == "2026-03-29T06:30:00Z");
        CHECK(outcome(zone("Asia/Kolkata").to_utc({2026, 1, 1, 5, 30, 15, 5})) == "2026-01-01T00:00:15.005Z");
        CHECK(outcome(zone("Europe/Madrid").to_utc({2500, 7, 15, 14})) == "2500-07-15T12:00:00Z");
        CHECK(outcome(time_zone::utc().to_utc({2026, 1, 1})) == "2026-01-01T00:00:00Z");
    }

    TEST_CASE("a local time that happens twice is one of two instants or refused") {
        const time_zone madrid = zone("Europe/Madrid");
        const civil_time twice{2026, 10, 25, 2, 30, 0, 7};
        CHECK(outcome(madrid.to_utc(twice)) == "ambiguous time");
        CHECK(outcome(madrid.to_utc(twice, when_ambiguous::refuse)) == "ambiguous time");
        CHECK(outcome(madrid.to_utc(twice, when_ambiguous::earlier)) == "2026-10-25T00:30:00.007Z");
        CHECK(outcome(madrid.to_utc(twice, when_ambiguous::later)) == "2026-10-25T01:30:00.007Z");
        CHECK(outcome(madrid.to_utc({2026, 10, 25, 1, 59, 59, 999})) == "2026-10-24T23:59:59.999Z");
        CHECK(outcome(madrid.to_utc({2026, 10, 25, 2})) == "ambiguous time");
        CHECK(outcome(madrid.to_utc({2026, 10, 25, 2, 59, 59, 999})) == "ambiguous time");
        CHECK(outcome(madrid.to_utc({2026, 10, 25, 3})) == "2026-10-25T02:00:00Z");
    }

    TEST_CASE("a local time that is skipped is moved as the policy says or refused") {
        const time_zone madrid = zone("Europe/Madrid");
        const civil_time skipped{2026, 3, 29, 2, 30, 0, 7};
        const auto by = [&](when_skipped gap) { return outcome(madrid.to_utc(skipped, when_ambiguous::refuse, gap)); };
        CHECK(outcome(madrid.to_utc(skipped)) == "nonexistent time");
        CHECK(by(when_skipped::refuse) == "nonexistent time");
        CHECK(by(when_skipped::before) == "2026-03-29T01:30:00.007Z");
        CHECK(by(when_skipped::after) == "2026-03-29T00:30:00.007Z");
        CHECK(by(when_skipped::at_transition) == "2026-03-29T01:00:00Z");
        CHECK(outcome(madrid.to_utc({2026, 3, 29, 2})) == "nonexistent time");
        CHECK(outcome(madrid.to_utc({2026, 3, 29, 3})) == "2026-03-29T01:00:00Z");
    }

    TEST_CASE("gaps and folds last half an hour where daylight saving does") {
        const time_zone lord_howe = zone("Australia/Lord_Howe");
        CHECK(outcome(lord_howe.to_utc({2026, 10, 4, 2, 15})) == "nonexistent time");
        CHECK(outcome(lord_howe.to_utc({2026, 10, 4, 2, 30})) == "2026-10-03T15:30:00Z");
        CHECK(outcome(lord_howe.to_utc({2026, 4, 5, 1, 45}, when_ambiguous::earlier)) == "2026-04-04T14:45:00Z");
        CHECK(outcome(lord_howe.to_utc({2026, 4, 5, 1, 45}, when_ambiguous::later)) == "2026-04-04T15:15:00Z");
    }

    TEST_CASE("a midnight can be skipped, and a whole day") {
        const time_zone sao_paulo = zone("America/Sao_Paulo");
        const civil_time midnight{2018, 11, 4};
        CHECK(outcome(sao_paulo.to_utc(midnight)) == "nonexistent time");
        const auto begins = sao_paulo.to_utc(midnight, when_ambiguous::refuse, when_skipped::at_transition);
        CHECK(outcome(begins) == "2018-11-04T03:00:00Z");
        CHECK(sao_paulo.to_local(*begins).time == civil_time{2018, 11, 4, 1});
        CHECK(outcome(zone("Pacific/Apia").to_utc({2011, 12, 30, 12})) == "nonexistent time");
    }

    TEST_CASE("a local time with a member out of range, or out of the years in UTC, is refused") {
        const time_zone tokyo = zone("Asia/Tokyo"), los_angeles = zone("America/Los_Angeles");
        CHECK(tokyo.to_utc({2026, 2, 29}).error().where == "/day");
        CHECK(tokyo.to_utc({2026, 1, 1, 24}).error().where == "/hour");
        CHECK(tokyo.to_utc({20'000, 1, 1}).error().where == "/year");
        CHECK(outcome(tokyo.to_utc({0, 1, 1})) == "out of range");
        CHECK(outcome(los_angeles.to_utc({9999, 12, 31, 16})) == "out of range");
        CHECK(tokyo.to_utc(tokyo.to_local(timestamp::max()).time) == timestamp::max());
        CHECK(los_angeles.to_utc(los_angeles.to_local(timestamp::min()).time) == timestamp::min());
    }

    TEST_CASE("each instant is restored from its local time, in every zone") {
        std::mt19937_64 random(1);
        for (const char* name : many_zones) {
            const time_zone place = zone(name);
            INFO(name);
            for (int round = 0; round < 2'000; ++round) {
                const timestamp at = random_instant(random, "1850-01-01T00:00:00Z", "2600-01-01T00:00:00Z");
                const local_time local = place.to_local(at);
                REQUIRE(from_civil(local.time).value() - at == local.utc_offset);
                const auto earlier = place.to_utc(local.time, when_ambiguous::earlier);
                const auto later = place.to_utc(local.time, when_ambiguous::later);
                REQUIRE((earlier == at || later == at));
                REQUIRE((*earlier == *later) == place.to_utc(local.time).has_value());
            }
        }
    }
}

TEST_SUITE("time zone changes") {
    TEST_CASE("the next change is the first instant of the new offset") {
        const time_zone madrid = zone("Europe/Madrid");
        CHECK(outcome(madrid.next_transition(instant("2026-01-01T00:00:00Z"))) == "2026-03-29T01:00:00Z");
        CHECK(outcome(madrid.next_transition(instant("2026-03-29T00:59:59.999Z"))) == "2026-03-29T01:00:00Z");
        CHECK(outcome(madrid.next_transition(instant("2026-03-29T01:00:00Z"))) == "2026-10-25T01:00:00Z");
        CHECK(outcome(madrid.next_transition(instant("2026-03-29T01:00:00.001Z"))) == "2026-10-25T01:00:00Z");
    }

    TEST_CASE("zones without further changes have no next one") {
        CHECK(outcome(time_zone::utc().next_transition(timestamp::min())) == "none");
        CHECK(outcome(zone("Asia/Kolkata").next_transition(instant("2026-01-01T00:00:00Z"))) == "none");
        CHECK(outcome(zone("Asia/Kolkata").next_transition(instant("2500-01-01T00:00:00Z"))) == "none");
        CHECK(outcome(zone("Africa/Casablanca").next_transition(instant("2440-01-01T00:00:00Z"))) == "none");
        CHECK(outcome(zone("Europe/Madrid").next_transition(timestamp::max())) == "none");
        CHECK(outcome(zone("Europe/Madrid").next_transition(instant("9999-11-01T00:00:00Z"))) == "none");
    }

    TEST_CASE("changes go on past the end of the database's tables") {
        const time_zone madrid = zone("Europe/Madrid");
        CHECK(outcome(madrid.next_transition(instant("2500-01-01T00:00:00Z"))) == "2500-03-28T01:00:00Z");
        CHECK(outcome(madrid.next_transition(instant("9999-07-01T00:00:00Z"))) == "9999-10-31T01:00:00Z");
        int changes = 0;
        for (auto at = madrid.next_transition(instant("2400-01-01T00:00:00Z")); at && to_civil(*at).year < 2900;
             at = madrid.next_transition(*at))
            ++changes;
        CHECK(changes == 1'000);
    }

    TEST_CASE("local time is steady up to the next change and differs from there") {
        std::mt19937_64 random(2);
        for (const char* name : many_zones) {
            const time_zone place = zone(name);
            INFO(name);
            for (int round = 0; round < 300; ++round) {
                const timestamp at = random_instant(random, "1850-01-01T00:00:00Z", "2600-01-01T00:00:00Z");
                const auto traits = [&](timestamp when) {
                    const local_time local = place.to_local(when);
                    return std::make_tuple(local.utc_offset.count(), local.is_dst, local.abbreviation);
                };
                const auto next = place.next_transition(at);
                const timestamp end = next ? *next : timestamp::max();
                REQUIRE(end > at);
                for (int step = 0; step < 8; ++step) REQUIRE(traits(at + (end - at) * step / 8) == traits(at));
                REQUIRE((!next || traits(end - 1ms) == traits(at)));
                REQUIRE((!next || traits(end) != traits(at)));
            }
        }
    }
}

TEST_SUITE("time zone at large") {
    TEST_CASE("local times agree with those of the C library") {
        std::mt19937_64 random(3);
        const char* const set_before = std::getenv("TZ");
        const std::string before = set_before ? set_before : "";
        for (const char* name : {"Europe/Madrid", "America/New_York", "America/Sao_Paulo", "Asia/Kolkata",
                                 "Australia/Lord_Howe", "Africa/Casablanca", "Europe/Dublin", "Pacific/Apia"}) {
            setenv("TZ", name, 1);
            tzset();
            const time_zone place = zone(name);
            INFO(name);
            for (int round = 0; round < 3'000; ++round) {
                const timestamp at = random_instant(random, "1902-01-01T00:00:00Z", "2600-01-01T00:00:00Z");
                const auto seconds = std::chrono::floor<std::chrono::seconds>(at.since_1970()).count();
                const std::time_t unix_time = static_cast<std::time_t>(seconds);
                std::tm shown_by_c{};
                REQUIRE(localtime_r(&unix_time, &shown_by_c));
                const local_time local = place.to_local(at);
                const civil_time by_c{shown_by_c.tm_year + 1900, shown_by_c.tm_mon + 1, shown_by_c.tm_mday,
                                      shown_by_c.tm_hour,        shown_by_c.tm_min,     shown_by_c.tm_sec,
                                      local.time.millisecond};
                REQUIRE(local.time == by_c);
                REQUIRE(local.utc_offset.count() == shown_by_c.tm_gmtoff);
                REQUIRE(local.is_dst == (shown_by_c.tm_isdst > 0));
                REQUIRE(local.abbreviation == shown_by_c.tm_zone);
            }
        }
        set_before ? setenv("TZ", before.c_str(), 1) : unsetenv("TZ");
        tzset();
    }

    TEST_CASE("a zone exists where it can be found") {
        for (const char* name : {"UTC", "Europe/Madrid", "America/Argentina/Ushuaia", "Etc/GMT-1", "Europe/Bergen",
                                 "Europe", "europe/madrid", "", "/UTC", "../zoneinfo/UTC", "posix/UTC", "right/UTC",
                                 "localtime", "+01:00", "CET-1CEST", "Fixed/UTC+01:00:00", "zone.tab", "tzdata.zi"}) {
            CAPTURE(name);
            CHECK(time_zone::exists(name) == time_zone::find(name).has_value());
            CHECK(time_zone::exists(name) == time_zone::find(name).has_value()); // also when it is remembered
        }
        CHECK(time_zone::exists("Europe/Madrid"));
        CHECK(!time_zone::exists(std::string_view("Europe/Madrid\0", 14)));
    }

    TEST_CASE("one zone serves many threads") {
        const time_zone madrid = zone("Europe/Madrid");
        std::vector<std::thread> threads;
        std::vector<int> mistakes(4);
        for (int& count : mistakes)
            threads.emplace_back([&count, madrid] {
                std::mt19937_64 random(4);
                for (int round = 0; round < 2'000; ++round) {
                    const timestamp at = random_instant(random, "1970-01-01T00:00:00Z", "2100-01-01T00:00:00Z");
                    const local_time local = madrid.to_local(at);
                    const auto earlier = madrid.to_utc(local.time, when_ambiguous::earlier);
                    count += from_civil(local.time).value() - at != local.utc_offset || !earlier;
                    count += !time_zone::find("Europe/Paris");
                }
            });
        for (std::thread& each : threads) each.join();
        CHECK(mistakes == std::vector<int>(4));
    }
}
