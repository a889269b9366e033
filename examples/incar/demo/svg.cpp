#include "svg.hpp"
#include "text.hpp"

#include <algorithm>
#include <cmath>

namespace incar::demo {
namespace {

std::string number(double value) {
    std::string text = fixed(value, 1);
    if (text.size() > 2 && text.substr(text.size() - 2) == ".0") text.resize(text.size() - 2);
    return text;
}

std::string attribute(const char* name, const std::string& value) {
    return std::string(" ") + name + "=\"" + escaped(value) + "\"";
}

int channel(const std::string& colour, std::size_t which) {
    return std::stoi(colour.substr(1 + 2 * which, 2), nullptr, 16);
}

} // namespace

std::string escaped(std::string_view text) {
    std::string result;
    for (const char each : text) {
        switch (each) {
        case '&': result += "&amp;"; break;
        case '<': result += "&lt;"; break;
        case '>': result += "&gt;"; break;
        case '"': result += "&quot;"; break;
        case '\'': result += "&#39;"; break;
        default: result += static_cast<unsigned char>(each) < ' ' ? ' ' : each;
        }
    }
    return result;
}

std::string fill(const std::string& colour) {
    return attribute("fill", colour);
}

std::string of_class(const std::string& name) {
    return attribute("class", name);
}

svg::svg(double width, double height, std::string_view title, std::string_view description) {
    content_ = "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 " + number(width) + " " +
               number(height) + "\">\n<title>" + escaped(title) + "</title>\n<desc>" + escaped(description) +
               "</desc>\n";
}

void svg::rect(double x, double y, double width, double height, const std::string& attributes) {
    content_ += "<rect" + attribute("x", number(x)) + attribute("y", number(y)) + attribute("width", number(width)) +
                attribute("height", number(height)) + attributes + "/>\n";
}

void svg::line(point from, point to, const std::string& attributes) {
    polyline({from, to}, attributes);
}

void svg::polyline(const std::vector<point>& points, const std::string& attributes) {
    shape("polyline", points, attributes + attribute("fill", "none"));
}

void svg::polygon(const std::vector<point>& points, const std::string& attributes) {
    shape("polygon", points, attributes);
}

void svg::shape(const char* name, const std::vector<point>& points, const std::string& attributes) {
    std::string places;
    for (const point& each : points) places += number(each.x) + "," + number(each.y) + " ";
    content_ += std::string("<") + name + attribute("points", places) + attributes + "/>\n";
}

void svg::text(double x, double y, std::string_view content, const std::string& attributes) {
    content_ += "<text" + attribute("x", number(x)) + attribute("y", number(y)) + attributes + ">" + escaped(content) +
                "</text>\n";
}

std::string svg::finish() const {
    return content_ + "</svg>\n";
}

std::string ramp_colour(const std::vector<std::string>& stops, double place) {
    const double position = std::clamp(place, 0.0, 1.0) * static_cast<double>(stops.size() - 1);
    const std::size_t left = std::min(static_cast<std::size_t>(position), stops.size() - 2);
    const double share = position - static_cast<double>(left);
    static const char digits[] = "0123456789abcdef";
    std::string colour = "#";
    for (std::size_t k = 0; k < 3; ++k) {
        const double mixed = channel(stops[left], k) * (1 - share) + channel(stops[left + 1], k) * share;
        const auto value = static_cast<std::size_t>(std::lround(mixed));
        colour += digits[value / 16];
        colour += digits[value % 16];
    }
    return colour;
}

} // namespace incar::demo
