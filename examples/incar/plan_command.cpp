#include "command.hpp"
#include "files.hpp"

#include <incar/core/json.hpp>
#include <incar/smac/baselines.hpp>
#include <incar/smac/interior_point.hpp>
#include <incar/smac/scenario.hpp>
#include <incar/smac/solve.hpp>

#ifdef INCAR_PROGRAM_HAS_GLPK
#    include <incar/adapters/glpk.hpp>
#endif

#include <iostream>

namespace incar::program {
namespace {

struct planner {
    const char* name;
    expected<smac::plan> (*plan)(const smac::problem&, const smac::solve_options&);
};

constexpr planner planners[] = {
#ifdef INCAR_PROGRAM_HAS_GLPK
    {"best",
     [](const smac::problem& p, const smac::solve_options& o) {
         return smac::solve(p, smac::quick_then_thorough(smac::interior_point(), adapters::glpk()), o);
     }},
#endif
    {"interior_point",
     [](const smac::problem& p, const smac::solve_options& o) { return smac::solve(p, smac::interior_point(), o); }},
#ifdef INCAR_PROGRAM_HAS_GLPK
    {"glpk", [](const smac::problem& p, const smac::solve_options& o) { return smac::solve(p, adapters::glpk(), o); }},
#endif
    {"uncontrolled", [](const smac::problem& p, const smac::solve_options&) { return smac::uncontrolled(p); }},
    {"equal-share", [](const smac::problem& p, const smac::solve_options&) { return smac::equal_share(p); }},
    {"earliest-deadline",
     [](const smac::problem& p, const smac::solve_options&) { return smac::earliest_deadline_first(p); }},
};

std::string names_of_planners() {
    std::string names;
    for (const planner& each : planners) names += (names.empty() ? "" : ", ") + std::string(each.name);
    return names;
}

expected<planner> find_planner(const arguments& given) {
    const std::string* name = given.find("--solver");
    if (!name) return planners[0];
    for (const planner& each : planners)
        if (each.name == *name) return each;
    return error{errc::not_found, "--solver", "'" + *name + "' is none of " + names_of_planners()};
}

expected<exit_status> run(const arguments& given) {
    if (given.positional.empty())
        return error{errc::missing, "SCENARIO.json", "name a scenario file, or - for standard input"};
    const auto chosen = find_planner(given);
    if (!chosen) return chosen.error();
    const auto seconds = number_option(given, "--time-limit", 30, 0.001, 1e6);
    if (!seconds) return seconds.error();
    const auto text = read_file(given.positional.front());
    if (!text) return text.error();
    const auto problem = smac::parse_scenario(*text);
    if (!problem) return problem.error();

    smac::solve_options options;
    options.time_limit = std::chrono::milliseconds(static_cast<long long>(*seconds * 1000));
    const auto plan = chosen->plan(*problem, options);
    if (!plan) return plan.error();
    if (plan->solver.gap > options.gap)
        std::cerr << "incar: the search ended before its proof, with a relative gap of "
                  << json::format(plan->solver.gap) << '\n';
    if (auto done = print(smac::format_plan(*plan)); !done) return done.error();
    return plan->status == smac::plan_status::optimal ? exit_status::yes : exit_status::no;
}

} // namespace

command plan_command() {
    return {"plan",
            "SCENARIO.json",
            "plan a site's charging from a scenario file",
            "Reads the scenario from the file, or from standard input when it is -, and prints the plan as JSON.\n"
            "Exit status: 0 when every requirement is met, 1 when the plan leaves something unmet (its \"unmet\"\n"
            "says what), 2 when there is no plan because the input cannot be used.\n",
            {{"--solver", "NAME", names_of_planners() + " (default the first)"},
             {"--time-limit", "SECONDS", "most time for the solver (default 30)"}},
            1,
            run};
}

} // namespace incar::program
