#include "net/characters.hpp"

#include <incar/core/ci_string.hpp>
#include <incar/net/address.hpp>
#include <incar/net/url.hpp>

#include <algorithm>
#include <utility>

namespace incar::net {
namespace {

// Letters, digits and these marks.
constexpr character_set unreserved = letters_digits_and("-._~");
constexpr character_set in_path = letters_digits_and("-._~!$&'()*+,;=:@/");
constexpr character_set in_query = letters_digits_and("-._~!$&'()*+,;=:@/?");

bool is_escape(std::string_view text, std::size_t at) {
    return text.size() - at > 2 && text[at] == '%' && hexadecimal_digit(text[at + 1]) >= 0 &&
           hexadecimal_digit(text[at + 2]) >= 0;
}

// The first byte from `begin` on that is neither in the set nor (when taken) an escape.
std::size_t find_stranger(std::string_view text, std::size_t begin, std::size_t end, const character_set& known,
                          bool takes_escapes) {
    for (std::size_t i = begin; i < end; ++i) {
        if (known.has(text[i])) continue;
        if (!takes_escapes || !is_escape(text.substr(0, end), i)) return i;
        i += 2;
    }
    return std::string_view::npos;
}

error malformed(const char* part, std::size_t byte, const char* why) {
    return {incar::errc::malformed, part, "byte " + std::to_string(byte) + ": " + why};
}

std::string decoded(std::string_view text, bool plus_is_space) {
    if (text.find_first_of(plus_is_space ? "%+" : "%") == std::string_view::npos) return std::string(text);
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (is_escape(text, i)) {
            result += static_cast<char>(hexadecimal_digit(text[i + 1]) * 16 + hexadecimal_digit(text[i + 2]));
            i += 2;
        } else {
            result += plus_is_space && text[i] == '+' ? ' ' : text[i];
        }
    return result;
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    parts.reserve(static_cast<std::size_t>(std::count(text.begin(), text.end(), separator)) + 1);
    while (true) {
        const std::size_t end = text.find(separator);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

query_parameter parameter_of(std::string_view raw) {
    const std::size_t equals = raw.find('=');
    return {decoded(raw.substr(0, equals), true),
            equals == std::string_view::npos ? "" : decoded(raw.substr(equals + 1), true)};
}

std::vector<std::string> raw_parameters(std::optional<std::string_view> query) {
    if (!query || query->empty()) return {};
    return split(*query, '&');
}

std::string raw_parameter(std::string_view name, std::string_view value) {
    return percent_encode(name) + '=' + percent_encode(value);
}

// RFC 3986 section 5.2.4, for a path that begins with a slash.
std::string without_dots(std::string_view path) {
    std::vector<std::string> kept;
    const std::vector<std::string> all = split(path.substr(1), '/');
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool dots = all[i] == "." || all[i] == "..";
        if (all[i] == ".." && !kept.empty()) kept.pop_back();
        if (!dots) kept.push_back(all[i]);
        if (dots && i + 1 == all.size()) kept.emplace_back();
    }
    std::string result;
    for (const std::string& each : kept) result += '/' + each;
    return result.empty() ? "/" : result;
}

} // namespace

std::string_view url::at(span part) const noexcept {
    return std::string_view(text_).substr(part.begin, part.end - part.begin);
}

expected<url> url::parse(std::string_view text) {
    if (text.size() > max_length)
        return error{incar::errc::limit_exceeded, "", "a URL has at most " + std::to_string(max_length) + " bytes"};
    return read(text);
}

expected<url> url::read(std::string_view text) {
    constexpr auto npos = std::string_view::npos;
    url result;
    const std::size_t colon = text.find(':');
    const std::string_view written = colon == npos ? text : text.substr(0, colon);
    result.secure_ = equals_ignoring_case(written, "https");
    if (colon == npos || (!result.secure_ && !equals_ignoring_case(written, "http")))
        return malformed("/scheme", 0, "a URL begins with http:// or https://");
    if (text.substr(colon, 3) != "://") return malformed("/scheme", colon, "two slashes are missing");

    const std::size_t begin = colon + 3;
    const std::size_t authority_end = std::min(text.find_first_of("/?#", begin), text.size());
    result.authority_ = {begin, authority_end};
    const std::string_view authority = text.substr(begin, authority_end - begin);
    if (const std::size_t sign = authority.find('@'); sign != npos)
        return malformed("/user", begin + sign, "user names and passwords are not taken");
    std::size_t host_end = authority_end; // where the port may begin
    if (!authority.empty() && authority.front() == '[') {
        const std::size_t closing = authority.find(']');
        if (closing == npos) return malformed("/host", begin, "the bracket is not closed");
        const std::string_view literal = authority.substr(1, closing - 1);
        if (literal.find(':') == npos || !ip_address::parse(literal))
            return malformed("/host", begin + 1, "no IPv6 address stands in the brackets");
        result.host_ = {begin + 1, begin + closing};
        host_end = begin + closing + 1;
        if (host_end < authority_end && text[host_end] != ':')
            return malformed("/host", host_end, "only a port may follow the bracket");
    } else {
        if (const std::size_t at = authority.find(':'); at != npos) host_end = begin + at;
        result.host_ = {begin, host_end};
        if (begin == host_end) return malformed("/host", begin, "the host is missing");
        if (const auto bad = find_stranger(text, begin, host_end, unreserved, false); bad != npos)
            return malformed("/host", bad, "a character that no host name has");
    }
    result.port_ = result.secure_ ? 443 : 80;
    if (host_end + 1 < authority_end) { // a colon alone means the default
        unsigned long number = 0;
        for (std::size_t i = host_end + 1; i < authority_end; ++i) {
            if (!is_digit(text[i])) return malformed("/port", i, "a port is a number");
            number = std::min(number * 10 + static_cast<unsigned long>(text[i] - '0'), 65536ul);
        }
        if (number < 1 || number > 65535)
            return error{incar::errc::out_of_range, "/port",
                         "byte " + std::to_string(host_end + 1) + ": a port is a number from 1 to 65535"};
        result.port_ = static_cast<std::uint16_t>(number);
    }

    constexpr const char* encode = "a character that must be percent-encoded";
    const std::size_t path_end = std::min(text.find_first_of("?#", authority_end), text.size());
    result.path_ = {authority_end, path_end};
    if (const auto bad = find_stranger(text, authority_end, path_end, in_path, true); bad != npos)
        return malformed("/path", bad, encode);
    std::size_t next = path_end;
    if (next < text.size() && text[next] == '?') {
        const std::size_t end = std::min(text.find('#', next), text.size());
        result.query_ = span{next + 1, end};
        if (const auto bad = find_stranger(text, next + 1, end, in_query, true); bad != npos)
            return malformed("/query", bad, encode);
        next = end;
    }
    if (next < text.size()) {
        result.fragment_ = span{next + 1, text.size()};
        if (const auto bad = find_stranger(text, next + 1, text.size(), in_query, true); bad != npos)
            return malformed("/fragment", bad, encode);
    }
    result.text_ = text;
    return result;
}

std::string_view url::scheme() const noexcept {
    if (empty()) return "";
    return secure_ ? "https" : "http";
}

std::string_view url::host() const noexcept {
    return at(host_);
}

std::string_view url::authority() const noexcept {
    return at(authority_);
}

std::string_view url::path() const noexcept {
    return at(path_);
}

std::vector<std::string> url::segments() const {
    if (path().size() < 2) return {};
    std::vector<std::string> result = split(path().substr(1), '/');
    if (path().find('%') != std::string_view::npos)
        for (std::string& each : result) each = decoded(each, false);
    return result;
}

std::optional<std::string_view> url::query() const noexcept {
    if (!query_) return {};
    return at(*query_);
}

std::optional<std::string_view> url::fragment() const noexcept {
    if (!fragment_) return {};
    return at(*fragment_);
}

std::string url::target() const {
    std::string result(path());
    if (result.empty()) result = "/";
    if (query_) result.append("?").append(at(*query_));
    return result;
}

std::string url::origin() const {
    if (empty()) return "";
    std::string result(scheme());
    result += "://";
    if (const auto literal = ip_address::parse(host()); literal && !literal->is_v4()) {
        result.append("[").append(format(*literal)).append("]");
    } else {
        for (const char c : host()) result += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    if (port_ != (secure_ ? 443 : 80)) result += ':' + std::to_string(port_);
    return result;
}

std::vector<query_parameter> url::parameters() const {
    std::vector<query_parameter> result;
    for (const std::string& raw : raw_parameters(query()))
        if (!raw.empty()) result.push_back(parameter_of(raw));
    return result;
}

std::optional<std::string> url::find_parameter(std::string_view name) const {
    for (query_parameter& each : parameters())
        if (each.name == name) return std::move(each.value);
    return {};
}

// Writes the URL anew from its parts, of which path and query are others.
void url::change(std::string_view path, const std::vector<std::string>& parameters) {
    if (empty()) return;
    std::string text = text_.substr(0, authority_.end);
    text += path;
    for (std::size_t i = 0; i < parameters.size(); ++i) text.append(i == 0 ? "?" : "&").append(parameters[i]);
    if (fragment_) text.append("#").append(at(*fragment_));
    *this = read(text).value();
}

void url::add_parameter(std::string_view name, std::string_view value) {
    std::vector<std::string> raw = raw_parameters(query());
    raw.push_back(raw_parameter(name, value));
    change(std::string(path()), raw);
}

void url::set_parameter(std::string_view name, std::string_view value) {
    std::vector<std::string> raw;
    bool done = false;
    for (const std::string& each : raw_parameters(query())) {
        const bool namesake = parameter_of(each).name == name;
        if (!namesake) raw.push_back(each);
        if (namesake && !std::exchange(done, true)) raw.push_back(raw_parameter(name, value));
    }
    if (!done) raw.push_back(raw_parameter(name, value));
    change(std::string(path()), raw);
}

void url::remove_parameter(std::string_view name) {
    const std::vector<std::string> before = raw_parameters(query());
    std::vector<std::string> raw;
    for (const std::string& each : before)
        if (parameter_of(each).name != name) raw.push_back(each);
    if (raw.size() != before.size()) change(std::string(path()), raw);
}

expected<url> url::append(const std::vector<std::string>& segments) const {
    if (empty()) return error{incar::errc::missing, "", "there is no URL to append to"};
    std::string longer(path());
    if (!longer.empty() && longer.back() == '/') longer.pop_back();
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const std::string& each = segments[i];
        if (each.empty() || each == "." || each == "..")
            return error{incar::errc::malformed, "/" + std::to_string(i), "would name something else on the server"};
        longer += '/' + percent_encode(each);
    }
    url result = *this;
    result.fragment_.reset();
    if (!segments.empty() || fragment_) result.change(segments.empty() ? path() : longer, raw_parameters(query()));
    return result;
}

// RFC 3986 section 5.2.2.
expected<url> url::resolve(std::string_view reference) const {
    const std::size_t path_begin = std::min(reference.find_first_of("/?#"), reference.size());
    const bool absolute = reference.substr(0, path_begin).find(':') != std::string_view::npos;
    const std::size_t tail_begin = std::min(reference.find_first_of("?#"), reference.size());
    const std::string_view path_given = reference.substr(0, tail_begin), tail = reference.substr(tail_begin);
    if (absolute || path_given.substr(0, 2) == "//") {
        const auto direct =
            parse(absolute ? std::string(reference) : std::string(scheme()).append(":").append(reference));
        if (!direct || direct->path().empty()) return direct;
        return parse(std::string(direct->text_, 0, direct->path_.begin) + without_dots(direct->path()) +
                     direct->text_.substr(direct->path_.end));
    }
    if (empty()) return error{incar::errc::missing, "", "there is no URL to resolve against"};
    std::string text = text_.substr(0, authority_.end);
    if (path_given.empty()) {
        text += path();
        if (query_ && tail.substr(0, 1) != "?") text.append("?").append(at(*query_));
    } else if (path_given.front() == '/') {
        text += without_dots(path_given);
    } else {
        const std::string_view folder = path().substr(0, path().rfind('/') + 1);
        text += without_dots(std::string(folder.empty() ? "/" : folder).append(path_given));
    }
    return parse(text.append(tail));
}

bool same_origin(const url& left, const url& right) {
    return !left.empty() && left.origin() == right.origin();
}

std::string percent_encode(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (unreserved.has(c)) {
            result += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        result += '%';
        result += "0123456789ABCDEF"[byte >> 4];
        result += "0123456789ABCDEF"[byte & 15];
    }
    return result;
}

expected<std::string> percent_decode(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] == '%' && !is_escape(text, i))
            return malformed("", i, "two hexadecimal digits must follow the percent sign");
    return decoded(text, false);
}

} // namespace incar::net
