#include "smac/interior_point/part_kernels.hpp"
#include "smac/interior_point/sweeps.hpp"

#include <Eigen/SparseCholesky>

#include <algorithm>

namespace incar::smac::interior {
namespace {

constexpr double first_shift = 1e-14; // of the diagonal, relative

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

} // namespace

using sparse = Eigen::SparseMatrix<double>;

// Where an entry stands among the values of a matrix that has it.
static int place_of(const sparse& matrix, int row, int column) {
    const int* const first = matrix.innerIndexPtr() + matrix.outerIndexPtr()[column];
    const int* const end = matrix.innerIndexPtr() + matrix.outerIndexPtr()[column + 1];
    return static_cast<int>(std::lower_bound(first, end, row) - matrix.innerIndexPtr());
}

struct general_part::system {
    struct product { // of two entries of one column: what it adds to N
        int column;
        int place; // in the values of N
        double value;
    };
    struct meeting { // what a column adds to M
        int column;
        int place; // in the values of M
        double value;
    };
    struct own { // what a column adds to P' D P
        int column;
        int port;
        double value;
    };

    system(const boxed_model& model, const boxed_model::part& part, const ports& meets);
    void factor(const double* d, double* schur, std::size_t stride);

    int rows_;
    int ports_;
    std::vector<product> products_;
    std::vector<meeting> meetings_;
    std::vector<own> owns_;
    sparse normal_;
    Eigen::SimplicialLDLT<sparse, Eigen::Lower> factored_;
    sparse meet_;             // M
    Eigen::MatrixXd through_; // (N^-1 M)', so that the ports of a row lie together
};

general_part::general_part(const boxed_model& model, const boxed_model::part& part, const ports& meets)
    : system_(std::make_unique<system>(model, part, meets)) {}
general_part::~general_part() = default;
general_part::general_part(general_part&&) noexcept = default;
general_part& general_part::operator=(general_part&&) noexcept = default;

void general_part::factor(const double* d, double* schur, std::size_t stride, std::vector<double>&) {
    system_->factor(d, schur, stride);
}

general_part::system::system(const boxed_model& model, const boxed_model::part& part, const ports& meets)
    : rows_(part.end_row - part.first_row), ports_(meets.count()), normal_(rows_, rows_) {
    std::vector<Eigen::Triplet<double>> pattern;
    struct entry {
        int row;
        double value;
    };
    const auto entries_of = [&](int column) {
        std::vector<entry> result;
        for (int k = model.start[at(column)]; k < model.start[at(column) + 1]; ++k)
            if (const int row = model.row[at(k)] - part.first_row; row >= 0 && row < rows_)
                result.push_back({row, model.value[at(k)]});
        return result;
    };
    for (int r = 0; r < rows_; ++r) pattern.emplace_back(r, r, 1.0);
    for (int j = part.first_column; j < part.end_column; ++j) {
        const std::vector<entry> entries = entries_of(j);
        for (const entry& a : entries)
            for (const entry& b : entries)
                if (a.row > b.row) pattern.emplace_back(a.row, b.row, 1.0);
    }
    normal_.setFromTriplets(pattern.begin(), pattern.end());
    factored_.analyzePattern(normal_);
    std::vector<Eigen::Triplet<double>> meeting_pattern;
    for (int j = part.first_column; j < part.end_column; ++j)
        if (const int port = meets.of_column[at(j - part.first_column)]; port >= 0)
            for (const entry& each : entries_of(j)) meeting_pattern.emplace_back(each.row, port, 1.0);
    meet_.resize(rows_, ports_);
    meet_.setFromTriplets(meeting_pattern.begin(), meeting_pattern.end());
    for (int j = part.first_column; j < part.end_column; ++j) {
        const std::vector<entry> entries = entries_of(j);
        for (const entry& a : entries)
            for (const entry& b : entries)
                if (a.row >= b.row) products_.push_back({j, place_of(normal_, a.row, b.row), a.value * b.value});
        const int port = meets.of_column[at(j - part.first_column)];
        if (port < 0) continue;
        const double weight = meets.weights[at(j - part.first_column)];
        owns_.push_back({j, port, weight * weight});
        for (const entry& each : entries)
            meetings_.push_back({j, place_of(meet_, each.row, port), each.value * weight});
    }
}

void general_part::system::factor(const double* d, double* schur, std::size_t stride) {
    double* const values = normal_.valuePtr();
    std::fill(values, values + normal_.nonZeros(), 0.0);
    for (const product& each : products_) values[each.place] += d[each.column] * each.value;
    for (int r = 0; r < rows_; ++r)
        if (double& diagonal = normal_.coeffRef(r, r); !(diagonal > 0)) diagonal = 1;
    for (double shift = first_shift; shift < 1; shift *= 100) {
        for (int r = 0; r < rows_; ++r) normal_.coeffRef(r, r) *= 1 + shift;
        factored_.factorize(normal_);
        if (factored_.info() == Eigen::Success && (rows_ == 0 || factored_.vectorD().minCoeff() > 0)) break;
    }
    std::fill(meet_.valuePtr(), meet_.valuePtr() + meet_.nonZeros(), 0.0);
    for (const meeting& each : meetings_) meet_.valuePtr()[each.place] += d[each.column] * each.value;
    if (rows_ > 0 && ports_ > 0) through_ = factored_.solve(Eigen::MatrixXd(meet_)).transpose();
    for (int p = 0; p < ports_ && rows_ > 0; ++p) {
        double* const line = schur + at(p) * stride;
        for (sparse::InnerIterator each(meet_, p); each; ++each) {
            const double* const row = through_.data() + each.row() * through_.outerStride();
            add_multiple(row + p, line + p, at(ports_ - p), -each.value());
        }
    }
    for (const own& each : owns_) schur[at(each.port) * stride + at(each.port)] += d[each.column] * each.value;
}

void general_part::reduce(double* rows, double* ports) const {
    const system& own = *system_;
    if (own.rows_ == 0) return;
    Eigen::Map<Eigen::VectorXd> x(rows, own.rows_);
    x = own.factored_.solve(x).eval();
    if (own.ports_ > 0) Eigen::Map<Eigen::VectorXd>(ports, own.ports_) -= own.meet_.transpose() * x;
}

void general_part::complete(double* rows, const double* ports, std::vector<double>&) const {
    const system& own = *system_;
    if (own.rows_ == 0 || own.ports_ == 0) return;
    Eigen::Map<Eigen::VectorXd>(rows, own.rows_) -=
        own.through_.transpose() * Eigen::Map<const Eigen::VectorXd>(ports, own.ports_);
}

} // namespace incar::smac::interior
