#pragma once

/// \file
/// The day as a page: one HTML file with its pictures inside, without scripts, that needs no network.

#include "summary.hpp"

#include <string>
#include <vector>

namespace incar::demo {

/// The page. The last record is SMAC's.
std::string report(const day& given, const std::vector<record>& records, const std::vector<check>& verdicts);

} // namespace incar::demo
