#include "core/calendar.hpp"

#include <incar/core/time_zone.hpp>

#include <cctz/time_zone.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <unordered_set>

namespace incar {
namespace {

using std::chrono::milliseconds;
using zone_seconds = cctz::time_point<cctz::seconds>;

zone_seconds whole_seconds(timestamp at) {
    return zone_seconds(std::chrono::floor<cctz::seconds>(at.since_1970()));
}

bool is_letter_or_digit(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9');
}

bool is_zone_name(std::string_view name) {
    constexpr std::size_t longest = 64;
    if (name.empty() || name.size() > longest || name.front() == '/') return false;
    for (const std::string_view folder : {"Fixed/", "posix/", "right/"})
        if (name.substr(0, folder.size()) == folder) return false;
    if (name == "localtime" || name == "posixrules") return false;
    return std::all_of(name.begin(), name.end(), [](char character) {
        return is_letter_or_digit(character) || character == '/' || character == '_' || character == '-' ||
               character == '+';
    });
}

std::optional<timestamp> within_range(milliseconds since_1970) {
    const timestamp at(since_1970);
    if (at.since_1970() != since_1970) return std::nullopt;
    return at;
}

zone_seconds chosen(const cctz::time_zone::civil_lookup& repeated, when_ambiguous fold) {
    return fold == when_ambiguous::later ? repeated.post : repeated.pre;
}

zone_seconds chosen(const cctz::time_zone::civil_lookup& skipped, when_skipped gap) {
    if (gap == when_skipped::at_transition) return skipped.trans;
    return gap == when_skipped::after ? skipped.post : skipped.pre;
}

bool is_change(const cctz::time_zone& zone, zone_seconds at) {
    const auto before = zone.lookup(at - cctz::seconds(1)), after = zone.lookup(at);
    return before.offset != after.offset || before.is_dst != after.is_dst ||
           std::string_view(before.abbr) != after.abbr;
}

} // namespace

struct time_zone::rules {
    std::string name;
    cctz::time_zone zone;
};

time_zone::time_zone() {
    static const auto utc = std::make_shared<const rules>(rules{"UTC", cctz::utc_time_zone()});
    rules_ = utc;
}

time_zone::time_zone(std::shared_ptr<const rules> found) : rules_(std::move(found)) {}

expected<time_zone> time_zone::find(std::string_view iana_name) {
    rules found{std::string(iana_name), {}};
    if (!is_zone_name(iana_name) || !cctz::load_time_zone(found.name, &found.zone))
        return error{errc::not_found, "", "there is no time zone of this name"};
    return time_zone(std::make_shared<const rules>(std::move(found)));
}

bool time_zone::exists(std::string_view iana_name) {
    if (!is_zone_name(iana_name)) return false;
    const std::string name(iana_name);
    if (name == "UTC") return true;
    static std::mutex guard;
    static std::unordered_set<std::string> found;
    {
        const std::lock_guard<std::mutex> lock(guard);
        if (found.count(name)) return true;
    }
    const char* folder = std::getenv("TZDIR");
    std::ifstream file(std::string(folder && *folder ? folder : "/usr/share/zoneinfo") + "/" + name, std::ios::binary);
    char magic[4] = {};
    if (!file.read(magic, sizeof magic) || std::string_view(magic, sizeof magic) != "TZif") return false;
    const std::lock_guard<std::mutex> lock(guard);
    found.insert(name);
    return true;
}

const std::string& time_zone::name() const noexcept {
    return rules_->name;
}

local_time time_zone::to_local(timestamp at) const {
    const auto found = rules_->zone.lookup(whole_seconds(at));
    local_time local;
    local.time = {static_cast<int>(found.cs.year()),
                  found.cs.month(),
                  found.cs.day(),
                  found.cs.hour(),
                  found.cs.minute(),
                  found.cs.second(),
                  to_civil(at).millisecond};
    local.utc_offset = std::chrono::seconds(found.offset);
    local.is_dst = found.is_dst;
    local.abbreviation = found.abbr;
    return local;
}

expected<timestamp> time_zone::to_utc(const civil_time& local, when_ambiguous fold, when_skipped gap) const {
    if (auto valid = calendar::check(local, -1, 10'000); !valid) return valid.error();
    const auto found = rules_->zone.lookup(
        cctz::civil_second(local.year, local.month, local.day, local.hour, local.minute, local.second));
    zone_seconds second = found.pre;
    milliseconds fraction(local.millisecond);
    if (found.kind == cctz::time_zone::civil_lookup::REPEATED) {
        if (fold == when_ambiguous::refuse)
            return error{errc::ambiguous_time, "", "the local time happens twice, as the clocks are set back"};
        second = chosen(found, fold);
    } else if (found.kind == cctz::time_zone::civil_lookup::SKIPPED) {
        if (gap == when_skipped::refuse)
            return error{errc::nonexistent_time, "", "the local time is skipped, as the clocks are set forward"};
        second = chosen(found, gap);
        if (gap == when_skipped::at_transition) fraction = milliseconds(0);
    }
    if (const auto at = within_range(second.time_since_epoch() + fraction)) return *at;
    return error{errc::out_of_range, "", "the instant lies outside the years 0000 to 9999 in UTC"};
}

std::optional<timestamp> time_zone::next_transition(timestamp at) const {
    // cctz lists the changes of some 400 years only, after which the calendar and with it the rules repeat themselves.
    constexpr cctz::seconds calendar_cycle(std::int64_t{146'097} * 86'400);
    cctz::seconds cycles(0);
    cctz::time_zone::civil_transition change;
    while (!rules_->zone.next_transition(whole_seconds(at) - cycles, &change)) {
        cycles += calendar_cycle;
        if (at.since_1970() < cycles) return std::nullopt;
    }
    const zone_seconds next = rules_->zone.lookup(change.to).trans + cycles;
    if (!is_change(rules_->zone, next)) return std::nullopt;
    return within_range(next.time_since_epoch());
}

} // namespace incar
