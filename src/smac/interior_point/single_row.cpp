#include "smac/interior_point/part_kernels.hpp"
#include "smac/interior_point/sweeps.hpp"

namespace incar::smac::interior {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

} // namespace

std::optional<single_row> single_row::of(const boxed_model& model, const boxed_model::part& part, const ports& meets) {
    if (part.end_row - part.first_row > 1) return std::nullopt;
    single_row result;
    result.has_row_ = part.end_row > part.first_row;
    std::vector<std::vector<member>> by_port(at(meets.count()) + 1);
    for (int j = part.first_column; j < part.end_column; ++j) {
        member each{j, 0, meets.weights[at(j - part.first_column)]};
        for (int k = model.start[at(j)]; k < model.start[at(j) + 1]; ++k)
            if (result.has_row_ && model.row[at(k)] == part.first_row) each.value = model.value[at(k)];
        const int port = meets.of_column[at(j - part.first_column)];
        by_port[port < 0 ? at(meets.count()) : at(port)].push_back(each);
    }
    for (const auto& members : by_port) {
        result.members_.insert(result.members_.end(), members.begin(), members.end());
        result.ends_.push_back(static_cast<int>(result.members_.size()));
    }
    result.meet_.assign(at(meets.count()), 0.0);
    return result;
}

// On the diagonal, own - meet^2 / N with N = (this port's share) + (that of the others), so that only positive terms
// remain.
void single_row::factor(const double* d, double* schur, std::size_t stride, std::vector<double>& scratch) {
    const std::size_t n = meet_.size();
    scratch.assign(4 * (n + 1), 0.0);
    double* const share = scratch.data();
    double* const own = share + n + 1;
    double* const cross = own + n + 1;
    double* const before = cross + n + 1;
    std::size_t m = 0;
    for (std::size_t p = 0; p <= n; ++p) {
        const std::size_t first = m;
        double meet = 0;
        for (; m < at(ends_[p]); ++m) {
            const member& each = members_[m];
            const double dj = d[each.column];
            share[p] += dj * each.value * each.value;
            own[p] += dj * each.weight * each.weight;
            meet += dj * each.value * each.weight;
            for (std::size_t k = first; k < m; ++k) {
                const double area = members_[k].weight * each.value - each.weight * members_[k].value;
                cross[p] += d[members_[k].column] * dj * area * area;
            }
        }
        if (p < n) meet_[p] = meet;
    }
    for (std::size_t p = 0; p < n; ++p) before[p + 1] = before[p] + share[p];
    pivot_ = before[n] + share[n];
    double behind = share[n];
    for (std::size_t p = n; p-- > 0;) {
        const double others = before[p] + behind;
        double* line = schur + p * stride + p;
        line[0] += pivot_ > 0 ? (cross[p] + own[p] * others) / pivot_ : own[p];
        add_multiple(meet_.data() + p + 1, line + 1, n - p - 1, pivot_ > 0 ? -meet_[p] / pivot_ : 0);
        behind += share[p];
    }
}

void single_row::reduce(double* rows, double* ports) const {
    if (!has_row_) return;
    rows[0] = pivot_ > 0 ? rows[0] / pivot_ : 0;
    for (std::size_t p = 0; p < meet_.size(); ++p) ports[p] -= meet_[p] * rows[0];
}

void single_row::complete(double* rows, const double* ports, std::vector<double>&) const {
    if (!has_row_ || !(pivot_ > 0)) return;
    double sum = 0;
    for (std::size_t p = 0; p < meet_.size(); ++p) sum += meet_[p] * ports[p];
    rows[0] -= sum / pivot_;
}

} // namespace incar::smac::interior
