#pragma once

/// \file
/// The words of a command line, read against a table of what a command understands.
///
///     const option table[] = {{"--solver", "NAME", "how to plan"}, {"--quiet", "", "say nothing"}};
///     expected<arguments> given = parse_arguments({"day.json", "--solver", "glpk"}, table, 1);
///     given->positional[0];              // "day.json"
///     given->find("--solver");           // "glpk"; null when it was not given

#include <incar/core/expected.hpp>

#include <map>
#include <string>
#include <vector>

namespace incar::program {

struct option {
    std::string name;  ///< With its dashes: "--solver".
    std::string value; ///< What follows it, for the help text: "NAME"; empty for a switch.
    std::string help;  ///< One line.
};

struct arguments {
    std::vector<std::string> positional;
    std::map<std::string, std::string> options;

    const std::string* find(const std::string& name) const;
    bool has(const std::string& name) const { return find(name) != nullptr; }
};

/// Reads `--name value`, `--name=value`, switches and at most `most_positional` other words; `-` is such a word, and so
/// is everything after `--`. Errors name the word: errc::unknown_member, errc::missing, errc::duplicate.
expected<arguments> parse_arguments(const std::vector<std::string>& words, const std::vector<option>& table,
                                    std::size_t most_positional);

/// Adds the options in a JSON object, by their names without dashes, unless they were given: texts and numbers for
/// those that take a value, true for switches. Errors: errc::unknown_member and errc::wrong_type with a JSON pointer.
expected<void> add_from_json(arguments& given, const std::vector<option>& table, const std::string& text);

/// The value of an option as a number between two bounds; `fallback` when it was not given.
expected<double> number_option(const arguments& given, const std::string& name, double fallback, double least,
                               double most);

} // namespace incar::program
