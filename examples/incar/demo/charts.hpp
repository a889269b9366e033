#pragma once

/// \file
/// The pictures of the report, each an <svg> element as text. Colours keep apart for colour-blind readers; the classes
/// used here are styled by report.cpp.

#include "rolling_day.hpp"

#include <string>
#include <vector>

namespace incar::demo {

/// Colours of the cars, from the first to arrive to the last.
const std::vector<std::string>& arrival_ramp();

/// Colours of the energy delivered, from nothing to all.
const std::vector<std::string>& delivery_ramp();

/// Size of a chart and the power range that all power charts of a page share.
struct frame {
    double width = 0;
    double height = 0;
    double low_kw = 0;
    double high_kw = 0;
};

/// The range that holds every power of the records, in whole tens of kW.
frame shared_frame(const day& given, const std::vector<record>& records);

/// The cars' powers stacked on what the building takes and the sun gives, under the limit.
std::string power_chart(const day& given, const record& played, const frame& size);

/// What energy costs when it is taken and brings when it is fed in.
std::string price_chart(const day& given, double width, double height);

/// One bar for each stay, coloured by the share of the energy asked for that was delivered.
std::string stays_chart(const day& given, const record& played, double width);

} // namespace incar::demo
