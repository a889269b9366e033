// Searches among many locations, against going through all of them, and lists in pages.

#include "places.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

using namespace incar;
using namespace incar::app;
using ocpi_client::evse_of;
using ocpi_client::location_of;

namespace {

// Great circles another way: by the angle between two vectors.
double far_apart_m(double latitude, double longitude, double other_latitude, double other_longitude) {
    const auto vector = [](double north, double east) {
        const double radians = std::acos(-1.0) / 180;
        return std::array<double, 3>{std::cos(north * radians) * std::cos(east * radians),
                                     std::cos(north * radians) * std::sin(east * radians), std::sin(north * radians)};
    };
    const auto a = vector(latitude, longitude), b = vector(other_latitude, other_longitude);
    const double dot = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    const std::array<double, 3> cross{a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    const double length = std::sqrt(cross[0] * cross[0] + cross[1] * cross[1] + cross[2] * cross[2]);
    return 6'371'008.8 * std::atan2(length, dot);
}

} // namespace

TEST_CASE("A3: a search finds what going through all locations finds") {
    app_house all;
    all.join_cpo();
    all.how.page_limit = 1000;
    std::mt19937 dice(4);
    const auto at_random = [&](double from, double to) { return std::uniform_real_distribution(from, to)(dice); };
    const auto one_of = [&](auto words) { return words[static_cast<std::size_t>(dice()) % words.size()]; };
    using v221::connector_type;
    std::vector<v221::location> truth;
    for (int i = 0; i < 2000; ++i) {
        // Clusters in a city, at the date line and around a pole, and the rest anywhere.
        const int where = i % 4;
        const double latitude = where == 0   ? at_random(52, 52.2)
                                : where == 1 ? at_random(-1, 1)
                                : where == 2 ? at_random(89.5, 90)
                                             : at_random(-90, 90);
        double longitude = where == 0 ? at_random(4, 4.3) : where == 1 ? at_random(179, 181) : at_random(-180, 180);
        if (longitude > 180) longitude -= 360;
        v221::location made = somewhere("L" + padded(i), latitude, longitude);
        made.country_code = ci_string<2>(one_of(strings{"NL", "BE"}));
        made.evses[0].status = one_of(std::vector{v221::status::available, v221::status::charging});
        made.evses.push_back(evse_of("e2"));
        made.evses[1].status =
            one_of(std::vector{v221::status::available, v221::status::outoforder, v221::status::removed});
        for (auto& evse : made.evses) {
            evse.connectors[0].standard = one_of(std::vector{connector_type::iec_62196_t2, connector_type::chademo});
            if (dice() % 2) evse.connectors[0].max_electric_power = one_of(std::vector{3'700, 11'000, 50'000});
        }
        if (dice() % 2) made.energy_mix = v221::energy_mix{dice() % 2 == 0, {}, {}, {}, {}, {}};
        truth.push_back(made);
        keep(all, made);
    }
    const auto power_of = [](const v221::connector& plug) {
        return plug.max_electric_power ? *plug.max_electric_power : 3 * 230 * 32; // all are of three phases
    };
    for (int round = 0; round < 300; ++round) {
        std::string target = "/app/1.0/locations?limit=1000";
        const int where = round % 3;
        double west = -180, south = -90, east = 180, north = 90, latitude = 0, longitude = 0, radius = 0;
        if (where == 1) {
            const bool is_city = dice() % 2;
            west = is_city ? at_random(4, 4.3) : at_random(-180, 180),
            east = is_city ? at_random(4, 4.3) : at_random(-180, 180);
            south = is_city ? at_random(52, 52.1) : at_random(-90, 0),
            north = is_city ? at_random(52.1, 52.2) : at_random(0, 90);
            west = std::stod(degrees(west)), east = std::stod(degrees(east));
            south = std::stod(degrees(south)), north = std::stod(degrees(north));
            target += "&bbox=" + degrees(west) + "," + degrees(south) + "," + degrees(east) + "," + degrees(north);
        }
        if (where == 2) {
            const int kind = static_cast<int>(dice() % 4);
            latitude = std::stod(degrees(kind == 0   ? at_random(52, 52.2)
                                         : kind == 1 ? at_random(-1, 1)
                                         : kind == 2 ? at_random(89.4, 90)
                                                     : at_random(-90, 90)));
            longitude = std::stod(degrees(kind == 0   ? at_random(4, 4.3)
                                          : kind == 1 ? at_random(179.5, 180)
                                                      : at_random(-180, 180)));
            radius = std::floor(at_random(1, dice() % 2 ? 5'000 : 500'000));
            target += "&near=" + degrees(latitude) + "," + degrees(longitude) +
                      "&radius_m=" + std::to_string(static_cast<int>(radius));
        }
        const bool wants_free = dice() % 3 == 0, wants_green = dice() % 4 == 0, wants_nl = dice() % 4 == 0,
                   wants_t2 = dice() % 3 == 0, wants_power = dice() % 3 == 0;
        if (wants_free) target += "&free_now=true";
        if (wants_green) target += "&energy=green";
        if (wants_nl) target += "&cpo=NL*CPO";
        if (wants_t2) target += "&connector=IEC_62196_T2";
        if (wants_power) target += "&min_power_w=11000";

        strings expected;
        std::map<std::string, double> distance;
        for (const v221::location& each : truth) {
            const double north_of = std::stod(each.coordinates.latitude),
                         east_of = std::stod(each.coordinates.longitude);
            if (north_of < south || north_of > north) continue;
            if (west <= east ? east_of < west || east_of > east : east_of < west && east_of > east) continue;
            distance[each.id.text()] = far_apart_m(latitude, longitude, north_of, east_of);
            if (where == 2 && distance[each.id.text()] > radius) continue;
            if (wants_green && !(each.energy_mix && each.energy_mix->is_green_energy)) continue;
            if (wants_nl && each.country_code != ci_string<2>("NL")) continue;
            bool fits = !wants_free && !wants_t2 && !wants_power;
            for (const auto& evse : each.evses)
                for (const auto& plug : evse.connectors)
                    fits = fits || (evse.status != v221::status::removed &&
                                    (!wants_free || evse.status == v221::status::available) &&
                                    (!wants_t2 || plug.standard == connector_type::iec_62196_t2) &&
                                    (!wants_power || power_of(plug) >= 11'000));
            if (fits) expected.push_back(each.id.text());
        }
        CAPTURE(target);
        strings found = all_ids(all, target);
        if (where == 2)
            CHECK(std::is_sorted(found.begin(), found.end(), [&](const auto& left, const auto& right) {
                return distance[left] + 0.01 < distance[right];
            }));
        std::sort(found.begin(), found.end());
        std::sort(expected.begin(), expected.end());
        CHECK(found == expected);
    }
}

TEST_CASE("pages of a search hold each location once, and their links keep the filters") {
    app_house all;
    all.join_cpo();
    all.how.page_limit = 10;
    strings expected;
    for (int i = 0; i < 25; ++i) {
        keep(all, somewhere("L" + padded(i), 52 + 0.001 * (i % 7), 4));
        expected.push_back("L" + padded(i));
    }
    keep(all, somewhere("elsewhere", 10, 10));
    CHECK(all_ids(all, "/app/1.0/locations?bbox=3,51,5,53&limit=4") == expected);
    strings near = all_ids(all, "/app/1.0/locations?near=52.003,4&radius_m=1000");
    std::sort(near.begin(), near.end());
    CHECK(near == expected);
    const auto page = all.get("/app/1.0/locations?bbox=3,51,5,53&limit=50&offset=20");
    CHECK(header_of(page, "X-Total-Count") == "25");
    CHECK(header_of(page, "X-Limit") == "10");
    CHECK(header_of(page, "Link") == "");
    CHECK(ids_in(page).size() == 5);
}

TEST_CASE("what was read from a batch that is undone is not shown any longer") {
    app_house all;
    bool is_full = false;
    all.objects = store::memory_store(store::commit_mode::by_caller);
    all.ports.objects = all.objects;
    all.ports.objects.commit = [&, commit = all.objects.commit]() -> expected<void> {
        if (is_full) return error{errc::unavailable, "", "the disk is full"};
        return commit();
    };
    keep(all, location_of("kept"));
    CHECK(ids_in(all.get("/app/1.0/locations")) == strings{"kept"});
    is_full = true;
    keep(all, location_of("lost"));
    CHECK(ids_in(all.get("/app/1.0/locations")) == strings{"kept", "lost"});
    is_full = false;
    CHECK(ids_in(all.get("/app/1.0/locations")) == strings{"kept"});
    keep(all, location_of("later"));
    CHECK(ids_in(all.get("/app/1.0/locations")) == strings{"kept", "later"});
}
