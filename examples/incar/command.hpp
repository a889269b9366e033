#pragma once

/// \file
/// What a sub-command of `incar` is: a row in the table of main.cpp.

#include "options.hpp"

#include <string>
#include <vector>

namespace incar::program {

/// The program's answer to the shell. Standard output holds a result when it is `yes` or `no`, and nothing when it is
/// `unusable`.
enum class exit_status {
    yes = 0,     ///< Done, and the answer is good.
    no = 1,      ///< Done, and the answer is bad: infeasible, a check failed.
    unusable = 2 ///< No answer: the command line, an input or an output could not be used.
};

struct command {
    std::string name;
    std::string words;   ///< What stands between the name and the options, for the help text: "SCENARIO.json".
    std::string summary; ///< One line.
    std::string details; ///< Whatever else the help should say, in lines.
    std::vector<option> options;
    std::size_t most_positional = 0;
    expected<exit_status> (*run)(const arguments&) = nullptr; ///< An error ends the program as `unusable`.
};

command plan_command();
command price_command();
command validate_command();
command demo_command();
#ifdef INCAR_PROGRAM_HAS_HUB
command hub_command();
#endif

} // namespace incar::program
