#include "fixtures.hpp"

#include <set>

using namespace incar;
using namespace incar::test;

namespace {

// `x_extra` in every object of the value, also in those nobody knows.
json::value with_extra(const json::value& at) {
    if (const auto* members = at.as_object()) {
        json::object copy;
        for (const json::member& each : *members) copy.push_back({each.name, with_extra(each.value)});
        copy.push_back({"x_extra", json::object{{"a", json::number{"1.10"}}}});
        return copy;
    }
    if (const auto* elements = at.as_array()) {
        json::array copy;
        for (const json::value& each : *elements) copy.push_back(with_extra(each));
        return copy;
    }
    return at;
}

void check_round_trip(const fixture& each, const std::string& text, ocpi::reading how) {
    CAPTURE(each.type->name);
    any_object object(*each.type);
    const auto read = object.read(text, how);
    REQUIRE_MESSAGE(read, (read ? "" : format(read.error())));
    CHECK_MESSAGE(same(object.write(), text), object.write());
}

} // namespace

TEST_SUITE("ocpi codec") {

    TEST_CASE("every field of every object is in a fixture") {
        std::set<const json::field*> met;
        for (const fixture& each : fixtures())
            for (const place& here : places_in(each)) {
                CHECK_MESSAGE((here.type != nullptr), here.pointer);
                if (here.field) met.insert(here.field);
            }
        int fields = 0;
        for (const json::shape* type : ocpi::all_shapes())
            for (std::size_t i = 0; i < type->field_count; ++i, ++fields)
                CHECK_MESSAGE(met.count(&type->fields[i]), type->name, ".", type->fields[i].name);
        MESSAGE(fixtures().size(), " fixtures, ", ocpi::all_shapes().size(), " objects, ", fields, " fields");
    }

    TEST_CASE("every object is written as it was read") {
        for (const fixture& each : fixtures()) check_round_trip(each, each.text, ocpi::reading::exact);
    }

    TEST_CASE("unknown members survive at every level") {
        for (const fixture& each : fixtures()) {
            const std::string text = json::format(with_extra(json::parse(each.text).value()));
            check_round_trip(each, text, ocpi::reading::exact);
            check_round_trip(each, text, ocpi::reading::lenient);
        }
    }

    TEST_CASE("an object without what is optional is written without it") {
        for (const fixture& each : fixtures()) {
            json::value bare = json::parse(each.text).value();
            bool again = true;
            while (again) {
                again = false;
                std::vector<place> optional;
                walk(bare, {"", {}, each.type, nullptr, nullptr}, [&](const place& here) {
                    if (here.field && (here.field->cardinality == json::cardinality::optional ||
                                       here.field->cardinality == json::cardinality::list))
                        optional.push_back(here);
                });
                if (optional.empty()) break;
                bare = removed(bare, optional.back());
                again = true;
            }
            check_round_trip(each, json::format(bare), ocpi::reading::exact);
        }
    }

    TEST_CASE("members in another order are the same object") {
        for (const fixture& each : fixtures()) {
            json::value whole = json::parse(each.text).value();
            json::object reversed(whole.as_object()->rbegin(), whole.as_object()->rend());
            check_round_trip(each, json::format(reversed), ocpi::reading::exact);
        }
    }

    TEST_CASE("what is changed changes, and nothing else") {
        const std::string text = read_text(INCAR_TEST_SOURCE_DIR "/ocpi/fixtures/2.2.1/Location.json");
        auto location = ocpi::decode<ocpi::v221::location>(text).value();
        location.evses[0].status = ocpi::v221::status::charging;
        location.evses[0].connectors[1].max_amperage = 400;
        location.opening_times.reset();
        location.last_updated = timestamp::parse("2026-01-13T00:00:00Z").value();
        json::value expectation = json::parse(text).value();
        const fixture original{&ocpi::shape_of<ocpi::v221::location>(), text};
        for (const place& here : places_in(original)) {
            if (here.pointer == "/evses/0/status") expectation = replaced(expectation, here, "CHARGING");
            if (here.pointer == "/evses/0/connectors/1/max_amperage") expectation = replaced(expectation, here, 400);
            if (here.pointer == "/last_updated") expectation = replaced(expectation, here, "2026-01-13T00:00:00Z");
        }
        json::object members = *expectation.as_object();
        members.erase(std::find_if(members.begin(), members.end(), [](auto& m) { return m.name == "opening_times"; }));
        CHECK(same(json::parse(ocpi::encode(location)).value(), members));
    }

    TEST_CASE("a spelling lasts as long as the value") {
        auto session =
            ocpi::decode<ocpi::v221::charging_preferences>(
                R"({"profile_type":"FAST","departure_time":"2026-01-01 00:00:00.000","energy_need":1.50e1,"soc":null})")
                .value();
        CHECK(ocpi::encode(session) ==
              R"({"profile_type":"FAST","departure_time":"2026-01-01 00:00:00.000","energy_need":1.50e1,"soc":null})");
        session.departure_time = *session.departure_time + std::chrono::hours(1);
        session.energy_need = decimal(150, 1);
        session.soc = decimal(4);
        CHECK(ocpi::encode(session) ==
              R"({"profile_type":"FAST","departure_time":"2026-01-01T01:00:00Z","energy_need":1.50e1,"soc":4})");
        session.energy_need = decimal(16);
        CHECK(ocpi::encode(session) ==
              R"({"profile_type":"FAST","departure_time":"2026-01-01T01:00:00Z","energy_need":16,"soc":4})");
    }

    TEST_CASE("an identifier that is written as a number stays one until it is changed") {
        const std::string text = R"({"connector_id":7,"power":1.0})";
        auto connector = ocpi::decode<ocpi::v221::sc_connector>(text).value();
        CHECK(connector.connector_id.text() == "7");
        CHECK(ocpi::encode(connector) == text);
        connector.connector_id = id<ocpi::v221::connector>("8");
        CHECK(ocpi::encode(connector) == R"({"connector_id":"8","power":1.0})");
    }

    TEST_CASE("an indented text is the same object") {
        const auto& token =
            ocpi::decode<ocpi::v221::token>(read_text(INCAR_TEST_SOURCE_DIR "/ocpi/fixtures/2.2.1/Token.json"));
        REQUIRE(token);
        const std::string text = ocpi::encode(*token, json::layout::indented);
        CHECK(text.find("\n  \"uid\": ") != std::string::npos);
        CHECK(same(text, ocpi::encode(*token)));
    }

} // TEST_SUITE
