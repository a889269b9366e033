#pragma once

#include "smac/prepared.hpp"

namespace incar::smac {

// Fills site.upper_flex_w and site.lower_flex_w: by how much the site's consumption could rise or fall in one slot
// alone while every device still reaches what the plan reaches. Closed form, O(devices x slots): a backward pass gives
// each device the band of states of charge from which its target stays reachable; the band after the slot bounds the
// power in it.
void add_flexibility(const prepared& situation, const device_powers& powers, plan& answer);

} // namespace incar::smac
