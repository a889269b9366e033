// When should two cars charge tonight? Prices and the house's load are known, the fuse is 11 kW.

#include <incar/smac/interior_point.hpp>
#include <incar/smac/solve.hpp>

#include <iomanip>
#include <iostream>

using namespace incar;

int main() {
    smac::problem evening;
    evening.start = timestamp::parse("2026-01-15T17:00:00Z").value();
    evening.slot_minutes = 60;
    evening.slots = 6;
    evening.site.max_power_w = 11'000;
    evening.site.price_eur_per_kwh = {0.34, 0.36, 0.30, 0.22, 0.18, 0.16};
    evening.site.demand_wh = {2'000, 2'500, 1'500, 800, 500, 500};
    for (const char* id : {"red", "blue"}) {
        smac::ev car;
        car.id = id;
        car.departure_slot = car.id == "red" ? 4 : 6; // gone at 21:00 and at 23:00
        car.capacity_wh = 50'000;
        car.soc_wh = 20'000;
        car.target_soc_wh = 32'000;
        car.charge_power_w = 7'400;
        evening.evs.push_back(car);
    }
    const auto plan = smac::solve(evening, smac::interior_point());
    if (!plan) return std::cerr << format(plan.error()) << '\n', 2;

    std::cout << std::fixed << std::setprecision(2);
    for (const auto& car : plan->evs) {
        std::cout << std::setw(5) << car.id;
        for (const double watts : car.power_w) std::cout << std::setw(6) << watts / 1000;
        std::cout << "  kW\n";
    }
    std::cout << "costs " << plan->objective_eur << " EUR with the house, " << plan->unmet.size() << " wishes unmet\n";
}
