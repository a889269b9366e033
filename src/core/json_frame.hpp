#pragma once

#include "core/json_shape.hpp"

#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

namespace incar::json {

// An object or a list that is being read.
struct frame {
    const shape* type = nullptr;
    void* target = nullptr;
    std::size_t begin = 0;
    const field* current = nullptr; // of an object: the member being read, null when it is unknown
    std::uint64_t seen = 0;
    std::size_t index = 0;                                   // of a list: elements read so far
    bool damaged = false;                                    // of a list: some could not be read
    bool respelt = false;                                    // of a list: some are spelt in another way
    std::unique_ptr<std::unordered_set<std::string>> others; // unknown names, once there are many

    // Notes in the object's extra how a member came.
    void keep(std::string_view name, std::string text, extra::reason why);

    // Whether the object had no member of this name before, of which its struct knows none.
    bool is_new_name(std::string_view name);
};

// The pointer of the value that is being read, innermost frame last. `unknown` is the name of the innermost object's
// member when its struct has none, else empty.
std::string where(const std::vector<frame>&, std::string_view unknown);

} // namespace incar::json
