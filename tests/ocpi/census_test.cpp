// The model against the specification's tables, both ways: census_2_2_1.txt.

#include "fixtures.hpp"

#include <incar/ocpi/envelope.hpp>

#include <map>
#include <sstream>

using namespace incar;
using namespace incar::test;

namespace {

using lines = std::vector<std::string>;

struct census {
    std::map<std::string, lines> objects, enums;

    std::size_t count(const std::map<std::string, lines>& of) const {
        std::size_t sum = 0;
        for (const auto& each : of) sum += each.second.size();
        return sum;
    }
};

census specified() {
    census all;
    std::istringstream text(read_text(INCAR_TEST_SOURCE_DIR "/ocpi/census_2_2_1.txt"));
    lines* current = nullptr;
    for (std::string line; std::getline(text, line);) {
        if (line.empty() || line[0] == '#') continue;
        const std::size_t space = line.find(' ');
        const std::string first = line.substr(0, space);
        if (first == "object" || first == "enum") {
            current = &(first == "object" ? all.objects : all.enums)[line.substr(space + 1)];
        } else {
            REQUIRE(current);
            current->push_back(line);
        }
    }
    return all;
}

// How the specification writes the type of a field: "string(45)", "URL", "Price".
std::string type_of(const json::field& each) {
    const json::shape& type = each.type().element ? each.type().element() : each.type();
    std::string name(type.name);
    const std::string length = each.rule.max_length ? "(" + std::to_string(each.rule.max_length) + ")" : "";
    const auto format = static_cast<ocpi::format>(each.rule.format);
    if (format == ocpi::format::url && name == "string" && each.rule.max_length == 255) return "URL";
    if (format == ocpi::format::weekday) return name + "(1)";
    return name + length;
}

char sign_of(json::cardinality c) {
    constexpr char signs[] = {'1', '?', '*', '+'};
    return signs[static_cast<int>(c)];
}

census modelled() {
    census all;
    for (const json::shape* type : ocpi::all_shapes()) {
        lines& fields = all.objects[std::string(type->name)];
        for (std::size_t i = 0; i < type->field_count; ++i) {
            const json::field& each = type->fields[i];
            fields.push_back(std::string(each.name) + " " + type_of(each) + " " + sign_of(each.cardinality));
        }
    }
    for (const json::shape* type : ocpi::all_enums())
        all.enums[std::string(type->name)] = {type->words().begin(), type->words().end()};
    return all;
}

// What the model has beyond the specification, by SMAC (USER-CHI D4.3).
const lines extension_objects = {"SlotValue", "SCConnector", "SCEvse", "SCOptimisation"};
const lines extension_fields = {"capacity number ?", "soc number ?", "target_soc number ?"};

} // namespace

TEST_SUITE("ocpi census") {

    TEST_CASE("the model is what the specification's tables say, and the SMAC extension") {
        const census wanted = specified();
        census found = modelled();
        for (const std::string& name : extension_objects) CHECK_MESSAGE(found.objects.erase(name) == 1, name);
        lines& preferences = found.objects["ChargingPreferences"];
        REQUIRE(preferences.size() == 4 + extension_fields.size());
        CHECK(lines(preferences.begin() + 4, preferences.end()) == extension_fields);
        preferences.resize(4);
        // The response is no struct of the model: its `data` has as many types as there are requests.
        found.objects["Response"] = {"data JSON ?", "status_code int 1", "status_message string ?",
                                     "timestamp DateTime 1"};
        const auto response = json::parse(ocpi::encode(ocpi::envelope{"{}", 1000, "good", timestamp()})).value();
        REQUIRE(response.as_object()->size() == 4);
        for (std::size_t i = 0; i < 4; ++i)
            CHECK(wanted.objects.at("Response")[i].rfind((*response.as_object())[i].name + " ", 0) == 0);

        for (const auto& [name, fields] : wanted.objects) {
            CAPTURE(name);
            REQUIRE(found.objects.count(name));
            const lines& ours = found.objects[name];
            for (std::size_t i = 0; i < std::max(fields.size(), ours.size()); ++i)
                CHECK((i < fields.size() ? fields[i] : "nothing") == (i < ours.size() ? ours[i] : "nothing"));
        }
        for (const auto& [name, fields] : found.objects) CHECK_MESSAGE(wanted.objects.count(name), name, " is extra");
        for (const auto& [name, words] : wanted.enums) {
            CAPTURE(name);
            REQUIRE(found.enums.count(name));
            CHECK(words == found.enums[name]);
        }
        for (const auto& [name, words] : found.enums) CHECK_MESSAGE(wanted.enums.count(name), name, " is extra");

        MESSAGE(wanted.objects.size(), " objects, ", wanted.count(wanted.objects), " fields, ", wanted.enums.size(),
                " enumerations, ", wanted.count(wanted.enums), " values; beyond them ", extension_objects.size(),
                " objects and ", extension_fields.size(), " fields of SMAC");
        CHECK(wanted.objects.size() == 56);
        CHECK(wanted.count(wanted.objects) == 300);
        CHECK(wanted.enums.size() == 34);
        CHECK(wanted.count(wanted.enums) == 233);
    }

    TEST_CASE("each object is found by its name") {
        for (const json::shape* type : ocpi::all_shapes()) CHECK(ocpi::find_shape(type->name) == type);
        CHECK(ocpi::find_shape("Locations") == nullptr);
    }

} // TEST_SUITE
