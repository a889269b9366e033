// Whom a request reaches, and what the headers, statuses and addresses say on each leg (2.2.1 sections 4.3 and 5.4;
// D3.3 section 3.2).

#include "house.hpp"

#include <incar/net/link.hpp>

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::hub;
using ocpi_client::cdr_of;
using ocpi_client::location_of;
using ocpi_client::session_of;
using ocpi_client::tariff_of;
using ocpi_client::token_of;

TEST_CASE("a push to a party is stored and handed on, with ids and routing headers of its leg") {
    house all;
    party& cpo = all.join_cpo();
    all.join_msp();
    all.net.log.clear();
    recipient to = through_hub("DE", "MSP");
    to.correlation_id = "end-to-end";
    REQUIRE(push(all, cpo, to, session_of("S1")));

    REQUIRE(all.at("hub").size() == 1);
    REQUIRE(all.at("msp").size() == 1);
    const auto first = all.at("hub")[0];
    const auto second = all.at("msp")[0];
    CHECK(first.request.method == "PUT");
    CHECK(second.request.url.text() == "https://msp.example/ocpi/2.2.1/sessions/receiver/NL/CPO/S1");
    CHECK(from_of(second.request) == "NL*CPO");
    CHECK(to_of(second.request) == "DE*MSP");
    CHECK(second.request.body == first.request.body);
    CHECK(header(second.request, "X-Correlation-ID") == "end-to-end");
    CHECK(header(second.request, "X-Request-ID") != header(first.request, "X-Request-ID"));
    CHECK(header(second.request, "Authorization") != header(first.request, "Authorization"));
    const auto& answer = *first.response;
    CHECK(*answer.headers.find("X-Request-ID") == header(first.request, "X-Request-ID"));
    CHECK(*answer.headers.find("X-Correlation-ID") == "end-to-end");
    CHECK(*answer.headers.find("OCPI-from-party-id") == "MSP");
    CHECK(*answer.headers.find("OCPI-to-party-id") == "CPO");
    CHECK(all.objects.find({"sessions", "NL*CPO", "S1"}).value()->audience == "DE*MSP");
}

TEST_CASE("a push to the hub reaches everybody on the other side of the module, and nobody else") {
    house all;
    party& cpo = all.join_cpo();
    all.join_msp();
    all.join("nsp", {role_of(v221::role::nsp, "FR", "NSP")});
    all.join("cpo2", {role_of(v221::role::cpo, "BE", "CPX")});
    all.net.log.clear();
    REQUIRE(push(all, cpo, to_everybody(), location_of("L1")));
    for (const char* name : {"msp", "nsp"}) {
        REQUIRE(all.at(name).size() == 1);
        const auto got = all.at(name)[0].request;
        CHECK(got.method == "PUT");
        CHECK(got.url.path() == "/ocpi/2.2.1/locations/receiver/NL/CPO/L1"); // of its owner
        CHECK(from_of(got) == "EU*HUB");
        CHECK(ocpi::decode<v221::location>(got.body).value().last_updated == location_of("L1").last_updated);
    }
    CHECK(to_of(all.at("msp")[0].request) == "DE*MSP");
    CHECK(to_of(all.at("nsp")[0].request) == "FR*NSP");
    CHECK(all.at("cpo2").empty());
    CHECK(all.at("cpo").empty());
}

TEST_CASE("CDRs, sessions, commands and charging profiles are never broadcast") {
    house all;
    party& cpo = all.join_cpo();
    party& msp = all.join_msp();
    all.net.log.clear();
    CHECK(push(all, cpo, to_everybody(), session_of("S1")).error().code == ocpi::status_code::invalid_parameters);
    CHECK(result_of<std::string>(all.net, [&](auto done) { cpo.post(to_everybody(), cdr_of("C1"), done); })
              .error()
              .code == ocpi::status_code::invalid_parameters);
    v221::stop_session stop;
    stop.session_id = id<v221::session>("S1");
    expected<v221::command_response> response = error{errc::unavailable, "", ""};
    msp.command(
        to_everybody(), stop, [&](auto said) { response = said; }, [](const auto&) {});
    all.run();
    CHECK(response.error().code == ocpi::status_code::invalid_parameters);
    CHECK(all.at("msp").empty());
    CHECK(all.at("cpo").empty());
    CHECK_FALSE(all.objects.find({"sessions", "NL*CPO", "S1"}).value());
    CHECK_FALSE(all.objects.find({"cdrs", "NL*CPO", "C1"}).value());
}

TEST_CASE("a list from the hub has what was broadcast and what was pushed to who asks, oldest first, in pages") {
    house all;
    all.options.page_limit = 2;
    party& cpo = all.join_cpo();
    party& msp = all.join_msp();
    party& other = all.join("other", {role_of(v221::role::emsp, "DE", "OTH")});
    for (int i = 1; i <= 5; ++i)
        REQUIRE(push(all, cpo, to_everybody(),
                     location_of("L" + std::to_string(i), "2026-01-01T0" + std::to_string(i) + ":00:00Z")));
    REQUIRE(push(all, cpo, through_hub("DE", "MSP"), tariff_of("secret")));
    REQUIRE(push(all, cpo, through_hub("DE", "MSP"), session_of("S1")));
    CHECK(ids<v221::location>(all, msp, to_everybody()) == std::vector<std::string>{"L1", "L2", "L3", "L4", "L5"});
    CHECK(ids<v221::tariff>(all, msp, to_everybody()) == std::vector<std::string>{"secret"});
    CHECK(ids<v221::tariff>(all, other, to_everybody()).empty());
    CHECK(ids<v221::session>(all, msp, to_everybody()) == std::vector<std::string>{"S1"});
    CHECK(ids<v221::session>(all, other, to_everybody()).empty());

    net::http_request request = raw(msp, "GET", "locations/sender?date_from=2026-01-01T02:00:00Z&limit=50");
    address(request, "EU", "HUB");
    const auto page = answer_to(all, request);
    CHECK(*page.headers.find("X-Total-Count") == "4");
    CHECK(*page.headers.find("X-Limit") == "2");
    const auto next = net::next_page(page, request.url).value();
    REQUIRE(next);
    CHECK(next->find_parameter("date_from") == "2026-01-01T02:00:00Z");
    CHECK(next->find_parameter("limit") == "2");
}

TEST_CASE("an object that was pushed to one party is not served to another, under whatever URL") {
    house all;
    party& cpo = all.join_cpo();
    party& msp = all.join_msp();
    party& other = all.join("other", {role_of(v221::role::emsp, "DE", "OTH")});
    REQUIRE(push(all, cpo, through_hub("DE", "MSP"), location_of("L1")));
    const auto seen_by = [&](party& asking) {
        net::http_request request = raw(asking, "GET", "locations/receiver/NL/CPO/L1");
        address(request, "EU", "HUB");
        return status_of(answer_to(all, request));
    };
    CHECK(seen_by(msp) == "200 1000");
    CHECK(seen_by(other).substr(0, 3) == "404");

    // Its owner publishes it later: then everybody has the same.
    REQUIRE(push(all, cpo, to_everybody(), location_of("L1", "2026-01-02T00:00:00Z")));
    CHECK(seen_by(other) == "200 1000");
}

TEST_CASE("what is published takes the place of what one party was told before, also after a restart") {
    house all;
    party& cpo = all.join_cpo();
    party& msp = all.join_msp();
    party& other = all.join("msx", {role_of(v221::role::emsp, "FR", "MSX")});
    REQUIRE(push(all, cpo, through_hub("DE", "MSP"), tariff_of("T1", "2026-01-01T00:00:00Z")));
    REQUIRE(push(all, cpo, through_hub("FR", "MSX"), tariff_of("T1", "2026-01-01T00:00:00Z")));
    REQUIRE(push(all, cpo, through_hub("DE", "MSP"), tariff_of("T2", "2026-01-01T00:00:00Z")));
    CHECK(ids<v221::tariff>(all, msp, to_everybody()) == std::vector<std::string>{"T1", "T2"});
    all.open();
    REQUIRE(push(all, cpo, to_everybody(), tariff_of("T1", "2026-01-02T00:00:00Z")));
    CHECK(ids<v221::tariff>(all, msp, to_everybody()) == std::vector<std::string>{"T2", "T1"});
    CHECK(ids<v221::tariff>(all, other, to_everybody()) == std::vector<std::string>{"T1"});
    net::http_request request = raw(msp, "GET", "tariffs/receiver/NL/CPO/T1");
    address(request, "EU", "HUB");
    CHECK(answer_to(all, request).body.find("2026-01-02") != std::string::npos);
    // From now on it is everybody's, whomever it is pushed to.
    REQUIRE(push(all, cpo, through_hub("DE", "MSP"), tariff_of("T1", "2026-01-03T00:00:00Z")));
    CHECK(ids<v221::tariff>(all, msp, to_everybody()) == std::vector<std::string>{"T2", "T1"});
    CHECK(ids<v221::tariff>(all, other, to_everybody()) == std::vector<std::string>{"T1"});
}

TEST_CASE("statuses of the hub: who is not known, not connected, or does not answer") {
    house all;
    party& cpo = all.join_cpo();
    party& msp = all.join_msp();
    CHECK(push(all, cpo, through_hub("XX", "YYY"), session_of("S1")).error().code ==
          ocpi::status_code::unknown_receiver);
    all.net.fault = [](const net::http_request& request) -> std::optional<expected<net::http_response>> {
        if (request.url.host() != "msp.example") return std::nullopt;
        return expected<net::http_response>(error{net::errc::timed_out, "", "too slow"});
    };
    CHECK(push(all, cpo, through_hub("DE", "MSP"), session_of("S1")).error().code == ocpi::status_code::hub_timeout);
    all.net.fault = [](const net::http_request& request) -> std::optional<expected<net::http_response>> {
        if (request.url.host() != "msp.example") return std::nullopt;
        return expected<net::http_response>(error{net::errc::not_connected, "", "nobody there"});
    };
    for (int i = 2; i < 5; ++i)
        CHECK(push(all, cpo, through_hub("DE", "MSP"), session_of("S" + std::to_string(i))).error().code ==
              ocpi::status_code::not_connected);
    CHECK(all.middle->find("msp")->status == v221::connection_status::offline);
    all.net.fault = nullptr;
    all.net.log.clear();
    CHECK(push(all, cpo, through_hub("DE", "MSP"), session_of("S5")).error().code == ocpi::status_code::not_connected);
    CHECK(all.at("msp").empty()); // nothing is sent to who is OFFLINE

    // It comes back by itself, and asks for what it missed.
    CHECK(ids<v221::session>(all, msp, to_everybody()).size() == 5);
    CHECK(all.middle->find("msp")->status == v221::connection_status::connected);
    CHECK(push(all, cpo, through_hub("DE", "MSP"), session_of("S6")));
}

TEST_CASE("statuses of the receiver come back as they are") {
    house all;
    party& cpo = all.join_cpo();
    party& msp = all.join_msp();
    net::http_request request = raw(cpo, "GET", "tokens/sender");
    (void)msp;
    address(request, "DE", "MSP");
    all.net.fault = [](const net::http_request& asked) -> std::optional<expected<net::http_response>> {
        if (asked.url.host() != "msp.example") return std::nullopt;
        return expected<net::http_response>(net::http_response{
            200,
            {},
            R"({"status_code":2042,"status_message":"of its own","data":{"a":1.50},"timestamp":"2026-01-01T00:00:00Z"})"});
    };
    const auto answer = answer_to(all, request);
    CHECK(status_of(answer) == "200 2042");
    CHECK(answer.body.find("1.50") != std::string::npos);
    CHECK(answer.body.find("of its own") != std::string::npos);
}

TEST_CASE("a list of a party is read through the hub to its end") {
    house all;
    party& cpo = all.join_cpo();
    party& msp = all.join_msp();
    (void)cpo;
    for (int i = 0; i < 250; ++i) REQUIRE(msp.own(token_of("T" + std::to_string(i))));
    std::size_t count = 0;
    const auto summary = result_of<ocpi_client::pull_summary>(all.net, [&](auto done) {
                             cpo.pull<v221::token>(
                                 through_hub("DE", "MSP"), {}, [&](v221::token) { ++count; }, done);
                         }).value();
    CHECK(count == 250);
    CHECK(summary.pages == 3);
    CHECK(summary.total == 250);
    for (const auto& each : all.net.log)
        if (each.request.url.host() == "hub.example" && each.response)
            if (const std::string* link = each.response->headers.find("Link"))
                CHECK(link->find("<https://hub.example/ocpi/2.2.1/tokens/sender?") == 0);
}

TEST_CASE("a Link of the receiver's that leads elsewhere is not followed") {
    house all;
    party& cpo = all.join_cpo();
    all.join_msp();
    net::http_request request = raw(cpo, "GET", "tokens/sender?at=https%3A%2F%2Fevil.example%2F");
    address(request, "DE", "MSP");
    all.net.log.clear();
    CHECK(status_of(answer_to(all, request)) != "200 1000");
    CHECK(all.net.log.empty());
}

TEST_CASE("who sends must be one of the connection's parties, and brings its own objects only") {
    house all;
    party& cpo = all.join_cpo();
    all.join_msp();
    all.join("cpo2", {role_of(v221::role::cpo, "BE", "CPX")});
    net::http_request request = raw(cpo, "PUT", "locations/receiver/NL/CPO/L1", ocpi::encode(location_of("L1")));
    address(request, "EU", "HUB");
    address(request, "BE", "CPX", "from");
    CHECK(status_of(answer_to(all, request)) == "200 2001");
    request = raw(cpo, "PUT", "locations/receiver/BE/CPX/L1", ocpi::encode(location_of("L1")));
    address(request, "EU", "HUB");
    CHECK(status_of(answer_to(all, request)).substr(0, 3) == "404");
    request = raw(cpo, "PUT", "locations/receiver/NL/CPO/L2", ocpi::encode(location_of("L1")));
    address(request, "EU", "HUB");
    CHECK(status_of(answer_to(all, request)) == "200 2001");
    request = raw(cpo, "PUT", "locations/receiver/NL/CPO/L1", "{");
    address(request, "EU", "HUB");
    CHECK(status_of(answer_to(all, request)).substr(0, 3) == "400");
    store::object_query query;
    query.kind = "locations";
    CHECK(all.objects.list(query).value().objects.empty());
}

TEST_CASE("a platform with several parties says whom it speaks for, and is reached under each") {
    house all;
    party& both = all.join("both", {role_of(v221::role::cpo, "NL", "AAA"), role_of(v221::role::emsp, "NL", "BBB")});
    party& msp = all.join_msp();
    party& cpo = all.join_cpo();
    (void)msp;
    net::http_request request = raw(both, "GET", "locations/sender");
    address(request, "EU", "HUB");
    CHECK(status_of(answer_to(all, request)) == "200 2001"); // which of the two?
    address(request, "NL", "BBB", "from");
    CHECK(status_of(answer_to(all, request)) == "200 1000");
    all.net.log.clear();
    REQUIRE(push(all, cpo, through_hub("NL", "BBB"), session_of("S1", "2026-01-01T00:00:00Z")));
    REQUIRE(all.at("both").size() == 1);
    CHECK(to_of(all.at("both")[0].request) == "NL*BBB");
}

TEST_CASE("requests without OCPI-to are refused, or go by their content and never back") {
    house all;
    SUBCASE("refused") {
        party& cpo = all.join_cpo();
        all.join_msp();
        CHECK(status_of(answer_to(
                  all, raw(cpo, "PUT", "sessions/receiver/NL/CPO/S1", ocpi::encode(session_of("S1"))))) == "200 2001");
    }
    SUBCASE("by content") {
        all.options.open_routing = open_routing::by_content;
        party& cpo = all.join_cpo();
        party& msp = all.join_msp();
        all.net.log.clear();
        CHECK(status_of(answer_to(
                  all, raw(cpo, "PUT", "sessions/receiver/NL/CPO/S1", ocpi::encode(session_of("S1"))))) == "201 1000");
        REQUIRE(all.at("msp").size() == 1);
        CHECK(from_of(all.at("msp")[0].request) == "NL*CPO");
        CHECK(status_of(answer_to(all, raw(cpo, "PATCH", "sessions/receiver/NL/CPO/S1",
                                           R"({"kwh":2.5,"last_updated":"2026-01-02T00:00:00Z"})"))) == "200 1000");
        CHECK(all.at("msp").size() == 2);
        // A location is for everybody, and its owner is not among them.
        CHECK(status_of(answer_to(all, raw(cpo, "PUT", "locations/receiver/NL/CPO/L1",
                                           ocpi::encode(location_of("L1"))))) == "201 1000");
        CHECK(all.at("msp").size() == 3);
        CHECK(all.at("cpo").empty());
        const auto stop = answer_to(all, raw(msp, "POST", "commands/receiver/STOP_SESSION",
                                             R"({"response_url":"https://msp.example/r","session_id":"none"})"));
        CHECK(status_of(stop) == "200 1000");
        CHECK(stop.body.find("UNKNOWN_SESSION") != std::string::npos);
    }
}

TEST_CASE("a CDR is unique, taken down before it goes on, and its address leads to the hub") {
    house all;
    std::vector<std::string> ledger;
    bool is_ledger_down = false;
    all.ports.ledger = [&](const record_of_charge& each) -> expected<void> {
        if (is_ledger_down) return error{errc::unavailable, "", "down"};
        ledger.push_back(each.record.id.text());
        return {};
    };
    party& cpo = all.join_cpo();
    party& msp = all.join_msp();
    all.net.log.clear();
    const auto post = [&](const v221::cdr& record) {
        return result_of<std::string>(all.net, [&](auto done) { cpo.post(through_hub("DE", "MSP"), record, done); });
    };
    const auto address_of_it = post(cdr_of("C1"));
    REQUIRE(address_of_it);
    CHECK(*address_of_it == "https://hub.example/ocpi/2.2.1/cdrs/receiver/NL/CPO/C1");
    CHECK(ledger == std::vector<std::string>{"C1"});
    REQUIRE(all.at("msp").size() == 1);
    net::http_request request = raw(cpo, "GET", "cdrs/receiver/NL/CPO/C1");
    address(request, "EU", "HUB");
    CHECK(status_of(answer_to(all, request)) == "200 1000");

    v221::cdr changed = cdr_of("C1");
    changed.total_energy = decimal::parse("99").value();
    CHECK(post(changed).error().code == ocpi::status_code::invalid_parameters);
    CHECK(ledger.size() == 1);

    is_ledger_down = true;
    CHECK_FALSE(post(cdr_of("C2")));
    CHECK(all.at("msp").size() == 1);
    CHECK_FALSE(all.objects.find({"cdrs", "NL*CPO", "C2"}).value());
    is_ledger_down = false;
    v221::cdr credit = cdr_of("C1-credit");
    credit.credit = true;
    credit.credit_reference_id = ci_string<39, v221::cdr>("C1");
    CHECK(post(credit));
    CHECK(ids<v221::cdr>(all, msp, to_everybody()).size() == 2);
}
