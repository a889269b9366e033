#include <incar/core/clock.hpp>

#include <doctest/doctest.h>

#include <ctime>

using namespace incar;
using namespace std::chrono_literals;

TEST_SUITE("clock") {
    TEST_CASE("the system's clock shows the time of the C library") {
        const incar::clock now = system_clock();
        const timestamp before(std::chrono::seconds(std::time(nullptr)) - 1s);
        const timestamp shown = now();
        const timestamp after(std::chrono::seconds(std::time(nullptr)) + 1s);
        CHECK(before <= shown);
        CHECK(shown <= after);
    }

    TEST_CASE("a manual clock stands still until it is set or advanced") {
        manual_clock time(timestamp(5s));
        const incar::clock now = time.as_clock();
        CHECK(now() == timestamp(5s));
        CHECK(now() == timestamp(5s));
        time.advance(2min);
        CHECK(now() == timestamp(125s));
        time.set(timestamp(1s));
        CHECK(now() == timestamp(1s));
        CHECK(time.now() == now());
    }

    TEST_CASE("a manual clock starts in 1970 unless told otherwise") {
        CHECK(manual_clock().now() == timestamp());
    }
}
