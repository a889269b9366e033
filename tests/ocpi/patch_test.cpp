#include "fixtures.hpp"

#include <incar/ocpi/patch.hpp>
#include <incar/ocpi/validate.hpp>

using namespace incar;
using namespace incar::test;
using ocpi::change;
using ocpi::object_path;
using ocpi::patch;
using ocpi::patch_object;
using ocpi::put;
using ocpi::resource;

namespace {

const object_path quay = {"NO", "FJD", "fjord-quay-7", "", ""};
const object_path quay_evse = {"NO", "FJD", "fjord-quay-7", "e-1", ""};
const object_path quay_connector = {"NO", "FJD", "fjord-quay-7", "e-1", "2"};

std::string fixture_text(const char* name) {
    return read_text(std::string(INCAR_TEST_SOURCE_DIR "/ocpi/fixtures/2.2.1/") + name + ".json");
}

json::value parsed(std::string_view text) {
    return json::parse(text).value();
}

// What is at a pointer of plain names and numbers, as JSON; "" when nothing is.
std::string at(const std::string& text, std::string_view pointer) {
    const json::value whole = parsed(text);
    const json::value* here = &whole;
    while (!pointer.empty()) {
        const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
        const std::string step(pointer.substr(1, end - 1));
        pointer.remove_prefix(end);
        if (const json::array* list = here->as_array())
            here = std::stoul(step) < list->size() ? &(*list)[std::stoul(step)] : nullptr;
        else
            here = here->find(step);
        if (!here) return "";
    }
    return json::format(*here);
}

error failure(const expected<change>& outcome) {
    REQUIRE(!outcome);
    return outcome.error();
}

} // namespace

TEST_SUITE("ocpi patch") {

    TEST_CASE("a patch changes what it has and nothing else, down to digits and unknown members") {
        const std::string stored =
            R"({"id":"1","price":2.00,"x_vendor":{"a":1.10,"b":[1,2.0]},"name":"old","last_updated":"2026-01-01T00:00:00Z"})";
        const auto changed =
            patch(resource::session, {"", "", "1", "", ""}, stored,
                  R"({"name":"new","x_vendor":{"a":1.20},"x_more":3.0,"last_updated":"2026-01-02T00:00:00.5"})");
        REQUIRE(changed);
        CHECK(
            changed->text ==
            R"({"id":"1","price":2.00,"x_vendor":{"a":1.20,"b":[1,2.0]},"name":"new","last_updated":"2026-01-02T00:00:00.5","x_more":3.0})");
        CHECK(!changed->outdated);
        CHECK(!changed->created);
        CHECK(changed->ignored.empty());
    }

    TEST_CASE("a change without last_updated is refused") {
        const std::string stored = fixture_text("Location");
        for (const char* body : {"{}", R"({"name":"x"})", R"({"name":"x","last_updated":null})"}) {
            const error told = failure(patch(resource::location, quay, stored, body));
            CHECK(told.code == errc::missing);
            CHECK(told.where == "/last_updated");
        }
        CHECK(failure(patch(resource::location, quay, stored, R"({"last_updated":7})")).code == errc::wrong_type);
        CHECK(failure(patch(resource::location, quay, stored, R"({"last_updated":"now"})")).code == errc::malformed);
        CHECK(failure(put(resource::client_info, {}, std::nullopt, R"({"party_id":"X"})")).where == "/last_updated");
    }

    TEST_CASE("ids of the body are those of the URL, in any case") {
        const std::string stored = fixture_text("Location");
        const auto told = [&](const char* body) { return patch(resource::location, quay, stored, body); };
        CHECK(told(
            R"({"id":"FJORD-QUAY-7","country_code":"no","party_id":"fjd","last_updated":"2026-02-01T00:00:00Z"})"));
        const std::pair<const char*, const char*> wrong[] = {
            {R"({"id":"fjord-quay-8","last_updated":"2026-02-01T00:00:00Z"})", "/id"},
            {R"({"country_code":"SE","last_updated":"2026-02-01T00:00:00Z"})", "/country_code"},
            {R"({"party_id":"FJE","last_updated":"2026-02-01T00:00:00Z"})", "/party_id"}};
        for (const auto& [body, where] : wrong) {
            const error failed = failure(told(body));
            CHECK(failed.code == errc::inconsistent);
            CHECK(failed.where == where);
        }
        const auto wrong_evse =
            patch(resource::location, quay_evse, stored, R"({"uid":"e-2","last_updated":"2026-02-01T00:00:00Z"})");
        CHECK(failure(wrong_evse).where == "/uid");
        const auto wrong_connector =
            patch(resource::location, quay_connector, stored, R"({"id":"1","last_updated":"2026-02-01T00:00:00Z"})");
        CHECK(failure(wrong_connector).where == "/id");
        const auto token = put(resource::token, {"ES", "EMS", "other", "", ""}, std::nullopt, fixture_text("Token"));
        CHECK(failure(token).where == "/uid");
        const auto nameless = put(resource::token, {"ES", "EMS", "u", "", ""}, std::nullopt,
                                  R"({"country_code":"ES","party_id":"EMS","last_updated":"2026-02-01T00:00:00Z"})");
        CHECK(failure(nameless).code == errc::missing);
        CHECK(failure(nameless).where == "/uid");
        // Of a client only the party is in the URL.
        CHECK(put(resource::client_info, {"NO", "FJD", "", "", ""}, std::nullopt, fixture_text("ClientInfo")));
    }

    TEST_CASE("objects inside are merged, lists are replaced") {
        const std::string stored = fixture_text("Location");
        const auto changed = patch(
            resource::location, quay, stored,
            R"({"coordinates":{"latitude":"60.39779"},"facilities":["HOTEL"],"owner":{"website":"https://x.example"},)"
            R"("parking_type":"ON_DRIVEWAY","last_updated":"2026-02-01T00:00:00Z"})");
        REQUIRE(changed);
        CHECK(at(changed->text, "/coordinates") == R"({"latitude":"60.39779","longitude":"5.32300"})");
        CHECK(at(changed->text, "/facilities") == R"(["HOTEL"])");
        CHECK(at(changed->text, "/owner") == R"({"name":"Bergen havn","website":"https://x.example"})");
        CHECK(at(changed->text, "/parking_type") == R"("ON_DRIVEWAY")");
        CHECK(at(changed->text, "/evses") == at(stored, "/evses"));
    }

    TEST_CASE("null is no way to delete, and is told") {
        const std::string stored = fixture_text("Location");
        const auto changed =
            patch(resource::location, quay, stored,
                  R"({"name":null,"owner":{"name":null},"x":null,"last_updated":"2026-02-01T00:00:00Z"})");
        REQUIRE(changed);
        CHECK(at(changed->text, "/name") == R"("Bryggen nord")");
        CHECK(at(changed->text, "/owner/name") == R"("Bergen havn")");
        CHECK(at(changed->text, "/x") == "");
        CHECK(changed->ignored == std::vector<std::string>{"/name", "/owner/name", "/x"});
    }

    TEST_CASE("what is older is merged and told") {
        const std::string stored = fixture_text("Token");
        const object_path path = {"ES", "EMS", "04B7C6D5E4F3", "", ""};
        const auto told = [&](const char* time) {
            return patch(resource::token, path, stored,
                         std::string(R"({"valid":false,"last_updated":")") + time + "\"}")
                .value();
        };
        CHECK(told("2026-02-02T02:02:01Z").outdated);
        CHECK(told("2026-02-02T03:02:01+01:00").outdated);
        CHECK(!told("2026-02-02T02:02:02.000Z").outdated);
        CHECK(!told("2026-02-02T02:02:03").outdated);
        CHECK(at(told("2026-02-02T02:02:01Z").text, "/valid") == "false");
        const std::string older =
            R"({"uid":"04B7C6D5E4F3","country_code":"ES","party_id":"EMS","last_updated":"2020-01-01T00:00:00Z"})";
        CHECK(put(resource::token, path, stored, older)->outdated);
        CHECK(!put(resource::token, path, std::nullopt, older)->outdated);
        CHECK(put(resource::token, path, std::nullopt, older)->created);
        CHECK(!put(resource::token, path, stored, older)->created);
    }

    TEST_CASE("charging periods are appended by a PATCH and cleared by a PUT without them") {
        const std::string stored = fixture_text("Session");
        const object_path path = {"PT", "LIS", "S-20260301-000042", "", ""};
        const std::string third =
            R"({"start_date_time":"2026-03-01T10:30:00Z","dimensions":[{"type":"ENERGY","volume":0.10}]})";
        const std::string body =
            R"({"kwh":12.5400,"charging_periods":[)" + third + R"(],"last_updated":"2026-03-01T10:47:00Z"})";
        const auto changed = patch(resource::session, path, stored, body);
        REQUIRE(changed);
        CHECK(at(changed->text, "/charging_periods/0") == at(stored, "/charging_periods/0"));
        CHECK(at(changed->text, "/charging_periods/1") == at(stored, "/charging_periods/1"));
        CHECK(at(changed->text, "/charging_periods/2") == third);
        CHECK(at(changed->text, "/charging_periods/3") == "");
        CHECK(at(changed->text, "/kwh") == "12.5400");

        SUBCASE("a request that is repeated appends nothing") {
            CHECK(patch(resource::session, path, changed->text, body)->text == changed->text);
        }
        SUBCASE("an empty list or none changes nothing") {
            for (const char* nothing : {R"({"charging_periods":[],"last_updated":"2026-03-01T10:48:00Z"})",
                                        R"({"last_updated":"2026-03-01T10:48:00Z"})"})
                CHECK(at(patch(resource::session, path, stored, nothing)->text, "/charging_periods") ==
                      at(stored, "/charging_periods"));
        }
        SUBCASE("the first periods are appended to nothing") {
            json::object bare = *parsed(stored).as_object();
            bare.erase(std::find_if(bare.begin(), bare.end(), [](auto& m) { return m.name == "charging_periods"; }));
            const std::string without = json::format(bare);
            CHECK(at(patch(resource::session, path, without, body)->text, "/charging_periods") == "[" + third + "]");
            CHECK(at(put(resource::session, path, stored, without)->text, "/charging_periods") == "");
        }
    }

    TEST_CASE("a PUT replaces everything, also what is unknown") {
        const std::string body = fixture_text("Token");
        const auto changed = put(resource::token, {"es", "ems", "04b7c6d5e4f3", "", ""},
                                 R"({"x_old":1,"uid":"04B7C6D5E4F3","last_updated":"2020-01-01T00:00:00Z"})", body);
        REQUIRE(changed);
        CHECK(same(changed->text, body));
    }

    TEST_CASE("the series of an SCOptimisation are merged by slot") {
        const std::string stored = fixture_text("SCOptimisation");
        const auto changed = patch(
            resource::sc_optimisation, {"ES", "VLC", "site-3", "", ""}, stored,
            R"({"demand":[{"time_slot":"2026-01-08T00:15:00.0","value":7.0},{"time_slot":"2026-01-08T00:30:00Z","value":8}],)"
            R"("evses":[],"last_updated":"2026-01-08T00:31:00Z"})");
        REQUIRE(changed);
        CHECK(
            at(changed->text, "/demand") ==
            R"([{"time_slot":"2026-01-08T00:00:00Z","value":1250},{"time_slot":"2026-01-08T00:15:00.0","value":7.0},{"time_slot":"2026-01-08T00:30:00Z","value":8}])");
        CHECK(at(changed->text, "/evses") == "[]");
        CHECK(at(changed->text, "/price") == at(stored, "/price"));
    }

    TEST_CASE("an EVSE is patched, replaced and added inside its location") {
        const std::string stored = fixture_text("Location");
        const auto patched = patch(resource::location, quay_evse, stored,
                                   R"({"status":"CHARGING","last_updated":"2026-02-01T00:00:00Z"})");
        REQUIRE(patched);
        CHECK(at(patched->text, "/evses/0/status") == R"("CHARGING")");
        CHECK(at(patched->text, "/evses/0/last_updated") == R"("2026-02-01T00:00:00Z")");
        CHECK(at(patched->text, "/last_updated") == R"("2026-02-01T00:00:00Z")");
        CHECK(at(patched->text, "/evses/0/connectors") == at(stored, "/evses/0/connectors"));
        CHECK(!patched->created);

        const std::string body =
            R"({"uid":"E-1","status":"REMOVED","connectors":[],"last_updated":"2026-02-02T00:00:00Z"})";
        const auto replaced = put(resource::location, quay_evse, stored, body);
        REQUIRE(replaced);
        CHECK(at(replaced->text, "/evses") == "[" + body + "]");
        CHECK(!replaced->created);

        const std::string second =
            R"({"uid":"e-2","status":"UNKNOWN","connectors":[],"last_updated":"2026-02-02T00:00:00Z"})";
        const auto added = put(resource::location, {"NO", "FJD", "fjord-quay-7", "e-2", ""}, stored, second);
        REQUIRE(added);
        CHECK(at(added->text, "/evses/0") == at(stored, "/evses/0"));
        CHECK(at(added->text, "/evses/1") == second);
        CHECK(added->created);

        const auto first = put(resource::location, {"", "", "", "e-2", ""}, R"({"id":"1"})", second);
        REQUIRE(first);
        CHECK(first->text == R"({"id":"1","evses":[)" + second + R"(],"last_updated":"2026-02-02T00:00:00Z"})");
    }

    TEST_CASE("a connector raises last_updated of all around it, and an older one lowers nothing") {
        const std::string stored = fixture_text("Location");
        const auto changed = patch(resource::location, quay_connector, stored,
                                   R"({"max_amperage":300,"last_updated":"2026-03-01T00:00:00.001Z"})");
        REQUIRE(changed);
        for (const char* pointer : {"/last_updated", "/evses/0/last_updated", "/evses/0/connectors/1/last_updated"})
            CHECK(at(changed->text, pointer) == R"("2026-03-01T00:00:00.001Z")");
        CHECK(at(changed->text, "/evses/0/connectors/0") == at(stored, "/evses/0/connectors/0"));
        CHECK(at(changed->text, "/evses/0/connectors/1/max_amperage") == "300");

        // Later than the connector, earlier than what is around it.
        const auto between = patch(resource::location, quay_connector, stored,
                                   R"({"max_amperage":300,"last_updated":"2026-01-11T08:00:00.7Z"})");
        REQUIRE(between);
        CHECK(!between->outdated);
        CHECK(at(between->text, "/last_updated") == at(stored, "/last_updated"));
        CHECK(at(between->text, "/evses/0/last_updated") == at(stored, "/evses/0/last_updated"));

        const auto older = patch(resource::location, quay_connector, stored,
                                 R"({"max_amperage":300,"last_updated":"2026-01-01T00:00:00Z"})");
        REQUIRE(older);
        CHECK(older->outdated);
        CHECK(at(older->text, "/last_updated") == at(stored, "/last_updated"));

        const std::string third = R"({"id":"3","last_updated":"2026-03-01T00:00:00Z"})";
        const auto added = put(resource::location, {"NO", "FJD", "fjord-quay-7", "E-1", "3"}, stored, third);
        REQUIRE(added);
        CHECK(added->created);
        CHECK(at(added->text, "/evses/0/connectors/2") == third);
    }

    TEST_CASE("what is not there cannot be patched") {
        const std::string stored = fixture_text("Location");
        const std::string body = R"({"status":"CHARGING","last_updated":"2026-02-01T00:00:00Z"})";
        const object_path strangers[] = {{"NO", "FJD", "fjord-quay-7", "e-9", ""},
                                         {"NO", "FJD", "fjord-quay-7", "e-9", "1"},
                                         {"NO", "FJD", "fjord-quay-7", "e-1", "9"}};
        for (const object_path& path : strangers)
            CHECK(failure(patch(resource::location, path, stored, body)).code == errc::not_found);
        const std::string connector = R"({"id":"1","last_updated":"2026-02-01T00:00:00Z"})";
        CHECK(failure(put(resource::location, strangers[1], stored, connector)).code == errc::not_found);
        CHECK(failure(put(resource::location, quay_connector, std::nullopt,
                          R"({"id":"2","last_updated":"2026-02-01T00:00:00Z"})"))
                  .code == errc::not_found);
    }

    TEST_CASE("bad texts are told with their place") {
        const std::string stored = fixture_text("Token");
        CHECK(failure(patch(resource::token, {}, stored, "{")).code == errc::malformed);
        CHECK(failure(patch(resource::token, {}, stored, "[]")).code == errc::wrong_type);
        CHECK(failure(patch(resource::token, {}, stored, R"({"a":1,"a":2})")).code == errc::duplicate);
        CHECK(failure(patch(resource::token, {}, "[]", R"({"last_updated":"2026-02-01T00:00:00Z"})")).where ==
              "/stored");
        CHECK(failure(patch(resource::token, {}, R"({"a":tru})", R"({"last_updated":"2026-02-01T00:00:00Z"})")).where ==
              "/stored/a");
        CHECK(failure(patch(resource::token, {}, stored, R"({"a":[[[]]],"last_updated":"2026-02-01T00:00:00Z"})",
                            {1000, 3}))
                  .code == errc::limit_exceeded);
        // A location whose list of EVSEs is broken is mended by the first good one.
        const auto mended = put(resource::location, {"", "", "", "1", ""}, R"({"evses":7,"last_updated":"never"})",
                                R"({"uid":"1","last_updated":"2026-02-01T00:00:00Z"})");
        REQUIRE(mended);
        CHECK(at(mended->text, "/evses/0/uid") == "\"1\"");
    }

    TEST_CASE("a struct is patched as a whole or not at all") {
        auto location = ocpi::decode<ocpi::v221::location>(fixture_text("Location")).value();
        const auto changed =
            patch_object(resource::location, quay_evse, location,
                         R"({"status":"RESERVED","x_note":1.0,"last_updated":"2026-02-01T00:00:00Z"})");
        REQUIRE(changed);
        CHECK(location.evses[0].status == ocpi::v221::status::reserved);
        CHECK(*location.evses[0].extra.find("x_note") == "1.0");
        CHECK(ocpi::validate(location).empty());
        const std::string before = ocpi::encode(location);
        CHECK(!patch_object(resource::location, quay, location, R"({"city":7,"last_updated":"2026-03-01T00:00:00Z"})"));
        CHECK(!patch_object(resource::location, quay, location, R"({"city":"x"})"));
        CHECK(ocpi::encode(location) == before);
    }

    TEST_CASE("a patch of one member of any object makes that object with that member") {
        // Every fixture with a last_updated, every member of it taken from a changed copy.
        for (const fixture& each : fixtures()) {
            const json::value whole = parsed(each.text);
            if (!whole.find("last_updated")) continue;
            for (const json::member& member : *whole.as_object()) {
                json::object body = {{"last_updated", "2030-01-01T00:00:00Z"}};
                if (member.name != "last_updated") body.push_back({member.name, "something else"});
                const auto changed = patch(resource::tariff, {}, each.text, json::format(body));
                REQUIRE(changed);
                json::object wanted = *whole.as_object();
                for (json::member& one : wanted)
                    for (const json::member& other : body)
                        if (one.name == other.name) one.value = other.value;
                CHECK(same(parsed(changed->text), wanted));
            }
        }
    }

} // TEST_SUITE
