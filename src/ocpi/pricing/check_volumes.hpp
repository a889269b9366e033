#pragma once

#include <incar/ocpi/check_cdr.hpp>

namespace incar::ocpi::pricing {

// Adds what the energy and the hours of a CDR's periods and totals disagree about.
void check_volumes(const v221::cdr&, std::vector<difference>& to);

} // namespace incar::ocpi::pricing
