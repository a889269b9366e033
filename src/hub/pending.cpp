#include "hub/core.hpp"

namespace incar::hub {
namespace {

using json::object;
using json::value;

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
        {"reference", of.reference},
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
    made.reference = text_in(*read, "reference");
    made.deadline = time_in(*read, "deadline");
    made.keep_until = time_in(*read, "keep_until");
    made.finished = flag_in(*read, "finished");
    return made;
}

} // namespace incar::hub
