#include "fixtures.hpp"

#include <incar/ocpi/validate.hpp>

#include <map>
#include <set>
#include <sstream>

using namespace incar;
using namespace incar::test;
using ocpi::edition;
using ocpi::finding;
using ocpi::strictness;

namespace {

std::vector<finding> findings_in(std::string_view object, const std::string& text, strictness how = strictness::advised,
                                 edition against = edition::v2_2_1) {
    const json::shape* type = ocpi::find_shape(object);
    REQUIRE(type);
    any_object content(*type);
    const auto read = content.read(text, ocpi::reading::lenient);
    REQUIRE_MESSAGE(read, (read ? "" : format(read.error())));
    return ocpi::detail::validate(*type, content.get(), against, how);
}

std::string shown(const std::vector<finding>& findings) {
    std::string text;
    for (const finding& each : findings) text += each.pointer + " " + each.rule + ": " + each.message + "\n";
    return text;
}

bool has(const std::vector<finding>& findings, std::string_view rule, std::string_view pointer) {
    return std::any_of(findings.begin(), findings.end(),
                       [&](const finding& each) { return each.rule == rule && each.pointer == pointer; });
}

bool has(const std::vector<finding>& findings, std::string_view rule) {
    return std::any_of(findings.begin(), findings.end(), [&](const finding& each) { return each.rule == rule; });
}

// "/a/0/b" of the value set to a JSON text, added when it is not there, removed when the text is empty.
json::value edited(const json::value& whole, std::string_view pointer, const std::string& text) {
    if (pointer.empty()) return json::parse(text).value();
    const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
    const std::string step(pointer.substr(1, end - 1));
    const std::string_view rest = pointer.substr(end);
    if (const json::array* elements = whole.as_array()) {
        json::array copy = *elements;
        const std::size_t index = std::stoul(step);
        if (rest.empty() && text.empty()) {
            copy.erase(copy.begin() + static_cast<std::ptrdiff_t>(index));
        } else {
            if (index == copy.size()) copy.emplace_back();
            copy[index] = edited(copy[index], rest, text);
        }
        return copy;
    }
    REQUIRE(whole.as_object());
    json::object copy = *whole.as_object();
    auto found = std::find_if(copy.begin(), copy.end(), [&](const json::member& each) { return each.name == step; });
    if (rest.empty() && text.empty()) {
        REQUIRE(found != copy.end());
        copy.erase(found);
        return copy;
    }
    if (found == copy.end()) found = copy.insert(found, json::member{step, json::object{}});
    found->value = edited(found->value, rest, text);
    return copy;
}

// {"/a/0/b": 1, "/c": ""}: the pointers of an edit; "" removes.
std::string edited(const std::string& text, const char* edits) {
    json::value whole = json::parse(text).value();
    const json::value changes = json::parse(edits).value();
    for (const json::member& each : *changes.as_object()) {
        const bool removes = each.value.as_string() && *each.value.as_string() == "";
        whole = edited(whole, each.name, removes ? "" : json::format(each.value));
    }
    return json::format(whole);
}

const std::string& fixture_of(std::string_view object) {
    for (const fixture& each : fixtures())
        if (each.type->name == object) return each.text;
    FAIL("no such fixture: ", object);
    return fixtures()[0].text;
}

// What makes a rule speak, where, and what comes close without.
struct row {
    const char* rule;
    const char* owner;   // as validation_rules names it
    const char* fixture; // which the edits are made in
    const char* bad;
    const char* pointer;
    const char* good;
};

#include "validate_rows.hpp"

} // namespace

TEST_SUITE("ocpi validate") {

    TEST_CASE("the fixtures are as the specification demands") {
        for (const fixture& each : fixtures()) {
            const auto findings = findings_in(each.type->name, each.text, strictness::specified);
            CHECK_MESSAGE(findings.empty(), each.type->name, ":\n", shown(findings));
        }
    }

    TEST_CASE("every rule speaks where it should, and nowhere near") {
        for (const row& each : rows) {
            INFO(each.rule, " of ", each.owner, " in ", each.fixture, " with ", std::string(each.bad));
            const std::string& text = fixture_of(each.fixture);
            const auto bad = findings_in(each.fixture, edited(text, each.bad));
            CHECK_MESSAGE(has(bad, each.rule, each.pointer), shown(bad));
            const auto good = findings_in(each.fixture, edited(text, each.good));
            CHECK_MESSAGE(!has(good, each.rule, each.pointer), shown(good));
        }
    }

    TEST_CASE("every rule of every object has a row") {
        std::set<std::pair<std::string, std::string>> tested, all;
        for (const row& each : rows) tested.emplace(each.rule, each.owner);
        for (const ocpi::rule_description& each : ocpi::validation_rules()) all.emplace(each.name, each.object);
        for (const auto& [rule, owner] : all) CHECK_MESSAGE(tested.count({rule, owner}), rule, " of '", owner, "'");
        for (const auto& [rule, owner] : tested) CHECK_MESSAGE(all.count({rule, owner}), rule, " of '", owner, "'");
        MESSAGE(all.size(), " rules, ", std::size(rows), " rows");
    }

    TEST_CASE("a finding has the level of its rule, and strictness selects") {
        std::map<std::pair<std::string, int>, int> levels;
        for (const ocpi::rule_description& each : ocpi::validation_rules())
            ++levels[{std::string(each.name), static_cast<int>(each.level)}];
        for (const row& each : rows) {
            const std::string text = edited(fixture_of(each.fixture), each.bad);
            const auto all = findings_in(each.fixture, text);
            for (const auto how : {strictness::usable, strictness::specified, strictness::advised}) {
                std::vector<finding> expectation;
                std::copy_if(all.begin(), all.end(), std::back_inserter(expectation),
                             [&](const finding& one) { return one.level <= how; });
                CHECK(shown(findings_in(each.fixture, text, how)) == shown(expectation));
            }
            for (const finding& one : all) CHECK(levels.count({one.rule, static_cast<int>(one.level)}));
        }
    }

    TEST_CASE("what is missing is told for every required member of every object") {
        for (const fixture& each : fixtures()) {
            const json::value whole = json::parse(each.text).value();
            for (const place& here : places_in(each)) {
                if (!here.field || here.steps.empty()) continue;
                const bool is_required = here.field->cardinality == json::cardinality::one ||
                                         here.field->cardinality == json::cardinality::some;
                for (const std::string& text :
                     {json::format(removed(whole, here)), json::format(replaced(whole, here, json::value()))}) {
                    const auto findings = findings_in(each.type->name, text, strictness::usable);
                    CHECK_MESSAGE(has(findings, "required", here.pointer) == is_required, here.pointer, "\n",
                                  shown(findings));
                    CHECK(findings.size() == (is_required ? 1 : 0));
                }
            }
        }
    }

    TEST_CASE("what cannot be read is told with its place and reason, wherever it is") {
        const json::value impostor = json::object{{"x", json::array{}}};
        for (const fixture& each : fixtures()) {
            const json::value whole = json::parse(each.text).value();
            for (const place& here : places_in(each)) {
                if (here.steps.empty() || here.type->kind == json::kind::record) continue;
                const auto findings =
                    findings_in(each.type->name, json::format(replaced(whole, here, impostor)), strictness::usable);
                REQUIRE_MESSAGE(findings.size() == 1, here.pointer, "\n", shown(findings));
                CHECK(findings[0].pointer == here.pointer);
                CHECK(findings[0].rule == "unread");
                CHECK(findings[0].message.find("needed, not an object") != std::string::npos);
            }
        }
    }

    TEST_CASE("pointers are those of the text although elements could not be read") {
        const auto findings =
            findings_in("LocationReferences", R"({"location_id":"1","evse_uids":[7,"a","b\u00e9",null]})");
        CHECK(shown(findings) == "/evse_uids/0 unread: a text is needed, not a number\n"
                                 "/evse_uids/3 unread: a text is needed, not null\n"
                                 "/evse_uids/2 printable_ascii: only printable ASCII is allowed\n");
        const auto nested = findings_in("CommandResult", R"({"result":"FAILED","message":[null,{"language":"en"}]})",
                                        strictness::usable);
        CHECK(shown(nested) == "/message/0 unread: an object is needed, not null\n"
                               "/message/1/text required: this member is required\n");
    }

    TEST_CASE("numbers and times tell why they cannot be held") {
        const auto findings = findings_in("Price", R"({"excl_vat":0.1234567890123456789,"incl_vat":"12,50"})");
        CHECK(findings.size() == 2);
        CHECK(has(findings, "unread", "/excl_vat"));
        CHECK(has(findings, "unread", "/incl_vat"));
        const auto time =
            findings_in("ClientInfo", edited(fixture_of("ClientInfo"), R"({"/last_updated":"yesterday"})"));
        CHECK(has(time, "unread", "/last_updated"));
    }

    TEST_CASE("a fault that was mended is told no more") {
        auto price = ocpi::decode<ocpi::v221::price>(R"({"excl_vat":"1"})", {ocpi::reading::lenient, {}}).value();
        CHECK(ocpi::validate(price).size() == 1);
        price.excl_vat = decimal(1);
        CHECK(ocpi::validate(price).empty());
        auto missing = ocpi::decode<ocpi::v221::price>("{}", {ocpi::reading::lenient, {}}).value();
        CHECK(ocpi::validate(missing).size() == 1);
        missing.excl_vat = decimal(1);
        CHECK(ocpi::validate(missing).empty());
    }

    TEST_CASE("objects of a program are checked as well") {
        ocpi::v221::location fresh;
        const auto findings = ocpi::validate(fresh);
        CHECK(has(findings, "country_code", "/country_code"));
        CHECK(has(findings, "latitude", "/coordinates/latitude"));
        CHECK(has(findings, "time_zone", "/time_zone"));
        ocpi::v221::display_text text;
        text.language = "en";
        text.text = "\xff";
        CHECK(has(ocpi::validate(text), "printable_text", "/text"));
    }

    TEST_CASE("lengths count characters, not bytes") {
        const auto text = [](int count, const char* character) {
            std::string all = R"({"language":"en","text":")";
            for (int i = 0; i < count; ++i) all += character;
            return all + "\"}";
        };
        for (const char* character : {"a", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x94\x8c"}) {
            CHECK(findings_in("DisplayText", text(512, character)).empty());
            CHECK(has(findings_in("DisplayText", text(513, character)), "length", "/text"));
        }
    }

    TEST_CASE("every length of the specification is held") {
        for (const fixture& each : fixtures()) {
            const json::value whole = json::parse(each.text).value();
            for (const place& here : places_in(each)) {
                const json::field* field = here.field;
                if (!field || field->rule.max_length == 0 || here.type->kind != json::kind::text) continue;
                const auto most = static_cast<std::size_t>(field->rule.max_length);
                const auto told = [&](std::size_t size) {
                    const json::value changed = replaced(whole, here, std::string(size, 'A'));
                    return has(findings_in(each.type->name, json::format(changed)), "length", here.pointer);
                };
                CHECK_MESSAGE(!told(most), here.pointer);
                CHECK_MESSAGE(told(most + 1), here.pointer);
            }
        }
    }

    TEST_CASE("every word of every enumeration is known, and no other") {
        int fields = 0;
        for (const fixture& each : fixtures()) {
            const json::value whole = json::parse(each.text).value();
            for (const place& here : places_in(each)) {
                if (!here.type->words) continue;
                ++fields;
                for (const std::string_view word : here.type->words()) {
                    const std::string text = json::format(replaced(whole, here, std::string(word)));
                    CHECK(!has(findings_in(each.type->name, text), "known_word"));
                }
                const std::string text = json::format(replaced(whole, here, "Some_Thing"));
                CHECK(has(findings_in(each.type->name, text), "known_word", here.pointer));
            }
        }
        CHECK(fields > 40);
    }

    TEST_CASE("OCPI 2.2 differs from 2.2.1 where its tables do") {
        std::istringstream facts(read_text(INCAR_TEST_SOURCE_DIR "/ocpi/census_2_2.txt"));
        int differences = 0;
        for (std::string line; std::getline(facts, line);) {
            if (line.empty() || line[0] == '#') continue;
            CAPTURE(line);
            std::istringstream words(line);
            std::string sign, what, type, cardinality;
            words >> sign >> what >> type >> cardinality;
            ++differences;
            const std::string object = what.substr(0, what.find('.'));
            const std::string member = what.substr(what.find('.') + 1);
            bool met = false;
            for (const fixture& each : fixtures()) {
                const json::value whole = json::parse(each.text).value();
                for (const place& here : places_in(each)) {
                    const auto told = [&](const json::value& changed, const char* rule, edition against) {
                        return has(findings_in(each.type->name, json::format(changed), strictness::advised, against),
                                   rule, here.pointer);
                    };
                    const bool is_word = !type.empty() && sign == "-";
                    if (is_word && here.type->words && here.type->name == what) {
                        const json::value changed = replaced(whole, here, type);
                        CHECK(told(changed, "known_word", edition::v2_2));
                        CHECK(!told(changed, "known_word", edition::v2_2_1));
                        met = true;
                    }
                    if (is_word || !here.field || here.owner->name != object || here.field->name != member) continue;
                    met = true;
                    if (sign == "-") {
                        CHECK(told(whole, "unknown_member", edition::v2_2));
                        CHECK(!told(whole, "unknown_member", edition::v2_2_1));
                        CHECK(!told(removed(whole, here), "required", edition::v2_2));
                        continue;
                    }
                    const std::size_t most = std::stoul(type.substr(type.find('(') + 1));
                    CHECK(!told(replaced(whole, here, std::string(most, 'A')), "length", edition::v2_2));
                    CHECK(told(replaced(whole, here, std::string(most + 1, 'A')), "length", edition::v2_2));
                    CHECK(told(removed(whole, here), "required", edition::v2_2) == (cardinality == "1"));
                    const bool is_ascii = type.rfind("CiString", 0) == 0;
                    CHECK(told(replaced(whole, here, "\xc3\xa9"), "printable_ascii", edition::v2_2) == is_ascii);
                }
            }
            // Some words are of enumerations that no object of 2.2 has in a fixture.
            CHECK(met);
        }
        CHECK(differences == 29);
    }

    TEST_CASE("the page about validation has every rule") {
        std::istringstream page(read_text(INCAR_TEST_SOURCE_DIR "/../docs/reference/validation.md"));
        std::set<std::string> documented, all;
        bool is_about_rules = false;
        for (std::string line; std::getline(page, line);) {
            is_about_rules |= line.rfind("## Rules", 0) == 0;
            if (!is_about_rules || line.rfind("| `", 0) != 0) continue;
            // | `rule` | object | level | meaning |
            std::vector<std::string> cells;
            std::istringstream row(line.substr(1));
            for (std::string cell; std::getline(row, cell, '|');) {
                const std::size_t begin = cell.find_first_not_of(' ');
                cells.push_back(begin == cell.npos ? "" : cell.substr(begin, cell.find_last_not_of(' ') - begin + 1));
            }
            REQUIRE_MESSAGE(cells.size() == 4, line);
            CHECK_MESSAGE(!cells[3].empty(), line);
            std::istringstream objects(cells[1]);
            for (std::string object; std::getline(objects, object, ',');) {
                if (object[0] == ' ') object.erase(0, 1);
                documented.insert(cells[0] + " " + object + " " + cells[2]);
            }
        }
        constexpr const char* levels[] = {"usable", "specified", "advised"};
        for (const ocpi::rule_description& each : ocpi::validation_rules())
            all.insert("`" + std::string(each.name) + "` " + (each.object.empty() ? "any" : std::string(each.object)) +
                       " " + levels[static_cast<int>(each.level)]);
        for (const std::string& each : all) CHECK_MESSAGE(documented.count(each), each, " is not documented");
        for (const std::string& each : documented) CHECK_MESSAGE(all.count(each), each, " is no rule");
    }

} // TEST_SUITE
