#pragma once

// The one place that sets RapidJSON up for reading: which texts are good JSON is decided here.

#include "core/json_stream.hpp"

#include <incar/core/json.hpp>

#include <rapidjson/error/en.h>

namespace incar::json {

// Values of JSON that are neither objects nor arrays.
enum class token { null, boolean, number, text };

// RapidJSON's events for a handler, which may stop the reader with false:
//
//     bool scalar(token, std::string_view, std::size_t end)  a value that is neither object nor array: its text, for
//                                                            texts without quotes and escapes, and the offset behind it
//     bool key(std::string_view name)                        the name of the member that comes next
//     bool open(bool is_object, std::size_t begin)           an object or array, and the offset of its bracket
//     bool close(std::size_t end)                            the innermost of them, and the offset behind its bracket
//     const error& failure() const                           why it stopped the reader
//     std::string where() const                              the pointer of the value that is being read
//
// The views are good until the function returns. The handler opens at most `deepest` levels: RapidJSON's functions call
// themselves for each, which takes about 150 bytes of the call stack.
template <class Handler>
struct events {
    text_stream& from;
    Handler& next;
    bool is_half_a_pair = false;

    bool Null() { return next.scalar(token::null, "null", from.Tell()); }
    bool Bool(bool flag) { return next.scalar(token::boolean, flag ? "true" : "false", from.Tell()); }
    bool RawNumber(const char*, rj::SizeType length, bool) {
        return next.scalar(token::number, from.last(length), from.Tell());
    }
    bool String(const char*, rj::SizeType, bool) {
        return is_whole() && next.scalar(token::text, from.content(), from.Tell());
    }
    bool Key(const char*, rj::SizeType, bool) { return is_whole() && next.key(from.content()); }
    bool StartObject() { return next.open(true, from.Tell() - 1); }
    bool StartArray() { return next.open(false, from.Tell() - 1); }
    bool EndObject(rj::SizeType) { return next.close(from.Tell()); }
    bool EndArray(rj::SizeType) { return next.close(from.Tell()); }

    // never sent: numbers come as they were written
    bool Int(std::int32_t) { return false; }
    bool Uint(std::uint32_t) { return false; }
    bool Int64(std::int64_t) { return false; }
    bool Uint64(std::uint64_t) { return false; }
    bool Double(double) { return false; }

private:
    bool is_whole() { return from.is_whole() || (is_half_a_pair = true, false); }
};

// Reads a text with a handler.
template <class Handler>
expected<void> send_events(std::string_view text, const limits& accepted, Handler& handler) {
    if (text.size() > accepted.max_bytes)
        return error{errc::limit_exceeded, "",
                     "the text is longer than " + std::to_string(accepted.max_bytes) + " bytes"};
    constexpr unsigned flags = rj::kParseInsituFlag | rj::kParseNumbersAsStringsFlag | rj::kParseValidateEncodingFlag;
    constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
    text_stream stream(text);
    if (text.substr(0, byte_order_mark.size()) == byte_order_mark) stream.skip(byte_order_mark.size());
    events<Handler> sent{stream, handler};
    rj::GenericReader<utf8_runs, utf8_runs> reader;
    const rj::ParseResult result = reader.Parse<flags>(stream, sent);
    if (!result.IsError() && stream.ended()) return {};

    const auto fault = [](errc code, const std::string& where, const char* why, std::size_t at) {
        return error{code, where, std::string(why) + " At byte " + std::to_string(at)};
    };
    // What spoils a text as a whole goes before what is wrong at one place.
    if (const std::size_t at = find_malformed_utf8(text); at != text.npos)
        return fault(errc::malformed, "", "Invalid encoding in string.", at);
    if (const std::size_t at = text.find('\0'); at != text.npos)
        return fault(errc::malformed, "", "There must not be a NUL byte.", at);
    if (sent.is_half_a_pair)
        return fault(errc::malformed, handler.where(), "The surrogate pair in string is invalid.", result.Offset());
    if (result.Code() == rj::kParseErrorTermination) return handler.failure();
    const bool too_big = result.Code() == rj::kParseErrorNumberTooBig;
    return fault(too_big ? errc::out_of_range : errc::malformed, handler.where(), rj::GetParseError_En(result.Code()),
                 result.Offset());
}

} // namespace incar::json
