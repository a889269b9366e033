#pragma once

// Who speaks to whom about what, as a table.

#include <string_view>

namespace incar::hub {

struct module_rule {
    std::string_view module;
    std::string_view owners;    // roles that have the sender interface
    std::string_view receivers; // roles that have the receiver interface
    bool is_broadcast;          // a push to the hub itself goes to all of `receivers`
    bool is_kept;               // what is pushed is stored
};

// Null for a module that the hub does not know.
const module_rule* find_rule(std::string_view module);

bool has_word(std::string_view words, std::string_view word);

} // namespace incar::hub
