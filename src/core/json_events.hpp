#pragma once

// The one place that decides which texts are good JSON, and tells what stands in them without building anything.

#include "core/json_scanner.hpp"
#include "core/utf8.hpp"

#include <incar/core/json.hpp>

#include <bitset>

namespace incar::json {

// Values of JSON that are neither objects nor arrays.
enum class token { null, boolean, number, text };

// Reads one value from left to right, on a stack of its own, and calls the handler, which may stop it with false:
//
//     bool scalar(token, std::string_view, std::size_t end)  a value that is neither object nor array: its text, for
//     texts
//                                                            without quotes and escapes, and the offset behind it
//     bool key(std::string_view name)                        the name of the member that comes next
//     bool open(bool is_object, std::size_t begin)           an object or array, and the offset of its bracket
//     bool close(std::size_t end)                            the innermost of them, and the offset behind its bracket
//
// The views are good until the function returns. The handler opens at most `deepest` levels.
template <class Handler>
class event_reader {
public:
    event_reader(std::string_view text, Handler& handler) : from(text), handler_(handler) {}

    bool document() {
        constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
        if (std::string_view(from.begin, static_cast<std::size_t>(from.end - from.begin)).substr(0, 3) ==
            byte_order_mark)
            from.at += byte_order_mark.size();
        from.skip_blanks();
        if (from.ended()) return from.fail("The document is empty.");
        do {
            if (!value()) return false;
        } while (depth_ > 0);
        from.skip_blanks();
        return from.ended() || from.fail("The document root must not be followed by other values.");
    }

    scanner from;

private:
    // One value that is no object and no array, or as far into one as its first value; then all the brackets, commas
    // and names that follow, up to the next value.
    bool value() {
        if (from.ended()) return from.fail("Invalid value.");
        switch (*from.at) {
        case '{': return open(true);
        case '[': return open(false);
        case '"': ++from.at; return from.text(content_) && scalar(token::text);
        case 't': return literal(token::boolean, "true");
        case 'f': return literal(token::boolean, "false");
        case 'n': return literal(token::null, "null");
        default: return from.number(content_) && scalar(token::number);
        }
    }

    bool literal(token t, std::string_view word) {
        content_ = word;
        return from.literal(word) && scalar(t);
    }

    bool scalar(token t) { return handler_.scalar(t, content_, from.offset()) && go_on(); }

    bool open(bool is_object) {
        if (!handler_.open(is_object, from.offset())) return false;
        ++from.at;
        is_object_[depth_++] = is_object;
        from.skip_blanks();
        if (from.skip(is_object ? '}' : ']')) return close() && go_on();
        return !is_object || key();
    }

    bool close() {
        --depth_;
        return handler_.close(from.offset());
    }

    bool key() {
        if (!from.skip('"')) return from.fail("Missing a name for object member.");
        if (!from.text(content_) || !handler_.key(content_)) return false;
        from.skip_blanks();
        if (!from.skip(':')) return from.fail("Missing a colon after a name of object member.");
        from.skip_blanks();
        return true;
    }

    // What may follow a value.
    bool go_on() {
        while (depth_ > 0) {
            const bool in_object = is_object_[depth_ - 1];
            from.skip_blanks();
            if (from.skip(',')) {
                from.skip_blanks();
                return !in_object || key();
            }
            if (!from.skip(in_object ? '}' : ']'))
                return from.fail(in_object ? "Missing a comma or } after an object member."
                                           : "Missing a comma or ] after an array element.");
            if (!close()) return false;
        }
        return true;
    }

    Handler& handler_;
    std::string_view content_;
    std::size_t depth_ = 0;
    std::bitset<deepest> is_object_;
};

// Reads a text with a handler that also has `failure()`, for when it stopped the reader, and `where()`, the pointer of
// the value that is being read.
template <class Handler>
expected<void> send_events(std::string_view text, const limits& accepted, Handler& handler) {
    if (text.size() > accepted.max_bytes)
        return error{errc::limit_exceeded, "",
                     "the text is longer than " + std::to_string(accepted.max_bytes) + " bytes"};
    event_reader<Handler> reader(text, handler);
    if (reader.document()) return {};
    const auto fault = [](errc code, const std::string& where, const char* why, std::size_t at) {
        return error{code, where, std::string(why) + " At byte " + std::to_string(at)};
    };
    // What spoils a text as a whole goes before what is wrong at one place.
    if (const std::size_t at = find_malformed_utf8(text); at != text.npos)
        return fault(errc::malformed, "", "Invalid encoding in string.", at);
    if (const std::size_t at = text.find('\0'); at != text.npos)
        return fault(errc::malformed, "", "There must not be a NUL byte.", at);
    if (!reader.from.why) return handler.failure();
    return fault(reader.from.kind_of_fault, handler.where(), reader.from.why, reader.from.offset());
}

} // namespace incar::json
