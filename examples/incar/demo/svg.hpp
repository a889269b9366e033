#pragma once

/// \file
/// Just enough SVG to draw a chart: shapes with CSS classes or colours, and text that is always escaped.
///
///     svg picture(400, 100, "Price", "Price of energy taken from the grid over the day");
///     picture.rect(0, 0, 50, 20, fill("#4477aa"));
///     picture.text(10, 90, "06:00 < 07:00", of_class("tick"));
///     html += picture.finish();

#include <string>
#include <string_view>
#include <vector>

namespace incar::demo {

/// Text for HTML and SVG: & < > " ' are escaped, control characters become spaces.
std::string escaped(std::string_view text);

struct point {
    double x = 0;
    double y = 0;
};

/// Attributes of a shape.
std::string fill(const std::string& colour);
std::string of_class(const std::string& name);

/// One picture. Coordinates are pixels from the top left corner of a box that scales with the page.
class svg {
public:
    svg(double width, double height, std::string_view title, std::string_view description);

    void rect(double x, double y, double width, double height, const std::string& attributes);
    void line(point from, point to, const std::string& attributes);
    void polyline(const std::vector<point>& points, const std::string& attributes);
    void polygon(const std::vector<point>& points, const std::string& attributes);
    void text(double x, double y, std::string_view content, const std::string& attributes);

    std::string finish() const;

private:
    void shape(const char* name, const std::vector<point>& points, const std::string& attributes);

    std::string content_;
};

/// A straight line from values to pixels.
struct scale {
    double low = 0;
    double high = 1;
    double at_low = 0;
    double at_high = 1;

    double operator()(double value) const { return at_low + (value - low) / (high - low) * (at_high - at_low); }
};

/// The colour at a place between 0 and 1 of a ramp of "#rrggbb" stops.
std::string ramp_colour(const std::vector<std::string>& stops, double place);

} // namespace incar::demo
