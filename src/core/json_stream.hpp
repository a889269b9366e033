#pragma once

// A text as RapidJSON reads it: in its place and without a copy. A private namespace keeps it apart from a host's own.

#define RAPIDJSON_NAMESPACE incar_rapidjson
#define RAPIDJSON_NAMESPACE_BEGIN namespace incar_rapidjson {
#define RAPIDJSON_NAMESPACE_END }

#include "core/json_text.hpp"
#include "core/utf8.hpp"

#include <rapidjson/reader.h>

#include <string>
#include <string_view>

namespace incar::json {

namespace rj = incar_rapidjson;

// RapidJSON's stream for reading where the text stands (`kParseInsituFlag`). What it would write over the text, it
// writes here: nothing while a string has no escapes, from the first escape on a copy.
class text_stream {
public:
    using Ch = char;

    explicit text_stream(std::string_view text) : begin_(text.data()), at_(begin_), end_(begin_ + text.size()) {}

    char Peek() const { return at_ == end_ ? '\0' : *at_; }
    char Take() { return *at_++; } // only what was seen by Peek
    std::size_t Tell() const { return static_cast<std::size_t>(at_ - begin_); }

    char* PutBegin() {
        string_ = run_end_ = at_;
        has_escapes_ = false;
        return nullptr; // see `content`
    }
    void Put(char c) {
        if (c == '\0' && at_[-1] == '"') return; // RapidJSON ends what it wrote
        if (!has_escapes_) unescaped_.assign(string_, run_end_);
        has_escapes_ = true;
        unescaped_ += c;
    }
    std::size_t PutEnd(char*) const { return content().size() + 1; }

    // Moves over all that stands for itself between quotes; false where it is no UTF-8.
    bool run() {
        const char* const from = at_;
        for (skip_plain(); at_ != end_ && static_cast<unsigned char>(*at_) >= 0x80; skip_plain()) {
            const std::size_t size = utf8_character_size({at_, static_cast<std::size_t>(end_ - at_)});
            if (size == 0) return false;
            at_ += size;
        }
        if (has_escapes_)
            unescaped_.append(from, at_);
        else
            run_end_ = at_;
        return true;
    }

    // Of the string that was read last; good until the next one.
    std::string_view content() const {
        return has_escapes_ ? std::string_view(unescaped_) : std::string_view(string_, length(string_, run_end_));
    }
    // An escape can name half a surrogate pair, which no UTF-8 can hold; RapidJSON lets the second half alone pass.
    bool is_whole() const { return !has_escapes_ || find_malformed_utf8(unescaped_) == std::string::npos; }

    std::string_view last(std::size_t bytes) const { return {at_ - bytes, bytes}; }
    bool ended() const { return at_ == end_; }
    void skip(std::size_t bytes) { at_ += bytes; }

private:
    static std::size_t length(const char* from, const char* to) { return static_cast<std::size_t>(to - from); }

    // To the first byte that is escaped between quotes or beyond ASCII, or to the end.
    void skip_plain() {
        while (length(at_, end_) >= special_step) {
            const std::size_t plain = find_special<true>(at_);
            at_ += plain;
            if (plain < special_step) return;
        }
        while (at_ != end_ && !is_escaped(*at_) && static_cast<unsigned char>(*at_) < 0x80) ++at_;
    }

    const char *begin_, *at_, *end_;
    const char *string_ = nullptr, *run_end_ = nullptr;
    bool has_escapes_ = false;
    std::string unescaped_;
};

// UTF-8 that is checked and moved in runs.
struct utf8_runs : rj::UTF8<> {};

} // namespace incar::json

// RapidJSON moves what stands between two escapes by this function, as many bytes at a time as it likes.
template <>
struct incar_rapidjson::Transcoder<incar::json::utf8_runs, incar::json::utf8_runs> {
    template <class To>
    static bool Validate(incar::json::text_stream& from, To&) {
        return from.run();
    }
    template <class To>
    static bool Transcode(incar::json::text_stream& from, To&) {
        return from.run();
    }
};
