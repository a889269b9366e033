#include "net/characters.hpp"
#include "net/prometheus.hpp"

#include <charconv>
#include <cmath>

namespace incar::net {
namespace {

void append_escaped(std::string& to, std::string_view text, bool quotes) {
    for (const char c : text)
        if (c == '\\')
            to += "\\\\";
        else if (c == '\n')
            to += "\\n";
        else if (c == '"' && quotes)
            to += "\\\"";
        else
            to += c;
}

} // namespace

std::string prometheus_number(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
    char text[64];
    const double size = std::abs(value);
    const bool is_handy = value == 0 || (size >= 1e-6 && size < 1e15);
    const auto end = is_handy ? std::to_chars(text, text + sizeof text, value, std::chars_format::fixed).ptr
                              : std::to_chars(text, text + sizeof text, value).ptr;
    return {text, static_cast<std::size_t>(end - text)};
}

std::string prometheus_name(std::string_view name, bool may_have_colons) {
    std::string text;
    for (const char c : name) {
        const bool good = is_letter(c) || c == '_' || (is_digit(c) && !text.empty()) || (c == ':' && may_have_colons);
        text += good ? c : '_';
    }
    return text.empty() ? "_" : text;
}

void prometheus_text::begin(std::string_view name, std::string_view type, std::string_view help) {
    text_.append("# HELP ").append(name).append(" ");
    append_escaped(text_, help, false);
    text_.append("\n# TYPE ").append(name).append(" ").append(type).append("\n");
}

void prometheus_text::sample(std::string_view name, const labels& with, double value) {
    text_.append(name);
    char before = '{';
    for (const auto& [label, said] : with) {
        text_.append(1, before).append(prometheus_name(label, false)).append("=\"");
        append_escaped(text_, said, true);
        text_ += '"';
        before = ',';
    }
    if (!with.empty()) text_ += '}';
    text_.append(" ").append(prometheus_number(value)).append("\n");
}

} // namespace incar::net
