// Every module as its sender and as its receiver: what is asked, what is answered, and what is kept.

#include "objects.hpp"
#include "two_parties.hpp"

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::ocpi_client;

namespace {

const std::string cpo_url = "https://cpo.example/ocpi/2.2.1/";
const std::string msp_url = "https://msp.example/ocpi/2.2.1/";

struct connected : two_parties {
    std::vector<change> changes; // that the EMSP was told of

    explicit connected(handlers of_cpo = {}, handlers of_msp = {},
                       const std::function<void(party_options&, party_options&)>& adjust = {})
        : two_parties(std::move(of_cpo), recording(std::move(of_msp), changes), adjust) {
        connect().value();
        to_cpo = msp->find("cpo")->token_out;
        to_msp = cpo->find("msp")->token_out;
    }
    static handlers recording(handlers ours, std::vector<change>& changes) {
        ours.changed = [&changes](const caller&, const change& each) { changes.push_back(each); };
        return ours;
    }
    std::string at_cpo(const std::string& method, const std::string& path, const std::string& body = "") {
        return status_of(*cpo, make_request(method, cpo_url + path, to_cpo, body));
    }
    std::string at_msp(const std::string& method, const std::string& path, const std::string& body = "") {
        return status_of(*msp, make_request(method, msp_url + path, to_msp, body));
    }
    std::string data_at_msp(const std::string& path) {
        const auto response = ask(*msp, make_request("GET", msp_url + path, to_msp));
        return ocpi::decode_envelope(response.body)->data.value_or("none");
    }
    template <class T>
    expected<void> push(const T& object) {
        return result_of<void>(net, [&](auto done) { cpo->push("msp", object, done); });
    }
    std::string to_cpo, to_msp;
};

bool same_json(const std::string& left, const std::string& right) {
    return json::format(json::parse(left).value()) == json::format(json::parse(right).value());
}

const object_path first_location{"locations", {ci_string<2>("NL"), ci_string<3>("CPO")}, "L1", "", "", ""};

} // namespace

TEST_CASE("URLs that nothing is under are 404, and methods that nothing takes are 405") {
    connected both;
    for (const char* path : {"nothing/sender", "locations", "locations/middle", "locations/receiver/NL/CPO/L1",
                             "chargingprofiles/sender/1", "sessions/sender/1", "tariffs/sender/1", "cdrs/sender/1",
                             "locations/sender/L1/e1/1/more", "locations/sender//e1", "tokens/receiver/DE/MSP"})
        CHECK_MESSAGE(both.at_cpo("GET", path) == "404 2000", path);
    for (const char* path : {"commands/receiver/DANCE", "commands/receiver", "commands/receiver/START_SESSION/1"})
        CHECK_MESSAGE(both.at_cpo("POST", path, "{}") == "404 2000", path);
    CHECK(status_of(*both.cpo, make_request("GET", "https://cpo.example/elsewhere", both.to_cpo)) == "404 2000");
    CHECK(status_of(*both.cpo, make_request("GET", "https://cpo.example/ocpi", both.to_cpo)) == "404 2000");
    CHECK(status_of(*both.cpo, make_request("GET", "https://cpo.example/ocpi/2.1.1", both.to_cpo)) == "404 2000");
    CHECK(status_of(*both.cpo, make_request("POST", "https://cpo.example/ocpi/versions", both.to_cpo, "{}")) ==
          "405 2000");
    CHECK(status_of(*both.cpo, make_request("DELETE", "https://cpo.example/ocpi/2.2.1", both.to_cpo)) == "405 2000");
    const std::string method_and_path[][2] = {{"POST", "locations/sender"},
                                              {"PUT", "locations/sender/L1"},
                                              {"PATCH", "tariffs/sender"},
                                              {"DELETE", "sessions/sender"},
                                              {"GET", "commands/receiver/START_SESSION"},
                                              {"DELETE", "tokens/receiver/DE/MSP/A"},
                                              {"POST", "tokens/receiver"},
                                              {"GET", "tokens/receiver"},
                                              {"POST", "chargingprofiles/receiver/1"},
                                              {"GET", "sessions/sender/1/charging_preferences"}};
    for (const auto& each : method_and_path) CHECK_MESSAGE(both.at_cpo(each[0], each[1], "{}") == "405 2000", each[1]);
    const std::string at_msp[][2] = {
        {"DELETE", "locations/receiver/NL/CPO/L1"}, {"DELETE", "sessions/receiver/NL/CPO/1"},
        {"PATCH", "tariffs/receiver/NL/CPO/1"},     {"PUT", "cdrs/receiver/NL/CPO/1"},
        {"DELETE", "cdrs/receiver/NL/CPO/1"},       {"POST", "tariffs/receiver"},
        {"GET", "tokens/sender/A/authorize"}};
    for (const auto& each : at_msp) CHECK_MESSAGE(both.at_msp(each[0], each[1], "{}") == "405 2000", each[1]);
}

TEST_CASE("what is no JSON is HTTP 400, and JSON that is no such object is 2001") {
    connected both;
    const std::pair<const char*, const char*> takers[] = {{"PUT", "locations/receiver/NL/CPO/L1"},
                                                          {"PUT", "locations/receiver/NL/CPO/L1/e1"},
                                                          {"PUT", "sessions/receiver/NL/CPO/1"},
                                                          {"PUT", "tariffs/receiver/NL/CPO/1"},
                                                          {"POST", "cdrs/receiver"}};
    REQUIRE(both.push(location_of("L1")));
    for (const auto& [method, path] : takers) {
        INFO(path);
        for (const char* text : {"{", "", "nonsense", "{\"id\":}", "\xff", "{} {}"})
            CHECK(both.at_msp(method, path, text) == "400 2001");
        for (const char* text : {"{}", "[]", "17", "null", R"({"id":1,"id":2})"})
            CHECK(both.at_msp(method, path, text) == "200 2001");
    }
    CHECK(both.at_msp("PATCH", "locations/receiver/NL/CPO/L1", "{") == "400 2001");
    CHECK(both.at_msp("PATCH", "locations/receiver/NL/CPO/L1", "{}") == "200 2001"); // without last_updated
    CHECK(both.at_cpo("POST", "commands/receiver/START_SESSION", "{") == "400 2001");
    CHECK(both.at_cpo("POST", "commands/receiver/START_SESSION", "{}") == "200 2001");
    CHECK(both.at_cpo("PUT", "chargingprofiles/receiver/1", "{") == "400 2001");
    CHECK(both.at_cpo("PUT", "sessions/sender/1/charging_preferences", "{") == "400 2001");
    REQUIRE(both.changes.size() == 1);
}

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

TEST_CASE("EVSEs and connectors are changed inside their location, and raise its time") {
    connected both;
    REQUIRE(both.push(location_of("L1")));
    const auto stored = [&] {
        return ocpi::decode<v221::location>(both.data_at_msp("locations/receiver/NL/CPO/L1")).value();
    };
    const auto go = [&](auto start) { return result_of<void>(both.net, start); };

    REQUIRE(go([&](auto done) { both.cpo->push("msp", first_location, evse_of("e2", "2026-01-02T00:00:00Z"), done); }));
    CHECK(stored().evses.size() == 2);
    CHECK(stored().last_updated == at("2026-01-02T00:00:00Z"));
    object_path evse = first_location;
    evse.evse_uid = "e1";
    REQUIRE(go([&](auto done) { both.cpo->push("msp", evse, connector_of("2", "2026-01-03T00:00:00Z"), done); }));
    CHECK(stored().evses[0].connectors.size() == 2);
    CHECK(stored().evses[0].last_updated == at("2026-01-03T00:00:00Z"));
    CHECK(stored().last_updated == at("2026-01-03T00:00:00Z"));
    REQUIRE(go([&](auto done) {
        both.cpo->patch("msp", evse, R"({"status":"REMOVED","last_updated":"2026-01-04T00:00:00Z"})", done);
    }));
    CHECK(stored().evses[0].status == v221::status::removed);
    CHECK(stored().evses[0].connectors.size() == 2);
    CHECK(stored().last_updated == at("2026-01-04T00:00:00Z"));

    CHECK(both.at_msp("GET", "locations/receiver/NL/CPO/L1/e1") == "200 1000"); // removed, and still there
    CHECK(both.at_msp("GET", "locations/receiver/NL/CPO/L1/e1/2") == "200 1000");
    CHECK(both.at_msp("GET", "locations/receiver/NL/CPO/L1/e9") == "404 2000");
    CHECK(both.at_msp("GET", "locations/receiver/NL/CPO/L1/e1/9") == "404 2000");
    CHECK(both.at_msp("PUT", "locations/receiver/NL/CPO/L9/e1", ocpi::encode(evse_of("e1"))) == "404 2000");
    CHECK(both.at_msp("PUT", "locations/receiver/NL/CPO/L1/e9/1", ocpi::encode(connector_of("1"))) == "404 2000");
    CHECK(both.at_msp("PUT", "locations/receiver/NL/CPO/L1/e3", ocpi::encode(evse_of("e3", "2026-01-05T00:00:00Z"))) ==
          "201 1000");
    CHECK(stored().evses.size() == 3);
}

TEST_CASE("a session's periods are added by PATCH and cleared by a PUT without them") {
    connected both;
    REQUIRE(both.push(session_of("S1")));
    const auto stored = [&] {
        return ocpi::decode<v221::session>(both.data_at_msp("sessions/receiver/NL/CPO/S1")).value();
    };
    const object_path path{"sessions", first_location.owner, "S1", "", "", ""};
    REQUIRE(result_of<void>(both.net, [&](auto done) {
        both.cpo->patch("msp", path, R"({"kwh":2.10,"charging_periods":[{"start_date_time":"2026-01-01T00:30:00Z",
            "dimensions":[{"type":"ENERGY","volume":0.60}]}],"last_updated":"2026-01-01T00:45:00Z"})",
                        done);
    }));
    CHECK(stored().charging_periods.size() == 3);
    CHECK(stored().kwh == decimal::parse("2.10").value());
    auto without = session_of("S1", "2026-01-01T01:00:00Z");
    without.charging_periods.clear();
    REQUIRE(both.push(without));
    CHECK(stored().charging_periods.empty());
    CHECK(stored().evse_uid.text() == "#NA");
}

TEST_CASE("a PATCH of what the receiver does not have becomes a PUT of the whole") {
    connected both;
    REQUIRE(both.cpo->own(location_of("L1", "2026-01-05T00:00:00Z")));
    object_path evse = first_location;
    evse.evse_uid = "e1";
    REQUIRE(result_of<void>(both.net, [&](auto done) {
        both.cpo->patch("msp", evse, R"({"status":"CHARGING","last_updated":"2026-01-05T00:00:00Z"})", done);
    }));
    CHECK(both.at_msp("GET", "locations/receiver/NL/CPO/L1/e1/1") == "200 1000");
    object_path unknown = first_location;
    unknown.id = "nowhere";
    const auto outcome = result_of<void>(both.net, [&](auto done) {
        both.cpo->patch("msp", unknown, R"({"last_updated":"2026-01-05T00:00:00Z"})", done);
    });
    CHECK(outcome.error().code == errc::not_found);
}

TEST_CASE("tariffs and optimisations are removed by DELETE") {
    connected both({}, {}, [](party_options& cpo, party_options& msp) {
        cpo.offered = {{"scoptimizations", v221::interface_role::sender}};
        msp.offered = {{"tariffs", v221::interface_role::receiver},
                       {"smartChargingOptimisation", v221::interface_role::receiver}};
    });
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

TEST_CASE("a token is authorised from the store, or by whom we ask") {
    handlers of_msp;
    std::optional<v221::location_references> asked;
    bool has_handler = false;
    SUBCASE("from the store") {}
    SUBCASE("by the handler") {
        has_handler = true;
        of_msp.authorize =
            [&](const caller& who, const v221::token& token,
                const std::optional<v221::location_references>& where) -> expected<v221::authorization_info> {
            CHECK(who.partner == "cpo");
            asked = where;
            if (!where) return error{ocpi::status_code::not_enough_information, "", "where?"};
            v221::authorization_info info;
            info.allowed = v221::allowed_type::no_credit;
            info.token = token;
            return info;
        };
    }
    connected both({}, of_msp);
    auto blocked = token_of("B");
    blocked.valid = false;
    for (const auto& each : {token_of("A"), token_of("A", "APP_USER"), blocked}) REQUIRE(both.msp->own(each));
    const auto authorize = [&](const std::string& uid, v221::token_type type, bool with_place = true) {
        std::optional<v221::location_references> where;
        if (with_place) where = v221::location_references{id<v221::location>("L1"), {}, {}};
        return result_of<v221::authorization_info>(
            both.net, [&](auto done) { both.cpo->authorize("msp", uid, type, where, done); });
    };
    const auto known = authorize("A", v221::token_type::app_user);
    REQUIRE(known);
    CHECK(known->token.type == v221::token_type::app_user);
    if (has_handler) {
        CHECK(known->allowed == v221::allowed_type::no_credit);
        CHECK(asked->location_id.text() == "L1");
        CHECK(authorize("A", v221::token_type::rfid, false).error().code == ocpi::status_code::not_enough_information);
    } else {
        CHECK(known->allowed == v221::allowed_type::allowed);
        CHECK(known->location->location_id.text() == "L1");
        CHECK(authorize("B", v221::token_type::rfid, false)->allowed == v221::allowed_type::blocked);
    }
    CHECK(authorize("C", v221::token_type::rfid).error().code == ocpi::status_code::unknown_token);
    const auto unknown =
        ask(*both.msp, make_request("POST", msp_url + "tokens/sender/B/authorize?type=OTHER", both.to_msp));
    CHECK(status_of(unknown) == "404 2004");
    CHECK_FALSE(ocpi::decode_envelope(unknown.body)->data);
}

TEST_CASE("sessions and CDRs are shown to the owner of their token alone") {
    connected both;
    for (const char* party : {"MSP", "XYZ"}) {
        REQUIRE(both.cpo->own(session_of(std::string("S") + party, "2026-01-01T00:00:00Z", party)));
        REQUIRE(both.cpo->own(cdr_of(std::string("C") + party, "2026-01-01T00:00:00Z", party)));
    }
    std::vector<std::string> seen;
    REQUIRE(result_of<pull_summary>(both.net, [&](auto done) {
        both.msp->pull<v221::session>(
            "cpo", {}, [&](v221::session each) { seen.push_back(each.id.text()); }, done);
    }));
    REQUIRE(result_of<pull_summary>(both.net, [&](auto done) {
        both.msp->pull<v221::cdr>(
            "cpo", {}, [&](v221::cdr each) { seen.push_back(each.id.text()); }, done);
    }));
    CHECK(seen == std::vector<std::string>{"SMSP", "CMSP"});
    // Saying that one is somebody else does not help, unless one is a hub.
    auto request = make_request("GET", cpo_url + "cdrs/sender", both.to_cpo);
    request.headers.set("OCPI-from-country-code", "DE").value();
    request.headers.set("OCPI-from-party-id", "XYZ").value();
    CHECK(ask(*both.cpo, request).body.find("CXYZ") == std::string::npos);
    partner hub = *both.cpo->find("msp");
    hub.roles = {role_of(v221::role::hub, "DE", "HUB")};
    both.cpo->restore(hub);
    const std::string body = ask(*both.cpo, request).body;
    CHECK(body.find("CXYZ") != std::string::npos);
    CHECK(body.find("CMSP") == std::string::npos);
}

TEST_CASE("locations, their EVSEs and connectors are read one by one") {
    connected both;
    REQUIRE(both.cpo->own(location_of("L/1 ä")));
    object_path path = first_location;
    path.id = "L/1 ä";
    const auto get = [&] {
        return result_of<std::string>(both.net, [&](auto done) { both.msp->get("cpo", path, done); });
    };
    CHECK(ocpi::decode<v221::location>(get().value())->id.text() == "L/1 ä");
    path.evse_uid = "e1";
    CHECK(ocpi::decode<v221::evse>(get().value())->uid.text() == "e1");
    path.connector_id = "1";
    CHECK(ocpi::decode<v221::connector>(get().value())->id.text() == "1");
    path.connector_id = "2";
    CHECK(get().error().code == errc::not_found);
    CHECK(status_of(*both.cpo, make_request("GET", cpo_url + "locations/sender/L%2F1%20%C3%A4/e1/", both.to_cpo)) ==
          "200 1000");
}

TEST_CASE("charging preferences are handed on and answered with a word") {
    handlers of_cpo;
    of_cpo.set_charging_preferences =
        [](const caller&, const std::string& session,
           const v221::charging_preferences& wishes) -> expected<ocpi::open_enum<v221::charging_preferences_response>> {
        if (session == "none") return error{errc::not_found, "", "no such session"};
        if (!wishes.departure_time) return ocpi::open_enum(v221::charging_preferences_response::departure_required);
        return ocpi::open_enum(v221::charging_preferences_response::accepted);
    };
    for (const bool has_handler : {true, false}) {
        connected both(has_handler ? of_cpo : handlers());
        v221::charging_preferences wishes;
        wishes.profile_type = v221::profile_type::green;
        const auto set = [&](const std::string& session) {
            return result_of<ocpi::open_enum<v221::charging_preferences_response>>(
                both.net, [&](auto done) { both.msp->set_charging_preferences("cpo", session, wishes, done); });
        };
        if (!has_handler) {
            CHECK_FALSE(set("S1"));
            CHECK(both.at_cpo("PUT", "sessions/sender/S1/charging_preferences", ocpi::encode(wishes)) == "404 2001");
            continue;
        }
        CHECK(*set("S1") == v221::charging_preferences_response::departure_required);
        wishes.departure_time = at("2026-01-01T18:00:00Z");
        CHECK(*set("S1") == v221::charging_preferences_response::accepted);
        CHECK(set("none").error().code == errc::not_found);
    }
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

TEST_CASE("a strict party refuses what a usual one takes") {
    for (const bool is_strict : {false, true}) {
        connected both({}, {}, [&](party_options& cpo, party_options& msp) {
            if (is_strict) cpo.strictness = msp.strictness = ocpi::strictness::specified;
        });
        auto location = location_of("L1");
        location.country = "Holland";
        CHECK(both.push(location).has_value() == !is_strict);
        CHECK(both.at_cpo("GET", "sessions/sender") == (is_strict ? "200 2001" : "200 1000"));
        CHECK(both.at_cpo("GET", "sessions/sender?date_from=2026-01-01T00:00:00Z") == "200 1000");
    }
}
