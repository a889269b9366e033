#include "app/command_record.hpp"

#include <chrono>

namespace incar::app {
namespace {

using json::object;
using json::value;

value parsed(const std::string& text) {
    return json::parse(text).value_or(value());
}

int whole_in(const value& from, const char* name) {
    const value* found = from.find(name);
    return found ? static_cast<int>(found->to_double().value_or(0.0)) : 0;
}

std::optional<timestamp> time_in(const value& from, const char* name) {
    const auto read = timestamp::parse(text_in(from, name));
    return read ? std::optional<timestamp>(*read) : std::nullopt;
}

bool flag_in(const value& from, const char* name) {
    const value* found = from.find(name);
    const bool* flag = found ? found->as_bool() : nullptr;
    return flag && *flag;
}

object reservation_in(const command_record& of) {
    return {{"reservation_id", of.reservation_id}, {"expiry_date", format(*of.expiry)}};
}

} // namespace

std::string text_in(const value& from, std::string_view name) {
    const value* found = from.find(name);
    const std::string* text = found ? found->as_string() : nullptr;
    return text ? *text : std::string();
}

std::string encode(const command_record& of) {
    return json::format(value(object{
        {"id", of.id},
        {"word", of.word},
        {"emsp", of.emsp},
        {"uid", of.uid},
        {"request_id", of.request_id},
        {"wish", of.wish},
        {"response_url", of.response_url},
        {"cpo", of.cpo},
        {"location_id", of.location_id},
        {"evse_uid", of.evse_uid},
        {"reservation_id", of.reservation_id},
        {"expiry", of.expiry ? format(*of.expiry) : ""},
        {"asked_at", format(of.asked_at)},
        {"is_over", of.is_over},
        {"is_answered", of.is_answered},
        {"http_status", of.answer.http_status},
        {"status_code", of.answer.status_code},
        {"message", of.answer.message},
        {"response", of.answer.data.value_or("")},
        {"result", of.result},
    }));
}

expected<command_record> decode_command(const std::string& text) {
    const auto read = json::parse(text);
    if (!read) return read.error();
    command_record made;
    made.id = text_in(*read, "id");
    made.word = text_in(*read, "word");
    made.emsp = text_in(*read, "emsp");
    made.uid = text_in(*read, "uid");
    made.request_id = text_in(*read, "request_id");
    made.wish = text_in(*read, "wish");
    made.response_url = text_in(*read, "response_url");
    made.cpo = text_in(*read, "cpo");
    made.location_id = text_in(*read, "location_id");
    made.evse_uid = text_in(*read, "evse_uid");
    made.reservation_id = text_in(*read, "reservation_id");
    made.expiry = time_in(*read, "expiry");
    made.asked_at = time_in(*read, "asked_at").value_or(timestamp());
    made.is_over = flag_in(*read, "is_over");
    made.is_answered = flag_in(*read, "is_answered");
    made.answer.http_status = whole_in(*read, "http_status");
    made.answer.status_code = whole_in(*read, "status_code");
    made.answer.message = text_in(*read, "message");
    if (const std::string response = text_in(*read, "response"); !response.empty()) made.answer.data = response;
    made.result = text_in(*read, "result");
    return made;
}

bool is_accepted(const command_record& of) {
    return of.is_answered && text_in(parsed(of.answer.data.value_or("null")), "result") == "ACCEPTED";
}

value answer_of(const command_record& of) {
    object told = {{"id", of.id}};
    if (const value response = parsed(of.answer.data.value_or("null")); const object* members = response.as_object())
        told.insert(told.end(), members->begin(), members->end());
    if (of.word == "RESERVE_NOW" && of.expiry) told.push_back({"reservation", reservation_in(of)});
    return told;
}

value state_of(const command_record& of, timestamp now) {
    object told = {{"id", of.id}, {"command", of.word}};
    if (of.is_answered && of.answer.data) told.push_back({"response", parsed(*of.answer.data)});
    if (!of.result.empty()) told.push_back({"result", parsed(of.result)});
    if (of.word == "RESERVE_NOW" && of.expiry) {
        object reservation = reservation_in(of);
        const bool is_kept = !of.is_over && is_accepted(of) && now < *of.expiry;
        const auto left = std::chrono::duration_cast<std::chrono::seconds>(*of.expiry - now);
        reservation.push_back({"remaining_s", is_kept ? static_cast<double>(left.count()) : 0.0});
        told.push_back({"reservation", std::move(reservation)});
    }
    return told;
}

} // namespace incar::app
