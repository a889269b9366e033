#include "charts.hpp"
#include "report.hpp"
#include "svg.hpp"
#include "text.hpp"

namespace incar::demo {
namespace {

constexpr const char* style = R"(
:root { color-scheme: light; }
body { margin: 0; background: #f4f5f7; color: #1d2530; font: 16px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 32px 20px 48px; }
h1 { font-size: 30px; line-height: 1.2; margin: 0 0 6px; }
h2 { font-size: 19px; margin: 0 0 2px; }
h3 { font-size: 15px; margin: 0; }
h3 span { display: block; font-weight: 400; }
p { margin: 4px 0 10px; }
.lead { font-size: 18px; max-width: 46em; }
.how, .quiet { color: #556070; }
.how { max-width: 60em; }
section { background: #fff; border: 1px solid #dfe3e8; border-radius: 8px; padding: 18px 20px 16px; margin: 18px 0; }
svg { display: block; width: 100%; height: auto; }
.three { display: grid; grid-template-columns: repeat(3, 1fr); gap: 16px; margin-top: 14px; }
@media (max-width: 760px) { .three { grid-template-columns: 1fr; } section { overflow-x: auto; } }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: 6px 8px; border-bottom: 1px solid #e6e9ed; white-space: nowrap; }
th { font-size: 14px; color: #556070; font-weight: 600; vertical-align: bottom; }
th:first-child, td:first-child { text-align: left; }
tr.ours td { background: #eaf3ee; font-weight: 600; }
td.passed { color: #a2390f; }
ul { margin: 6px 0; padding-left: 20px; }
ul.checks { list-style: none; padding: 0; margin: 14px 0 0; }
.checks b { display: inline-block; width: 7.5em; }
.holds b { color: #1b6e46; } .fails b { color: #a2390f; } .none b { color: #556070; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 22px; margin: 8px 0 8px; font-size: 14px; color: #3c4653; }
.legend i { display: inline-block; width: 28px; height: 12px; margin-right: 7px; border-radius: 2px; vertical-align: -1px; }
.legend i.wide { width: 90px; }
.legend i.stroke { height: 0; border-radius: 0; vertical-align: 4px; }
text { font-size: 12px; fill: #556070; font-variant-numeric: tabular-nums; }
.middle { text-anchor: middle; } .end { text-anchor: end; }
.grid { stroke: #e6e9ed; stroke-width: 1; } .zero { stroke: #8a94a2; stroke-width: 1; }
.order { fill: #fbe6d4; }
.building { fill: #cdd3db; } .sun { fill: #f9e3a0; }
.building-line { stroke: #4b5563; stroke-width: 1.2; }
.car { stroke: #fff; stroke-width: 0.5; stroke-linejoin: round; }
.limit { stroke: #c2410c; stroke-width: 2; }
.price { stroke: #1d4f91; stroke-width: 2; } .feed-in { stroke: #7a8698; stroke-width: 2; stroke-dasharray: 5 4; }
.stay { fill: none; stroke: #9fb3c8; stroke-width: 0.7; }
.missing { fill: #a2390f; font-weight: 600; }
footer { font-size: 14px; color: #556070; }
)";

std::string element(const std::string& name, const std::string& content, const std::string& attributes = "") {
    return "<" + name + attributes + ">" + content + "</" + name + ">\n";
}

std::string paragraph(const std::string& text, const std::string& kind) {
    return element("p", escaped(text), of_class(kind));
}

// Swatches stand above a chart, never on it.
struct swatch {
    std::string drawing; ///< CSS
    std::string kind;    ///< "", "wide" or "stroke"
    std::string words;
};

std::string legend(const std::vector<swatch>& swatches) {
    std::string items;
    for (const swatch& each : swatches)
        items += "<span><i class=\"" + each.kind + "\" style=\"" + each.drawing + "\"></i>" + escaped(each.words) +
                 "</span>\n";
    return element("div", "\n" + items, of_class("legend"));
}

std::string gradient(const std::vector<std::string>& stops) {
    std::string colours;
    for (const std::string& stop : stops) colours += "," + stop;
    return "background:linear-gradient(90deg" + colours + ")";
}

std::string table(const std::vector<record>& records) {
    std::string head;
    for (const figure& column : summary_columns())
        head += element("th", escaped(column.heading) + (column.unit.empty() ? "" : "<br>" + escaped(column.unit)));
    std::string rows = element("tr", head);
    for (const record& each : records) {
        std::string cells;
        for (const figure& column : summary_columns()) {
            const std::string text = column.text(each);
            cells += element("td", escaped(text), text.front() == '+' ? of_class("passed") : "");
        }
        rows += element("tr", cells, &each == &records.back() ? of_class("ours") : "");
    }
    return element("table", "\n" + rows);
}

std::string check_list(const std::vector<check>& verdicts) {
    struct sign {
        const char* kind;
        const char* word;
    };
    static constexpr sign signs[] = {{"holds", "holds"}, {"fails", "fails"}, {"none", "not compared"}};
    std::string items;
    for (const check& each : verdicts) {
        const sign& mark = signs[static_cast<std::size_t>(each.outcome)];
        items += element("li", element("b", mark.word) + escaped(each.words), of_class(mark.kind));
    }
    return element("ul", "\n" + items, of_class("checks"));
}

std::string lead(const day& given, const std::vector<record>& records) {
    const record& smac = records.back();
    double possible_wh = 0;
    for (const visit& car : given.visits) possible_wh += car.possible_wh;
    std::string text = "With SMAC " + count_of(given.visits.size(), "car") + " got " +
                       kilo(possible_wh - smac.not_served_wh) + " of the " + kilo(possible_wh) +
                       " kWh that they could take during their stays, and the whole site cost " +
                       fixed(smac.cost_eur, 2) + " EUR.";
    for (const record& each : records)
        if (&each != &smac)
            text += (&each == &records.front() ? " Other ways: " : ", ") + each.name + " " + fixed(each.cost_eur, 2) +
                    " EUR";
    return text + ".";
}

std::string power_section(const day& given, const std::vector<record>& records) {
    frame size = shared_frame(given, records);
    std::string content = element("h2", "Power over the day") +
                          paragraph("The top edge is what the meter sees: the building less the sun, and every car on "
                                    "top of it. It has to stay below the limit, which the grid's order lowers from " +
                                        clock_text(given.clock_hours[static_cast<std::size_t>(given.order.begin)]) +
                                        " on; yellow that no car covers is fed in.",
                                    "how");
    content += legend({{gradient(arrival_ramp()), "wide", "cars, the first to arrive to the last"},
                       {"background:#cdd3db", "", "building less sun"},
                       {"background:#f9e3a0", "", "sun left over"},
                       {"border-top:2px solid #c2410c", "stroke", "limit"},
                       {"background:#fbe6d4", "", "grid's order"}});
    const auto heading = [](const record& each) {
        return element("h3", escaped(each.name) + "<span class=\"quiet\">" + fixed(each.cost_eur, 2) + " EUR, peak " +
                                 kilo(each.peak_w) + " kW</span>");
    };
    size.width = 1040;
    size.height = 340;
    content += heading(records.back()) + power_chart(given, records.back(), size);
    size.width = 340;
    size.height = 230;
    std::string others;
    for (const record& each : records)
        if (&each != &records.back()) others += element("div", heading(each) + power_chart(given, each, size));
    return element("section", content + element("div", others, of_class("three")));
}

std::string price_section(const day& given) {
    return element("section",
                   element("h2", "Price of energy") +
                       paragraph("SMAC moves charging from the hills of the solid line into its valleys, and "
                                 "under the sun, where energy only costs what feeding it in would have "
                                 "brought.",
                                 "how") +
                       legend({{"border-top:2px solid #1d4f91", "stroke", "taken from the grid"},
                               {"border-top:2px dashed #7a8698", "stroke", "fed in"},
                               {"background:#fbe6d4", "", "grid's order"}}) +
                       price_chart(given, 1040, 180));
}

std::string stays_section(const day& given, const record& smac) {
    return element("section",
                   element("h2", "Energy in each car, under SMAC") +
                       paragraph("Each bar is one stay, from plugging in to leaving. It darkens as the car "
                                 "gets what it asked for; a bar that ends dark is a driver who was served. \"Beyond "
                                 "full power\" is what a car asked for and could not take in so short a "
                                 "stay.",
                                 "how") +
                       legend({{gradient(delivery_ramp()), "wide", "nothing to all that was asked for"},
                               {"background:#fbe6d4", "", "grid's order"}}) +
                       stays_chart(given, smac, 1040));
}

std::string played_section(const day& given) {
    std::string items;
    for (const std::string& each : explanations(given)) items += element("li", escaped(each));
    std::string sources;
    for (const source& each : given.sources)
        sources += element("li", escaped(each.what + ": " + each.origin + ". Licence: " + each.licence));
    return element("section", element("h2", "How the day was played") + element("ul", items) +
                                  element("h3", "Sources") + element("ul", sources));
}

} // namespace

std::string report(const day& given, const std::vector<record>& records, const std::vector<check>& verdicts) {
    const std::string title = "One day at a workplace garage";
    const std::string body =
        element("h1", title) + paragraph(given.date + ", 06:00 to 06:00 by the garage's clock", "quiet") +
        paragraph(lead(given, records), "lead") +
        element("section", element("h2", "The same day, four ways") +
                               paragraph("Cost counts all energy that the site took, less what it fed in; not served "
                                         "is what a car could have had during its stay and did not get.",
                                         "how") +
                               table(records) + check_list(verdicts)) +
        power_section(given, records) + price_section(given) + stays_section(given, records.back()) +
        played_section(given) + element("footer", "Written by incar demo.");
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n" +
           element("title", title + ", " + escaped(given.date)) + element("style", style) + "</head>\n<body>\n" +
           element("main", "\n" + body) + "</body>\n</html>\n";
}

} // namespace incar::demo
