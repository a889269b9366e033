#include "adapters/glpk/guard.hpp"
#include "adapters/glpk/session.hpp"

#include <algorithm>
#include <cmath>

namespace incar::adapters {
namespace {

constexpr double tight = 1e-9;          // tolerances of the simplex method, on costs scaled to 1
constexpr double moving_worsens = 1e-8; // reduced cost from which a column is held, on the same scale
// Of a tier that is held by a row. At GLPK's own tolerance of 1e-7 its simplex method can circle for ever.
constexpr double whole_number_slack = 1e-6;

int type_of(double lower, double upper) {
    if (std::isinf(lower)) return std::isinf(upper) ? GLP_FR : GLP_UP;
    if (std::isinf(upper)) return GLP_LO;
    return lower == upper ? GLP_FX : GLP_DB;
}

int milliseconds_left(std::chrono::milliseconds limit) {
    return static_cast<int>(std::clamp<long long>(limit.count(), 1, 1'000'000'000));
}

} // namespace

std::size_t condition_count(const smac::linear_model& model) {
    return model.exclusive.size() + model.semicontinuous.size();
}

bool is_pair(const smac::linear_model& model, std::size_t condition) {
    return condition < model.exclusive.size();
}

session::session(const smac::linear_model& model, const std::vector<choice>& settled) : model_(model) {
    load(settled);
}

session::~session() {
    if (problem_) glp_delete_prob(problem_);
}

template <class Body>
void session::call(Body&& body, deadline end) {
    try {
        guarded(body, end);
    } catch (const glpk_failure&) {
        problem_ = nullptr;
        throw;
    }
}

void session::load(const std::vector<choice>& settled) {
    std::vector<smac::linear_model::range> bounds = model_.columns;
    for (std::size_t k = 0; k < settled.size(); ++k) {
        const choice made = settled[k];
        if (is_pair(model_, k)) {
            const auto& pair = model_.exclusive[k];
            if (made == choice::first_empty) bounds[static_cast<std::size_t>(pair.first)].upper = 0;
            if (made == choice::second_empty) bounds[static_cast<std::size_t>(pair.second)].upper = 0;
        } else {
            const auto& bound_below = model_.semicontinuous[k - model_.exclusive.size()];
            if (made == choice::zero) bounds[static_cast<std::size_t>(bound_below.column)].upper = 0;
            if (made == choice::at_least)
                bounds[static_cast<std::size_t>(bound_below.column)].lower = bound_below.least;
        }
    }
    std::vector<int> rows(1), columns(1);
    std::vector<double> values(1);
    for (const auto& entry : model_.entries) {
        rows.push_back(entry.row + 1);
        columns.push_back(entry.column + 1);
        values.push_back(entry.value);
    }
    call([&] {
        problem_ = glp_create_prob();
        if (!model_.rows.empty()) glp_add_rows(problem_, static_cast<int>(model_.rows.size()));
        if (!bounds.empty()) glp_add_cols(problem_, static_cast<int>(bounds.size()));
        for (std::size_t i = 0; i < model_.rows.size(); ++i) {
            const auto& range = model_.rows[i];
            glp_set_row_bnds(problem_, static_cast<int>(i) + 1, type_of(range.lower, range.upper), range.lower,
                             range.upper);
        }
        for (std::size_t j = 0; j < bounds.size(); ++j)
            glp_set_col_bnds(problem_, static_cast<int>(j) + 1, type_of(bounds[j].lower, bounds[j].upper),
                             bounds[j].lower, bounds[j].upper);
        glp_load_matrix(problem_, static_cast<int>(values.size()) - 1, rows.data(), columns.data(), values.data());
        glp_scale_prob(problem_, GLP_SF_GM | GLP_SF_EQ);
        glp_adv_basis(problem_, 0);
    });
}

void session::set_objective(const smac::linear_model::tier& tier) {
    double largest = 0;
    for (const auto& term : tier.terms) largest = std::max(largest, std::abs(term.cost));
    const double scale = largest > 0 ? 1 / largest : 1;
    call([&] {
        for (int j = 0; j <= glp_get_num_cols(problem_); ++j) glp_set_obj_coef(problem_, j, 0);
        for (const auto& term : tier.terms) {
            const double before = glp_get_obj_coef(problem_, term.column + 1);
            glp_set_obj_coef(problem_, term.column + 1, before + term.cost * scale);
        }
    });
}

glpk_outcome session::minimise(const smac::linear_model::tier& tier, std::chrono::milliseconds limit) {
    set_objective(tier);
    return simplex(limit);
}

glpk_outcome session::simplex(std::chrono::milliseconds limit) {
    int code = 0;
    int status = GLP_UNDEF;
    for (const double tolerance : {tight, 1e-7}) { // the second is GLPK's own default, for a model that resists
        call([&] {
            glp_smcp control;
            glp_init_smcp(&control);
            control.msg_lev = GLP_MSG_OFF;
            control.tm_lim = milliseconds_left(limit);
            control.tol_bnd = tolerance;
            control.tol_dj = tolerance;
            code = glp_simplex(problem_, &control);
            status = glp_get_status(problem_);
        });
        if (code == GLP_ETMLIM) return glpk_outcome::time_is_up;
        if (code == 0 && status == GLP_OPT) return glpk_outcome::optimal;
        if (code == 0 && status == GLP_NOFEAS) return glpk_outcome::no_solution;
        call([&] { glp_std_basis(problem_); });
    }
    return glpk_outcome::failed;
}

void session::keep_to_optima() {
    call([&] {
        for (int j = 1; j <= glp_get_num_cols(problem_); ++j) {
            if (glp_get_col_stat(problem_, j) == GLP_BS || std::abs(glp_get_col_dual(problem_, j)) <= moving_worsens)
                continue;
            const double value = glp_get_col_prim(problem_, j);
            glp_set_col_bnds(problem_, j, GLP_FX, value, value);
        }
        for (int i = 1; i <= glp_get_num_rows(problem_); ++i) {
            if (glp_get_row_stat(problem_, i) == GLP_BS || std::abs(glp_get_row_dual(problem_, i)) <= moving_worsens)
                continue;
            const double value = glp_get_row_prim(problem_, i);
            glp_set_row_bnds(problem_, i, GLP_FX, value, value);
        }
    });
}

// lower <= column - factor * switch_column <= upper
void session::add_link(int switch_column, int column, double factor, double lower, double upper) {
    call([&] {
        const int row = glp_add_rows(problem_, 1);
        const int columns[] = {0, column + 1, switch_column};
        const double values[] = {0, 1, -factor};
        glp_set_row_bnds(problem_, row, type_of(lower, upper), lower, upper);
        glp_set_mat_row(problem_, row, 2, columns, values);
    });
}

void session::encode(const std::vector<std::size_t>& conditions) {
    for (const std::size_t k : conditions) {
        int column = 0;
        call([&] {
            column = glp_add_cols(problem_, 1);
            glp_set_col_kind(problem_, column, GLP_BV);
        });
        binaries_.push_back({k, column});
        const auto upper = [&](int of) { return model_.columns[static_cast<std::size_t>(of)].upper; };
        if (is_pair(model_, k)) {
            const auto& pair = model_.exclusive[k];
            add_link(column, pair.first, upper(pair.first), -HUGE_VAL, 0);
            add_link(column, pair.second, -upper(pair.second), -HUGE_VAL, upper(pair.second));
        } else {
            const auto& bound_below = model_.semicontinuous[k - model_.exclusive.size()];
            add_link(column, bound_below.column, upper(bound_below.column), -HUGE_VAL, 0);
            add_link(column, bound_below.column, bound_below.least, 0, HUGE_VAL);
        }
    }
    call([&] { glp_adv_basis(problem_, 0); });
}

glpk_outcome session::branch_and_bound(const smac::linear_model::tier& tier, std::chrono::milliseconds limit,
                                       double gap) {
    const deadline end = std::chrono::steady_clock::now() + limit;
    if (const glpk_outcome relaxed = minimise(tier, limit); relaxed != glpk_outcome::optimal) return relaxed;
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    int code = 0;
    int status = GLP_UNDEF;
    auto search = [&] {
        glp_iocp control;
        glp_init_iocp(&control);
        control.msg_lev = GLP_MSG_ERR;
        control.tm_lim = milliseconds_left(left);
        control.mip_gap = gap;
        control.mir_cuts = GLP_ON;
        control.fp_heur = GLP_ON;
        code = glp_intopt(problem_, &control);
        status = glp_mip_status(problem_);
    };
    try {
        call(search, end);
    } catch (const glpk_timeout&) {
        return glpk_outcome::time_is_up;
    }
    if (status == GLP_OPT || (status == GLP_FEAS && code == GLP_EMIPGAP)) return glpk_outcome::optimal;
    if (status == GLP_FEAS) return glpk_outcome::incumbent;
    if (code == GLP_ETMLIM) return glpk_outcome::time_is_up;
    return status == GLP_NOFEAS ? glpk_outcome::no_solution : glpk_outcome::failed;
}

void session::hold(const smac::linear_model::tier& tier, double value) {
    if (tier.terms.empty()) return;
    std::vector<double> costs(model_.columns.size(), 0.0);
    for (const auto& term : tier.terms) costs[static_cast<std::size_t>(term.column)] += term.cost;
    std::vector<int> columns(1);
    std::vector<double> values(1);
    for (std::size_t j = 0; j < costs.size(); ++j)
        if (costs[j] != 0) {
            columns.push_back(static_cast<int>(j) + 1);
            values.push_back(costs[j]);
        }
    call([&] {
        const int row = glp_add_rows(problem_, 1);
        glp_set_row_bnds(problem_, row, GLP_UP, 0, value + whole_number_slack * (1 + std::abs(value)));
        glp_set_mat_row(problem_, row, static_cast<int>(columns.size()) - 1, columns.data(), values.data());
    });
}

std::vector<choice> session::choices() const {
    std::vector<choice> result(condition_count(model_), choice::open);
    for (const binary& each : binaries_) {
        const bool one = glp_mip_col_val(problem_, each.column) > 0.5;
        if (is_pair(model_, each.condition))
            result[each.condition] = one ? choice::second_empty : choice::first_empty;
        else
            result[each.condition] = one ? choice::at_least : choice::zero;
    }
    return result;
}

std::vector<double> session::columns() const {
    std::vector<double> result(model_.columns.size());
    for (std::size_t j = 0; j < result.size(); ++j)
        result[j] = std::clamp(glp_get_col_prim(problem_, static_cast<int>(j) + 1), model_.columns[j].lower,
                               model_.columns[j].upper);
    return result;
}

std::vector<double> session::whole_number_columns() const {
    std::vector<double> result(model_.columns.size());
    for (std::size_t j = 0; j < result.size(); ++j) result[j] = glp_mip_col_val(problem_, static_cast<int>(j) + 1);
    return result;
}

int session::iterations() const {
    return problem_ ? glp_get_it_cnt(problem_) : 0;
}

} // namespace incar::adapters
