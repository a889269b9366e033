// Commands and charging profiles through the hub: answers, results, and what is remembered of them (2.2.1 sections 13
// and 14; D3.3 sections 3.2.8 and 3.2.9).

#include "house.hpp"

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::hub;
using ocpi_client::cdr_of;
using ocpi_client::token_of;

TEST_CASE("commands go through the hub and their results come back through it, once") {
    house all;
    std::optional<ocpi_client::callback> where;
    handlers tasks;
    tasks.start_session = [&](const auto&, const v221::start_session&, const ocpi_client::callback& result) {
        where = result;
        return v221::command_response{v221::command_response_type::accepted, 30, {}, {}};
    };
    party& cpo = all.join_cpo(std::move(tasks));
    party& msp = all.join_msp();
    all.net.log.clear();
    v221::start_session wish;
    wish.token = token_of("A");
    wish.location_id = id<v221::location>("L1");
    std::vector<std::string> told;
    msp.command(
        through_hub("NL", "CPO"), wish,
        [&](auto said) { told.push_back(said ? std::string(said->result.text()) : format(said.error())); },
        [&](const v221::command_result& came) { told.push_back(std::string(came.result.text())); });
    all.run();
    CHECK(told == std::vector<std::string>{"ACCEPTED"});
    REQUIRE(where);
    CHECK(where->response_url.rfind("https://hub.example/ocpi/2.2.1/commands/sender/START_SESSION/", 0) == 0);

    SUBCASE("in time, and then once more") {
        for (int i = 0; i < 2; ++i)
            result_of<void>(all.net, [&](auto done) {
                cpo.send_result(*where, v221::command_result{v221::command_result_type::evse_occupied, {}, {}}, done);
            }).value();
        all.run();
        CHECK(told == std::vector<std::string>{"ACCEPTED", "EVSE_OCCUPIED"});
        const auto last = all.at("msp").back().request;
        CHECK(from_of(last) == "NL*CPO");
        CHECK(to_of(last) == "DE*MSP");
    }
    SUBCASE("after a restart of the hub") {
        all.open();
        result_of<void>(all.net, [&](auto done) {
            cpo.send_result(*where, v221::command_result{v221::command_result_type::accepted, {}, {}}, done);
        }).value();
        all.run();
        CHECK(told == std::vector<std::string>{"ACCEPTED", "ACCEPTED"});
    }
    SUBCASE("never: the hub says TIMEOUT once, and a late result goes no further") {
        all.pass(std::chrono::seconds(36));
        CHECK(told == std::vector<std::string>{"ACCEPTED", "TIMEOUT"});
        CHECK(all.at("msp").size() == 1);
        all.pass(std::chrono::seconds(60));
        result_of<void>(all.net, [&](auto done) {
            cpo.send_result(*where, v221::command_result{v221::command_result_type::accepted, {}, {}}, done);
        }).value();
        all.run();
        CHECK(all.at("msp").size() == 1);
    }
    SUBCASE("from somebody else: there is nothing under that URL") {
        party& other = all.join("cpo2", {role_of(v221::role::cpo, "BE", "CPX")});
        net::http_request request =
            make_request("POST", where->response_url, other.find("hub")->token_out, R"({"result":"ACCEPTED"})");
        CHECK(status_of(answer_to(all, request)).substr(0, 3) == "404");
        CHECK(told.size() == 1);
    }
}

namespace {

// A CPO that accepts every command and says nothing more, and the EMSP's way to start a session with a payment hold.
struct paid_sessions {
    house all;
    party* cpo = nullptr;
    party* msp = nullptr;
    std::vector<ocpi_client::callback> asked;
    std::vector<std::string> ledger; // record and operation

    paid_sessions() {
        all.ports.ledger = [this](const record_of_charge& told) -> expected<void> {
            ledger.push_back(told.record.id.text() + " " + told.operation);
            return {};
        };
        const v221::command_response accepted{v221::command_response_type::accepted, 30, {}, {}};
        handlers tasks;
        tasks.start_session = [=](const auto&, const v221::start_session&, const auto& where) {
            asked.push_back(where);
            return accepted;
        };
        tasks.reserve_now = [=](const auto&, const v221::reserve_now&, const auto& where) {
            asked.push_back(where);
            return accepted;
        };
        cpo = &all.join_cpo(std::move(tasks));
        msp = &all.join_msp();
    }

    std::size_t kept() const {
        store::object_query query;
        query.kind = "hub.results";
        return all.objects.list(query).value().objects.size();
    }

    template <class Command>
    void send(Command wish, const std::string& operation) {
        wish.token = token_of("A"); // the one of cdr_of
        if (!operation.empty()) wish.extra.set("operation", '"' + operation + '"').value();
        msp->command(
            through_hub("NL", "CPO"), wish, [](auto) {},
            [this](const v221::command_result& came) { results.emplace_back(came.result.text()); });
        all.run();
    }
    std::vector<std::string> results;

    void start(const std::string& operation, const std::string& reference = "") {
        v221::start_session wish;
        wish.location_id = id<v221::location>("L1");
        if (!reference.empty()) wish.authorization_reference = ci_string<36>(reference);
        send(wish, operation);
    }
    void reserve(const std::string& operation) {
        v221::reserve_now wish;
        wish.location_id = id<v221::location>("L1");
        wish.reservation_id = ci_string<36>("R1");
        wish.expiry_date = all.time.now() + std::chrono::hours(2);
        send(wish, operation);
    }

    expected<void> finish(std::size_t which, v221::command_result_type how = v221::command_result_type::accepted) {
        auto done = result_of<void>(all.net, [&](auto told) {
            cpo->send_result(asked.at(which), v221::command_result{how, {}, {}}, told);
        });
        all.run();
        return done;
    }
    expected<std::string> record(const std::string& id, const std::string& reference = "") {
        v221::cdr made = cdr_of(id);
        if (!reference.empty()) made.authorization_reference = ci_string<36>(reference);
        return result_of<std::string>(all.net, [&](auto done) { cpo->post(through_hub("DE", "MSP"), made, done); });
    }
};

} // namespace

TEST_CASE("the payment hold of a command is told with the CDR, hours later and after a restart, once") {
    paid_sessions day;
    day.start("hold-1");
    REQUIRE(day.finish(0));
    day.all.pass(std::chrono::hours(9));
    day.all.open();
    REQUIRE(day.record("C1"));
    REQUIRE(day.record("C2"));
    CHECK(day.ledger == std::vector<std::string>{"C1 hold-1", "C2 "});
}

TEST_CASE("of several holds of one token the CDR takes the one that it refers to, else the latest") {
    paid_sessions day;
    day.start("hold-1", "AUTH1");
    day.all.pass(std::chrono::seconds(1));
    day.start("hold-2", "AUTH2");
    day.all.pass(std::chrono::seconds(1));
    day.start("hold-3");
    for (std::size_t i = 0; i < 3; ++i) REQUIRE(day.finish(i));
    REQUIRE(day.record("C1", "AUTH1"));
    REQUIRE(day.record("C2", "AUTH9"));
    REQUIRE(day.record("C3"));
    CHECK(day.ledger == std::vector<std::string>{"C1 hold-1", "C2 hold-3", "C3 hold-2"});
}

TEST_CASE("a reservation is remembered until it expires: it may be cancelled after its result, and has its hold") {
    paid_sessions day;
    day.reserve("hold-r");
    REQUIRE(day.finish(0));
    day.all.pass(std::chrono::minutes(100));
    day.all.open();
    SUBCASE("cancelled by the CPO, which is told once") {
        REQUIRE(day.finish(0, v221::command_result_type::canceled_reservation));
        REQUIRE(day.finish(0, v221::command_result_type::accepted));
        CHECK(day.results == std::vector<std::string>{"ACCEPTED", "CANCELED_RESERVATION"});
    }
    SUBCASE("used, and paid for") {
        REQUIRE(day.record("C1"));
        CHECK(day.ledger == std::vector<std::string>{"C1 hold-r"});
    }
    SUBCASE("over") {
        day.all.pass(std::chrono::hours(32 * 24));
        CHECK_FALSE(day.finish(0, v221::command_result_type::canceled_reservation));
    }
}

TEST_CASE("a command that was under way when the hub stopped ends with a TIMEOUT all the same") {
    paid_sessions day;
    day.all.net.fault = [](const net::http_request& request) -> std::optional<expected<net::http_response>> {
        if (request.url.host() != "cpo.example") return std::nullopt;
        return expected<net::http_response>(error{net::errc::timed_out, "", "lost"}); // and nobody hears of it
    };
    v221::start_session wish;
    wish.location_id = id<v221::location>("L1");
    wish.token = token_of("A");
    day.msp->command(
        through_hub("NL", "CPO"), wish, [](auto) {}, [](const auto&) {});
    day.all.net.run(1); // the hub has it and stored what it waits for
    CHECK(day.kept() == 1);
    day.all.open();
    day.all.pass(std::chrono::minutes(1));
    day.all.pass(std::chrono::minutes(20));
    CHECK(day.kept() == 0);
}

TEST_CASE("a CPO that answers a stop with a bare 404 is understood: whoever asked is told UNKNOWN_SESSION") {
    house all;
    all.join_cpo();
    party& msp = all.join_msp();
    for (const char* body : {"", "Not Found", R"({"status_code":2003,"timestamp":"2026-01-01T00:00:00Z"})"}) {
        CAPTURE(body);
        all.net.fault = [body](const net::http_request& request) -> std::optional<expected<net::http_response>> {
            if (request.url.host() != "cpo.example") return std::nullopt;
            return expected<net::http_response>(net::http_response{404, {}, body});
        };
        v221::stop_session wish;
        wish.session_id = id<v221::session>("S404");
        std::string said;
        msp.command(
            through_hub("NL", "CPO"), wish,
            [&](auto answer) { said = answer ? std::string(answer->result.text()) : format(answer.error()); },
            [](const auto&) {});
        all.run();
        CHECK(said == "UNKNOWN_SESSION");
    }
    store::object_query kept;
    kept.kind = "hub.results";
    CHECK(all.objects.list(kept).value().objects.empty()); // nothing is waited for
}
