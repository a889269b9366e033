#include "demo/day.hpp"
#include "files.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <random>

using namespace incar;
using namespace incar::demo;

namespace {

timestamp at(const char* text) {
    return timestamp::parse(text).value();
}

figures quiet_figures(const char* date) {
    figures result;
    result.date = date;
    for (int hour = 0; hour < 24; ++hour) result.price_eur_per_mwh.push_back(first_hour + hour);
    result.load_w.assign(48, 100);
    result.pv_w.assign(48, 10);
    return result;
}

day make(const figures& measured) {
    return make_day(measured, {}).value();
}

// A folder with the three public files, in which the house has a gap and the night's sun is empty.
class data_folder {
public:
    data_folder()
        : path_(std::filesystem::temp_directory_path() / ("incar_day_test_" + std::to_string(std::random_device()()))) {
        std::filesystem::create_directories(path_);
        write("ev_sessions_caltech_2019-03.csv", "session,station,arrival_utc,departure_utc,energy_kwh,max_power_kw\n"
                                                 "2,a,2019-03-25T15:00:00Z,2019-03-25T20:00:00Z,5,6.6\n"
                                                 "1,b,2019-03-25T14:00:00Z,2019-03-25T20:00:00Z,5,6.6\n"
                                                 "3,c,2019-03-26T13:00:00Z,2019-03-26T20:00:00Z,5,6.6\n");
        std::string prices = "time_utc,price_eur_per_mwh\n";
        const timestamp first = at("2018-03-25T00:00:00Z");
        for (int hour = 0; hour < 72; ++hour)
            prices += format(first + std::chrono::hours(hour)) + "," + std::to_string(hour) + "\n";
        write("day_ahead_price_spain_2018.csv", prices);
        std::string house = "time_utc,load_w,pv_w,pv_forecast_w\n";
        const timestamp six = at("2024-03-25T05:00:00Z");
        for (int i = 0; i < 48; ++i) {
            const bool gap = i == 10 || i == 11;
            const bool night = i < 2 || i >= 26;
            house += format(six + std::chrono::minutes(30 * i)) + "," + (gap ? "" : std::to_string(i)) + "," +
                     (night ? "" : "50") + ",\n";
        }
        write("house_load_pv_30min_2024.csv", house);
    }
    ~data_folder() { std::filesystem::remove_all(path_); }

    void write(const char* file, const std::string& content) const {
        REQUIRE(program::write_file((path_ / file).string(), content));
    }
    std::string path() const { return path_.string(); }

private:
    std::filesystem::path path_;
};

} // namespace

TEST_SUITE("day") {
    TEST_CASE("a stay counts from its first whole slot to its last") {
        figures measured = quiet_figures("2019-03-25");
        measured.sessions = {{"a", at("2019-03-25T13:01:00Z"), at("2019-03-25T14:14:00Z"), 5, 6},
                             {"b", at("2019-03-25T13:15:00Z"), at("2019-03-25T13:30:00Z"), 1, 6},
                             {"c", at("2019-03-25T13:16:00Z"), at("2019-03-25T13:44:00Z"), 1, 6},
                             {"d", at("2019-03-26T12:00:00Z"), at("2019-03-27T12:00:00Z"), 9, 6}};
        const day today = make(measured);
        REQUIRE(today.visits.size() == 3);
        CHECK(today.visits[0].arrival == 1);
        CHECK(today.visits[0].departure == 4);
        CHECK(today.visits[0].possible_wh == doctest::Approx(4500));
        CHECK(today.visits[1].departure - today.visits[1].arrival == 1);
        CHECK(today.visits[2].departure == today.slots);
        CHECK(today.remarks.back() == "cut off at the end of the day: 1 stay");
        CHECK(today.remarks[today.remarks.size() - 2] == "left out: 1 stay without one whole slot (1 kWh)");
    }

    TEST_CASE("a slot has the price of its hour on the garage's clock, also when the clock is changed") {
        const day plain = make(quiet_figures("2019-03-25"));
        CHECK(plain.slots == 96);
        CHECK(plain.site.price_eur_per_kwh[4 * (18 - 6)] == doctest::Approx(0.018));
        CHECK(plain.order.begin == 4 * (18 - 6));
        CHECK(plain.order.end == 4 * (19 - 6));
        CHECK(plain.order.announced == 4 * (17 - 6) + 2);
        const day short_night = make(quiet_figures("2019-03-09"));
        CHECK(short_night.slots == 92);
        CHECK(short_night.site.price_eur_per_kwh[80] == doctest::Approx(0.027)); // 02:00 does not happen
        CHECK(make(quiet_figures("2019-11-02")).slots == 100);
    }

    TEST_CASE("a session of another day is refused") {
        figures measured = quiet_figures("2019-03-25");
        measured.sessions = {{"a", at("2019-03-25T12:59:00Z"), at("2019-03-25T20:00:00Z"), 5, 6}};
        CHECK(make_day(measured, {}).error().where == "/sessions/0/arrival");
        measured.date = "2019-02-30";
        CHECK(make_day(measured, {}).error().code == errc::malformed);
    }

    TEST_CASE("figures are read from public data by each place's clock, gaps filled and said") {
        const data_folder folder;
        const figures read = figures_from_csv(folder.path(), "2019-03-25").value();
        REQUIRE(read.sessions.size() == 2);
        CHECK(read.sessions.front().id == "1");
        CHECK(read.price_date == "2018-03-26");
        CHECK(read.price_eur_per_mwh.front() == 28); // 06:00 in Madrid, summer time, is 04:00 UTC
        CHECK(read.house_date == "2024-03-25");
        CHECK(read.load_w[10] == doctest::Approx(10));
        CHECK(read.load_w[11] == doctest::Approx(11));
        CHECK(read.pv_w[0] == 0);
        CHECK(read.pv_w[2] == 50);
        CHECK(read.pv_w[47] == 0);
        CHECK(read.remarks.back().find("2 missing half hours of its load filled") != std::string::npos);
    }

    TEST_CASE("public data that cannot be used is told with file and line") {
        const data_folder folder;
        CHECK(figures_from_csv(folder.path(), "2019-03-02").error().code == errc::not_found);
        CHECK(figures_from_csv(folder.path() + "/nowhere", "2019-03-25").error().code == errc::not_found);
        folder.write("day_ahead_price_spain_2018.csv", "time_utc,price_eur_per_mwh\n2018-03-25T00:00:00Z,cheap\n");
        CHECK(figures_from_csv(folder.path(), "2019-03-25").error().where ==
              folder.path() + "/day_ahead_price_spain_2018.csv:2");
        folder.write("house_load_pv_30min_2024.csv", "time_utc,load_w,pv_w,pv_forecast_w\n");
        folder.write("day_ahead_price_spain_2018.csv", "time_utc,price_eur_per_mwh\n");
        CHECK(figures_from_csv(folder.path(), "2019-03-25").error().message.find("no price for") == 0);
    }

    TEST_CASE("figures come back from JSON as they were") {
        const data_folder folder;
        const std::string text = to_json(figures_from_csv(folder.path(), "2019-03-25").value());
        CHECK(to_json(figures_from_json(text).value()) == text);
    }

    TEST_CASE("JSON of another shape is told with its place") {
        const std::string good = to_json(quiet_figures("2019-03-25"));
        const auto spoilt = [&](const std::string& part, const std::string& by) {
            std::string text = good;
            text.replace(text.find(part), part.size(), by);
            const auto read = figures_from_json(text);
            REQUIRE_FALSE(read);
            return read.error().where;
        };
        CHECK(spoilt("2019-03-25", "today") == "/date");
        CHECK(spoilt("\"load_w\": [100, ", "\"load_w\": [") == "/load_w");
        CHECK(spoilt("[6, ", "[\"six\", ") == "/price_eur_per_mwh/0");
        CHECK(spoilt("\"sessions\": []", "\"sessions\": [{}]") == "/sessions/0/id");
        CHECK(spoilt("\"sessions\": []", "\"sessions\": 7") == "/sessions");
        CHECK(figures_from_json("[]").error().where.empty());
    }
}
