#include "core/json_frame.hpp"

#include <algorithm>

namespace incar::json {

void frame::keep(std::string_view name, std::string text, extra::reason why) {
    if (type->extra) type->extra(target).entries().push_back({std::string(name), std::move(text), why});
}

bool frame::is_new_name(std::string_view name) {
    constexpr std::size_t small = 16;
    const auto& entries = type->extra(target).entries();
    if (entries.size() < small)
        return std::none_of(entries.begin(), entries.end(), [&](const extra::entry& each) {
            return each.reason == extra::reason::unknown && each.name == name;
        });
    if (!others) {
        others = std::make_unique<std::unordered_set<std::string>>();
        for (const extra::entry& each : entries)
            if (each.reason == extra::reason::unknown) others->insert(each.name);
    }
    return others->emplace(name).second;
}

std::string where(const std::vector<frame>& open, std::string_view unknown) {
    pointer place;
    for (const frame& each : open) {
        if (each.type->kind == kind::list)
            place = place / each.index;
        else if (each.current)
            place = place / each.current->name;
    }
    if (!unknown.empty()) place = place / unknown;
    return place.text();
}

} // namespace incar::json
