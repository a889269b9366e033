#pragma once

#include "adapters/glpk/guard.hpp"

#include <incar/smac/linear_model.hpp>

#include <glpk.h>

#include <chrono>
#include <vector>

namespace incar::adapters {

// Why GLPK has no answer.
enum class glpk_outcome { optimal, incumbent, no_solution, time_is_up, failed };

// How a whole-number condition is met: a pair by emptying one column, a semicontinuous column by setting it to
// zero or to its least value and above.
enum class choice : char { open, first_empty, second_empty, zero, at_least };

// The conditions of a model, pairs first, then semicontinuous columns, as one list.
std::size_t condition_count(const smac::linear_model& model);
bool is_pair(const smac::linear_model& model, std::size_t condition);

// One GLPK problem from birth to death on one thread. Every GLPK call of the adapter is in here.
class session {
public:
    // The model with some conditions settled by their choice.
    session(const smac::linear_model& model, const std::vector<choice>& settled);
    ~session();
    session(const session&) = delete;
    session& operator=(const session&) = delete;

    // Simplex on one tier, from the basis of the tier before.
    glpk_outcome minimise(const smac::linear_model::tier& tier, std::chrono::milliseconds limit);

    // Fixes every column and row whose reduced cost shows that moving it would worsen the tier just minimised. What
    // remains free is exactly the set of its optima, so the next tier searches among them; no tolerance enters.
    void keep_to_optima();

    // Adds a binary column for each of these conditions, and from then on minimises by branch-and-bound.
    void encode(const std::vector<std::size_t>& conditions);
    glpk_outcome branch_and_bound(const smac::linear_model::tier& tier, std::chrono::milliseconds limit, double gap);
    std::vector<choice> choices() const; // of the encoded conditions; the others are open
    void hold(const smac::linear_model::tier& tier, double value);

    std::vector<double> columns() const;
    std::vector<double> whole_number_columns() const;
    int iterations() const;

private:
    struct binary {
        std::size_t condition;
        int column; // GLPK's
    };
    // guarded(), knowing that after a failure the problem is gone with the environment.
    template <class Body>
    void call(Body&& body, deadline end = deadline::max());
    void load(const std::vector<choice>& settled);
    void set_objective(const smac::linear_model::tier& tier);
    glpk_outcome simplex(std::chrono::milliseconds limit);
    void add_link(int switch_column, int column, double factor, double lower, double upper);

    const smac::linear_model& model_;
    glp_prob* problem_ = nullptr;
    std::vector<binary> binaries_;
};

} // namespace incar::adapters
