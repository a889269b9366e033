#include "options.hpp"

#include <incar/core/json.hpp>

#include <algorithm>

namespace incar::program {
namespace {

error mistake(errc code, const std::string& word, std::string message) {
    return {code, word, std::move(message)};
}

std::string list_of(const std::vector<option>& table) {
    std::string names;
    for (const option& each : table) names += (names.empty() ? "" : ", ") + each.name;
    return names;
}

} // namespace

const std::string* arguments::find(const std::string& name) const {
    const auto found = options.find(name);
    return found == options.end() ? nullptr : &found->second;
}

expected<arguments> parse_arguments(const std::vector<std::string>& words, const std::vector<option>& table,
                                    std::size_t most_positional) {
    arguments result;
    bool only_positional = false;
    for (auto word = words.begin(); word != words.end(); ++word) {
        if (*word == "--" && !only_positional) {
            only_positional = true;
            continue;
        }
        if (only_positional || word->size() < 2 || word->front() != '-') {
            if (result.positional.size() == most_positional)
                return mistake(errc::unknown_member, *word, "one word too many");
            result.positional.push_back(*word);
            continue;
        }
        const auto equals = word->find('=');
        const std::string name = word->substr(0, equals);
        const auto known = std::find_if(table.begin(), table.end(), [&](const option& o) { return o.name == name; });
        if (known == table.end())
            return mistake(errc::unknown_member, name, "there is no such option; there are " + list_of(table));
        if (result.has(name)) return mistake(errc::duplicate, name, "is given twice");
        const bool takes_value = !known->value.empty();
        if (!takes_value && equals != std::string::npos) return mistake(errc::wrong_type, name, "takes no value");
        if (!takes_value)
            result.options[name];
        else if (equals != std::string::npos)
            result.options[name] = word->substr(equals + 1);
        else if (std::next(word) == words.end())
            return mistake(errc::missing, name, "needs a value: " + known->value);
        else
            result.options[name] = *++word;
    }
    return result;
}

expected<void> add_from_json(arguments& given, const std::vector<option>& table, const std::string& text) {
    const auto read = json::parse(text);
    if (!read) return read.error();
    if (!read->as_object())
        return mistake(errc::wrong_type, "", std::string("an object belongs here, this is ") + read->kind());
    for (const json::member& each : *read->as_object()) {
        const std::string place = (json::pointer() / each.name).text(), name = "--" + each.name;
        const auto known = std::find_if(table.begin(), table.end(), [&](const option& o) { return o.name == name; });
        if (known == table.end())
            return mistake(errc::unknown_member, place, "there is no such option; there are " + list_of(table));
        const bool takes_value = !known->value.empty();
        const bool* flag = each.value.as_bool();
        const std::string* word = each.value.as_string();
        const json::number* number = each.value.as_number();
        if (takes_value ? !word && !number : !flag)
            return mistake(errc::wrong_type, place,
                           takes_value ? "a text or a number belongs here" : "true or false belongs here");
        if (given.has(name) || (flag && !*flag)) continue;
        given.options[name] = word ? *word : number ? number->text : "";
    }
    return {};
}

expected<double> number_option(const arguments& given, const std::string& name, double fallback, double least,
                               double most) {
    const std::string* text = given.find(name);
    if (!text) return fallback;
    const auto number = json::parse(*text).and_then([](const json::value& value) { return value.to_double(); });
    if (!number) return mistake(errc::malformed, name, "'" + *text + "' is no number");
    if (*number < least || *number > most)
        return mistake(errc::out_of_range, name,
                       *text + " is outside " + json::format(least) + " to " + json::format(most));
    return *number;
}

} // namespace incar::program
