#pragma once

// The words of JSON (RFC 8259): what a text, a number, a literal and a blank look like. Which of them may follow one
// another is json_events.hpp's.

#include "core/json_text.hpp"

#include <incar/core/error.hpp>

#include <string>
#include <string_view>

namespace incar::json {

// A place in a text. The functions that can fail say so with false and leave `why` and `at`, where the fault is.
struct scanner {
    explicit scanner(std::string_view text) : begin(text.data()), at(begin), end(begin + text.size()) {}

    bool ended() const { return at == end; }
    bool sees(char wanted) const { return at != end && *at == wanted; }
    std::size_t offset() const { return static_cast<std::size_t>(at - begin); }

    bool skip(char wanted) {
        const bool found = sees(wanted);
        at += found;
        return found;
    }

    void skip_blanks() {
        while (at != end && static_cast<unsigned char>(*at) <= ' ' && is_blank(*at)) ++at;
    }

    bool fail(const char* reason, errc code = errc::malformed) {
        why = reason;
        kind_of_fault = code;
        return false;
    }

    // From behind the opening quote to behind the closing one. The content is well-formed UTF-8 without escapes: a view
    // into the text, or a copy when it had some, and then good until the next call.
    bool text(std::string_view& content) {
        const char* const first = at;
        skip_plain();
        if (at == end || *at != '"') return rest_of_text(first, content);
        content = {first, static_cast<std::size_t>(at - first)};
        ++at;
        return true;
    }

    bool number(std::string_view& digits);
    bool literal(std::string_view word);

    const char *begin, *at, *end;
    const char* why = nullptr;
    errc kind_of_fault = errc::malformed;

private:
    static bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

    // To the first byte that is escaped between quotes or beyond ASCII, or to the end.
    void skip_plain() {
        while (static_cast<std::size_t>(end - at) >= special_step) {
            const std::size_t plain = find_special<true>(at);
            at += plain;
            if (plain < special_step) return;
        }
        while (at != end && !is_escaped(*at) && static_cast<unsigned char>(*at) < 0x80) ++at;
    }

    bool rest_of_text(const char* first, std::string_view& content);
    bool escape();
    bool hexadecimal(unsigned& code);
    bool skip_digits();

    std::string unescaped_;
};

} // namespace incar::json
