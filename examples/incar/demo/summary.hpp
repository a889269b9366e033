#pragma once

/// \file
/// The day's results side by side, and whether SMAC kept its promises.

#include "rolling_day.hpp"

#include <string>
#include <vector>

namespace incar::demo {

/// One column of the table: a heading and the text of each record.
struct figure {
    std::string heading;
    std::string unit;
    std::string (*text)(const record&);
};

const std::vector<figure>& summary_columns();

/// What the figures are made of and what was assumed, one sentence each.
std::vector<std::string> explanations(const day& given);

/// The table for a terminal.
std::string summary_table(const std::vector<record>& records);

struct check {
    enum class verdict { holds, fails, no_comparison };
    verdict outcome = verdict::holds;
    std::string words;
};

/// The last record is SMAC's, the others are baselines. SMAC must keep the site's limit and the grid's order in every
/// slot, and no baseline may be better: none serves more energy, and none that serves as much costs less.
///
/// Two baselines are named but not compared: one that serves more than SMAC by passing a limit, for it took what was
/// not there; and one that costs less because it leaves more energy unserved. Passing a limit without serving more is
/// no excuse: such a baseline is compared.
std::vector<check> checks(const std::vector<record>& records);

} // namespace incar::demo
