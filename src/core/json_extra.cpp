#include <incar/core/json.hpp>
#include <incar/core/json_extra.hpp>

#include <algorithm>

namespace incar::json {

const std::string* extra::find(std::string_view name) const noexcept {
    for (const entry& each : entries_)
        if (each.reason == reason::unknown && each.name == name) return &each.text;
    return nullptr;
}

expected<void> extra::set(std::string name, std::string json_text) {
    if (auto checked = parse(json_text); !checked) return checked.error();
    for (entry& each : entries_) {
        if (each.name != name) continue;
        if (each.reason != reason::unknown)
            return error{errc::duplicate, (pointer() / name).text(), "the struct has a member of this name"};
        each.text = std::move(json_text);
        return {};
    }
    entries_.push_back({std::move(name), std::move(json_text), reason::unknown});
    return {};
}

void extra::erase(std::string_view name) {
    entries_.erase(
        std::remove_if(entries_.begin(), entries_.end(),
                       [&](const entry& each) { return each.reason == reason::unknown && each.name == name; }),
        entries_.end());
}

std::vector<std::string> extra::names() const {
    std::vector<std::string> names;
    for (const entry& each : entries_)
        if (each.reason == reason::unknown) names.push_back(each.name);
    return names;
}

} // namespace incar::json
