// Objects that partners push, module by module: what is taken, from whom, and what is kept.

#include "connected.hpp"

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::ocpi_client;

TEST_CASE("a pushed object is created, then replaced, and can be read at its receiver") {
    connected both;
    for (const std::string& module : {std::string("locations"), std::string("sessions"), std::string("tariffs")}) {
        const std::string path = module + "/receiver/NL/CPO/L1";
        const auto text = [&](const std::string& updated) {
            if (module == "locations") return ocpi::encode(location_of("L1", updated));
            if (module == "sessions") return ocpi::encode(session_of("L1", updated));
            return ocpi::encode(tariff_of("L1", updated));
        };
        CHECK(both.at_msp("GET", path) == "404 2000");
        CHECK(both.at_msp("PUT", path, text("2026-01-01T00:00:00Z")) == "201 1000");
        CHECK(both.at_msp("PUT", path, text("2026-01-02T00:00:00Z")) == "200 1000");
        CHECK(same_json(both.data_at_msp(path), text("2026-01-02T00:00:00Z")));
        CHECK(both.at_msp("PUT", path, text("2026-01-01T12:00:00Z")) == "200 1000"); // older: nothing changes
        CHECK(same_json(both.data_at_msp(path), text("2026-01-02T00:00:00Z")));
    }
    CHECK(both.changes.size() == 6);
    CHECK(both.changes[0].what == change::kind::created);
    CHECK(both.changes[1].what == change::kind::updated);
    CHECK(both.changes[1].id == "L1");
    CHECK(both.changes[1].module == "locations");
}

TEST_CASE("a pushed object keeps what nobody knows, and its digits") {
    connected both;
    const std::string text = R"({"country_code":"nl","party_id":"CPO","id":"t","currency":"EUR","x_extra":{"a":1.10},
        "elements":[{"price_components":[{"type":"WARMTH","price":2.00,"step_size":1,"y":[]}]}],
        "last_updated":"2026-01-01T00:00:00.120Z"})";
    CHECK(both.at_msp("PUT", "tariffs/receiver/NL/CPO/t", text) == "201 1000");
    CHECK(same_json(both.data_at_msp("tariffs/receiver/nl/cpo/T"), text));
}

TEST_CASE("an id in the body that is not that of the URL is 2001, compared without case") {
    connected both;
    const std::string location = ocpi::encode(location_of("L1"));
    CHECK(both.at_msp("PUT", "locations/receiver/NL/CPO/L2", location) == "200 2001");
    CHECK(both.at_msp("PUT", "locations/receiver/nl/cpo/l1", location) == "201 1000");
    CHECK(both.at_msp("PUT", "locations/receiver/NL/CPO/L1/e9", ocpi::encode(evse_of("e1"))) == "200 2001");
    CHECK(both.at_msp("PUT", "locations/receiver/NL/CPO/L1/e1/9", ocpi::encode(connector_of("1"))) == "200 2001");
    CHECK(both.at_cpo("PUT", "tokens/receiver/DE/MSP/A?type=APP_USER", ocpi::encode(token_of("A"))) == "200 2001");
}

TEST_CASE("a partner brings its own objects alone") {
    connected both;
    auto foreign = location_of("L1");
    foreign.party_id = ci_string<3>("XYZ");
    CHECK(both.at_msp("PUT", "locations/receiver/NL/XYZ/L1", ocpi::encode(foreign)) == "404 2000");
    CHECK(both.at_msp("PUT", "locations/receiver/NL/CPO/L1", ocpi::encode(foreign)) == "200 2001");
    CHECK(both.at_msp("GET", "locations/receiver/NL/XYZ/L1") == "404 2000");
    auto record = cdr_of("1");
    record.party_id = ci_string<3>("XYZ");
    CHECK(both.at_msp("POST", "cdrs/receiver", ocpi::encode(record)) == "200 2001");
    CHECK(both.changes.empty());
}

TEST_CASE("a hub brings objects of anybody but of us, and what it knows about connections") {
    connected both({}, {}, [](party_options& cpo, party_options& msp) {
        cpo.roles = {role_of(v221::role::hub, "NL", "HUB")};
        cpo.offered = {{"locations", v221::interface_role::sender}, {"hubclientinfo", v221::interface_role::sender}};
        msp.offered = {{"locations", v221::interface_role::receiver},
                       {"hubclientinfo", v221::interface_role::receiver}};
    });
    auto foreign = location_of("L1");
    foreign.country_code = ci_string<2>("FR");
    CHECK(both.at_msp("PUT", "locations/receiver/FR/CPO/L1", ocpi::encode(foreign)) == "201 1000");
    auto ours = location_of("L1");
    ours.country_code = ci_string<2>("DE");
    ours.party_id = ci_string<3>("MSP");
    CHECK(both.at_msp("PUT", "locations/receiver/DE/MSP/L1", ocpi::encode(ours)) == "404 2000");

    const auto info = client_info_of("ABC");
    CHECK(both.at_msp("PUT", "hubclientinfo/receiver/FR/ABC", ocpi::encode(info)) == "201 1000");
    CHECK(both.at_msp("PUT", "hubclientinfo/receiver/FR/ABD", ocpi::encode(info)) == "200 2001");
    CHECK(same_json(both.data_at_msp("hubclientinfo/receiver/FR/ABC"), ocpi::encode(info)));
    CHECK(both.at_msp("PATCH", "hubclientinfo/receiver/FR/ABC", "{}") == "405 2000");
    REQUIRE(both.cpo->own(info));
    int count = 0;
    REQUIRE(result_of<pull_summary>(both.net, [&](auto done) {
        both.msp->pull<v221::client_info>(
            "cpo", {}, [&](v221::client_info) { ++count; }, done);
    }));
    CHECK(count == 1);
    REQUIRE(both.push(info));
}

TEST_CASE("nobody but a hub speaks about connections") {
    connected both({}, {}, [](party_options&, party_options& msp) {
        msp.offered = {{"hubclientinfo", v221::interface_role::receiver}};
    });
    CHECK(both.at_msp("PUT", "hubclientinfo/receiver/FR/ABC", ocpi::encode(client_info_of("ABC"))) == "404 2000");
}

TEST_CASE("tariffs and optimisations are removed by DELETE") {
    partner_habits habits;
    habits.knows_other_modules = true;
    const auto adjust = [](party_options& cpo, party_options& msp) {
        cpo.offered = {{"scoptimizations", v221::interface_role::sender}};
        msp.offered = {{"tariffs", v221::interface_role::receiver},
                       {"smartChargingOptimisation", v221::interface_role::receiver}};
    };
    connected both({}, {}, adjust, habits);
    REQUIRE(both.push(tariff_of("t")));
    REQUIRE(both.push(optimisation_of("o"))); // whichever way the partner spells the module
    for (const auto& [module, id] : {std::pair("tariffs", "t"), std::pair("scoptimizations", "o")}) {
        const object_path path{module, first_location.owner, id, "", "", ""};
        const auto remove = [&] {
            return result_of<void>(both.net, [&](auto done) { both.cpo->remove("msp", path, done); });
        };
        CHECK(remove());
        CHECK(remove().error().code == errc::not_found);
    }
    CHECK(both.changes.size() == 4);
    CHECK(both.changes.back().what == change::kind::removed);
}

TEST_CASE("a CDR is taken once, never changed, and found where its Location says") {
    connected both;
    const auto post = [&](const v221::cdr& record) {
        return result_of<std::string>(both.net, [&](auto done) { both.cpo->post("msp", record, done); });
    };
    const auto where = post(cdr_of("C1"));
    REQUIRE(where);
    const auto read = ask(*both.msp, make_request("GET", *where, both.to_msp));
    CHECK(read.status == 200);
    CHECK(same_json(*ocpi::decode_envelope(read.body)->data, ocpi::encode(cdr_of("C1"))));

    auto other = cdr_of("C1");
    other.remark = "changed";
    CHECK(post(other).error().code == ocpi::status_code::invalid_parameters);
    CHECK(same_json(both.data_at_msp("cdrs/receiver/NL/CPO/C1"), ocpi::encode(cdr_of("C1"))));
    auto credit = cdr_of("C1-credit");
    credit.credit = true;
    credit.credit_reference_id = credit.id;
    CHECK(post(credit));
    CHECK(both.changes.size() == 2);
    CHECK(both.at_msp("PUT", "cdrs/receiver/NL/CPO/C1", ocpi::encode(other)) == "405 2000");
    for (const char* id : {"..", ".", "a/b?c#d e"}) {
        auto odd = cdr_of(id);
        const bool is_dots = std::string(id).find('/') == std::string::npos;
        const auto place = post(odd);
        CHECK(place.has_value() == !is_dots);
        if (place) CHECK(status_of(*both.msp, make_request("GET", *place, both.to_msp)) == "200 1000");
    }
}

TEST_CASE("tokens are known by uid and type") {
    connected both;
    for (const char* type : {"RFID", "APP_USER"})
        REQUIRE(result_of<void>(both.net, [&](auto done) { both.msp->push("cpo", token_of("A", type), done); }));
    const object_path rfid{"tokens", {ci_string<2>("DE"), ci_string<3>("MSP")}, "A", "", "", ""};
    REQUIRE(result_of<void>(both.net, [&](auto done) {
        both.msp->patch("cpo", rfid, R"({"valid":false,"last_updated":"2026-01-02T00:00:00Z"})", done);
    }));
    const auto held = [&](const char* type) {
        object_path path = rfid;
        path.token_type = type;
        const auto text = result_of<std::string>(both.net, [&](auto done) { both.msp->get_pushed("cpo", path, done); });
        return ocpi::decode<v221::token>(text.value()).value();
    };
    CHECK_FALSE(held("RFID").valid);
    CHECK_FALSE(held("").valid);
    CHECK(held("APP_USER").valid);
    CHECK(both.at_cpo("GET", "tokens/receiver/DE/MSP/A?type=OTHER") == "404 2000");
}

TEST_CASE("what was pulled and kept can be patched by its owner") {
    connected both;
    REQUIRE(both.cpo->own(location_of("L1")));
    REQUIRE(result_of<pull_summary>(both.net, [&](auto done) {
        both.msp->pull<v221::location>(
            "cpo", {}, [&](v221::location each) { CHECK(both.msp->keep("cpo", each)); }, done);
    }));
    CHECK(both.at_msp("PATCH", "locations/receiver/NL/CPO/L1",
                      R"({"name":"new","last_updated":"2026-01-02T00:00:00Z"})") == "200 1000");
    CHECK(both.msp->keep("cpo", location_of("L1"))); // older: the patched one stays
    CHECK(both.data_at_msp("locations/receiver/NL/CPO/L1").find("new") != std::string::npos);
    CHECK(both.msp->keep("cpo", token_of("A")).error().code == errc::inconsistent);
    CHECK(both.msp->keep("nobody", location_of("L1")).error().code == errc::not_found);
    CHECK(both.cpo->own(token_of("A")).error().code == errc::inconsistent);
}
