// What the API reads of a store that is there already: slice by slice, while everything changes.

#include "places.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

using namespace incar;
using namespace incar::app;
using ocpi_client::location_of;
using ocpi_client::session_of;
using ocpi_client::status_of;

namespace {

const std::string box = "/app/1.0/locations?bbox=4,52,5,53&limit=1000";

// What a driver of no EMSP in particular finds in the box, by going through the store.
strings in_store(app_house& all) {
    strings found;
    store::object_query query;
    query.kind = "locations";
    query.limit = 100'000;
    for (const store::stored_object& each : all.objects.list(query).value().objects) {
        const auto read = ocpi::decode<v221::location>(each.text).value();
        const double north = std::stod(read.coordinates.latitude), east = std::stod(read.coordinates.longitude);
        if (each.audience.empty() && read.publish && north >= 52 && north <= 53 && east >= 4 && east <= 5)
            found.push_back(read.id.text());
    }
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace

TEST_CASE("searches and lists say when to ask again until everything is read; all else is served at once") {
    app_house all;
    all.reads_on = false;
    all.how.page_limit = 1000;
    all.join_cpo();
    all.join_msp();
    for (int i = 0; i < 1000; ++i) keep(all, somewhere("L" + padded(i), 52.5, 4.5));
    all.serve();
    const auto early = all.get(box);
    CHECK(status_of(early) == "503 3000");
    CHECK(header_of(early, "Retry-After") == "1");
    CHECK(status_of(all.get("/app/1.0/locations?limit=10")) == "503 3000");
    CHECK(status_of(all.get("/app/1.0/locations?bbox=wrong")) == "400 2001");
    CHECK(text_at(data_of(all.get("/app/1.0/locations/NL/CPO/L1999")), {"id"}) == "L1999");
    CHECK(status_of(all.get("/app/1.0/emsps")) == "200 1000");
    CHECK(status_of(all.get("/app/1.0/sessions?emsp=DE*MSP&token=A")) == "200 1000"); // there are none to read
    int ticks = 0;
    while (*all.drivers->next_deadline() <= all.time.now()) {
        all.drivers->tick();
        REQUIRE(++ticks < 10);
    }
    CHECK(ticks > 1);
    CHECK(ids_in(all.get(box)).size() == 1000);
}

TEST_CASE("sessions are found by their ids, and their list waits, while they are read") {
    app_house all;
    all.reads_on = false;
    all.join_cpo();
    all.join_msp();
    for (int i = 0; i < 600; ++i) {
        v221::session made = session_of("S" + padded(i));
        made.country_code = ci_string<2>("NL");
        made.party_id = ci_string<3>("CPO");
        made.cdr_token.country_code = ci_string<2>("DE");
        made.cdr_token.party_id = ci_string<3>("MSP");
        made.cdr_token.uid = decltype(made.cdr_token.uid)(i % 2 ? "A" : "B");
        all.objects.save({{"sessions", "NL*CPO", made.id.text()}, made.last_updated, ocpi::encode(made), "DE*MSP"})
            .value();
    }
    all.serve();
    CHECK(status_of(all.get("/app/1.0/sessions?emsp=DE*MSP&token=A")) == "503 3000");
    CHECK(text_at(data_of(all.get("/app/1.0/sessions/S1599?emsp=DE*MSP&token=A")), {"id"}) == "S1599");
    CHECK(status_of(all.get("/app/1.0/sessions/S1598?emsp=DE*MSP&token=A")).substr(0, 3) == "404");
    CHECK(status_of(all.get("/app/1.0/sessions/S1599?emsp=BE*MSP&token=A")).substr(0, 3) == "404");
    while (*all.drivers->next_deadline() <= all.time.now()) all.drivers->tick();
    CHECK(header_of(all.get("/app/1.0/sessions?emsp=DE*MSP&token=A"), "X-Total-Count") == "300");
}

TEST_CASE(
    "what changes while locations are read, and batches that are undone meanwhile, are seen as the store has them") {
    for (unsigned seed = 0; seed < 40; ++seed) {
        CAPTURE(seed);
        std::mt19937 dice(seed);
        app_house all;
        bool is_full = false;
        all.reads_on = false;
        all.how.page_limit = 10'000;
        all.objects = store::memory_store(store::commit_mode::by_caller);
        all.ports.objects = all.objects;
        all.ports.objects.commit = [&, commit = all.objects.commit]() -> expected<void> {
            if (is_full) return error{errc::unavailable, "", "the disk is full"};
            return commit();
        };
        const auto change_one = [&] {
            const std::string id = "L" + padded(static_cast<int>(dice() % 900));
            const auto at_random = [&](double from, double to) {
                return std::uniform_real_distribution(from, to)(dice);
            };
            v221::location made = somewhere(id, at_random(51.8, 53.2), at_random(3.8, 5.2));
            made.publish = dice() % 8 != 0;
            if (dice() % 6 > 0) return keep(all, made, dice() % 8 == 0 ? "DE*MSP" : "");
            store::stored_object gone;
            gone.key = {"locations", "NL*CPO", id};
            gone.last_updated = made.last_updated;
            gone.text = ocpi::encode(made);
            gone.removed = true;
            all.objects.save(gone).value();
        };
        for (int i = 0; i < 900; ++i) keep(all, somewhere("L" + padded(i), 52.5 + 0.001 * (i % 700), 4.5));
        all.serve();
        bool was_complete = false;
        for (int round = 0; round < 30; ++round) {
            for (auto left = dice() % 40; left > 0; --left) change_one();
            if (dice() % 3 == 0) all.time.advance(std::chrono::seconds(dice() % 3));
            if (dice() % 3 == 0) all.drivers->tick();
            if (dice() % 4 == 0) {
                const auto page = all.get(box); // flushes
                was_complete = was_complete || page.status == 200;
                CHECK((page.status == 200) == was_complete);
                if (page.status == 200) {
                    strings found = ids_in(page);
                    std::sort(found.begin(), found.end());
                    CHECK(found == in_store(all));
                }
            }
            is_full = dice() % 3 == 0;
            (void)all.middle->flush();
            is_full = false;
        }
        while (*all.drivers->next_deadline() <= all.time.now()) all.drivers->tick();
        strings found = ids_in(all.get(box));
        std::sort(found.begin(), found.end());
        CHECK(found == in_store(all));
    }
}
