// Two parties on real sockets: libcurl asks, Beast answers, each with threads of its own, and a strand puts them in a
// row.

#include "objects.hpp"

#include <incar/adapters/beast.hpp>
#include <incar/adapters/curl.hpp>
#include <incar/net/strand.hpp>
#include <incar/ocpi_client/mock.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <future>
#include <thread>

using namespace incar;
using namespace incar::ocpi_client;

namespace {

adapters::curl_options loopback() {
    adapters::curl_options options;
    options.addresses.allowed = {net::address_block::parse("127.0.0.0/8").value()};
    return options;
}

// A party with a server and a client. The server is there first, as the party has to know its port.
class station {
public:
    station(v221::role role, const char* party_id, adapters::curl_options client_options = loopback(),
            handlers ours = {})
        : client_(std::move(client_options)) {
        server_ = std::make_unique<adapters::http_server>(
            adapters::http_server::start({}, strand.wrap([this](auto request, auto respond) {
                if (self) self->handle(std::move(request), std::move(respond));
            })).value());
        v221::credentials_role ours_role;
        ours_role.role = role;
        ours_role.country_code = ci_string<2>("NL");
        ours_role.party_id = ci_string<3>(party_id);
        ours_role.business_details.name = party_id;
        party_options options;
        url = "http://127.0.0.1:" + std::to_string(server_->port());
        options.base_url = net::url::parse(url).value();
        options.roles = {ours_role};
        options.page_limit = 2;
        options.limits.time_limit = std::chrono::seconds(20);
        party_ports ports;
        ports.http = strand.wrap(client_.port());
        ports.objects = store::memory_store();
        ports.clock = system_clock();
        ports.random = system_random();
        const auto made = std::make_shared<std::unique_ptr<party>>(std::make_unique<party>(options, ports, ours));
        on_strand([&] { self = std::move(*made); });
    }
    // The transports first, then the party: nobody calls it any more.
    ~station() {
        server_->stop();
        on_strand([&] { self.reset(); });
    }

    // Runs something with the party and waits for it.
    template <class F>
    auto on_strand(F work) -> decltype(work()) {
        using result = decltype(work());
        const auto task = std::make_shared<std::packaged_task<result()>>(std::move(work));
        auto outcome = task->get_future();
        strand.post([task] { (*task)(); });
        return outcome.get();
    }

    // Starts a request of the party and waits for what it reports.
    template <class T, class Start>
    expected<T> wait(Start start) {
        std::promise<expected<T>> promise;
        auto outcome = promise.get_future();
        strand.post([&] { start([&](expected<T> done) { promise.set_value(std::move(done)); }); });
        return outcome.get();
    }

    net::strand strand;
    std::string url;
    std::unique_ptr<party> self;

private:
    adapters::curl_client client_;
    std::unique_ptr<adapters::http_server> server_;
};

expected<void> connect(station& inviting, station& registering) {
    const auto token = inviting.on_strand([&] { return inviting.self->invite("msp"); }).value();
    return registering.wait<void>(
        [&](auto done) { registering.self->register_with("cpo", inviting.url + "/versions", token, done); });
}

} // namespace

TEST_CASE("two parties register, page, push, patch and renew over sockets") {
    station cpo(v221::role::cpo, "CPO"), msp(v221::role::emsp, "MSP");
    const auto connected = connect(cpo, msp);
    REQUIRE_MESSAGE(connected, (connected ? "" : format(connected.error())));

    for (int i = 0; i < 5; ++i)
        REQUIRE(cpo.on_strand([&] { return cpo.self->own(location_of("L/" + std::to_string(i))); }));
    std::vector<std::string> seen;
    const auto pulled = msp.wait<pull_summary>([&](auto done) {
        msp.self->pull<v221::location>(
            "cpo", {}, [&](v221::location each) { seen.push_back(each.id.text()); }, done);
    });
    REQUIRE(pulled);
    CHECK(pulled->pages == 3);
    CHECK(seen == std::vector<std::string>{"L/0", "L/1", "L/2", "L/3", "L/4"});

    const object_path place{"locations", {ci_string<2>("NL"), ci_string<3>("CPO")}, "L/1", "e1", "", ""};
    REQUIRE(cpo.wait<void>([&](auto done) {
        cpo.self->patch("msp", place, R"({"status":"CHARGING","last_updated":"2026-02-01T00:00:00Z"})", done);
    })); // which becomes a PUT, as the EMSP kept nothing
    REQUIRE(cpo.wait<void>([&](auto done) {
        cpo.self->patch("msp", place, R"({"status":"CHARGING","last_updated":"2026-02-01T00:00:00Z"})", done);
    }));
    const auto kept = cpo.wait<std::string>([&](auto done) { cpo.self->get_pushed("msp", place, done); });
    REQUIRE(kept);
    CHECK(ocpi::decode<v221::evse>(*kept)->status == v221::status::charging);

    REQUIRE(msp.wait<void>([&](auto done) { msp.self->renew("cpo", done); }));
    const auto where = cpo.wait<std::string>([&](auto done) { cpo.self->post("msp", cdr_of("C1"), done); });
    REQUIRE(where);
    CHECK(where->rfind(msp.url + "/2.2.1/cdrs/receiver/NL/CPO/C1", 0) == 0);
    REQUIRE(msp.wait<void>([&](auto done) { msp.self->unregister("cpo", done); }));
}

TEST_CASE("a command and its result cross on sockets") {
    std::promise<callback> asked;
    handlers ours;
    ours.start_session = [&](const caller&, const v221::start_session&, const callback& where) {
        asked.set_value(where);
        return expected<v221::command_response>(
            v221::command_response{v221::command_response_type::accepted, 30, {}, {}});
    };
    station cpo(v221::role::cpo, "CPO", loopback(), ours), msp(v221::role::emsp, "MSP");
    REQUIRE(connect(cpo, msp));
    std::promise<std::string> finished;
    const auto response = msp.wait<v221::command_response>([&](auto done) {
        v221::start_session wish;
        wish.token = token_of("A");
        wish.location_id = id<v221::location>("L1");
        msp.self->command("cpo", wish, done, [&](const v221::command_result& result) {
            finished.set_value(std::string(result.result.text()));
        });
    });
    REQUIRE(response);
    CHECK(response->result == v221::command_response_type::accepted);
    const callback where = asked.get_future().get();
    CHECK(cpo.wait<void>([&](auto done) {
        cpo.self->send_result(where, v221::command_result{v221::command_result_type::evse_occupied, {}, {}}, done);
    }));
    CHECK(finished.get_future().get() == "EVSE_OCCUPIED");
}

TEST_CASE("a partner cannot lead a party into its own network") {
    station cpo(v221::role::cpo, "CPO", adapters::curl_options()), msp(v221::role::emsp, "MSP");
    const auto connected = connect(cpo, msp); // the CPO would have to call back to 127.0.0.1
    REQUIRE_FALSE(connected);
    CHECK(connected.error().code == ocpi::status_code::unusable_client_api);

    partner known;
    known.name = "hostile";
    known.state = partner_state::registered;
    known.token_out = "abc";
    cpo.on_strand([&] { cpo.self->restore(known); });
    const auto sent = cpo.wait<void>([&](auto done) {
        cpo.self->send_result(callback{{"hostile", {}, {}, "", ""}, msp.url + "/admin"},
                              v221::command_result{v221::command_result_type::accepted, {}, {}}, done);
    });
    REQUIRE_FALSE(sent);
    CHECK(sent.error().code == net::errc::address_refused);
}

TEST_CASE("many requests from both sides at once all get their answer") {
    station cpo(v221::role::cpo, "CPO"), msp(v221::role::emsp, "MSP");
    REQUIRE(connect(cpo, msp));
    constexpr int count = 200;
    std::atomic<int> left{2 * count}, failed{0};
    std::promise<void> all;
    const auto done = [&](expected<void> outcome) {
        if (!outcome) ++failed;
        if (--left == 0) all.set_value();
    };
    std::thread pushing([&] {
        for (int i = 0; i < count; ++i)
            cpo.strand.post([&, i] { cpo.self->push("msp", tariff_of("T" + std::to_string(i)), done); });
    });
    for (int i = 0; i < count; ++i)
        msp.strand.post([&, i] {
            msp.self->push(
                "cpo",
                [&] {
                    auto token = token_of("A" + std::to_string(i));
                    token.country_code = ci_string<2>("NL");
                    return token;
                }(),
                done);
        });
    pushing.join();
    all.get_future().wait();
    CHECK(failed == 0);
    std::size_t tariffs = 0;
    for (int i = 0; i < count; ++i) {
        const object_path path{"tariffs", {ci_string<2>("NL"), ci_string<3>("CPO")}, "T" + std::to_string(i), "", "",
                               ""};
        tariffs += cpo.wait<std::string>([&](auto then) { cpo.self->get_pushed("msp", path, then); }).has_value();
    }
    CHECK(tariffs == count);
}
