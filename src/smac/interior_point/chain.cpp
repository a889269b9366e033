#include "smac/interior_point/part_kernels.hpp"

#include <cmath>

namespace incar::smac::interior {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

// Two conductances one after the other.
double in_series(double a, double b) {
    return a > 0 && b > 0 ? a / (a / b + 1) : 0;
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
    for (auto* each : {&result.pivot_, &result.carry_, &result.meet_}) each->assign(at(rows), 0.0);
    return result;
}

// Row r has a conductance to the ground (its members) and one to row r + 1 (its links). Going forward, what lies before
// a row is one conductance in series; going backward, what lies behind it. An entry of N^-1 on the diagonal is one over
// the sum of the three, and along a row it falls by the constant factors `carry`.
void chain::factor(const double* d, double* schur, std::size_t stride) {
    const std::size_t n = rows();
    thread_local std::vector<double> ground, onward, before, own, cross, along;
    for (auto* each : {&ground, &onward, &before, &own, &cross}) each->assign(n, 0.0);
    std::size_t m = 0, l = 0;
    for (std::size_t r = 0; r < n; ++r) {
        const std::size_t first = m;
        double sum = 0, meet = 0, weight = 0, twist = 0;
        for (; m < at(places_[r].members); ++m) {
            const member& each = members_[m];
            const double dj = d[each.column];
            sum += dj * each.value * each.value;
            meet += dj * each.value * each.weight;
            weight += dj * each.weight * each.weight;
            for (std::size_t k = first; k < m; ++k) {
                const double area = members_[k].weight * each.value - each.weight * members_[k].value;
                twist += d[members_[k].column] * dj * area * area;
            }
        }
        for (; l < at(places_[r].links); ++l) onward[r] += d[links_[l].column] * links_[l].value;
        ground[r] = sum;
        meet_[r] = meet;
        own[r] = weight;
        cross[r] = twist;
    }
    for (std::size_t r = 0; r < n; ++r) {
        before[r] = r == 0 ? 0 : in_series(onward[r - 1], ground[r - 1] + before[r - 1]);
        pivot_[r] = ground[r] + before[r] + onward[r];
        carry_[r] = pivot_[r] > 0 ? onward[r] / pivot_[r] : 0;
    }
    along.assign(stride == 0 ? 0 : n, 0.0);
    double behind = 0;
    std::size_t ports_behind = 0; // `along` holds N^-1 M for the ports behind this row, in the order of the ports
    int last_port = -1;
    for (std::size_t r = n; r-- > 0;) {
        const double around = before[r] + behind;
        const double sum = ground[r] + around;
        for (std::size_t k = n - ports_behind; k < n; ++k) along[k] *= carry_[r];
        if (const int port = places_[r].port; port >= 0) {
            double* line = schur + at(port) * stride + port;
            line[0] += sum > 0 ? (cross[r] + own[r] * around) / sum : own[r];
            const double factor = -meet_[r];
            const double* const others = along.data() + (n - ports_behind);
            for (std::size_t k = 0; k < ports_behind; ++k) line[1 + k] += factor * others[k];
            ++ports_behind;
            along[n - ports_behind] = sum > 0 ? meet_[r] / sum : 0;
            last_port = port;
        }
        if (r > 0) behind = in_series(onward[r - 1], ground[r] + behind);
    }
    (void)last_port;
}

void chain::solve(double* rows) const {
    const std::size_t n = this->rows();
    for (std::size_t r = 1; r < n; ++r) rows[r] += carry_[r - 1] * rows[r - 1];
    for (std::size_t r = n; r-- > 0;) {
        rows[r] = pivot_[r] > 0 ? rows[r] / pivot_[r] : 0;
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

void chain::complete(double* rows, const double* ports) const {
    thread_local std::vector<double> moved;
    moved.assign(places_.size(), 0.0);
    for (std::size_t r = 0; r < places_.size(); ++r)
        if (places_[r].port >= 0) moved[r] = meet_[r] * ports[places_[r].port];
    solve(moved.data());
    for (std::size_t r = 0; r < places_.size(); ++r) rows[r] -= scale_[r] * moved[r];
}

} // namespace incar::smac::interior
