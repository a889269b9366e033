#include "core/json_text.hpp"
#include "core/json_writer.hpp"

#include <algorithm>

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

void writer::begin_key() {
    if (follows_) put(',');
    if (is_indented_) line_break();
    follows_ = false;
}

void writer::key(std::string_view name) {
    begin_key();
    quote(name);
    put(is_indented_ ? std::string_view(": ") : std::string_view(":"));
}

void writer::plain_key(std::string_view name) {
    begin_key();
    char* to = room(name.size() + 4);
    *to++ = '"';
    to = std::copy(name.begin(), name.end(), to);
    *to++ = '"';
    *to++ = ':';
    if (is_indented_) *to++ = ' ';
    size_ = static_cast<std::size_t>(to - buffer_.data());
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

// Copies first and looks at the copy, as there one can look beyond its end.
void writer::quote(std::string_view text) {
    char* const to = room(text.size() + 2 + special_step);
    *to = '"';
    std::copy(text.begin(), text.end(), to + 1);
    std::size_t plain = 0, found = special_step;
    while (plain < text.size() && found == special_step) {
        found = find_special<false>(to + 1 + plain);
        plain += found;
    }
    plain = std::min(plain, text.size());
    size_ += 1 + plain;
    for (const char each : text.substr(plain)) is_escaped(each) ? escape(each) : put(each);
    put('"');
}

void writer::escape(char byte) {
    const char letter = letter_of_escape(byte);
    const char escape[] = {'\\', letter};
    put({escape, 2});
    if (letter != 'u') return;
    constexpr char digits[] = "0123456789ABCDEF";
    const auto code = static_cast<unsigned char>(byte);
    const char hex[] = {'0', '0', digits[code >> 4], digits[code & 15]};
    put({hex, 4});
}

void writer::put(std::string_view text) {
    std::copy(text.begin(), text.end(), room(text.size()));
    size_ += text.size();
}

void writer::grow(std::size_t bytes) {
    constexpr std::size_t least = 1024;
    buffer_.resize(std::max({least, 4 * buffer_.size(), size_ + bytes}));
}

} // namespace incar::json
