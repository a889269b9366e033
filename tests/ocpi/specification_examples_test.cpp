// The specification's own example files, which may not be part of this source: INCAR_OCPI_SPECIFICATION names a folder
// with a checkout of the specification or its examples, at any depth. See docs/data.md.

#include "fixtures.hpp"

#include <cstdlib>

using namespace incar;
using namespace incar::test;

namespace {

struct guess {
    const char* beginning; // of the file's name
    const char* object;
};

// The first that fits counts. Requests and responses are looked into: their `data`, and each element of a list.
constexpr guess guesses[] = {
    {"cdr", "CDR"},
    {"credentials", "Credentials"},
    {"location_hours", "Hours"},
    {"location_patch_example_remove_evse", "EVSE"},
    {"location_patch_example_status", "EVSE"},
    {"location_patch_example_tariff", "Connector"},
    {"location_put_example_add_evse", "EVSE"},
    {"location", "Location"},
    {"session", "Session"},
    {"tariff", "Tariff"},
    {"token", "Token"},
    {"transport_and_format_get_token", "Token"},
    {"transport_and_format_version_details", "VersionDetails"},
    {"transport_and_format_version_info", "Version"},
    {"type_displaytext", "DisplayText"},
    {"version_details", "VersionDetails"},
    {"versions_info", "Version"},
};

const json::shape* guessed(const std::string& file) {
    for (const guess& each : guesses)
        if (file.rfind(each.beginning, 0) == 0) return ocpi::find_shape(each.object);
    return nullptr;
}

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

// As it is, and with an unknown member at every level.
void check(const json::shape& type, const json::value& whole) {
    for (const json::value& each : {whole, with_extra(whole)}) {
        const std::string text = json::format(each);
        any_object object(type);
        const auto read = object.read(text, ocpi::reading::lenient);
        CHECK_MESSAGE(read, (read ? "" : format(read.error())));
        CHECK_MESSAGE(same(object.write(), text), object.write());
    }
}

} // namespace

TEST_SUITE("ocpi specification") {

    TEST_CASE("the specification's examples come back as they were") {
        const char* folder = std::getenv("INCAR_OCPI_SPECIFICATION");
        if (!folder) {
            MESSAGE("skipped: INCAR_OCPI_SPECIFICATION does not name a folder with the specification's examples");
            return;
        }
        int files = 0, objects = 0, whole_objects = 0;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
            if (entry.path().extension() != ".json") continue;
            INFO(entry.path().string());
            const auto whole = json::parse(read_text(entry.path()));
            REQUIRE_MESSAGE(whole, (whole ? "" : format(whole.error())));
            ++files;
            const json::value* content = whole->find("status_code") ? whole->find("data") : &*whole;
            const json::shape* type = guessed(entry.path().filename().string());
            REQUIRE(content);
            REQUIRE_MESSAGE(type, "a name that the table lacks");
            const json::array one = {*content};
            for (const json::value& each : content->as_array() ? *content->as_array() : one) {
                check(*type, each);
                ++objects;
                whole_objects += any_object(*type).read(json::format(each), ocpi::reading::exact) ? 1 : 0;
            }
        }
        MESSAGE(files, " files, ", objects, " objects, of which ", whole_objects, " have all that is required");
        CHECK(files > 0);
    }

} // TEST_SUITE
