// Every value of every fixture is replaced by everything it should not be. Read leniently the text must come back as it
// was; read exactly it must fail at the right place for the right reason, or come back as it was.

#include "fixtures.hpp"

#include <map>

using namespace incar;
using namespace incar::test;

namespace {

bool is_required(const json::field& each) {
    return each.cardinality == json::cardinality::one || each.cardinality == json::cardinality::some;
}

bool fits(json::kind wanted, const json::value& found) {
    switch (wanted) {
    case json::kind::boolean: return found.as_bool();
    case json::kind::number: return found.as_number();
    case json::kind::text: return found.as_string();
    case json::kind::number_or_text: return found.as_number() || found.as_string();
    case json::kind::record: return found.as_object();
    case json::kind::list: return found.as_array();
    case json::kind::any: return true;
    }
    return false;
}

// What exact reading must say about `found` in the place of a value.
std::error_code expectation(const place& here, const json::value& found) {
    if (here.field && found.is_null())
        return is_required(*here.field) ? make_error_code(errc::missing) : std::error_code{};
    if (!fits(here.type->kind, found)) return errc::wrong_type;
    const std::string_view type = here.type->name;
    if (const json::number* number = found.as_number()) {
        const std::map<std::string, errc> for_int = {{"1.5", errc::out_of_range},
                                                     {"99999999999", errc::out_of_range},
                                                     {"0.1234567890123456789", errc::out_of_range}};
        const std::map<std::string, errc> for_decimal = {{"0.1234567890123456789", errc::overflow}};
        const auto& table = type == "int" ? for_int : for_decimal;
        if (type != "CiString" && table.count(number->text)) return table.at(number->text);
    }
    if (type == "DateTime" && found.as_string()) {
        const bool is_time = timestamp::parse(*found.as_string()).has_value();
        if (!is_time) return errc::malformed;
    }
    return {};
}

const std::vector<json::value>& impostors() {
    static const std::vector<json::value> all = {
        json::value(),
        true,
        json::number{"-0"},
        json::number{"12e1"},
        json::number{"1.5"},
        json::number{"2.00"},
        json::number{"99999999999"},
        json::number{"0.1234567890123456789"},
        "",
        "SOMETHING_NEW",
        "2026-01-01T00:00:00",
        "2026-01-01t00:00:00.123456789Z",
        "2026-01-01T02:00:00+02:00",
        "1970-1-1T00:00:00Z",
        "\x01\n\"\\/\xc3\xa9\xf0\x9f\x94\x8c",
        json::array{},
        json::array{json::value()},
        json::array{json::number{"1.0"}, json::object{{"x", "y"}}},
        json::object{},
        json::object{{"x_extra", json::object{{"a", json::number{"1.10"}}}}},
    };
    return all;
}

} // namespace

TEST_SUITE("ocpi mutations") {

    TEST_CASE("read leniently, whatever a value is replaced by comes back") {
        int texts = 0;
        for (const fixture& each : fixtures()) {
            const json::value whole = json::parse(each.text).value();
            for (const place& here : places_in(each)) {
                if (here.steps.empty()) continue;
                for (const json::value& impostor : impostors()) {
                    const std::string text = json::format(replaced(whole, here, impostor));
                    any_object object(*each.type);
                    const auto read = object.read(text, ocpi::reading::lenient);
                    CHECK_MESSAGE(read, each.type->name, here.pointer, " = ", json::format(impostor));
                    if (!same(object.write(), text))
                        FAIL_CHECK(each.type->name, here.pointer, " = ", json::format(impostor), "\n", object.write());
                    ++texts;
                }
                const std::string without = json::format(removed(whole, here));
                any_object object(*each.type);
                CHECK(object.read(without, ocpi::reading::lenient));
                CHECK_MESSAGE(same(object.write(), without), each.type->name, " without ", here.pointer);
                ++texts;
            }
        }
        MESSAGE(texts, " texts");
    }

    TEST_CASE("read exactly, an impostor is refused at its place") {
        int refused = 0;
        for (const fixture& each : fixtures()) {
            const json::value whole = json::parse(each.text).value();
            for (const place& here : places_in(each)) {
                for (const json::value& impostor : impostors()) {
                    // What is inside an impostor that fits its place is not for this test to judge.
                    const bool is_container = impostor.as_array() || impostor.as_object();
                    if (is_container && fits(here.type->kind, impostor)) continue;
                    const std::error_code wanted = expectation(here, impostor);
                    const std::string text = json::format(replaced(whole, here, impostor));
                    CAPTURE(here.pointer);
                    CAPTURE(text);
                    any_object object(*each.type);
                    const auto read = object.read(text, ocpi::reading::exact);
                    if (!wanted) {
                        CHECK_MESSAGE(read, (read ? "" : format(read.error())));
                        CHECK(same(object.write(), text));
                        continue;
                    }
                    REQUIRE(!read);
                    CHECK(read.error().code == wanted);
                    CHECK(read.error().where == here.pointer);
                    CHECK(!read.error().message.empty());
                    ++refused;
                }
            }
        }
        MESSAGE(refused, " refusals");
    }

    TEST_CASE("read exactly, a required member that is missing is named") {
        for (const fixture& each : fixtures()) {
            const json::value whole = json::parse(each.text).value();
            for (const place& here : places_in(each)) {
                if (here.steps.empty()) continue;
                any_object object(*each.type);
                const auto read = object.read(json::format(removed(whole, here)), ocpi::reading::exact);
                CAPTURE(here.pointer);
                if (!here.field || !is_required(*here.field)) {
                    CHECK(read);
                    continue;
                }
                REQUIRE(!read);
                CHECK(read.error().code == errc::missing);
                CHECK(read.error().where == here.pointer);
            }
        }
    }

    TEST_CASE("a whole that is no object is refused") {
        for (const json::value& impostor : impostors()) {
            if (impostor.as_object()) continue;
            for (const ocpi::reading how : {ocpi::reading::exact, ocpi::reading::lenient}) {
                const auto read = ocpi::decode<ocpi::v221::price>(json::format(impostor), {how, {}});
                REQUIRE(!read);
                CHECK(read.error().code == errc::wrong_type);
                CHECK(read.error().where == "");
            }
        }
    }

    TEST_CASE("an object that was read with faults can be mended") {
        auto price =
            ocpi::decode<ocpi::v221::price>(R"({"excl_vat":"12,50","incl_vat":false})", {ocpi::reading::lenient, {}});
        REQUIRE(price);
        CHECK(ocpi::encode(*price) == R"({"excl_vat":"12,50","incl_vat":false})");
        price->excl_vat = decimal(1250, 2);
        CHECK(ocpi::encode(*price) == R"({"excl_vat":12.50,"incl_vat":false})");
        price->incl_vat = decimal(15);
        CHECK(ocpi::encode(*price) == R"({"excl_vat":12.50,"incl_vat":15})");
    }

} // TEST_SUITE
