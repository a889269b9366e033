#include "../files.hpp"
#include "csv.hpp"
#include "figures.hpp"
#include "text.hpp"

#include <incar/core/time_zone.hpp>

#include <algorithm>
#include <map>
#include <optional>

namespace incar::demo {
namespace {

constexpr const char* session_file = "ev_sessions_caltech_2019-03.csv";
constexpr const char* price_file = "day_ahead_price_spain_2018.csv";
constexpr const char* house_file = "house_load_pv_30min_2024.csv";

// The house's PV culminates at 12.0 h UTC in June and December: it stands near the meridian of Greenwich; its days of
// 9 to 16 hours put it at 45 degrees north. That is France.
constexpr const char* price_zone = "Europe/Madrid";
constexpr const char* house_zone = "Europe/Paris";

// Days from the sessions' date to the same day of the week in the other years, the nearest week first.
constexpr int days_to_price = -364;
constexpr int days_to_house[] = {1827, 1827 - 7, 1827 + 7, 1827 - 14, 1827 + 14, 1827 - 21, 1827 + 21};

constexpr std::size_t longest_gap = 6; // half hours that are filled from their neighbours
constexpr std::size_t sunrise = 2 * (7 - first_hour);
constexpr std::size_t sunset = 2 * (19 - first_hour);

const std::vector<source>& sources() {
    static const std::vector<source> table = {
        {"charging sessions, Caltech garage, March 2019",
         "ACN-Data, by way of github.com/caltech-netlab/acnportal-experiments",
         "BSD-3-Clause, Copyright (c) 2019 California Institute of Technology"},
        {"day-ahead price, Spain, 2018", "ENTSO-E, by way of github.com/ourownstory/neuralprophet-data", "MIT"},
        {"load and photovoltaic power of one house, 2024", "github.com/davidusb-geek/emhass", "MIT"},
    };
    return table;
}

// The instants from 06:00 on `date` by the clocks of a place, in steps of so many minutes over 24 hours of the clock.
expected<std::vector<timestamp>> clock_steps(const char* zone_name, const civil_time& date, int minutes) {
    const auto zone = time_zone::find(zone_name);
    if (!zone) return zone.error();
    std::vector<timestamp> steps;
    for (int minute = first_hour * 60; minute < (first_hour + 24) * 60; minute += minutes) {
        civil_time local = days_later(date, minute / (24 * 60));
        local.hour = minute / 60 % 24;
        local.minute = minute % 60;
        const auto instant = zone->to_utc(local, when_ambiguous::earlier, when_skipped::before);
        if (!instant) return instant.error();
        steps.push_back(*instant);
    }
    return steps;
}

expected<std::vector<csv_row>> read_rows(const std::string& folder, const char* file,
                                         const std::vector<std::string>& columns) {
    const std::string path = folder + "/" + file;
    return program::read_file(path).and_then([&](const std::string& text) { return parse_csv(text, path, columns); });
}

expected<session> read_session(const csv_row& row) {
    const auto id = row.text(0);
    if (!id) return id.error();
    const auto arrival = row.instant(1);
    if (!arrival) return arrival.error();
    const auto departure = row.instant(2);
    if (!departure) return departure.error();
    const auto energy = row.number(3);
    if (!energy) return energy.error();
    const auto power = row.number(4);
    if (!power) return power.error();
    if (*departure < *arrival) return error{errc::inconsistent, row.place, "the departure is before the arrival"};
    if (*energy < 0 || *power < 0) return error{errc::out_of_range, row.place, "energy and power are not negative"};
    return session{*id, *arrival, *departure, *energy, *power};
}

expected<void> add_sessions(const std::string& folder, figures& day) {
    const auto hours_of_day = garage_day(day.date);
    if (!hours_of_day) return hours_of_day.error();
    const auto rows =
        read_rows(folder, session_file, {"session", "arrival_utc", "departure_utc", "energy_kwh", "max_power_kw"});
    if (!rows) return rows.error();
    for (const csv_row& row : *rows) {
        const auto read = read_session(row);
        if (!read) return read.error();
        if (hours_of_day->begin <= read->arrival && read->arrival < hours_of_day->end) day.sessions.push_back(*read);
    }
    if (day.sessions.empty()) return error{errc::not_found, folder + "/" + session_file, "no session on " + day.date};
    std::stable_sort(day.sessions.begin(), day.sessions.end(),
                     [](const session& a, const session& b) { return a.arrival < b.arrival; });
    return {};
}

expected<void> add_prices(const std::string& folder, const civil_time& date, figures& day) {
    const auto rows = read_rows(folder, price_file, {"time_utc", "price_eur_per_mwh"});
    if (!rows) return rows.error();
    std::map<timestamp, double> prices;
    for (const csv_row& row : *rows) {
        const auto at = row.instant(0);
        if (!at) return at.error();
        const auto price = row.number(1);
        if (!price) return price.error();
        prices[*at] = *price;
    }
    const auto steps = clock_steps(price_zone, date, 60);
    if (!steps) return steps.error();
    for (const timestamp at : *steps) {
        const auto found = prices.find(at);
        if (found == prices.end())
            return error{errc::not_found, folder + "/" + price_file, "no price for " + format(at)};
        day.price_eur_per_mwh.push_back(found->second);
    }
    day.price_date = format_date(date);
    return {};
}

using gappy = std::vector<std::optional<double>>;

// Straight lines over short gaps; nothing when a gap is long.
std::optional<std::vector<double>> filled(const gappy& values) {
    std::vector<double> result;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i]) {
            result.push_back(*values[i]);
            continue;
        }
        std::size_t after = i;
        while (after < values.size() && !values[after]) ++after;
        const bool has_left = !result.empty();
        const bool has_right = after < values.size();
        if (after - i > longest_gap || (!has_left && !has_right)) return std::nullopt;
        const double left = has_left ? result.back() : *values[after];
        const double right = has_right ? *values[after] : left;
        result.push_back(left + (right - left) / static_cast<double>(after - i + 1));
    }
    return result;
}

std::string filled_in(const char* what, const gappy& values) {
    const auto gaps = static_cast<std::size_t>(std::count(values.begin(), values.end(), std::nullopt));
    return gaps == 0 ? "" : "; " + count_of(gaps, "missing half hour") + " of its " + what + " filled from neighbours";
}

struct house_row {
    std::optional<double> load;
    std::optional<double> pv;
};

expected<std::map<timestamp, house_row>> read_house(const std::string& folder) {
    const auto rows = read_rows(folder, house_file, {"time_utc", "load_w", "pv_w"});
    if (!rows) return rows.error();
    std::map<timestamp, house_row> house;
    for (const csv_row& row : *rows) {
        const auto at = row.instant(0);
        if (!at) return at.error();
        const auto load = row.number_or_gap(1);
        if (!load) return load.error();
        const auto pv = row.number_or_gap(2);
        if (!pv) return pv.error();
        house[*at] = {*load, *pv};
    }
    return house;
}

// Takes the first day near enough whose gaps are short.
expected<void> add_house(const std::string& folder, const civil_time& date, figures& day) {
    const auto house = read_house(folder);
    if (!house) return house.error();
    for (const int days : days_to_house) {
        const civil_time candidate = days_later(date, days);
        const auto steps = clock_steps(house_zone, candidate, 30);
        if (!steps) return steps.error();
        gappy load;
        gappy pv;
        for (const timestamp at : *steps) {
            const auto found = house->find(at);
            const house_row row = found == house->end() ? house_row() : found->second;
            const bool night = pv.size() < sunrise || pv.size() >= sunset;
            load.push_back(row.load);
            pv.push_back(night && !row.pv ? 0 : row.pv);
        }
        const auto whole_load = filled(load);
        const auto whole_pv = filled(pv);
        if (!whole_load || !whole_pv) continue;
        day.house_date = format_date(candidate);
        day.load_w = *whole_load;
        day.pv_w = *whole_pv;
        day.remarks.push_back("load and sun of a house on " + day.house_date + ", by the clock of Paris" +
                              filled_in("load", load) + filled_in("sun", pv));
        return {};
    }
    return error{errc::not_found, folder + "/" + house_file, "no day near " + day.date + " without long gaps"};
}

} // namespace

expected<figures> figures_from_csv(const std::string& folder, const std::string& date) {
    const auto first = parse_date(date);
    if (!first) return first.error();
    figures day;
    day.date = date;
    day.sources = sources();
    if (auto done = add_sessions(folder, day); !done) return done.error();
    if (auto done = add_prices(folder, days_later(*first, days_to_price), day); !done) return done.error();
    day.remarks.push_back("prices of " + day.price_date + ", the same day of the week, by the clock of Madrid");
    if (auto done = add_house(folder, *first, day); !done) return done.error();
    return day;
}

} // namespace incar::demo
