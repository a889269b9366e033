#include "hub/routing.hpp"

#include <string>

namespace incar::hub {
namespace {

constexpr module_rule rules[] = {
    {"locations", "CPO", "EMSP NSP NAP OTHER SCSP", true, true},
    {"tariffs", "CPO", "EMSP NSP NAP OTHER SCSP", true, true},
    {"tokens", "EMSP", "CPO", true, true},
    {"sessions", "CPO", "EMSP SCSP", false, true},
    {"cdrs", "CPO", "EMSP", false, true},
    {"scoptimizations", "CPO", "SCSP", true, true},
    {"commands", "EMSP", "CPO", false, false},
    {"chargingprofiles", "SCSP", "CPO", false, false},
    {"hubclientinfo", "HUB", "CPO EMSP NAP NSP OTHER SCSP", false, true},
};

} // namespace

const module_rule* find_rule(std::string_view module) {
    for (const module_rule& each : rules)
        if (each.module == module) return &each;
    return nullptr;
}

bool has_word(std::string_view words, std::string_view word) {
    for (std::size_t at = 0; at < words.size();) {
        const std::size_t end = std::min(words.find(' ', at), words.size());
        if (words.substr(at, end - at) == word) return true;
        at = end + 1;
    }
    return false;
}

} // namespace incar::hub
