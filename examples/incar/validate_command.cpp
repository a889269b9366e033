#include "command.hpp"
#include "files.hpp"
#include "validate_object.hpp"

#include <algorithm>
#include <limits>

namespace incar::program {
namespace {

struct level_name {
    const char* name;
    ocpi::strictness level;
};
constexpr level_name levels[] = {{"usable", ocpi::strictness::usable},
                                 {"specified", ocpi::strictness::specified},
                                 {"advised", ocpi::strictness::advised}};

const char* name_of(ocpi::strictness level) {
    return levels[static_cast<int>(level)].name;
}

struct task {
    const object_type* type = nullptr; // null: to be guessed
    ocpi::edition against = ocpi::edition::v2_2_1;
    ocpi::strictness how = ocpi::strictness::specified;
    bool echoes = false;
};

expected<task> read_task(const arguments& given) {
    task result;
    if (const std::string* version = given.find("--version")) {
        if (*version != "2.2" && *version != "2.2.1")
            return error{errc::not_found, "--version", "'" + *version + "' is none of 2.2, 2.2.1"};
        result.against = *version == "2.2" ? ocpi::edition::v2_2 : ocpi::edition::v2_2_1;
    }
    if (const std::string* name = given.find("--object")) {
        result.type = find_object_type(*name);
        if (!result.type) return error{errc::not_found, "--object", "'" + *name + "' is no object of OCPI 2.2.1"};
    }
    if (const std::string* name = given.find("--strictness")) {
        const auto* const found = std::find_if(std::begin(levels), std::end(levels),
                                               [&](const level_name& each) { return *name == each.name; });
        if (found == std::end(levels))
            return error{errc::not_found, "--strictness", "'" + *name + "' is none of usable, specified, advised"};
        result.how = found->level;
    }
    result.echoes = given.has("--echo");
    return result;
}

constexpr json::limits accepted = {most_bytes, 64};

struct report {
    std::string lines;
    bool all_valid = true;
};

json::value as_json(const ocpi::finding& each) {
    return json::object{
        {"pointer", each.pointer}, {"rule", each.rule}, {"level", name_of(each.level)}, {"message", each.message}};
}

void add_object(const std::string& file, const object_text& object, const object_type& type, const task& asked,
                report& result) {
    std::string written;
    auto findings = type.check(object.text, accepted, asked.against, asked.how, &written);
    if (!findings) {
        const error& failure = findings.error();
        findings = std::vector<ocpi::finding>{{failure.where, "unread", failure.message, ocpi::strictness::usable}};
    }
    const bool valid = std::all_of(findings->begin(), findings->end(),
                                   [](const auto& each) { return each.level == ocpi::strictness::advised; });
    json::array list;
    for (const ocpi::finding& each : *findings) list.push_back(as_json(each));
    json::object line = {{"file", file},
                         {"pointer", object.pointer},
                         {"object", std::string(type.name)},
                         {"valid", valid},
                         {"findings", std::move(list)}};
    if (asked.echoes && !written.empty()) line.push_back({"echo", json::parse(written, accepted).value()});
    result.lines += json::format(std::move(line)) + "\n";
    result.all_valid = result.all_valid && valid;
}

error no_type(const std::string& file, const object_text& object) {
    if (const auto read = json::parse(object.text, accepted); !read)
        return {read.error().code, file + object.pointer + read.error().where, read.error().message};
    return {errc::not_found, file + object.pointer, "this looks like no object of OCPI; name it with --object"};
}

expected<void> add_file(const std::string& file, const task& asked, report& result) {
    const auto text = read_file(file);
    if (!text) return text.error();
    std::string storage;
    const auto objects = objects_of(*text, storage, accepted);
    if (!objects) return error{objects.error().code, file + objects.error().where, objects.error().message};
    const object_type* type = asked.type;
    for (const object_text& each : *objects) {
        if (!type) type = guess_object_type(each.text, accepted); // a list holds objects of one kind
        if (!type) return no_type(file, each);
        add_object(file, each, *type, asked, result);
    }
    return {};
}

expected<exit_status> run(const arguments& given) {
    if (given.positional.empty())
        return error{errc::missing, "FILE", "name the files to check, or - for standard input"};
    const auto asked = read_task(given);
    if (!asked) return asked.error();
    report result;
    for (const std::string& file : given.positional)
        if (auto done = add_file(file, *asked, result); !done) return done.error();
    if (auto done = print(result.lines); !done) return done.error();
    return result.all_valid ? exit_status::yes : exit_status::no;
}

} // namespace

command validate_command() {
    return {"validate",
            "FILE...",
            "check OCPI objects",
            "Reads OCPI objects, lists of them or responses with them, and prints a line of JSON for each object:\n"
            "{\"file\", \"pointer\", \"object\", \"valid\", \"findings\": [{\"pointer\", \"rule\", \"level\", "
            "\"message\"}]}.\n"
            "Without --object the kind of object is guessed from its members; the elements of a list are of the kind\n"
            "of the first. Exit status: 0 when all are valid, 1 when some are not, 2 when a file cannot be used.\n",
            {{"--version", "VERSION", "2.2 or 2.2.1 (default 2.2.1)"},
             {"--object", "NAME", "what the files hold, such as location, cdr, tariff_element"},
             {"--strictness", "LEVEL", "usable, specified or advised (default specified)"},
             {"--echo", "", "also print each object as incar writes it again"}},
            std::numeric_limits<std::size_t>::max(),
            run};
}

} // namespace incar::program
