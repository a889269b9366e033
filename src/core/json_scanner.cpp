#include "core/json_scanner.hpp"
#include "core/utf8.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

namespace incar::json {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

int digit_of(char c) {
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

void append_utf8(std::string& to, unsigned code) {
    const auto put = [&](unsigned byte) { to += static_cast<char>(byte); };
    const auto follow = [&](int shift) { put(0x80 | (code >> shift & 0x3f)); };
    if (code < 0x80) return put(code);
    if (code < 0x800) return put(0xc0 | code >> 6), follow(0);
    if (code < 0x10000) return put(0xe0 | code >> 12), follow(6), follow(0);
    put(0xf0 | code >> 18), follow(12), follow(6), follow(0);
}

// Whether the number, which follows the grammar, lies beyond every double.
bool is_too_large(std::string_view number) {
    double nearest = 0;
    const auto [rest, failure] = std::from_chars(number.data(), number.data() + number.size(), nearest);
    if (failure != std::errc::result_out_of_range) return false;
    const std::size_t mark = number.find_first_of("eE");
    const std::string_view digits = number.substr(0, mark);
    const std::size_t first = digits.find_first_of("123456789"), point = std::min(digits.find('.'), digits.size());
    const auto order = static_cast<long long>(point) - static_cast<long long>(first);
    long long exponent = 0;
    if (mark != number.npos) {
        const bool negative = number[mark + 1] == '-';
        for (const char c : number.substr(mark + 1))
            if (is_digit(c) && exponent < 1'000'000'000'000) exponent = exponent * 10 + (c - '0');
        if (negative) exponent = -exponent;
    }
    return order + exponent > 0; // else it is so close to zero
}

} // namespace

bool scanner::literal(std::string_view word) {
    for (const char each : word)
        if (!skip(each)) return fail("Invalid value.");
    return true;
}

bool scanner::skip_digits() {
    const char* const first = at;
    while (at != end && is_digit(*at)) ++at;
    return at != first;
}

bool scanner::number(std::string_view& digits) {
    constexpr std::size_t surely_a_double = 300;
    const char* const first = at;
    skip('-');
    if (!skip('0') && !skip_digits()) return fail("Invalid value.");
    if (skip('.') && !skip_digits()) return fail("Miss fraction part in number.");
    const bool has_exponent = skip('e') || skip('E');
    if (has_exponent) {
        if (!skip('-')) skip('+');
        if (!skip_digits()) return fail("Miss exponent in number.");
    }
    digits = {first, static_cast<std::size_t>(at - first)};
    if ((has_exponent || digits.size() > surely_a_double) && is_too_large(digits)) {
        at = first;
        return fail("Number too big to be stored in double.", errc::out_of_range);
    }
    return true;
}

// A text with escapes, with characters beyond ASCII, or with a fault.
bool scanner::rest_of_text(const char* first, std::string_view& content) {
    bool has_escapes = false;
    for (const char* from = first;; skip_plain()) {
        if (ended()) return fail("Missing a closing quotation mark in string.");
        if (static_cast<unsigned char>(*at) >= 0x80) {
            const std::size_t size = utf8_character_size({at, static_cast<std::size_t>(end - at)});
            if (size == 0) return fail("Invalid encoding in string.");
            at += size;
            continue;
        }
        if (*at != '"' && *at != '\\') return fail("A control character in string is not escaped.");
        if (*at == '"' && !has_escapes) {
            content = {first, static_cast<std::size_t>(at++ - first)};
            return true;
        }
        if (!std::exchange(has_escapes, true)) unescaped_.clear();
        unescaped_.append(from, at);
        if (*at++ == '"') {
            content = unescaped_;
            return true;
        }
        if (!escape()) return false;
        from = at;
    }
}

// From behind the backslash to behind the escape.
bool scanner::escape() {
    constexpr std::string_view letters = "\"\\/bfnrt", bytes = "\"\\/\b\f\n\r\t";
    if (ended()) return fail("Missing a closing quotation mark in string.");
    if (const std::size_t found = letters.find(*at); found != letters.npos) {
        unescaped_ += bytes[found];
        ++at;
        return true;
    }
    if (!skip('u')) return fail("Invalid escape character in string.");
    unsigned code = 0, low = 0;
    if (!hexadecimal(code)) return false;
    const bool is_pair = code >= 0xd800 && code < 0xe000;
    if (is_pair) {
        if (code >= 0xdc00 || !skip('\\') || !skip('u')) return fail("The surrogate pair in string is invalid.");
        if (!hexadecimal(low)) return false;
        if (low < 0xdc00 || low >= 0xe000) return fail("The surrogate pair in string is invalid.");
        code = 0x10000 + ((code & 0x3ff) << 10) + (low & 0x3ff);
    }
    append_utf8(unescaped_, code);
    return true;
}

bool scanner::hexadecimal(unsigned& code) {
    for (int i = 0; i < 4; ++i) {
        const int digit = ended() ? -1 : digit_of(*at);
        if (digit < 0) return fail("Incorrect hex digit after \\u escape in string.");
        code = code << 4 | static_cast<unsigned>(digit);
        ++at;
    }
    return true;
}

} // namespace incar::json
