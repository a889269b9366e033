// The engine against a machine that walks through each session second by second: the same totals, exactly.

#include "pricing_random.hpp"
#include "pricing_stepper.hpp"

using namespace incar;
using namespace incar::ocpi;
using namespace incar::ocpi::pricing;

namespace {

void check(const char* what, const cost& engine, const stepper::sums& machine) {
    CAPTURE(what);
    CHECK(stepper::equal(engine.excl_vat.text(), machine.excl));
    CHECK(stepper::equal(engine.incl_vat.text(), machine.incl));
}

// Cases `from` to `to`, less one.
void compare(std::uint64_t from, std::uint64_t to) {
    std::size_t priced = 0;
    for (std::uint64_t seed = from; seed < to; ++seed) {
        const random_case each = random_pricing_case(seed);
        CAPTURE(seed);
        const auto owed = price(each.tariffs, each.what, each.rules);
        if (!owed) {
            CAPTURE(format(owed.error()));
            // Only limits that contradict each other are no fault of the engine.
            CHECK(owed.error().message == "it lies below min_price");
            continue;
        }
        ++priced;
        const auto second_by_second = stepper::machine(each.tariffs, each.what, each.rules).run();
        check("total", owed->total, second_by_second.total);
        check("fixed", owed->fixed, second_by_second.fixed);
        check("energy", owed->energy, second_by_second.energy);
        check("time", owed->time, second_by_second.time);
        check("parking", owed->parking, second_by_second.parking);
        check("reservation", owed->reservation, second_by_second.reservation);
    }
    CHECK(priced > (to - from) * 9 / 10);
}

} // namespace

// In four parts, so that they can run side by side.
TEST_CASE("random sessions cost what a walk second by second gives, 1") {
    compare(0, 1000);
}
TEST_CASE("random sessions cost what a walk second by second gives, 2") {
    compare(1000, 2000);
}
TEST_CASE("random sessions cost what a walk second by second gives, 3") {
    compare(2000, 3000);
}
TEST_CASE("random sessions cost what a walk second by second gives, 4") {
    compare(3000, 4000);
}
