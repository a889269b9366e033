#pragma once

/// \file
/// What a JSON object was received with beyond the members its struct has, so that a value can be read, changed and
/// written again without losing anything.
///
///     struct car { std::string name; json::extra extra; };     // read from {"name":"x","vendor_colour":"red"}
///     c.extra.find("vendor_colour");                            // the JSON text "red", with its quotes
///     c.extra.set("vendor_wheels", "4");                        // written with the struct from now on

#include <incar/core/expected.hpp>
#include <incar/core/export.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace incar::json {

/// Members of one JSON object that its struct does not have, as JSON texts. A plain value that costs three words while
/// it is empty.
///
/// It also remembers, for members that the struct does have, how they were written where that differs from how incar
/// writes them (a time without "Z", an exponent, null, an empty list, a value of the wrong type, a missing required
/// member). Such a spelling is written back as long as the member keeps the value that was read.
class INCAR_CORE_EXPORT extra {
public:
    /// The JSON text of a member that the struct does not have, or null.
    const std::string* find(std::string_view name) const noexcept;

    /// Adds or replaces a member. Fails with what `json::parse` finds wrong with the text, or with errc::duplicate for
    /// a member the struct was read with.
    expected<void> set(std::string name, std::string json_text);

    /// Removes a member; nothing happens when there is none.
    void erase(std::string_view name);

    /// The names of the members that the struct does not have, in the order in which they were received.
    std::vector<std::string> names() const;

    bool empty() const noexcept { return entries_.empty(); }

    /// Why an entry is kept.
    enum class reason {
        unknown,  ///< The struct has no such member.
        spelling, ///< The member was read, and the text says how it was written.
        unread,   ///< The text could not be read as the member's type, which therefore has its default value.
        absent    ///< A required member was missing; it has its default value. The text is empty.
    };

    /// One member as it was received.
    struct entry {
        std::string name;
        std::string text; ///< JSON.
        extra::reason reason = reason::unknown;
    };

    /// All entries, for those who check or write objects.
    const std::vector<entry>& entries() const noexcept { return entries_; }
    std::vector<entry>& entries() noexcept { return entries_; }

private:
    std::vector<entry> entries_;
};

} // namespace incar::json
