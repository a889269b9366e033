#include "charts.hpp"
#include "svg.hpp"
#include "text.hpp"

#include <algorithm>
#include <cmath>

namespace incar::demo {
namespace {

constexpr double left_margin = 46;
constexpr double right_margin = 14;
constexpr double top_margin = 26;
constexpr double bottom_margin = 24;

// The drawing area of a chart over the day.
struct canvas {
    const day& given;
    svg& picture;
    scale time; // slots to pixels
    scale value;
    double top = 0;
    double bottom = 0;

    double left_of(std::size_t slot) const { return time(static_cast<double>(slot)); }
};

canvas make_canvas(const day& given, svg& picture, double width, double height, double low, double high) {
    const double bottom = height - bottom_margin;
    return {given,
            picture,
            {0, static_cast<double>(given.slots), left_margin, width - right_margin},
            {low, high, bottom, top_margin},
            top_margin,
            bottom};
}

// Clock hours below, every `hours` hours, and the window of the order as a band.
void draw_day(const canvas& on, int hours) {
    const order& cut = on.given.order;
    const double begin = on.time(cut.begin);
    const double end = on.time(cut.end);
    if (cut.begin < cut.end) on.picture.rect(begin, on.top, end - begin, on.bottom - on.top, of_class("order"));
    for (std::size_t t = 0; t < on.given.clock_hours.size(); ++t) {
        const double hour = on.given.clock_hours[t];
        if (std::fmod(hour, hours) != 0) continue;
        on.picture.line({on.left_of(t), on.top}, {on.left_of(t), on.bottom}, of_class("grid"));
        on.picture.text(on.left_of(t), on.bottom + 16, clock_text(hour), of_class("tick middle"));
    }
}

// A step of 1, 2 or 5 times a power of ten that divides a range into at most so many parts.
double round_step(double range, double parts) {
    const double power = std::pow(10, std::floor(std::log10(range / parts)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power * parts >= range) return factor * power;
    return 10 * power;
}

void draw_values(const canvas& on, double parts, const std::string& unit) {
    const double step = round_step(on.value.high - on.value.low, parts);
    const auto first = static_cast<long>(std::ceil(on.value.low / step - 1e-6));
    const auto last = static_cast<long>(std::floor(on.value.high / step + 1e-6));
    for (long i = first; i <= last; ++i) {
        const double y = on.value(static_cast<double>(i) * step);
        on.picture.line({left_margin, y}, {on.time.at_high, y}, of_class(i == 0 ? "zero" : "grid"));
        on.picture.text(left_margin - 6, y + 4, fixed(static_cast<double>(i) * step, 0), of_class("tick end"));
    }
    on.picture.text(left_margin, on.top - 9, unit, of_class("tick"));
}

// A line that keeps its value for each slot.
std::vector<point> steps(const canvas& on, const std::vector<double>& values, std::size_t first = 0) {
    std::vector<point> points;
    for (std::size_t i = 0; i < values.size(); ++i) {
        points.push_back({on.left_of(first + i), on.value(values[i])});
        points.push_back({on.left_of(first + i + 1), on.value(values[i])});
    }
    return points;
}

// The surface between two such lines.
std::vector<point> between(const canvas& on, const std::vector<double>& lower, const std::vector<double>& upper,
                           std::size_t first = 0) {
    std::vector<point> points = steps(on, upper, first);
    const std::vector<point> back = steps(on, lower, first);
    points.insert(points.end(), back.rbegin(), back.rend());
    return points;
}

std::vector<double> building_kw(const day& given) {
    std::vector<double> result;
    for (std::size_t t = 0; t < given.clock_hours.size(); ++t)
        result.push_back((given.site.demand_wh[t] - given.site.production_wh[t]) / slot_hours / 1000);
    return result;
}

void draw_building(const canvas& on, const std::vector<double>& building) {
    std::vector<double> zero(building.size(), 0.0);
    std::vector<double> taken = zero;
    std::vector<double> left_over = zero;
    for (std::size_t t = 0; t < building.size(); ++t) {
        taken[t] = std::max(building[t], 0.0);
        left_over[t] = std::min(building[t], 0.0);
    }
    on.picture.polygon(between(on, zero, taken), of_class("building"));
    on.picture.polygon(between(on, left_over, zero), of_class("sun"));
}

// Every car's power on top of the cars before it; one surface for each time without a pause.
void draw_cars(const canvas& on, const record& played, std::vector<double> stack) {
    const std::size_t cars = played.power_w.size();
    for (std::size_t v = 0; v < cars; ++v) {
        const double place = cars > 1 ? static_cast<double>(v) / static_cast<double>(cars - 1) : 0;
        const std::string colour = fill(ramp_colour(arrival_ramp(), place)) + of_class("car");
        const std::vector<double>& power = played.power_w[v];
        for (std::size_t t = 0; t < power.size();) {
            std::vector<double> lower;
            std::vector<double> upper;
            const std::size_t first = t;
            for (; t < power.size() && power[t] > 1; ++t) {
                lower.push_back(stack[t]);
                upper.push_back(stack[t] += power[t] / 1000);
            }
            if (!lower.empty()) on.picture.polygon(between(on, lower, upper, first), colour);
            if (t == first) ++t;
        }
    }
}

} // namespace

const std::vector<std::string>& arrival_ramp() {
    static const std::vector<std::string> viridis = {"#440154", "#472d7b", "#3b528b", "#2c728e",
                                                     "#21918c", "#28ae80", "#5ec962"};
    return viridis;
}

const std::vector<std::string>& delivery_ramp() {
    static const std::vector<std::string> blues = {"#eaf1f8", "#c6dbef", "#7fb2d8", "#3a83bd", "#0b4a8b"};
    return blues;
}

frame shared_frame(const day& given, const std::vector<record>& records) {
    double low = 0;
    double high = 1;
    const auto include = [&](double kw) {
        low = std::min(low, kw);
        high = std::max(high, kw);
    };
    for (const double kw : building_kw(given)) include(kw);
    for (const record& each : records)
        for (const double watts : each.grid_w) include(watts / 1000);
    if (given.site.max_power_w / 1000 < 2 * high) include(given.site.max_power_w / 1000);
    const double step = round_step(high - low, 10);
    return {0, 0, std::floor(low / step) * step, std::ceil(high / step + 0.1) * step};
}

std::string power_chart(const day& given, const record& played, const frame& size) {
    svg picture(size.width, size.height, "Power under " + played.name,
                "Power of every car stacked on the building's, in kW over the hours of the day, under the limit");
    const canvas on = make_canvas(given, picture, size.width, size.height, size.low_kw, size.high_kw);
    const bool small = size.width < 500;
    draw_day(on, small ? 4 : 2);
    draw_values(on, small ? 5 : 10, "kW");
    const std::vector<double> building = building_kw(given);
    draw_building(on, building);
    draw_cars(on, played, building);
    picture.polyline(steps(on, building), of_class("building-line"));
    std::vector<double> limit;
    for (int t = 0; t < given.slots; ++t) limit.push_back(limit_in(given, t) / 1000);
    if (given.site.max_power_w / 1000 <= size.high_kw) picture.polyline(steps(on, limit), of_class("limit"));
    return picture.finish();
}

std::string price_chart(const day& given, double width, double height) {
    svg picture(width, height, "Price", "Price of energy taken and fed in, in cents per kWh over the hours of the day");
    std::vector<double> taken;
    std::vector<double> fed_in;
    for (const double eur : given.site.price_eur_per_kwh) taken.push_back(eur * 100);
    for (const double eur : given.site.feed_in_price_eur_per_kwh) fed_in.push_back(eur * 100);
    const double highest = *std::max_element(taken.begin(), taken.end());
    const double lowest = std::min(0.0, *std::min_element(taken.begin(), taken.end()));
    const canvas on = make_canvas(given, picture, width, height, std::floor(lowest), std::ceil(highest + 0.2));
    draw_day(on, 2);
    draw_values(on, 8, "ct/kWh");
    picture.polyline(steps(on, fed_in), of_class("feed-in"));
    picture.polyline(steps(on, taken), of_class("price"));
    return picture.finish();
}

std::string stays_chart(const day& given, const record& played, double width) {
    constexpr double row = 15;
    constexpr double bar = 11;
    constexpr int shades = 20;
    const double height = top_margin + row * static_cast<double>(given.visits.size()) + bottom_margin;
    svg picture(width, height, "Energy delivered", "Share of the energy asked for that each car holds, over its stay");
    canvas on = make_canvas(given, picture, width, height, 0, 1);
    on.time.at_low = 130;
    on.time.at_high = width - 40;
    draw_day(on, 2);
    for (std::size_t t = 0; t < given.clock_hours.size(); ++t)
        if (std::fmod(given.clock_hours[t], 2) == 0)
            picture.text(on.left_of(t), on.top - 9, clock_text(given.clock_hours[t]), of_class("tick middle"));
    for (std::size_t v = 0; v < given.visits.size(); ++v) {
        const visit& car = given.visits[v];
        const double y = top_margin + row * static_cast<double>(v) + (row - bar) / 2;
        picture.text(on.time.at_low - 8, y + 9, "car " + car.id + ", " + kilo(car.need_wh) + " kWh",
                     of_class("tick end"));
        double delivered_wh = 0;
        int shade = -1;
        double begin = on.time(car.arrival);
        const auto paint_until = [&](double end) {
            if (shade >= 0)
                picture.rect(begin, y, end - begin, bar,
                             fill(ramp_colour(delivery_ramp(), static_cast<double>(shade) / shades)));
            begin = end;
        };
        for (int t = car.arrival; t < car.departure; ++t) {
            delivered_wh += played.power_w[v][static_cast<std::size_t>(t)] * slot_hours;
            const int now = static_cast<int>(std::floor(delivered_wh / car.need_wh * shades + 1e-6));
            if (now != shade) paint_until(on.time(t));
            shade = now;
        }
        paint_until(on.time(car.departure));
        const double end = on.time(car.departure);
        picture.rect(on.time(car.arrival), y, end - on.time(car.arrival), bar, of_class("stay"));
        const double not_served_wh = car.possible_wh - delivered_wh;
        const double impossible_wh = car.need_wh - car.possible_wh;
        if (not_served_wh > 10)
            picture.text(end + 4, y + 9, kilo(not_served_wh) + " kWh not served", of_class("missing"));
        else if (impossible_wh > 10)
            picture.text(end + 4, y + 9, kilo(impossible_wh) + " kWh beyond full power", of_class("tick"));
    }
    return picture.finish();
}

} // namespace incar::demo
