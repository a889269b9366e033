#pragma once

/// \file
/// The administrator's words of `incar hub`: requests to the API of a running hub.

#include "command.hpp"

namespace incar::program {

/// `incar hub WORD [NAME]`: members, show, apply, approve, reject, suspend, resume, catch-up. Prints the API's answer,
/// indented; `no` when the hub refused. Errors name the word or the option.
expected<exit_status> administrate(const arguments& given);

/// One line for each word, for the help text.
std::string administration_help();

} // namespace incar::program
