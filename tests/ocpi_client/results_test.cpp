// Commands and charging profiles (2.7 of our notes on OCPI; 13 and 14): a first answer, then a result or none.

#include "objects.hpp"
#include "two_parties.hpp"

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::ocpi_client;
using v221::command_response_type;
using v221::command_result_type;

namespace {

struct asking : two_parties {
    std::vector<std::string> told; // "responded ACCEPTED", "finished FAILED", in order
    std::optional<callback> where; // of the last request, at the CPO

    explicit asking(v221::command_response answer = {command_response_type::accepted, 30, {}, {}})
        : two_parties(answering(answer, where), {}, [](party_options&, party_options& of_msp) {
              of_msp.offered = usual_modules(v221::role::emsp);
              for (const module_side& each : usual_modules(v221::role::scsp)) of_msp.offered.push_back(each);
          }) {
        connect().value();
        net.log.clear();
    }

    static handlers answering(v221::command_response answer, std::optional<callback>& where) {
        handlers ours;
        ours.start_session = [=, &where](const caller&, const v221::start_session&, const callback& result) {
            where = result;
            return expected<v221::command_response>(answer);
        };
        ours.reserve_now = [=, &where](const caller&, const v221::reserve_now&, const callback& result) {
            where = result;
            return expected<v221::command_response>(answer);
        };
        ours.stop_session = [](const caller&, const v221::stop_session&, const callback&) {
            return expected<v221::command_response>(error{ocpi::status_code::unknown_location, "", "where?"});
        };
        const v221::charging_profile_response profile{v221::charging_profile_response_type::accepted, 30, {}};
        ours.get_active_profile = [=, &where](const caller&, const std::string& session, int seconds,
                                              const callback& result) {
            where = result;
            CHECK(session == "S1");
            CHECK(seconds == 900);
            return expected<v221::charging_profile_response>(profile);
        };
        ours.set_charging_profile = [=, &where](const caller&, const std::string&, const v221::set_charging_profile&,
                                                const callback& result) {
            where = result;
            return expected<v221::charging_profile_response>(profile);
        };
        ours.clear_charging_profile = [=, &where](const caller&, const std::string&, const callback& result) {
            where = result;
            return expected<v221::charging_profile_response>(profile);
        };
        return ours;
    }

    template <class Command>
    void command(Command wish) {
        msp->command(
            "cpo", wish,
            [this](expected<v221::command_response> response) {
                told.push_back("responded " + (response ? std::string(response->result.text())
                                                        : format(response.error().code.category().name() +
                                                                 std::to_string(response.error().code.value()))));
            },
            [this](const v221::command_result& result) {
                told.push_back("finished " + std::string(result.result.text()));
            });
    }
    static std::string format(const std::string& text) { return text; }

    void start() {
        v221::start_session wish;
        wish.token = token_of("A");
        wish.location_id = id<v221::location>("L1");
        command(wish);
    }
    void reserve(const std::string& until) {
        v221::reserve_now wish;
        wish.token = token_of("A");
        wish.location_id = id<v221::location>("L1");
        wish.reservation_id = ci_string<36>("R1");
        wish.expiry_date = at(until);
        command(wish);
    }
    // The CPO sends a result; what the EMSP answered.
    std::string send(command_result_type what) {
        const auto outcome = result_of<void>(net, [&](auto done) {
            cpo->send_result(*where, v221::command_result{what, {}, {}}, done);
        });
        return outcome ? "taken" : incar::format(outcome.error());
    }
    std::string post(const std::string& url, const std::string& body) {
        return status_of(*msp, make_request("POST", url, cpo->find("msp")->token_out, body));
    }
    using words = std::vector<std::string>;
};

} // namespace

TEST_CASE("a command is answered, then its result comes") {
    asking both;
    both.start();
    both.net.run();
    CHECK(both.told == asking::words{"responded ACCEPTED"});
    CHECK(both.send(command_result_type::accepted) == "taken");
    CHECK(both.told == asking::words{"responded ACCEPTED", "finished ACCEPTED"});

    // The result is of the same conversation, between the same parties, as a new request.
    REQUIRE(both.net.log.size() == 2);
    const auto &command = both.net.log[0].request, &result = both.net.log[1].request;
    CHECK(command.url.text() == "https://cpo.example/ocpi/2.2.1/commands/receiver/START_SESSION");
    CHECK(*command.headers.find("X-Correlation-ID") == *result.headers.find("X-Correlation-ID"));
    CHECK(*command.headers.find("X-Request-ID") != *result.headers.find("X-Request-ID"));
    CHECK(*result.headers.find("OCPI-to-party-id") == "MSP");
    CHECK(*result.headers.find("OCPI-from-party-id") == "CPO");
    CHECK_FALSE(json::parse(result.body).value().find("status_code")); // the bare object
}

TEST_CASE("a result that does not come in time is TIMEOUT, once, and a late one is answered and dropped") {
    asking both;
    both.start();
    both.net.run();
    CHECK(both.msp->next_deadline() == both.time.now() + std::chrono::seconds(30));
    both.time.advance(std::chrono::milliseconds(29'999));
    both.msp->tick();
    CHECK(both.told.size() == 1);
    both.time.advance(std::chrono::milliseconds(1));
    both.msp->tick();
    both.msp->tick();
    CHECK(both.told == asking::words{"responded ACCEPTED", "finished TIMEOUT"});
    CHECK(both.send(command_result_type::accepted) == "taken");
    CHECK(both.told.size() == 2);
    both.time.advance(std::chrono::hours(1));
    both.msp->tick();
    CHECK_FALSE(both.msp->next_deadline());
    CHECK(both.told.size() == 2);
    CHECK(both.send(command_result_type::accepted) != "taken"); // by now forgotten
}

TEST_CASE("time that passes before the first answer counts for nothing") {
    asking both;
    both.start();
    both.time.advance(std::chrono::hours(1));
    both.msp->tick();
    CHECK(both.told.empty());
    CHECK_FALSE(both.msp->next_deadline());
    both.net.run();
    both.msp->tick();
    CHECK(both.told == asking::words{"responded ACCEPTED"});
}

TEST_CASE("a result may come before the first answer") {
    asking both;
    both.net.fault = [&](const net::http_request& request) -> std::optional<expected<net::http_response>> {
        if (request.url.host() != "cpo.example") return std::nullopt;
        const auto wish = ocpi::decode<v221::start_session>(request.body).value();
        CHECK(both.post(wish.response_url, R"({"result":"ACCEPTED"})") == "200 1000");
        return std::nullopt;
    };
    both.start();
    both.net.run();
    CHECK(both.told == asking::words{"finished ACCEPTED", "responded ACCEPTED"});
    both.time.advance(std::chrono::minutes(1));
    both.msp->tick();
    CHECK(both.told.size() == 2);
}

TEST_CASE("a command that is not accepted waits for nothing") {
    for (const auto type : {command_response_type::rejected, command_response_type::not_supported,
                            command_response_type::unknown_session}) {
        asking both({type, 30, {}, {}});
        both.start();
        both.net.run();
        REQUIRE(both.told.size() == 1);
        CHECK_FALSE(both.msp->next_deadline());
        CHECK(both.send(command_result_type::accepted) != "taken");
        CHECK(both.told.size() == 1);
    }
}

TEST_CASE("a command that fails on its way, or for lack of a handler, is told so") {
    asking both;
    v221::unlock_connector unlock;
    unlock.location_id = id<v221::location>("L1");
    unlock.evse_uid = id<v221::evse>("e1");
    unlock.connector_id = id<v221::connector>("1");
    both.command(unlock);
    v221::stop_session stop;
    stop.session_id = id<v221::session>("S1");
    both.command(stop);
    both.net.run();
    CHECK(both.told == asking::words{"responded NOT_SUPPORTED", "responded incar.ocpi2003"});
    const auto refused = ocpi::decode_envelope(both.net.log[1].response->body);
    CHECK(ocpi::decode<v221::command_response>(*refused->data)->result == command_response_type::rejected);
    both.net.detach("cpo.example");
    both.start();
    both.net.run();
    CHECK(both.told.back() == "responded incar.net2");
    CHECK_FALSE(both.msp->next_deadline());
}

TEST_CASE("a reservation may be cancelled until it expires, and is told once more then") {
    asking both;
    both.reserve("2026-01-01T14:00:00Z"); // in two hours
    both.net.run();
    CHECK(both.send(command_result_type::accepted) == "taken");
    both.time.advance(std::chrono::minutes(90));
    both.msp->tick();
    CHECK(both.send(command_result_type::failed) == "taken"); // nothing to tell
    CHECK(both.send(command_result_type::canceled_reservation) == "taken");
    CHECK(both.send(command_result_type::canceled_reservation) == "taken");
    const asking::words expected_words{"responded ACCEPTED", "finished ACCEPTED", "finished CANCELED_RESERVATION"};
    CHECK(both.told == expected_words);
    both.time.advance(std::chrono::hours(2));
    both.msp->tick();
    CHECK_FALSE(both.msp->next_deadline());
    CHECK(both.send(command_result_type::canceled_reservation) != "taken");
    CHECK(both.told == expected_words);
}

TEST_CASE("results come wrapped as well, and wrong ones change nothing") {
    asking both;
    both.start();
    both.net.run();
    const std::string url = both.where->response_url;
    CHECK(both.post(url, "{") == "400 2001");
    CHECK(both.post(url, "{}") == "200 2001");
    CHECK(both.post(url, "[]") == "200 2001");
    CHECK(both.post(url.substr(0, url.size() - 1), R"({"result":"ACCEPTED"})") == "404 2000");
    CHECK(both.post("https://msp.example/ocpi/2.2.1/commands/sender/START_SESSION/undefined",
                    R"({"result":"ACCEPTED"})") == "404 2000");
    CHECK(status_of(*both.msp, make_request("PUT", url, both.cpo->find("msp")->token_out,
                                            R"({"result":"ACCEPTED"})")) == "405 2000");
    CHECK(both.told.size() == 1);
    CHECK(both.post(url, R"({"status_code":1000,"timestamp":"2026-01-01T00:00:00Z","data":{"result":"FAILED"}})") ==
          "200 1000");
    CHECK(both.told.back() == "finished FAILED");
}

TEST_CASE("only the partner that was asked may bring the result") {
    asking both;
    partner other;
    other.name = "other";
    other.state = partner_state::registered;
    other.token_in = "secret-of-another";
    both.msp->restore(other);
    both.start();
    both.net.run();
    CHECK(status_of(*both.msp, make_request("POST", both.where->response_url, other.token_in,
                                            R"({"result":"ACCEPTED"})")) == "404 2000");
    CHECK(both.told.size() == 1);
}

TEST_CASE("first answers come bare, without a time to wait, or cannot be read") {
    const auto told_after = [](const std::string& body) {
        asking both;
        both.net.fault = [&](const net::http_request&) -> std::optional<expected<net::http_response>> {
            return net::http_response{200, {}, body};
        };
        both.start();
        both.net.run();
        return both.told.front() + (both.msp->next_deadline() ? " and waits" : "");
    };
    CHECK(told_after(R"({"result":"ACCEPTED","timeout":30})") == "responded ACCEPTED and waits");
    CHECK(told_after(R"({"status_code":1000,"data":{"result":"ACCEPTED","timeout":0}})") ==
          "responded ACCEPTED and waits");
    CHECK(told_after(R"({"status_code":1000,"data":{"result":"REJECTED","timeout":0}})") == "responded REJECTED");
    CHECK(told_after(R"({"status_code":1000})") == "responded incar2");
    CHECK(told_after("<html>") == "responded incar1");
    CHECK(told_after("[]") == "responded incar1");
}

TEST_CASE("a command needs a URL for its result, and answers to it are sent nowhere else") {
    asking both;
    const std::string url = "https://cpo.example/ocpi/2.2.1/commands/receiver/START_SESSION";
    v221::start_session wish;
    wish.token = token_of("A");
    wish.location_id = id<v221::location>("L1");
    const auto answer = [&] {
        return status_of(*both.cpo, make_request("POST", url, both.msp->find("cpo")->token_out, ocpi::encode(wish)));
    };
    CHECK(answer() == "200 2001");
    for (const char* bad : {"not a url", "ftp://msp.example/", "//msp.example", "https://user@msp.example/"}) {
        wish.response_url = bad;
        CHECK(answer() == "200 1000"); // the URL is looked at when there is a result
        CHECK(both.send(command_result_type::accepted) != "taken");
    }
    both.where->who.partner = "nobody";
    CHECK(both.send(command_result_type::accepted) != "taken");
}

TEST_CASE("charging profiles: asked, answered, and their results told apart by what was asked") {
    asking both;
    std::vector<std::string> told;
    const auto responded = [&](expected<v221::charging_profile_response> response) {
        told.push_back(response ? std::string(response->result.text()) : "failed");
    };
    const auto result = [&](auto what) {
        return result_of<void>(both.net, [&](auto done) { both.cpo->send_result(*both.where, what, done); });
    };
    using v221::charging_profile_result_type;

    both.msp->get_active_profile("cpo", "S1", 900, responded, [&](expected<v221::active_charging_profile_result> got) {
        told.push_back("profile " + std::to_string(got->profile->charging_profile.charging_profile_period.size()));
    });
    both.net.run();
    v221::active_charging_profile active;
    active.charging_profile.charging_profile_period.push_back({0, decimal::parse("11000.0").value(), {}});
    CHECK(result(v221::active_charging_profile_result{charging_profile_result_type::accepted, active, {}}));
    both.msp->set_charging_profile(
        "cpo", "S1", active.charging_profile, responded,
        [&](expected<v221::charging_profile_result> got) { told.push_back("set " + std::string(got->result.text())); });
    both.net.run();
    CHECK(result(v221::charging_profile_result{charging_profile_result_type::rejected, {}}));
    both.msp->clear_charging_profile("cpo", "S1", responded, [&](expected<v221::clear_profile_result> got) {
        told.push_back("cleared " + std::string(got->result.text()));
    });
    both.net.run();
    CHECK(result(v221::clear_profile_result{charging_profile_result_type::unknown, {}}));
    both.msp->clear_charging_profile("cpo", "S1", responded, [&](expected<v221::clear_profile_result> got) {
        told.push_back(got.error().code == net::errc::timed_out ? "timed out" : "?");
    });
    both.net.run();
    both.time.advance(std::chrono::seconds(30));
    both.msp->tick();
    CHECK(told == asking::words{"ACCEPTED", "profile 1", "ACCEPTED", "set REJECTED", "ACCEPTED", "cleared UNKNOWN",
                                "ACCEPTED", "timed out"});
}

TEST_CASE("requests about profiles that lack something are 2001") {
    asking both;
    const std::string url = "https://cpo.example/ocpi/2.2.1/chargingprofiles/receiver/S1";
    const auto answer = [&](const std::string& method, const std::string& query, const std::string& body = "") {
        return status_of(*both.cpo, make_request(method, url + query, both.msp->find("cpo")->token_out, body));
    };
    const std::string back = "response_url=https%3A%2F%2Fmsp.example%2F";
    CHECK(answer("GET", "?duration=900&" + back) == "200 1000");
    for (const std::string& query : {std::string(""), std::string("?duration=900"), "?" + back, "?duration=-1&" + back,
                                     "?duration=x&" + back, "?duration=1e99&" + back, "?duration=%22900%22&" + back})
        CHECK_MESSAGE(answer("GET", query) == "200 2001", query);
    CHECK(answer("DELETE", "") == "200 2001");
    CHECK(answer("PUT", "", R"({"charging_profile":{"charging_rate_unit":"W"},"response_url":""})") == "200 2001");
}

TEST_CASE("an active profile that changes is told unasked") {
    asking both;
    v221::active_charging_profile active;
    CHECK(result_of<void>(both.net, [&](auto done) { both.cpo->push_active_profile("msp", "S1", active, done); }));
    std::string seen;
    handlers ours;
    ours.active_profile_changed = [&](const caller& who, const std::string& session,
                                      const v221::active_charging_profile&) -> expected<void> {
        seen = who.partner + " " + session;
        return {};
    };
    two_parties again({}, ours,
                      [](party_options&, party_options& msp) { msp.offered = usual_modules(v221::role::scsp); });
    REQUIRE(again.connect());
    CHECK(result_of<void>(again.net, [&](auto done) { again.cpo->push_active_profile("msp", "S1", active, done); }));
    CHECK(seen == "cpo S1");
}
