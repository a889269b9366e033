#pragma once

// A command of a driver, from when it was asked until it is forgotten.

#include "app/asked.hpp"

#include <incar/core/json.hpp>

namespace incar::app {

struct command_record {
    std::string id;
    std::string word; // START_SESSION, ...
    std::string emsp, uid;
    std::string request_id;   // of the app
    std::string wish;         // the body of the request
    std::string response_url; // where the app wants to have the result; may be empty
    std::string cpo, location_id, evse_uid;
    std::string reservation_id;
    std::optional<timestamp> expiry; // of the reservation
    timestamp asked_at;
    bool is_over = false; // the reservation was refused, cancelled or used
    reply answer;         // when `is_answered`; its data is the CommandResponse
    bool is_answered = false;
    std::string result; // the CommandResult; "" until it is there
};

std::string encode(const command_record& of);
expected<command_record> decode_command(const std::string& text);

// Whether the CommandResponse promises a result.
bool is_accepted(const command_record& of);

// What the app is told at first, and later.
json::value answer_of(const command_record& of);
json::value state_of(const command_record& of, timestamp now);

// Member of a JSON object as text; "" when it is none.
std::string text_in(const json::value& from, std::string_view name);

} // namespace incar::app
