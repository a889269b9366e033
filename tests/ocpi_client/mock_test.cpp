// The mock partner: each of its faults, and how a party copes with it.

#include "objects.hpp"
#include "two_parties.hpp"

#include <incar/ocpi_client/mock.hpp>

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::ocpi_client;

namespace {

// A product (an EMSP, DE*MSP) and a mocked CPO that it is registered with.
struct product_and_mock : two_parties {
    std::map<std::string, partner> mock_saved;
    int never = 0;
    std::unique_ptr<mock_partner> mock;

    explicit product_and_mock(const std::function<void(mock_options&)>& adjust = {}) {
        mock_options options;
        options.base_url = net::url::parse("https://mock.example/").value();
        options.partner = ocpi::parse_party_key("DE*MSP").value();
        if (adjust) adjust(options);
        mock = std::make_unique<mock_partner>(options, ports(store::memory_store(), mock_saved, 7, never));
        net.attach("mock.example",
                   [this](auto request, auto respond) { mock->handle(std::move(request), std::move(respond)); });
    }
    expected<void> connect() {
        const auto token = mock->self().invite("product").value();
        return result_of<void>(
            net, [&](auto done) { msp->register_with("mock", "https://mock.example/versions", token, done); });
    }
    // The outcome of reading all locations: how many objects, or why not.
    std::string pull() {
        const auto all = result_of<pull_summary>(net, [&](auto done) {
            msp->pull<v221::location>(
                "mock", {}, [](v221::location) {}, done);
        });
        if (!all)
            return std::string(all.error().code.category().name()) + " " + std::to_string(all.error().code.value());
        REQUIRE(all->total);
        if (*all->total > all->objects + all->refused.size())
            return std::to_string(all->objects) + " of " + std::to_string(*all->total);
        return std::to_string(all->objects) + (all->refused.empty() ? "" : " and one refused");
    }
    expected<void> push(const std::string& uid) {
        return result_of<void>(net, [&](auto done) { msp->push("mock", token_of(uid), done); });
    }
    std::vector<std::string> told;
    void start() {
        v221::start_session wish;
        wish.token = token_of("A");
        wish.location_id = id<v221::location>("L1");
        msp->command(
            "mock", wish, [](auto) {},
            [this](const v221::command_result& result) { told.emplace_back(result.result.text()); });
        net.run();
    }
};

} // namespace

TEST_CASE("a mock without faults is a partner with data") {
    product_and_mock both;
    REQUIRE(both.connect());
    CHECK(both.pull() == "5");
    CHECK(both.push("X"));
    REQUIRE(both.mock->changes().size() == 1);
    CHECK(both.mock->changes()[0].id == "X/RFID");
    CHECK(both.mock->received().back().method == "PUT");
    int sessions = 0, records = 0, tariffs = 0;
    both.msp->pull<v221::session>(
        "mock", {}, [&](v221::session) { ++sessions; }, [](auto) {});
    both.msp->pull<v221::cdr>(
        "mock", {},
        [&](v221::cdr each) {
            ++records;
            CHECK(ocpi::validate(each).empty());
        },
        [](auto) {});
    both.msp->pull<v221::tariff>(
        "mock", {},
        [&](v221::tariff each) {
            ++tariffs;
            CHECK(ocpi::validate(each).empty());
        },
        [](auto) {});
    both.net.run();
    CHECK(sessions == 5);
    CHECK(records == 5);
    CHECK(tariffs == 5);
    both.mock->self().push("product", session_of("x"), [](auto) {});
    both.net.run();
}

TEST_CASE("a mocked provider has tokens") {
    product_and_mock both([](mock_options& options) { options.role = v221::role::emsp; });
    const auto token = both.mock->self().invite("cpo").value();
    REQUIRE(result_of<void>(
        both.net, [&](auto done) { both.cpo->register_with("mock", "https://mock.example/versions", token, done); }));
    int tokens = 0;
    both.cpo->pull<v221::token>(
        "mock", {},
        [&](v221::token each) {
            ++tokens;
            CHECK(ocpi::validate(each).empty());
        },
        [](auto) {});
    both.net.run();
    CHECK(tokens == 5);
}

TEST_CASE("lists that come broken") {
    product_and_mock both;
    REQUIRE(both.connect());
    const auto with = [&](fault::kind what, std::size_t skip = 0) {
        both.mock->clear_faults();
        fault each;
        each.what = what;
        each.path = "/locations/";
        each.skip = skip;
        both.mock->add(each);
        return both.pull();
    };
    CHECK(with(fault::kind::reject) == "incar.ocpi 3000");
    CHECK(with(fault::kind::reject, 3) == "5");
    CHECK(with(fault::kind::change_status) == "incar 16");
    CHECK(with(fault::kind::cut_body) == "incar 1");
    CHECK(with(fault::kind::cut_page) == "1 of 5");
    CHECK(with(fault::kind::repeat_link) == "incar 6");
    CHECK(with(fault::kind::foreign_link) == "incar 9");
    CHECK(with(fault::kind::break_object, 2) == "5 and one refused");
    both.mock->clear_faults();
    CHECK(both.pull() == "5");
}

TEST_CASE("each so-manieth request fails, or each with a probability") {
    product_and_mock both;
    REQUIRE(both.connect());
    fault third;
    third.method = "PUT";
    third.skip = 2;
    third.every = 3;
    third.status_code = 2000;
    both.mock->add(third);
    std::string outcomes;
    for (int i = 0; i < 9; ++i) outcomes += both.push("X") ? "+" : "-";
    CHECK(outcomes == "++-++-++-");
    both.mock->clear_faults();
    fault some;
    some.probability = 0.5;
    both.mock->add(some);
    int failures = 0;
    for (int i = 0; i < 200; ++i) failures += !both.push("X");
    CHECK(failures > 60);
    CHECK(failures < 140);
}

TEST_CASE("an answer that is late comes when time has passed; one that is dropped never") {
    product_and_mock both;
    REQUIRE(both.connect());
    int answers = 0;
    const auto push = [&] {
        both.msp->push("mock", token_of("X"), [&](expected<void> done) { answers += done.has_value(); });
        both.net.run();
    };
    both.mock->add({fault::kind::delay, "PUT"});
    push();
    CHECK(both.mock->changes().size() == 1);
    both.mock->tick();
    CHECK(answers == 0);
    CHECK(both.mock->next_deadline() == both.time.now() + std::chrono::seconds(1));
    both.time.advance(std::chrono::seconds(1));
    both.mock->tick();
    CHECK(answers == 1);
    both.mock->clear_faults();
    both.mock->add({fault::kind::drop, "PUT"});
    push();
    CHECK(both.mock->changes().size() == 2);
    both.mock->clear_faults();
    both.mock->add({fault::kind::ignore, "PUT"});
    push();
    CHECK(both.mock->changes().size() == 2);
    both.time.advance(std::chrono::hours(1));
    both.mock->tick();
    CHECK(answers == 1);
}

TEST_CASE("a partner whose token nobody knows cannot register us") {
    product_and_mock both([](mock_options& options) { options.sends_wrong_tokens = true; });
    CHECK(both.connect().error().code == ocpi::status_code::unusable_client_api);
    CHECK_FALSE(both.msp->find("mock"));
}

TEST_CASE("an answer to a renewal that is dropped leaves a connection that works") {
    product_and_mock both;
    REQUIRE(both.connect());
    both.mock->add({fault::kind::change_status, "PUT", "/credentials", 0, 1, 1, 504});
    CHECK_FALSE(result_of<void>(both.net, [&](auto done) { both.msp->renew("mock", done); }));
    CHECK(both.pull() == "5");
    CHECK(result_of<void>(both.net, [&](auto done) {
        both.mock->self().push(
            "product",
            [] {
                auto location = location_of("L1");
                location.party_id = ci_string<3>("MCK");
                return location;
            }(),
            done);
    }));
}

TEST_CASE("results of commands come once, twice, late or never") {
    const auto told_with = [](std::size_t copies, std::chrono::seconds after) {
        product_and_mock both([&](mock_options& options) {
            options.results.copies = copies;
            options.results.after = after;
        });
        REQUIRE(both.connect());
        both.start();
        for (int i = 0; i < 60; ++i) {
            both.time.advance(std::chrono::seconds(1));
            both.mock->tick();
            both.net.run();
            both.msp->tick();
        }
        return both.told;
    };
    using words = std::vector<std::string>;
    CHECK(told_with(1, std::chrono::seconds(0)) == words{"ACCEPTED"});
    CHECK(told_with(2, std::chrono::seconds(5)) == words{"ACCEPTED"});
    CHECK(told_with(1, std::chrono::seconds(45)) == words{"TIMEOUT"});
    CHECK(told_with(0, std::chrono::seconds(0)) == words{"TIMEOUT"});
}
