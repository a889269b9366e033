// Commands that are repeated, and what restarts and a failing store do to them.

#include "station.hpp"

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::app;
using ocpi_client::status_of;
using v221::command_result_type;

namespace {

std::string result_in(const net::http_response& ordered) {
    return text_at(data_of(ordered), {"result"});
}

} // namespace

TEST_CASE("a command that the app repeats is sent once") {
    station all;
    const net::headers mine = {{"X-Request-ID", "r-1"}};
    const auto first = all.order("START_SESSION", "A", at_e1, mine);
    const auto again = all.order("START_SESSION", "A", at_e1, mine);
    CHECK(text_at(data_of(first), {"id"}) == text_at(data_of(again), {"id"}));
    CHECK(result_in(again) == "ACCEPTED");
    CHECK(all.commands.size() == 1);
    CHECK(header_of(again, "X-Request-ID") == "r-1");
    // Also while the CPO has not answered, and after a restart.
    const auto target = std::string("/app/1.0/commands/START_SESSION?emsp=DE*MSP&token=B");
    const auto request = app_house::request("POST", target, at_e1, {{"X-Request-ID", "r-1"}});
    const auto one = all.send(request), two = all.send(request);
    CHECK_FALSE(all.answers[one]);
    all.run();
    CHECK(all.commands.size() == 2); // of another driver
    REQUIRE(all.answers[one]);
    CHECK(data_of(*all.answers[one]).find("id"));
    CHECK(all.answers[one]->body == all.answers[two]->body);
    all.serve();
    CHECK(all.order("START_SESSION", "A", at_e1, mine).body == again.body);
    CHECK(all.commands.size() == 2);
    const auto other =
        all.order("UNLOCK_CONNECTOR", "A", R"({"location_id":"L1","evse_uid":"e1","connector_id":"1"})", mine);
    CHECK(text_at(data_of(other), {"parameter"}) == "X-Request-ID");
}

TEST_CASE("a result goes to the app's own URL as well, and a restart between does not lose it") {
    station all;
    const auto ordered = all.order(
        "UNLOCK_CONNECTOR", "A",
        R"({"location_id":"L1","evse_uid":"e1","connector_id":"1","response_url":"https://app.example/results/7"})");
    CHECK(all.last_wish().find("response_url")->as_string()->find("app.example") == std::string::npos);
    all.drivers.reset();
    all.open();
    all.serve();
    all.finish(command_result_type::accepted);
    REQUIRE(all.posted.size() == 1);
    CHECK(all.posted[0].method == "POST");
    CHECK(all.posted[0].url.text() == "https://app.example/results/7");
    CHECK(ocpi::decode<v221::command_result>(all.posted[0].body).value().result == command_result_type::accepted);
    CHECK_FALSE(all.posted[0].headers.find("Authorization"));
    CHECK(text_at(all.state(ordered, "A"), {"result", "result"}) == "ACCEPTED");
}

TEST_CASE("a command goes out when it is durable, and its answer comes when that is") {
    const auto batches = store::memory_store(store::commit_mode::by_caller);
    station all(batches);
    batches.commit().value();
    bool is_full = false;
    int commits = 0;
    all.ports.objects = batches;
    all.ports.objects.commit = [&]() -> expected<void> {
        if (is_full) return error{errc::unavailable, "", "the disk is full"};
        return ++commits, batches.commit();
    };
    all.drivers.reset();
    all.open();
    all.serve();
    all.middle->flush().value();
    const auto start = app_house::request("POST", "/app/1.0/commands/START_SESSION?emsp=DE*MSP&token=A", at_e1,
                                          {{"X-Request-ID", "r-1"}});
    const auto first = all.send(start);
    const int before = commits;
    all.net.run();
    CHECK(all.commands.empty()); // not before the next commit
    all.run();
    CHECK(commits > before);
    CHECK(all.commands.size() == 1);
    REQUIRE(all.answers[first]);
    CHECK(result_in(*all.answers[first]) == "ACCEPTED");

    const auto other = app_house::request("POST", "/app/1.0/commands/START_SESSION?emsp=DE*MSP&token=B", at_e1,
                                          {{"X-Request-ID", "r-1"}});
    is_full = true;
    const auto failed = all.send(other);
    all.run();
    REQUIRE(all.answers[failed]);
    CHECK(status_of(*all.answers[failed]) == "503 3000");
    CHECK(all.commands.size() == 1);
    is_full = false;
    const auto again = all.send(other);
    all.run();
    REQUIRE(all.answers[again]);
    CHECK(result_in(*all.answers[again]) == "ACCEPTED");
    CHECK(all.commands.size() == 2);
}
