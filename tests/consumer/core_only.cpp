#include <incar/core/timestamp.hpp>
#include <incar/smac/baselines.hpp>

#include <cstdio>

int main() {
    incar::smac::problem problem;
    problem.start = incar::timestamp::parse("2026-01-15T17:00:00Z").value();
    problem.slots = 2;
    problem.slot_minutes = 30;
    const auto plan = incar::smac::uncontrolled(problem);
    std::printf("%s %zu\n", incar::format(problem.start).c_str(), plan.value().site.import_w.size());
}
