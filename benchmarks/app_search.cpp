// The drivers' app API: searches among many places in a SQLite file, beside going through all of them.
//
//     benchmark_app_search FILE COUNT          fills FILE if it is not there yet
//
// Seven of ten places are in 300 towns, the others anywhere between 36 and 60 degrees north, 9 west and 25 east. Times
// are CPU time of a search in the process: from the request to the answer with a page of 50 locations, read from the
// store. The scan that stands beside them looks at each place once, as an array of coordinates and a power, and counts.

#include <incar/adapters/sqlite.hpp>
#include <incar/app/app_api.hpp>
#include <incar/core/random.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <sstream>

using namespace incar;

namespace {

struct spot {
    double latitude, longitude;
    int power_w;
};

struct town {
    double latitude, longitude, spread;
};

std::vector<town> make_towns() {
    std::mt19937_64 dice(1);
    std::uniform_real_distribution<double> north(38, 58), east(-7, 23), spread(0.01, 0.08);
    std::vector<town> made;
    for (int i = 0; i < 300; ++i) made.push_back({north(dice), east(dice), spread(dice)});
    return made;
}

std::vector<spot> make_spots(int count, const std::vector<town>& towns) {
    std::mt19937_64 dice(2);
    std::uniform_real_distribution<double> north(36, 60), east(-9, 25);
    std::normal_distribution<double> around(0, 1);
    std::vector<spot> made;
    for (int i = 0; i < count; ++i) {
        const town& near = towns[dice() % towns.size()];
        const bool is_in_town = dice() % 10 < 7;
        const double latitude = is_in_town ? near.latitude + near.spread * around(dice) : north(dice);
        const double longitude = is_in_town ? near.longitude + near.spread * around(dice) : east(dice);
        static constexpr int powers[] = {3'700, 11'000, 22'000, 50'000, 150'000};
        made.push_back({std::round(latitude * 1e6) / 1e6, std::round(longitude * 1e6) / 1e6, powers[dice() % 5]});
    }
    return made;
}

std::string location_text(int number, const spot& at) {
    char text[1024];
    std::snprintf(text, sizeof text,
                  R"({"country_code":"ES","party_id":"VLC","id":"LOC%07d","publish":true,"name":"Aparcamiento %d",)"
                  R"("address":"Carrer de Xativa 24","city":"Valencia","postal_code":"46007","country":"ESP",)"
                  R"("coordinates":{"latitude":"%.6f","longitude":"%.6f"},"time_zone":"Europe/Madrid","evses":[)"
                  R"({"uid":"1","status":"%s","last_updated":"2026-01-01T00:00:00Z","connectors":[{"id":"1",)"
                  R"("standard":"%s","format":"SOCKET","power_type":"AC_3_PHASE","max_voltage":230,"max_amperage":32,)"
                  R"("max_electric_power":%d,"last_updated":"2026-01-01T00:00:00Z"}]}],)"
                  R"("last_updated":"2026-01-01T00:00:00Z"})",
                  number, number, at.latitude, at.longitude, number % 3 ? "AVAILABLE" : "CHARGING",
                  at.power_w < 50'000 ? "IEC_62196_T2" : "IEC_62196_T2_COMBO", at.power_w);
    return text;
}

double cpu_seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

double resident_mb() {
    std::ifstream from("/proc/self/statm");
    double whole = 0, resident = 0;
    from >> whole >> resident;
    return resident * 4096 / 1e6;
}

// CPU microseconds of one; the median of several.
template <class Work>
double microseconds(Work&& work) {
    std::vector<double> times;
    for (int turn = 0; turn < 5; ++turn) {
        int done = 0;
        const double begin = cpu_seconds();
        while (cpu_seconds() - begin < 0.3) {
            work();
            ++done;
        }
        times.push_back((cpu_seconds() - begin) / done * 1e6);
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

} // namespace

int main(int count, char** words) {
    if (count != 3) return 2;
    const auto towns = make_towns();
    const auto spots = make_spots(std::atoi(words[2]), towns);
    adapters::sqlite_options file;
    file.file = words[1];
    file.commits = store::commit_mode::by_caller;
    const bool is_new = !std::filesystem::exists(file.file);
    const auto objects = adapters::sqlite_store::open(file).value().port();
    for (std::size_t i = 0; is_new && i < spots.size(); ++i) {
        char id[16];
        std::snprintf(id, sizeof id, "LOC%07d", static_cast<int>(i));
        store::stored_object object;
        object.key = {"locations", "ES*VLC", id};
        object.last_updated = timestamp::parse("2026-01-01T00:00:00Z").value();
        object.text = location_text(static_cast<int>(i), spots[i]);
        objects.save(std::move(object)).value();
        if (i % 512 == 511) objects.commit().value();
    }
    objects.commit().value();

    hub::hub_options options;
    options.base_url = net::url::parse("http://hub.example/ocpi").value();
    options.self.country_code = ci_string<2>("EU");
    options.self.party_id = ci_string<3>("HUB");
    hub::hub_ports ports;
    ports.http.send = [](net::http_request, const net::http_limits&, const net::http_completion&) {};
    ports.objects = objects;
    ports.clock = system_clock();
    ports.random = system_random();
    hub::hub middle(options, ports);
    const double memory = resident_mb();
    double begin = cpu_seconds();
    app::app_options apps;
    apps.base_url = net::url::parse("http://hub.example").value();
    apps.tokens = {"the-token-of-the-benchmark"};
    app::app_api drivers(middle, apps, {ports.http, ports.clock, ports.random, {}, discard_log()});
    const double first = cpu_seconds() - begin;
    double longest = 0;
    while (*drivers.next_deadline() <= system_clock()()) {
        const double before = cpu_seconds();
        drivers.tick();
        longest = std::max(longest, cpu_seconds() - before);
    }
    std::printf("%zu places: read in %.1f s of CPU, %.0f bytes of memory each (the store's cache filling included);\n"
                "until the first request %.1f ms, at most %.1f ms between two\n",
                spots.size(), cpu_seconds() - begin, (resident_mb() - memory) * 1e6 / static_cast<double>(spots.size()),
                first * 1e3, longest * 1e3);

    const auto ask = [&](const std::string& query) {
        net::http_request request;
        request.url = net::url::parse("http://hub.example/app/1.0/locations?limit=50&" + query).value();
        request.headers = {{"Authorization", "Token the-token-of-the-benchmark"}};
        std::string total;
        drivers.handle(std::move(request), [&](net::http_response answer) {
            if (answer.status != 200) std::exit(1);
            total = *answer.headers.find("X-Total-Count");
        });
        return std::stoul(total);
    };
    const town& middle_of = towns[7];
    const auto box_around = [&](double half) {
        char text[128];
        std::snprintf(text, sizeof text, "bbox=%.6f,%.6f,%.6f,%.6f", middle_of.longitude - half,
                      middle_of.latitude - half, middle_of.longitude + half, middle_of.latitude + half);
        return std::string(text);
    };
    const auto scan_box = [&](double half, int power_w) {
        std::size_t found = 0;
        for (const spot& each : spots)
            found += std::abs(each.latitude - middle_of.latitude) <= half &&
                     std::abs(each.longitude - middle_of.longitude) <= half && each.power_w >= power_w;
        return found;
    };
    const auto scan_near = [&](double radius_m) {
        const double radians = std::acos(-1.0) / 180;
        std::size_t found = 0;
        for (const spot& each : spots) {
            const double north = std::sin((each.latitude - middle_of.latitude) * radians / 2);
            const double east = std::sin((each.longitude - middle_of.longitude) * radians / 2);
            const double part = north * north + std::cos(each.latitude * radians) *
                                                    std::cos(middle_of.latitude * radians) * east * east;
            found += 2 * 6'371'008.8 * std::asin(std::min(1.0, std::sqrt(part))) <= radius_m;
        }
        return found;
    };
    const auto show = [](const char* what, auto&& search, auto&& scan) {
        const std::size_t found = search(), counted = scan();
        volatile std::size_t seen = 0; // so that the scan is made each time
        std::printf("%-40s %8zu found %s %9.0f us, scan %8.0f us\n", what, found,
                    found == counted ? "       " : "(differs)", microseconds(search),
                    microseconds([&] { seen = scan(); }));
    };
    char near[128];
    std::snprintf(near, sizeof near, "near=%.6f,%.6f&radius_m=", middle_of.latitude, middle_of.longitude);
    const std::string point = near;
    show(
        "near a point, 2 km", [&] { return ask(point + "2000"); }, [&] { return scan_near(2000); });
    show(
        "near a point, 50 km", [&] { return ask(point + "50000"); }, [&] { return scan_near(50000); });
    show(
        "a box of 0.1 degrees", [&] { return ask(box_around(0.05)); }, [&] { return scan_box(0.05, 0); });
    show(
        "a box of 10 degrees", [&] { return ask(box_around(5)); }, [&] { return scan_box(5, 0); });
    show(
        "a box of 10 degrees, at least 150 kW", [&] { return ask(box_around(5) + "&min_power_w=150000"); },
        [&] { return scan_box(5, 150'000); });
}
