#pragma once

/// \file
/// Problems and plans as JSON texts: the file format of `incar plan`, described in docs/reference/scenario.md.
///
///     expected<smac::problem> problem = smac::parse_scenario(text);
///     std::string answer = smac::format_plan(plan);

#include <incar/core/expected.hpp>
#include <incar/smac/plan.hpp>
#include <incar/smac/problem.hpp>

#include <string>
#include <string_view>

namespace incar::smac {

/// Reads a scenario. Errors carry the JSON pointer of the culprit: errc::malformed, errc::missing, errc::wrong_type,
/// errc::unknown_member (a misspelt name is never ignored) and the findings of `validate`.
INCAR_SMAC_EXPORT expected<problem> parse_scenario(std::string_view text);

/// Writes a scenario that `parse_scenario` reads back to the same problem; members with their default value are left
/// out.
INCAR_SMAC_EXPORT std::string format_scenario(const problem& situation);

/// Writes a plan, indented for people.
INCAR_SMAC_EXPORT std::string format_plan(const plan& answer);

} // namespace incar::smac
