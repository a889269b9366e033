#include "summary.hpp"
#include "text.hpp"

#include <algorithm>
#include <cmath>

namespace incar::demo {
namespace {

constexpr double negligible_w = 1;
constexpr double negligible_wh = 10;
constexpr double negligible_eur = 0.005;

std::string kept(double over_w) {
    return over_w <= negligible_w ? "kept" : std::string("+") + kilo(over_w) + " kW";
}

bool passes_a_limit(const record& each) {
    return each.over_limit_w > negligible_w || each.over_order_w > negligible_w;
}

check limit_check(const char* what, double over_w) {
    if (over_w <= negligible_w) return {check::verdict::holds, std::string("SMAC keeps ") + what + " in every slot"};
    return {check::verdict::fails, std::string("SMAC passes ") + what + " by " + kilo(over_w) + " kW"};
}

check comparison(const record& smac, const record& baseline) {
    const double more_served_wh = baseline.not_served_wh - smac.not_served_wh;
    const double saved_eur = baseline.cost_eur - smac.cost_eur;
    const std::string energy = kilo(std::abs(more_served_wh)) + " kWh";
    const std::string money = fixed(std::abs(saved_eur), 2) + " EUR";
    if (more_served_wh < -negligible_wh && passes_a_limit(baseline))
        return {check::verdict::no_comparison,
                baseline.name + " serves " + energy + " more than SMAC, but only by passing a limit"};
    if (more_served_wh < -negligible_wh)
        return {check::verdict::fails, "SMAC leaves " + energy + " more unserved than " + baseline.name};
    if (saved_eur < -negligible_eur && more_served_wh > negligible_wh)
        return {check::verdict::no_comparison,
                baseline.name + " costs " + money + " less than SMAC, but leaves " + energy + " more unserved"};
    if (saved_eur < -negligible_eur)
        return {check::verdict::fails, "SMAC costs " + money + " more than " + baseline.name};
    const std::string served = more_served_wh > negligible_wh ? "serves " + energy + " more" : "serves as much";
    return {check::verdict::holds, "SMAC costs " + money + " less than " + baseline.name + " and " + served +
                                       (passes_a_limit(baseline) ? " without passing a limit" : "")};
}

std::string padded(const std::string& text, std::size_t width, bool left) {
    const std::string space(width > text.size() ? width - text.size() : 0, ' ');
    return left ? text + space : space + text;
}

} // namespace

const std::vector<figure>& summary_columns() {
    static const std::vector<figure> table = {
        {"strategy", "", [](const record& r) { return r.name; }},
        {"cost", "EUR", [](const record& r) { return fixed(r.cost_eur, 2); }},
        {"peak", "kW", [](const record& r) { return kilo(r.peak_w); }},
        {"not served", "kWh", [](const record& r) { return kilo(r.not_served_wh); }},
        {"CO2", "kg", [](const record& r) { return fixed(r.co2_kg, 1); }},
        {"site limit", "", [](const record& r) { return kept(r.over_limit_w); }},
        {"grid order", "", [](const record& r) { return kept(r.over_order_w); }},
        {"re-plans", "", [](const record& r) { return std::to_string(r.replans); }},
        {"mean plan", "ms", [](const record& r) { return fixed(r.mean_ms, 1); }},
        {"longest plan", "ms", [](const record& r) { return fixed(r.max_ms, 1); }},
    };
    return table;
}

std::vector<std::string> explanations(const day& given) {
    const order& cut = given.order;
    const auto at = [&](int slot) { return clock_text(given.clock_hours[static_cast<std::size_t>(slot)]); };
    std::vector<std::string> lines = {
        "the site may take " + kilo(given.site.max_power_w) + " kW; at " + at(cut.announced) +
            " the grid's operator orders " + kilo(cut.reduction_w) + " kW less from " + at(cut.begin) + " to " +
            at(cut.end),
        "a car and its wish are unknown until it arrives and tells when it leaves; each arrival, departure and order "
        "makes a new plan",
        "SMAC leaves room for cars still to come: waiting costs " + fixed(waiting_eur_per_slot, 3) +
            " EUR a car and slot in its plans, and after the next hour " + fixed(100 * kept_free, 0) +
            " % of the limit stay free; both figures and the limit were chosen on the days of this month",
        "the load, the sun and the prices of the day are known beforehand; energy fed in earns half of the price",
        "CO2: no hourly figures at hand, so the Spanish grid's average of 2018, " + fixed(given.co2_g_per_kwh, 0) +
            " g/kWh (Red Electrica), for all energy taken from the grid"};
    double impossible_wh = 0;
    for (const visit& car : given.visits) impossible_wh += car.need_wh - car.possible_wh;
    if (impossible_wh > negligible_wh)
        lines.push_back(kilo(impossible_wh) +
                        " kWh were asked for that full power over the whole stay cannot give; no strategy is blamed");
    lines.insert(lines.end(), given.remarks.begin(), given.remarks.end());
    return lines;
}

std::string summary_table(const std::vector<record>& records) {
    std::vector<std::vector<std::string>> lines(2 + records.size());
    for (const figure& column : summary_columns()) {
        std::vector<std::string> cells = {column.heading, column.unit};
        for (const record& each : records) cells.push_back(column.text(each));
        std::size_t width = 0;
        for (const std::string& cell : cells) width = std::max(width, cell.size());
        for (std::size_t i = 0; i < cells.size(); ++i)
            lines[i].push_back(padded(cells[i], width, &column == &summary_columns().front()));
    }
    std::string text;
    for (const auto& line : lines) {
        for (const std::string& cell : line) text += "  " + cell;
        text += '\n';
    }
    return text;
}

std::vector<check> checks(const std::vector<record>& records) {
    const record& smac = records.back();
    std::vector<check> result = {limit_check("the site's limit", smac.over_limit_w),
                                 limit_check("the grid's order", smac.over_order_w)};
    for (const record& each : records)
        if (&each != &smac) result.push_back(comparison(smac, each));
    return result;
}

} // namespace incar::demo
