#include <incar/core/log.hpp>

#include <cstdio>

namespace incar {
namespace {

const char* text_of(log_level level) {
    switch (level) {
    case log_level::debug: return "debug";
    case log_level::info: return "info";
    case log_level::warning: return "warning";
    case log_level::error: return "error";
    }
    return "unknown";
}

bool starts_with(std::string_view text, std::string_view start) {
    return text.substr(0, start.size()) == start;
}

void append_hexadecimal(std::string& line, unsigned char byte) {
    line += "0123456789abcdef"[byte >> 4];
    line += "0123456789abcdef"[byte & 15];
}

/// Appends the character that `rest` begins with, escaped where it must be, and returns its length.
std::size_t append_escaped(std::string& line, std::string_view rest) {
    const auto first = static_cast<unsigned char>(rest[0]);
    const auto second = static_cast<unsigned char>(rest.size() > 1 ? rest[1] : 0);
    if (first == 0xc2 && second >= 0x80 && second <= 0x9f) {
        line += "\\u{";
        append_hexadecimal(line, second);
        line += '}';
        return 2;
    }
    if (starts_with(rest, "\xe2\x80\xa8") || starts_with(rest, "\xe2\x80\xa9")) {
        line += rest[2] == '\xa8' ? "\\u{2028}" : "\\u{2029}";
        return 3;
    }
    if (first == '\n') {
        line += "\\n";
    } else if (first == '\r') {
        line += "\\r";
    } else if (first == '\t') {
        line += "\\t";
    } else if (first == '\\') {
        line += "\\\\";
    } else if (first < 0x20 || first == 0x7f) {
        line += "\\x";
        append_hexadecimal(line, first);
    } else {
        line += rest[0];
    }
    return 1;
}

void append_escaped_text(std::string& line, std::string_view text) {
    while (!text.empty()) text.remove_prefix(append_escaped(line, text));
}

} // namespace

std::string format(const log_record& record) {
    std::string line = text_of(record.level);
    if (!record.component.empty()) line += ' ';
    append_escaped_text(line, record.component);
    line += ": ";
    append_escaped_text(line, record.message);
    return line;
}

log_sink discard_log() {
    return [](const log_record&) {};
}

log_sink stderr_log(log_level least) {
    return [least](const log_record& record) {
        if (record.level < least) return;
        const std::string line = format(record) + '\n';
        std::fwrite(line.data(), 1, line.size(), stderr);
    };
}

} // namespace incar
