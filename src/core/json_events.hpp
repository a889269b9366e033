#pragma once

// The one place that sets RapidJSON up for reading: which texts are good JSON is decided here.

#define RAPIDJSON_NAMESPACE incar_rapidjson
#define RAPIDJSON_NAMESPACE_BEGIN namespace incar_rapidjson {
#define RAPIDJSON_NAMESPACE_END }

#include <incar/core/json.hpp>

#include <rapidjson/encodedstream.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>

namespace incar::json {

namespace rj = incar_rapidjson;

using byte_stream = rj::EncodedInputStream<rj::UTF8<>, rj::MemoryStream>;

constexpr std::size_t deepest = 1000;

// Hands events on, but no text with half a surrogate pair: RapidJSON lets the second half alone pass as an escape,
// though no UTF-8 can hold it.
template <class Handler>
struct surrogate_guard {
    Handler& next;
    bool has_failed = false;

    bool Null() { return next.Null(); }
    bool Bool(bool flag) { return next.Bool(flag); }
    bool Int(int) { return false; }
    bool Uint(unsigned) { return false; }
    bool Int64(std::int64_t) { return false; }
    bool Uint64(std::uint64_t) { return false; }
    bool Double(double) { return false; }
    bool RawNumber(const char* text, rj::SizeType length, bool copy) { return next.RawNumber(text, length, copy); }
    bool String(const char* text, rj::SizeType length, bool copy) {
        return is_whole({text, length}) && next.String(text, length, copy);
    }
    bool StartObject() { return next.StartObject(); }
    bool Key(const char* text, rj::SizeType length, bool copy) {
        return is_whole({text, length}) && next.Key(text, length, copy);
    }
    bool EndObject(rj::SizeType count) { return next.EndObject(count); }
    bool StartArray() { return next.StartArray(); }
    bool EndArray(rj::SizeType count) { return next.EndArray(count); }

    bool is_whole(std::string_view text) {
        for (std::size_t at = text.find('\xed'); at != text.npos; at = text.find('\xed', at + 1))
            if (static_cast<unsigned char>(text[at + 1]) >= 0xa0) return has_failed = true, false;
        return true;
    }
};

// Sends the events of the text to a handler with RapidJSON's functions, plus `failure()` for the events that returned
// false, `where()` for the pointer of the value that is being read, and `watch(stream)` before the first event.
template <class Handler>
expected<void> send_events(std::string_view text, const limits& accepted, Handler& handler) {
    if (text.size() > accepted.max_bytes)
        return error{errc::limit_exceeded, "",
                     "the text is longer than " + std::to_string(accepted.max_bytes) + " bytes"};
    constexpr unsigned flags =
        rj::kParseIterativeFlag | rj::kParseValidateEncodingFlag | rj::kParseNumbersAsStringsFlag;
    rj::MemoryStream bytes(text.data(), text.size());
    byte_stream stream(bytes);
    handler.watch(stream);
    rj::Reader reader;
    surrogate_guard<Handler> guard{handler};
    const rj::ParseResult result = reader.Parse<flags>(stream, guard);
    if (guard.has_failed)
        return error{errc::malformed, handler.where(),
                     "The surrogate pair in string is invalid. At byte " + std::to_string(result.Offset())};
    if (result.Code() == rj::kParseErrorTermination) return handler.failure();
    if (!result.IsError()) {
        if (stream.Tell() == text.size()) return {};
        // RapidJSON takes a NUL byte for the end.
        return error{errc::malformed, "",
                     "The document root must not be followed by a NUL byte. At byte " + std::to_string(stream.Tell())};
    }
    const errc code = result.Code() == rj::kParseErrorNumberTooBig ? errc::out_of_range : errc::malformed;
    return error{code, handler.where(),
                 std::string(rj::GetParseError_En(result.Code())) + " At byte " + std::to_string(result.Offset())};
}

// What a handler for `send_events` has in common: numbers arrive as text.
struct event_handler {
    void watch(byte_stream&) {}
};

} // namespace incar::json
