// Plan times of smac::solve with each solver at hand, beside the solver's own time on the bare model: what incar adds
// is the ratio.
//
//     cmake --preset release -DINCAR_BUILD_BENCHMARKS=ON && cmake --build --preset release &&
//     build/release/benchmarks/benchmark_smac

#include "garage.hpp"

#include <incar/adapters/glpk.hpp>
#include <incar/smac/baselines.hpp>
#include <incar/smac/interior_point.hpp>
#include <incar/smac/solve.hpp>

#include <benchmark/benchmark.h>

using namespace incar;

namespace {

void plan_with(benchmark::State& state, const smac::solver& engine) {
    const smac::problem problem = bench::garage(static_cast<int>(state.range(0)));
    double cost = 0, unmet = 0;
    for (auto _ : state) {
        const smac::plan plan = smac::solve(problem, engine).value();
        cost = plan.objective_eur;
        unmet = static_cast<double>(plan.unmet.size());
    }
    state.counters["cost_eur"] = cost;
    state.counters["unmet"] = unmet;
}

void plan_with_interior_point(benchmark::State& state) {
    plan_with(state, smac::interior_point());
}

void plan_with_glpk(benchmark::State& state) {
    plan_with(state, adapters::glpk());
}

// The bound: the solver alone, on the model ready-made, with one weighted objective instead of the tiers.
void one_objective_with_glpk(benchmark::State& state) {
    smac::linear_model model = smac::formulate(bench::garage(static_cast<int>(state.range(0)))).value();
    smac::linear_model::tier weighted{"weighted", {}, false};
    for (const auto& tier : model.tiers) {
        if (tier.tie_break) continue;
        const double weight = tier.name == "money" ? 1 : tier.name == "targets" ? 10 : 1000; // EUR per kWh
        for (const auto& term : tier.terms) weighted.terms.push_back({term.column, term.cost * weight});
    }
    model.tiers = {weighted};
    const smac::solver engine = adapters::glpk();
    for (auto _ : state) benchmark::DoNotOptimize(engine.solve(model, {}).value());
    state.counters["rows"] = static_cast<double>(model.rows.size());
    state.counters["columns"] = static_cast<double>(model.columns.size());
}

void equal_share(benchmark::State& state) {
    const smac::problem problem = bench::garage(static_cast<int>(state.range(0)));
    for (auto _ : state) benchmark::DoNotOptimize(smac::equal_share(problem).value());
}

} // namespace

BENCHMARK(plan_with_interior_point)
    ->Arg(5)
    ->Arg(20)
    ->Arg(100)
    ->Arg(500)
    ->Arg(2000)
    ->Arg(10000)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime();
BENCHMARK(plan_with_glpk)->Arg(5)->Arg(20)->Arg(100)->Arg(500)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();
BENCHMARK(one_objective_with_glpk)->Arg(5)->Arg(20)->Arg(100)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();
BENCHMARK(equal_share)->Arg(5)->Arg(20)->Arg(100)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();
BENCHMARK_MAIN();
