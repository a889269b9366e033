#include "hub/pending.hpp"

#include <incar/core/json.hpp>

namespace incar::hub {
namespace {

using json::object;
using json::value;
using ocpi::party_key;

constexpr std::string pending_result::*names[] = {&pending_result::reservation_id,
                                                  &pending_result::authorization_reference, &pending_result::token_uid};

std::string text_in(const value& from, const char* name) {
    const value* found = from.find(name);
    const std::string* text = found ? found->as_string() : nullptr;
    return text ? *text : std::string();
}

bool flag_in(const value& from, const char* name) {
    const value* found = from.find(name);
    const bool* flag = found ? found->as_bool() : nullptr;
    return flag && *flag;
}

std::optional<timestamp> time_in(const value& from, const char* name) {
    const auto read = timestamp::parse(text_in(from, name));
    return read ? std::optional<timestamp>(*read) : std::nullopt;
}

std::optional<party_key> party_in(const value& from, const char* name) {
    const auto read = ocpi::parse_party_key(text_in(from, name));
    return read ? std::optional<party_key>(*read) : std::nullopt;
}

std::string format(const std::optional<timestamp>& time) {
    return time ? incar::format(*time) : std::string();
}

std::string format(const std::optional<party_key>& party) {
    return party ? ocpi::format(*party) : std::string();
}

} // namespace

std::string encode(const pending_result& of) {
    return json::format(value(object{
        {"key", of.key},
        {"module", of.module},
        {"word", of.word},
        {"asked_by", of.asked_by},
        {"request_id", of.request_id},
        {"asked_of", of.asked_of},
        {"from", format(of.from)},
        {"to", format(of.to)},
        {"response_url", of.response_url},
        {"correlation_id", of.correlation_id},
        {"operation", of.operation},
        {"reservation_id", of.reservation_id},
        {"authorization_reference", of.authorization_reference},
        {"token_uid", of.token_uid},
        {"deadline", format(of.deadline)},
        {"keep_until", format(of.keep_until)},
        {"finished", of.finished},
    }));
}

expected<pending_result> decode_result(const std::string& text) {
    const auto read = json::parse(text);
    if (!read) return read.error();
    pending_result made;
    made.key = text_in(*read, "key");
    made.module = text_in(*read, "module");
    made.word = text_in(*read, "word");
    made.asked_by = text_in(*read, "asked_by");
    made.request_id = text_in(*read, "request_id");
    made.asked_of = text_in(*read, "asked_of");
    made.from = party_in(*read, "from");
    made.to = party_in(*read, "to");
    made.response_url = text_in(*read, "response_url");
    made.correlation_id = text_in(*read, "correlation_id");
    made.operation = text_in(*read, "operation");
    made.reservation_id = text_in(*read, "reservation_id");
    made.authorization_reference = text_in(*read, "authorization_reference");
    made.token_uid = text_in(*read, "token_uid");
    made.deadline = time_in(*read, "deadline");
    made.keep_until = time_in(*read, "keep_until");
    made.finished = flag_in(*read, "finished");
    return made;
}

std::optional<timestamp> due(const pending_result& about) {
    return about.finished ? about.keep_until : about.deadline;
}

const pending_result* pending_results::find(const std::string& key) const {
    const auto found = all_.find(key);
    return found == all_.end() ? nullptr : &found->second;
}

void pending_results::put(pending_result changed) {
    erase(changed.key);
    if (const auto when = hub::due(changed)) by_time_.emplace(*when, changed.key);
    for (int i = 0; i < 3; ++i)
        if (const std::string& text = changed.*names[i]; !text.empty())
            by_name_.emplace(std::make_pair(i, text), changed.key);
    const std::string key = changed.key;
    all_[key] = std::move(changed);
}

void pending_results::erase(const std::string& key) {
    const auto found = all_.find(key);
    if (found == all_.end()) return;
    if (const auto when = hub::due(found->second)) by_time_.erase({*when, key});
    for (int i = 0; i < 3; ++i) {
        auto [each, end] = by_name_.equal_range({i, found->second.*names[i]});
        while (each != end) each = each->second == key ? by_name_.erase(each) : std::next(each);
    }
    all_.erase(found);
}

void pending_results::clear() {
    *this = {};
}

std::optional<timestamp> pending_results::next_due() const {
    return by_time_.empty() ? std::nullopt : std::optional<timestamp>(by_time_.begin()->first);
}

std::vector<std::string> pending_results::due(timestamp now) const {
    std::vector<std::string> keys;
    for (auto each = by_time_.begin(); each != by_time_.end() && each->first <= now; ++each)
        keys.push_back(each->second);
    return keys;
}

std::vector<const pending_result*> pending_results::with(std::string pending_result::*name,
                                                         std::string_view text) const {
    std::vector<const pending_result*> found;
    for (int i = 0; i < 3; ++i) {
        if (names[i] != name || text.empty()) continue;
        const auto [begin, end] = by_name_.equal_range({i, std::string(text)});
        for (auto each = begin; each != end; ++each) found.push_back(&all_.at(each->second));
    }
    return found;
}

} // namespace incar::hub
