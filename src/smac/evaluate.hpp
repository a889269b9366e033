#pragma once

#include "smac/prepared.hpp"

namespace incar::smac {

// The plan that consists of these powers: states of charge, flows at the supply point, what they cost, what they leave
// unmet and the room for flexibility. The one place where a plan is judged, whoever made it.
plan evaluate(const prepared& situation, const device_powers& powers);

} // namespace incar::smac
