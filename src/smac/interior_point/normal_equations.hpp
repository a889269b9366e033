#pragma once

#include "smac/interior_point/joint.hpp"
#include "smac/interior_point/part_kernels.hpp"

#include <variant>

namespace incar::smac::interior {

// A D A' for changing diagonals D. Each part is eliminated by the kernel that suits it, the joining rows remain. To
// solve, in this order, so that a part's numbers are looked at while they are at hand:
//
//     begin();
//     for each part p:  factor(p, d);  eliminate(p, rows);
//     factor_joining(d);
//     solve_joining(rows);
//     for each part p:  substitute(p, rows);
//
// and again without the factoring for other right hand sides.
class normal_equations {
public:
    explicit normal_equations(const boxed_model& model);

    void begin();
    void factor(std::size_t part, const double* d);
    void factor_joining(const double* d); // of the columns of no part, and the whole
    void eliminate(std::size_t part, double* rows) const;
    void solve_joining(double* rows) const;
    void substitute(std::size_t part, double* rows);

private:
    using kernel_of_part = std::variant<chain, single_row, general_part>;

    static kernel_of_part suitable(const boxed_model& model, const boxed_model::part& part, const ports& meets);
    void spread(const ports& meets, const std::vector<double>& between);

    const boxed_model& model_;
    std::vector<kernel_of_part> kernels_;
    std::vector<ports> ports_;
    int first_joining_row_;
    joint joint_;
    std::vector<double> scratch_;
};

} // namespace incar::smac::interior
