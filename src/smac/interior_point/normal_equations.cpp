#include "smac/interior_point/normal_equations.hpp"

#include <algorithm>

namespace incar::smac::interior {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

} // namespace

normal_equations::normal_equations(const boxed_model& model)
    : model_(model), first_joining_row_(model.joining_rows_from()), joint_(model.rows() - model.joining_rows_from()) {
    kernels_.reserve(model.parts.size());
    ports_.reserve(model.parts.size());
    for (const auto& part : model.parts) {
        ports_.push_back(ports_of(model, part));
        kernels_.push_back(suitable(model, part, ports_.back()));
        ports_.back().of_column = {};
        ports_.back().weights = {};
    }
}

normal_equations::kernel_of_part normal_equations::suitable(const boxed_model& model, const boxed_model::part& part,
                                                            const ports& meets) {
    if (auto suits = single_row::of(model, part, meets)) return std::move(*suits);
    if (auto suits = chain::of(model, part, meets)) return std::move(*suits);
    return kernel_of_part(std::in_place_type<general_part>, model, part, meets);
}

void normal_equations::begin() {
    joint_.clear();
}

void normal_equations::factor(std::size_t part, const double* d) {
    const ports& meets = ports_[part];
    if (meets.are_consecutive_rows) {
        double* const from = meets.count() == 0 ? nullptr : joint_.row(meets.row.front()) + meets.row.front();
        std::visit([&](auto& each) { each.factor(d, from, at(joint_.rows()), scratch_); }, kernels_[part]);
        return;
    }
    std::vector<double> between(at(meets.count()) * at(meets.count()), 0.0);
    std::visit([&](auto& each) { each.factor(d, between.data(), at(meets.count()), scratch_); }, kernels_[part]);
    spread(meets, between);
}

// From ports to the rows of their patterns.
void normal_equations::spread(const ports& meets, const std::vector<double>& between) {
    const int n = meets.count();
    for (int a = 0; a < n; ++a)
        for (int b = a; b < n; ++b) {
            const double value = between[at(a) * at(n) + at(b)];
            if (value == 0) continue;
            for (int i = meets.start[at(a)]; i < meets.start[at(a) + 1]; ++i)
                for (int k = meets.start[at(b)]; k < meets.start[at(b) + 1]; ++k) {
                    const int first = meets.row[at(i)], second = meets.row[at(k)];
                    if (a == b && second < first) continue;
                    const double adds = value * meets.value[at(i)] * meets.value[at(k)];
                    joint_.row(std::min(first, second))[std::max(first, second)] +=
                        a != b && first == second ? 2 * adds : adds;
                }
        }
}

void normal_equations::factor_joining(const double* d) {
    const int first_column = model_.parts.empty() ? 0 : model_.parts.back().end_column;
    for (int j = first_column; j < model_.columns(); ++j)
        for (int i = model_.start[at(j)]; i < model_.start[at(j) + 1]; ++i)
            for (int k = model_.start[at(j)]; k < model_.start[at(j) + 1]; ++k) {
                const int first = model_.row[at(i)], second = model_.row[at(k)];
                if (first <= second)
                    joint_.row(first - first_joining_row_)[second - first_joining_row_] +=
                        d[j] * model_.value[at(i)] * model_.value[at(k)];
            }
    joint_.factor();
}

void normal_equations::eliminate(std::size_t part, double* rows) const {
    const ports& meets = ports_[part];
    double* const own = rows + model_.parts[part].first_row;
    double* const joining = rows + first_joining_row_;
    if (meets.are_consecutive_rows) {
        double* const from = meets.count() == 0 ? nullptr : joining + meets.row.front();
        std::visit([&](const auto& each) { each.reduce(own, from); }, kernels_[part]);
        return;
    }
    std::vector<double> at_ports(at(meets.count()), 0.0);
    std::visit([&](const auto& each) { each.reduce(own, at_ports.data()); }, kernels_[part]);
    for (int a = 0; a < meets.count(); ++a)
        for (int i = meets.start[at(a)]; i < meets.start[at(a) + 1]; ++i)
            joining[meets.row[at(i)]] += at_ports[at(a)] * meets.value[at(i)];
}

void normal_equations::solve_joining(double* rows) const {
    joint_.solve(rows + first_joining_row_);
}

void normal_equations::substitute(std::size_t part, double* rows) {
    const ports& meets = ports_[part];
    double* const own = rows + model_.parts[part].first_row;
    const double* const joining = rows + first_joining_row_;
    if (meets.are_consecutive_rows) {
        const double* const from = meets.count() == 0 ? nullptr : joining + meets.row.front();
        std::visit([&](const auto& each) { each.complete(own, from, scratch_); }, kernels_[part]);
        return;
    }
    std::vector<double> at_ports(at(meets.count()), 0.0);
    for (int a = 0; a < meets.count(); ++a)
        for (int i = meets.start[at(a)]; i < meets.start[at(a) + 1]; ++i)
            at_ports[at(a)] += joining[meets.row[at(i)]] * meets.value[at(i)];
    std::visit([&](const auto& each) { each.complete(own, at_ports.data(), scratch_); }, kernels_[part]);
}

} // namespace incar::smac::interior
