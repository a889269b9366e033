#include <incar/adapters/glpk.hpp>
#include <incar/smac/solve.hpp>

#include <cstdio>

int main() {
    incar::smac::problem problem;
    problem.slots = 2;
    problem.slot_minutes = 60;
    problem.site.price_eur_per_kwh = {0.3, 0.1};
    problem.evs.resize(1);
    problem.evs[0].id = "a";
    problem.evs[0].departure_slot = 2;
    problem.evs[0].capacity_wh = 50'000;
    problem.evs[0].soc_wh = 20'000;
    problem.evs[0].target_soc_wh = 30'000;
    problem.evs[0].charge_power_w = 11'000;
    const auto plan = incar::smac::solve(problem, incar::adapters::glpk());
    std::printf("%.2f EUR\n", plan.value().objective_eur);
}
