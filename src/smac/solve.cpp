#include "smac/evaluate.hpp"
#include "smac/formulation.hpp"
#include "smac/prepared.hpp"

#include <incar/smac/solve.hpp>

namespace incar::smac {

expected<plan> solve(const problem& situation, const solver& engine, const solve_options& options) {
    if (auto findings = validate(situation); !findings.empty()) return std::move(findings.front());
    prepared ready = prepare(situation);
    const formulation posed(ready);
    const expected<solution> found = engine.solve(posed.model(), options);
    if (!found) return found.error();
    const device_powers powers = posed.powers(found->columns);
    ready.curtailed = posed.curtailed(found->columns);
    for (std::size_t t = 0; t < ready.base.size(); ++t) ready.base[t] += ready.curtailed[t];
    plan answer = evaluate(ready, powers);
    answer.solver = {engine.name, found->seconds, found->iterations, found->gap};
    return answer;
}

expected<linear_model> formulate(const problem& situation) {
    if (auto findings = validate(situation); !findings.empty()) return std::move(findings.front());
    const prepared ready = prepare(situation);
    return formulation(ready).model();
}

} // namespace incar::smac
