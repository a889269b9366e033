#pragma once

#include "smac/interior_point/boxed_model.hpp"
#include "smac/interior_point/ports.hpp"

#include <memory>
#include <optional>

namespace incar::smac::interior {

// The normal matrix N = B D B' of one part, where B are the part's own rows, and how it meets the joining rows:
// M = B D P, where column p of P holds the weights of the columns of port p. Each kernel offers the same three steps.
//
//     factor     N is factored; P' D P - M' N^-1 M is subtracted from nothing and added to `schur`, upper triangle,
//                port p in row p of `stride` numbers
//     reduce     rows := N^-1 rows;  ports -= M' rows
//     complete   rows -= N^-1 M ports
//
// `d` is the diagonal of D for all columns of the model; `rows` starts at the part's first row.

// Rows that follow one another as slots do: a column is in one row, or links two neighbours with opposite values, as
// stored energy does. N is then a chain of conductances. All that is computed is a sum or product of positive terms, so
// no digits are lost however far the barrier has gone.
class chain {
public:
    static std::optional<chain> of(const boxed_model& model, const boxed_model::part& part, const ports& meets);

    void factor(const double* d, double* schur, std::size_t stride, std::vector<double>& scratch);
    void reduce(double* rows, double* ports) const;
    void complete(double* rows, const double* ports, std::vector<double>& scratch) const;

private:
    struct member {
        int column;
        double value;  // in its row
        double weight; // in the row's port
    };
    struct link {
        int column;
        double value; // squared
    };
    struct place {
        int members = 0; // end in members_
        int links = 0;   // to the next row: end in links_
        int port = -1;
    };
    std::size_t rows() const { return places_.size(); }
    void solve(double* rows) const;

    std::vector<place> places_;
    std::vector<member> members_;
    std::vector<link> links_;
    std::vector<double> scale_;      // of the rows, so that links have opposite values
    std::vector<double> over_pivot_; // of the Cholesky factor, by row
    std::vector<double> carry_;      // what of a row goes on to its neighbour
    std::vector<double> meet_;       // M, by row
};

// One row with all ports in it: the total energy of a device that only charges. Also a part without rows.
class single_row {
public:
    static std::optional<single_row> of(const boxed_model& model, const boxed_model::part& part, const ports& meets);

    void factor(const double* d, double* schur, std::size_t stride, std::vector<double>& scratch);
    void reduce(double* rows, double* ports) const;
    void complete(double* rows, const double* ports, std::vector<double>& scratch) const;

private:
    struct member {
        int column;
        double value;
        double weight;
    };
    std::vector<member> members_; // by port, last those without
    std::vector<int> ends_;       // of the members of each port
    bool has_row_ = false;
    double pivot_ = 0;
    std::vector<double> meet_; // M, by port
};

// Anything else, by sparse Cholesky.
class general_part {
public:
    general_part(const boxed_model& model, const boxed_model::part& part, const ports& meets);
    ~general_part();
    general_part(general_part&&) noexcept;
    general_part& operator=(general_part&&) noexcept;

    void factor(const double* d, double* schur, std::size_t stride, std::vector<double>& scratch);
    void reduce(double* rows, double* ports) const;
    void complete(double* rows, const double* ports, std::vector<double>& scratch) const;

private:
    struct system;
    std::unique_ptr<system> system_;
};

} // namespace incar::smac::interior
