#pragma once

// The one place that sets RapidJSON up for reading: which texts are good JSON is decided here.

#define RAPIDJSON_NAMESPACE incar_rapidjson
#define RAPIDJSON_NAMESPACE_BEGIN namespace incar_rapidjson {
#define RAPIDJSON_NAMESPACE_END }

#include "core/json_text.hpp"
#include "core/utf8.hpp"

#include <incar/core/json.hpp>

#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <cstring>

namespace incar::json {

namespace rj = incar_rapidjson;

// Reads in a copy of the text, where texts are unescaped in their place. A type of its own, so that RapidJSON works on
// the stream itself and not on a copy of it: then `Tell` is the offset behind the value whose event is being sent.
struct byte_stream : rj::InsituStringStream {
    explicit byte_stream(std::string& text) : rj::InsituStringStream(text.data()), end(text.data() + text.size()) {}
    const char* end;
};

// UTF-8 whose texts move in runs.
struct utf8_runs : rj::UTF8<> {};

} // namespace incar::json

// RapidJSON moves the bytes between two escapes by this function, as many at a time as it likes. Both streams are one.
template <>
struct incar_rapidjson::Transcoder<incar::json::utf8_runs, incar::json::utf8_runs> : Transcoder<UTF8<>, UTF8<>> {
    using Transcoder<UTF8<>, UTF8<>>::Transcode;
    static bool Transcode(incar::json::byte_stream& from, incar::json::byte_stream& to) {
        const char* const begin = from.src_;
        const auto length = static_cast<std::size_t>(incar::json::find_escaped(begin, from.end) - begin);
        if (to.dst_ != begin) std::memmove(to.dst_, begin, length);
        from.src_ += length;
        to.dst_ += length;
        return true;
    }
};

namespace incar::json {

// Hands events on, numbers with their text, and no text with half a surrogate pair: RapidJSON lets the second half
// alone pass as an escape, though no UTF-8 can hold it.
template <class Handler>
struct event_filter {
    Handler& next;
    std::string_view text;
    byte_stream& stream;
    bool has_escapes;
    bool has_failed = false;

    bool Null() { return next.Null(); }
    bool Bool(bool flag) { return next.Bool(flag); }
    bool Int(int) { return false; }
    bool Uint(unsigned) { return false; }
    bool Int64(std::int64_t) { return false; }
    bool Uint64(std::uint64_t) { return false; }
    bool Double(double) { return false; }
    bool RawNumber(const char*, rj::SizeType length, bool) {
        return next.RawNumber(text.data() + stream.Tell() - length, length, false);
    }
    bool String(const char* content, rj::SizeType length, bool copy) {
        return is_whole({content, length}) && next.String(content, length, copy);
    }
    bool StartObject() { return next.StartObject(); }
    bool Key(const char* name, rj::SizeType length, bool copy) {
        return is_whole({name, length}) && next.Key(name, length, copy);
    }
    bool EndObject(rj::SizeType count) { return next.EndObject(count); }
    bool StartArray() { return next.StartArray(); }
    bool EndArray(rj::SizeType count) { return next.EndArray(count); }

    bool is_whole(std::string_view content) {
        if (!has_escapes) return true;
        for (std::size_t at = content.find('\xed'); at != content.npos; at = content.find('\xed', at + 1))
            if (static_cast<unsigned char>(content[at + 1]) >= 0xa0) return has_failed = true, false;
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
    const auto malformed = [](const std::string& where, const std::string& why, std::size_t at) {
        return error{errc::malformed, where, why + " At byte " + std::to_string(at)};
    };
    if (const std::size_t at = find_malformed_utf8(text); at != text.npos)
        return malformed("", "Invalid encoding in string.", at);
    if (const std::size_t at = text.find('\0'); at != text.npos)
        return malformed("", "There must not be a NUL byte.", at);

    std::string copy(text);
    byte_stream stream(copy);
    constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
    if (text.substr(0, byte_order_mark.size()) == byte_order_mark) stream.src_ += byte_order_mark.size();
    handler.watch(stream);
    rj::GenericReader<utf8_runs, utf8_runs> reader;
    event_filter<Handler> filter{handler, text, stream, text.find('\\') != text.npos};
    constexpr unsigned flags = rj::kParseInsituFlag | rj::kParseIterativeFlag | rj::kParseNumbersAsStringsFlag;
    const rj::ParseResult result = reader.Parse<flags>(stream, filter);
    if (!result.IsError()) return {};
    if (filter.has_failed)
        return malformed(handler.where(), "The surrogate pair in string is invalid.", result.Offset());
    if (result.Code() == rj::kParseErrorTermination) return handler.failure();
    const errc code = result.Code() == rj::kParseErrorNumberTooBig ? errc::out_of_range : errc::malformed;
    return error{code, handler.where(),
                 std::string(rj::GetParseError_En(result.Code())) + " At byte " + std::to_string(result.Offset())};
}

// What a handler for `send_events` has in common: numbers arrive as text.
struct event_handler {
    void watch(byte_stream&) {}
};

} // namespace incar::json
