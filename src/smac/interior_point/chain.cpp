#include "smac/interior_point/part_kernels.hpp"
#include "smac/interior_point/sweeps.hpp"

#include <cmath>

namespace incar::smac::interior {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

// Two conductances one after the other.
double in_series(double a, double b) {
    const double sum = a + b;
    return sum > 0 ? a * b / sum : 0;
}

} // namespace

std::optional<chain> chain::of(const boxed_model& model, const boxed_model::part& part, const ports& meets) {
    const int rows = part.end_row - part.first_row;
    if (rows == 0) return std::nullopt;
    chain result;
    result.places_.resize(at(rows));
    result.scale_.assign(at(rows), 0.0);
    struct touched {
        int entries = 0;
        int row[2] = {0, 0};
        double value[2] = {0, 0};
    };
    std::vector<std::vector<int>> members(at(rows)), links(at(rows));
    std::vector<touched> columns;
    for (int j = part.first_column; j < part.end_column; ++j) {
        touched each;
        for (int k = model.start[at(j)]; k < model.start[at(j) + 1]; ++k) {
            const int row = model.row[at(k)] - part.first_row;
            if (row < 0 || row >= rows) continue;
            if (each.entries == 2) return std::nullopt;
            each.row[each.entries] = row;
            each.value[each.entries++] = model.value[at(k)];
        }
        const int column = j - part.first_column;
        const int port = meets.of_column[at(column)];
        if (each.entries == 0) return std::nullopt;
        if (each.entries == 1) {
            members[at(each.row[0])].push_back(column);
            if (port >= 0) {
                int& of_row = result.places_[at(each.row[0])].port;
                if (of_row >= 0 && of_row != port) return std::nullopt;
                of_row = port;
            }
        } else {
            if (each.row[0] > each.row[1]) std::swap(each.row[0], each.row[1]), std::swap(each.value[0], each.value[1]);
            if (each.row[1] != each.row[0] + 1 || port >= 0) return std::nullopt;
            links[at(each.row[0])].push_back(column);
        }
        columns.push_back(each);
    }
    int last_port = -1;
    for (int r = 0; r < rows; ++r) {
        if (const int port = result.places_[at(r)].port; port >= 0) {
            if (port <= last_port) return std::nullopt;
            last_port = port;
        }
        if (r == 0) result.scale_[0] = 1;
        for (const int column : links[at(r)]) {
            const touched& each = columns[at(column)];
            const double scale = -result.scale_[at(r)] * each.value[0] / each.value[1];
            double& known = result.scale_[at(r) + 1];
            if (known != 0 && std::abs(known - scale) > 1e-14 * std::abs(scale)) return std::nullopt;
            known = scale;
            const double value = result.scale_[at(r)] * each.value[0];
            result.links_.push_back({part.first_column + column, value * value});
        }
        if (r + 1 < rows && result.scale_[at(r) + 1] == 0) result.scale_[at(r) + 1] = 1;
        for (const int column : members[at(r)])
            result.members_.push_back({part.first_column + column, result.scale_[at(r)] * columns[at(column)].value[0],
                                       meets.weights[at(column)]});
        result.places_[at(r)].members = static_cast<int>(result.members_.size());
        result.places_[at(r)].links = static_cast<int>(result.links_.size());
    }
    if (last_port + 1 != meets.count()) return std::nullopt;
    for (auto* each : {&result.over_pivot_, &result.carry_, &result.meet_}) each->assign(at(rows), 0.0);
    return result;
}

// Row r has a conductance to the ground (its members) and one to row r + 1 (its links). Going forward, what lies before
// a row is one conductance in series; going backward, what lies behind it. An entry of N^-1 on the diagonal is one over
// the sum of the three, and along a row it falls by the constant factors `carry`.
void chain::factor(const double* d, double* schur, std::size_t stride, std::vector<double>& scratch) {
    const std::size_t n = rows();
    scratch.resize(6 * n);
    double* const ground = scratch.data();
    double* const onward = ground + n;
    double* const before = onward + n;
    double* const own = before + n;
    double* const cross = own + n;
    double* const along =
        cross + n; // N^-1 M of this row and the ports behind it, in the order of the ports, to the end
    const member* m = members_.data();
    const link* l = links_.data();
    double onto = 0; // what lies before a row
    for (std::size_t r = 0; r < n; ++r) {
        const member* const first = m;
        double sum = 0, meet = 0, weight = 0, twist = 0, on = 0;
        for (const member* const end = members_.data() + places_[r].members; m != end; ++m) {
            const double dj = d[m->column], value = dj * m->value;
            sum += value * m->value;
            if (m->weight == 0 && first == m) continue;
            meet += value * m->weight;
            weight += dj * m->weight * m->weight;
            for (const member* k = first; k != m; ++k) {
                const double area = k->weight * m->value - m->weight * k->value;
                twist += d[k->column] * dj * area * area;
            }
        }
        for (const link* const end = links_.data() + places_[r].links; l != end; ++l) on += d[l->column] * l->value;
        ground[r] = sum;
        meet_[r] = meet;
        own[r] = weight;
        cross[r] = twist;
        onward[r] = on;
        before[r] = onto;
        const double pivot = sum + onto + on;
        over_pivot_[r] = pivot > 0 ? 1 / pivot : 0;
        carry_[r] = on * over_pivot_[r];
        onto = (sum + onto) * carry_[r];
    }
    double behind = 0;
    double* others = along + n;
    for (std::size_t r = n; r-- > 0;) {
        const double around = before[r] + behind;
        const double sum = ground[r] + around;
        const std::size_t count = static_cast<std::size_t>(along + n - others);
        if (const int port = places_[r].port; port >= 0) {
            const double over_sum = sum > 0 ? 1 / sum : 0;
            double* const line = schur + at(port) * stride + port;
            line[0] += sum > 0 ? (cross[r] + own[r] * around) * over_sum : own[r];
            fall_and_add(others, line + 1, count, carry_[r], -meet_[r]);
            *--others = meet_[r] * over_sum;
        } else {
            for (std::size_t k = 0; k < count; ++k) others[k] *= carry_[r];
        }
        if (r > 0) behind = in_series(onward[r - 1], ground[r] + behind);
    }
}

void chain::solve(double* rows) const {
    const std::size_t n = this->rows();
    for (std::size_t r = 1; r < n; ++r) rows[r] += carry_[r - 1] * rows[r - 1];
    for (std::size_t r = n; r-- > 0;) {
        rows[r] *= over_pivot_[r];
        if (r + 1 < n) rows[r] += carry_[r] * rows[r + 1];
    }
}

void chain::reduce(double* rows, double* ports) const {
    for (std::size_t r = 0; r < places_.size(); ++r) rows[r] *= scale_[r];
    solve(rows);
    for (std::size_t r = 0; r < places_.size(); ++r) {
        if (places_[r].port >= 0) ports[places_[r].port] -= meet_[r] * rows[r];
        rows[r] *= scale_[r];
    }
}

void chain::complete(double* rows, const double* ports, std::vector<double>& scratch) const {
    scratch.resize(places_.size());
    double* const moved = scratch.data();
    for (std::size_t r = 0; r < places_.size(); ++r)
        moved[r] = places_[r].port >= 0 ? meet_[r] * ports[places_[r].port] : 0;
    solve(moved);
    for (std::size_t r = 0; r < places_.size(); ++r) rows[r] -= scale_[r] * moved[r];
}

} // namespace incar::smac::interior
