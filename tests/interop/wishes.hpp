#pragma once

// Reading a wish and telling what came of it.

#include "deeds.hpp"

namespace incar::interop {

inline std::string text_of(const json::value& wish, const char* name) {
    const json::value* found = wish.find(name);
    return found && found->as_string() ? *found->as_string() : std::string();
}

inline std::string json_of(const json::value& wish, const char* name) {
    const json::value* found = wish.find(name);
    return found ? json::format(*found) : "null";
}

inline json::value parsed(const std::string& text) {
    return json::parse(text).value();
}

template <class T>
T object_in(const json::value& wish, const char* name = "object") {
    return ocpi::decode<T>(json_of(wish, name)).value();
}

inline std::optional<ocpi::party_key> party_in(const json::value& wish, const char* name) {
    const auto read = ocpi::parse_party_key(text_of(wish, name));
    return read ? std::optional<ocpi::party_key>(*read) : std::nullopt;
}

inline ocpi_client::object_path path_in(const json::value& wish) {
    ocpi_client::object_path path;
    path.module = text_of(wish, "module");
    path.owner = party_in(wish, "owner").value_or(ocpi::party_key());
    path.id = text_of(wish, "id");
    path.evse_uid = text_of(wish, "evse_uid");
    path.connector_id = text_of(wish, "connector_id");
    path.token_type = text_of(wish, "token_type");
    return path;
}

inline ocpi_client::recipient partner_in(const json::value& wish) {
    ocpi_client::recipient to(text_of(wish, "partner"));
    to.to = party_in(wish, "to");
    to.from = party_in(wish, "from");
    to.correlation_id = text_of(wish, "correlation_id");
    return to;
}

inline ocpi_client::outcome<void> nothing(finish done) {
    return [done](const expected<void>& result) { result ? done(json::value()) : done(result.error()); };
}

inline ocpi_client::outcome<std::string> words(finish done, bool is_json) {
    return [done, is_json](const expected<std::string>& result) {
        if (!result) return done(result.error());
        done(is_json ? parsed(*result) : json::value(*result));
    };
}

template <class T>
ocpi_client::outcome<T> encoded(finish done) {
    return [done](const expected<T>& result) {
        if (!result) return done(result.error());
        done(parsed(ocpi::encode(*result)));
    };
}

// One word for all kinds of objects: "own", "push", "pull", "command" or "echo", for what "kind" names.
void perform_on_kind(const surroundings& with, const json::value& wish, finish done);

} // namespace incar::interop
