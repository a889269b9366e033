// A hub on a store that commits in batches and fails now and then: nothing is answered or sent before it is kept, and
// what was not kept has not happened.

#include "house.hpp"

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::hub;
using ocpi_client::location_of;
using ocpi_client::session_of;

namespace {

// The batch ends when the test says so.
struct batches {
    house all;
    bool is_full = false;
    bool has_saved = false;
    int commits = 0; // of something
    party *cpo = nullptr, *msp = nullptr;

    batches() {
        all.objects = store::memory_store(store::commit_mode::by_caller);
        const auto commit = all.objects.commit, rollback = all.objects.rollback;
        all.objects.commit = [this, commit, rollback]() -> expected<void> {
            commits += has_saved;
            has_saved = false;
            if (!is_full) return commit();
            (void)rollback();
            return error{errc::unavailable, "", "database or disk is full"};
        };
        all.objects.save = [this, save = all.objects.save](store::stored_object object) {
            has_saved = true;
            return save(std::move(object));
        };
        all.ports.objects = all.objects;
        cpo = &all.join_cpo();
        msp = &all.join_msp();
        all.net.attach("hub.example", [this](auto request, auto respond) {
            all.middle->handle(std::move(request), std::move(respond));
        });
        all.net.log.clear();
        all.changes.clear();
        commits = 0;
    }

    // Sends without ending the batch; the answer's status, "" while there is none.
    std::shared_ptr<std::string> push_raw(const std::string& path, const std::string& body, const char* country,
                                          const char* id) {
        net::http_request request = raw(*cpo, "PUT", path, body);
        address(request, country, id);
        const auto status = std::make_shared<std::string>();
        all.middle->handle(std::move(request), [status](net::http_response answer) { *status = status_of(answer); });
        all.net.run();
        return status;
    }
    std::shared_ptr<std::string> push_location(const std::string& id, const std::string& updated) {
        return push_raw("locations/receiver/NL/CPO/" + id, ocpi::encode(location_of(id, updated)), "EU", "HUB");
    }
    std::size_t told() const {
        std::size_t count = 0;
        if (const auto found = all.changes.find("msp"); found != all.changes.end())
            for (const auto& each : found->second) count += each.module != "hubclientinfo";
        return count;
    }
    void flush() {
        (void)all.middle->flush();
        all.run();
    }
};

} // namespace

TEST_CASE("a batch is committed once, and nothing is answered or handed on before") {
    batches day;
    std::vector<std::shared_ptr<std::string>> answers;
    for (int i = 0; i < 50; ++i) answers.push_back(day.push_location("L" + std::to_string(i), "2026-01-01T00:00:00Z"));
    for (const auto& each : answers) CHECK(*each == "");
    CHECK(day.told() == 0);
    CHECK(day.commits == 0);
    CHECK(day.all.middle->flush());
    CHECK(day.commits == 1);
    for (const auto& each : answers) CHECK(*each == "201 1000");
    for (int i = 0; i < 3; ++i) day.all.run();
    CHECK(day.told() == 50);
}

TEST_CASE("when the store fails all of the batch is answered 503, nobody hears of it, and it can be sent again") {
    batches day;
    const auto before = day.push_location("L1", "2026-01-01T00:00:00Z");
    day.flush();
    REQUIRE(*before == "201 1000");
    day.is_full = true;
    const auto newer = day.push_location("L1", "2026-01-02T00:00:00Z");
    const auto other = day.push_location("L2", "2026-01-01T00:00:00Z");
    const auto session =
        day.push_raw("sessions/receiver/NL/CPO/S1", ocpi::encode(session_of("S1")), "DE", "MSP"); // to be handed on
    CHECK_FALSE(day.all.middle->flush());
    day.all.run();
    CHECK(*newer == "503 3000");
    CHECK(*other == "503 3000");
    CHECK(*session == "503 3000");
    CHECK(day.told() == 1);
    const auto kept = day.all.objects.find({"locations", "NL*CPO", "L1"}).value();
    CHECK(kept->last_updated == timestamp::parse("2026-01-01T00:00:00Z").value());
    CHECK_FALSE(day.all.objects.find({"locations", "NL*CPO", "L2"}).value());
    CHECK_FALSE(day.all.objects.find({"sessions", "NL*CPO", "S1"}).value());

    day.is_full = false; // without a restart
    const auto again = day.push_location("L1", "2026-01-02T00:00:00Z");
    const auto session_again = day.push_raw("sessions/receiver/NL/CPO/S1", ocpi::encode(session_of("S1")), "DE", "MSP");
    day.flush();
    CHECK(*again == "200 1000");
    CHECK(*session_again == "201 1000");
    CHECK(day.told() == 3);
}

TEST_CASE("reading goes on while the store refuses to be written") {
    batches day;
    day.push_location("L1", "2026-01-01T00:00:00Z");
    day.flush();
    day.is_full = true;
    net::http_request request = raw(*day.msp, "GET", "locations/sender");
    address(request, "EU", "HUB");
    std::string body;
    day.all.middle->handle(std::move(request), [&](net::http_response answer) { body = answer.body; });
    CHECK(body.empty()); // in its turn
    day.is_full = false;
    day.flush();
    CHECK(body.find("\"L1\"") != std::string::npos);
}

TEST_CASE("a registration that was not kept has not happened on this side, and can be repeated") {
    batches day;
    day.all.middle->apply({"late", "ops@late.example", {role_of(v221::role::emsp, "BE", "LAT")}, {}}).value();
    day.flush();
    const std::string token = day.all.middle->approve("late").value();
    day.flush();
    party& late = day.all.add("late", {role_of(v221::role::emsp, "BE", "LAT")});
    const auto join = [&] {
        expected<void> outcome = error{errc::missing, "", "nothing happened"};
        late.register_with("hub", "https://hub.example/ocpi/versions", token,
                           [&](expected<void> done) { outcome = done; });
        for (int i = 0; i < 20; ++i) {
            day.all.net.run();
            (void)day.all.middle->flush();
        }
        return outcome.has_value();
    };
    day.is_full = true;
    CHECK_FALSE(join());
    day.is_full = false;
    CHECK(day.all.middle->find("late")->standing == standing::approved);
    CHECK(join());
    CHECK(day.all.middle->find("late")->standing == standing::active);
}
