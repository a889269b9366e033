#include "core/json_text.hpp"
#include "core/json_writer.hpp"

#include <algorithm>
#include <cstring>

namespace incar::json {
namespace {

char letter_of_escape(char byte) {
    switch (byte) {
    case '"': return '"';
    case '\\': return '\\';
    case '\b': return 'b';
    case '\f': return 'f';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    default: return 'u';
    }
}

} // namespace

void writer::end_object() {
    const bool has_members = follows_;
    --depth_;
    if (is_indented_ && has_members) line_break();
    put('}');
    follows_ = true;
}

void writer::key(std::string_view name) {
    if (follows_) put(',');
    if (is_indented_) line_break();
    quote(name);
    put(':');
    if (is_indented_) put(' ');
    follows_ = false;
}

void writer::string(std::string_view text) {
    separate();
    quote(text);
}

void writer::raw(std::string_view json) {
    separate();
    put(json);
}

void writer::begin(char bracket) {
    separate();
    put(bracket);
    ++depth_;
    follows_ = false;
}

void writer::end(char bracket) {
    --depth_;
    put(bracket);
    follows_ = true;
}

// Before a value: a key has cleared `follows_`, so only elements of arrays are separated here.
void writer::separate() {
    if (follows_) put(is_indented_ ? std::string_view(", ") : std::string_view(","));
    follows_ = true;
}

void writer::line_break() {
    constexpr std::size_t step = 2;
    char* const to = room(1 + step * depth_);
    to[0] = '\n';
    std::fill_n(to + 1, step * depth_, ' ');
    size_ += 1 + step * depth_;
}

void writer::quote(std::string_view text) {
    put('"');
    const char *from = text.data(), *const end = from + text.size();
    for (;;) {
        const char* const stop = find_escaped(from, end);
        put({from, static_cast<std::size_t>(stop - from)});
        if (stop == end) break;
        const char escape[] = {'\\', letter_of_escape(*stop)};
        put({escape, 2});
        if (escape[1] == 'u') {
            constexpr char digits[] = "0123456789ABCDEF";
            const auto code = static_cast<unsigned char>(*stop);
            const char hex[] = {'0', '0', digits[code >> 4], digits[code & 15]};
            put({hex, 4});
        }
        from = stop + 1;
    }
    put('"');
}

void writer::put(std::string_view text) {
    std::copy(text.begin(), text.end(), room(text.size()));
    size_ += text.size();
}

void writer::grow(std::size_t bytes) {
    constexpr std::size_t least = 256;
    buffer_.resize(std::max({least, 2 * buffer_.size(), size_ + bytes}));
}

} // namespace incar::json
