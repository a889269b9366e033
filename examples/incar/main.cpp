// incar: the SDK's command-line program. One row in the table below is one sub-command.

#include "command.hpp"
#include "files.hpp"

#include <algorithm>
#include <csignal>
#include <exception>
#include <iostream>

namespace incar::program {
namespace {

const std::vector<command>& commands() {
    static const std::vector<command> table = {
        plan_command(), price_command(), validate_command(), demo_command(),
#ifdef INCAR_PROGRAM_HAS_HUB
        hub_command(),
#endif
    };
    return table;
}

// Two columns, the second aligned.
std::string rows(const std::vector<std::pair<std::string, std::string>>& entries) {
    std::size_t width = 0;
    for (const auto& entry : entries) width = std::max(width, entry.first.size());
    std::string text;
    for (const auto& [left, right] : entries)
        text += "  " + left + std::string(width - left.size() + 3, ' ') + right + "\n";
    return text;
}

std::string general_help() {
    std::vector<std::pair<std::string, std::string>> entries;
    for (const command& each : commands()) entries.emplace_back(each.name, each.summary);
    return "incar: electric-vehicle charging, from the SDK of the same name\n\nusage: incar COMMAND ...\n\n" +
           rows(entries) + "\nincar COMMAND --help says more; incar --version tells the version.\n";
}

std::string help_of(const command& subject) {
    std::vector<std::pair<std::string, std::string>> entries;
    for (const option& each : subject.options)
        entries.emplace_back(each.name + (each.value.empty() ? "" : " " + each.value), each.help);
    entries.emplace_back("--help", "this text");
    const std::string words = subject.words.empty() ? "" : " " + subject.words;
    return "incar " + subject.name + ": " + subject.summary + "\n\nusage: incar " + subject.name + words +
           " [OPTION]...\n\n" + subject.details + "\n" + rows(entries);
}

expected<exit_status> say(const std::string& text) {
    if (auto done = print(text); !done) return done.error();
    return exit_status::yes;
}

expected<exit_status> run(const command& chosen, std::vector<std::string> words) {
    std::vector<option> options = chosen.options;
    options.push_back({"--help", "", ""});
    const auto given = parse_arguments(words, options, chosen.most_positional);
    if (!given) return given.error();
    return given->has("--help") ? say(help_of(chosen)) : chosen.run(*given);
}

expected<exit_status> run(const std::vector<std::string>& words) {
    if (words.empty()) return error{errc::missing, "COMMAND", "say what to do; incar --help lists the commands"};
    if (words[0] == "--help") return say(general_help());
    if (words[0] == "--version") return say("incar " INCAR_VERSION "\n");
    for (const command& each : commands())
        if (each.name == words[0]) return run(each, {words.begin() + 1, words.end()});
    return error{errc::unknown_member, words[0], "there is no such command; incar --help lists them"};
}

// Whatever a file or an argument brought into a message, it stays on one line.
std::string one_line(std::string text) {
    for (char& each : text)
        if (static_cast<unsigned char>(each) < ' ' || each == '\x7f') each = ' ';
    return text;
}

} // namespace

int run(int count, char** words) {
    try {
        const auto outcome = run({words + std::min(count, 1), words + count});
        if (outcome) return static_cast<int>(*outcome);
        std::cerr << "incar: " << one_line(format(outcome.error())) << '\n';
    } catch (const std::exception& failure) {
        std::cerr << "incar: " << one_line(failure.what()) << '\n';
    }
    return static_cast<int>(exit_status::unusable);
}

} // namespace incar::program

int main(int count, char** words) {
#ifdef SIGPIPE
    std::signal(SIGPIPE, SIG_IGN); // a reader that goes away is an error of print(), not our death
#endif
    return incar::program::run(count, words);
}
