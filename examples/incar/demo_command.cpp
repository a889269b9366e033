#include "command.hpp"
#include "demo/report.hpp"
#include "demo/text.hpp"
#include "files.hpp"

#include <incar/smac/scenario.hpp>

#include <cstdlib>

namespace incar::program {
namespace {

using demo::check;

constexpr const char* busy_day = "2019-03-25";

// The figures: a file that was named, else the folder of public data, else the day that comes with the source.
expected<demo::figures> find_figures(const arguments& given) {
    const std::string* date = given.find("--day");
    const char* folder = std::getenv("INCAR_DATA");
    if (date)
        if (const auto valid = demo::parse_date(*date); !valid)
            return error{valid.error().code, "--day", valid.error().message};
    if (!given.has("--data") && folder && *folder) return demo::figures_from_csv(folder, date ? *date : busy_day);
    const std::string* named = given.find("--data");
    const std::string path = named ? *named : INCAR_EXAMPLE_DATA "/one_day.json";
    auto day = read_file(path).and_then([](const std::string& text) { return demo::figures_from_json(text); });
    if (day && date && day->date != *date)
        return error{errc::not_found, "--day",
                     path + " holds " + day->date + " only; INCAR_DATA may name a folder with the whole month"};
    return day;
}

std::string heading(const demo::day& today) {
    std::string text = "One day at a workplace garage: " + today.date + ", 06:00 to 06:00, " +
                       demo::count_of(today.visits.size(), "car") + "\n";
    for (const std::string& each : demo::explanations(today)) text += "  - " + each + "\n";
    return text;
}

const char* sign_of(check::verdict outcome) {
    switch (outcome) {
    case check::verdict::holds: return "  [ok]   ";
    case check::verdict::fails: return "  [FAIL] ";
    case check::verdict::no_comparison: return "  [--]   ";
    }
    return "";
}

expected<exit_status> run(const arguments& given) {
    demo::garage setting;
    const auto limit = number_option(given, "--site-limit", setting.limit_w, 0, 1e9);
    if (!limit) return limit.error();
    setting.limit_w = *limit;
    const auto measured = find_figures(given);
    if (!measured) return measured.error();
    if (const std::string* path = given.find("--write-day"))
        if (auto done = write_file(*path, demo::to_json(*measured)); !done) return done.error();
    const auto today = demo::make_day(*measured, setting);
    if (!today) return today.error();
    if (const std::string* path = given.find("--write-scenario"))
        if (auto done = write_file(*path, smac::format_scenario(demo::with_foresight(*today))); !done)
            return done.error();

    std::vector<demo::record> records;
    for (const demo::strategy& each : demo::strategies()) {
        auto played = demo::play(*today, each);
        if (!played) return played.error();
        records.push_back(std::move(*played));
    }
    std::string text = heading(*today) + "\n" + demo::summary_table(records) + "\n";
    const std::vector<check> verdicts = demo::checks(records);
    exit_status status = exit_status::yes;
    for (const check& each : verdicts) {
        text += sign_of(each.outcome) + each.words + "\n";
        if (each.outcome == check::verdict::fails) status = exit_status::no;
    }
    const std::string* named = given.find("--report");
    const std::string path = named ? *named : "demo-report.html";
    if (auto done = write_file(path, demo::report(*today, records, verdicts)); !done) return done.error();
    text += "\nThe day in pictures: " + path + "\n";
    if (auto done = print(text); !done) return done.error();
    return status;
}

} // namespace

command demo_command() {
    return {
        "demo",
        "",
        "play one real day at a workplace garage, with and without SMAC",
        "Cars arrive unannounced; at each change the rest of the day is planned anew by uncontrolled charging, equal\n"
        "share, earliest deadline and SMAC, and all four are measured by the same meter. With INCAR_DATA naming the\n"
        "folder of public data any day of March 2019 will do; without, the day that comes with the source.\n"
        "Exit status: 0 when SMAC keeps every limit and no baseline is better, 1 when not, 2 for unusable input.\n",
        {{"--day", "DATE", "a day of March 2019, with INCAR_DATA (default " + std::string(busy_day) + ")"},
         {"--data", "FILE", "the figures of one day, as --write-day writes them"},
         {"--site-limit", "W", "most power from the grid (default 46000)"},
         {"--report", "FILE", "where to write the report (default demo-report.html)"},
         {"--write-day", "FILE", "write the day's figures as JSON"},
         {"--write-scenario", "FILE", "write the day for incar plan, as if all were known at 06:00"}},
        0,
        run};
}

} // namespace incar::program
