#pragma once

/// \file
/// How the same site would fare without optimisation: three plans to compare with. None moves a battery or discharges a
/// car, and none knows prices or the limits of groups and phases, which are reported as unmet where they are passed.
/// Errors are those of `solve`; each is a pure function.

#include <incar/core/expected.hpp>
#include <incar/smac/plan.hpp>
#include <incar/smac/problem.hpp>

namespace incar::smac {

/// Every car charges at full power from arrival until it holds its target; limits of the site are not known to it and
/// are reported as unmet where they are passed.
INCAR_SMAC_EXPORT expected<plan> uncontrolled(const problem& situation);

/// The power that the limits leave is shared equally among the cars that still need energy; what one cannot take goes
/// to others.
INCAR_SMAC_EXPORT expected<plan> equal_share(const problem& situation);

/// The power that the limits leave goes to the car that departs first, then to the next (EDF); equal departures in
/// order of id.
INCAR_SMAC_EXPORT expected<plan> earliest_deadline_first(const problem& situation);

} // namespace incar::smac
