#include "net/characters.hpp"
#include "net/shown.hpp"

#include <incar/core/ci_string.hpp>
#include <incar/net/http.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace incar::net {
namespace {

// Names whose values say nothing about who may do what.
constexpr std::array<std::string_view, 18> harmless_headers = {"Accept",
                                                               "Allow",
                                                               "Connection",
                                                               "Content-Length",
                                                               "Content-Type",
                                                               "Date",
                                                               "Host",
                                                               "OCPI-from-country-code",
                                                               "OCPI-from-party-id",
                                                               "OCPI-to-country-code",
                                                               "OCPI-to-party-id",
                                                               "Retry-After",
                                                               "Server",
                                                               "User-Agent",
                                                               "X-Correlation-ID",
                                                               "X-Limit",
                                                               "X-Request-ID",
                                                               "X-Total-Count"};
constexpr std::array<std::string_view, 5> harmless_parameters = {"date_from", "date_to", "limit", "offset", "type"};

template <std::size_t N>
bool is_among(const std::array<std::string_view, N>& names, std::string_view name) {
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view each) { return equals_ignoring_case(each, name); });
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

constexpr character_set in_token = letters_digits_and("!#$%&'*+-.^_`|~");

bool is_field_content(std::string_view value) {
    return std::all_of(value.begin(), value.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
    });
}

expected<void> check(std::string_view name, std::string_view value) {
    if (!is_token(name)) return error{incar::errc::malformed, "/headers/name", "is no name of a header"};
    if (!is_field_content(value)) return error{incar::errc::malformed, "/headers/value", "holds a control character"};
    return {};
}

std::string safe(const headers& lines, std::size_t body_bytes) {
    std::string text;
    for (const header& each : lines) {
        text.append(each.name).append(": ");
        text.append(is_among(harmless_headers, each.name) ? std::string_view(each.value) : hidden).append(", ");
    }
    return text + std::to_string(body_bytes) + " bytes";
}

} // namespace

std::string shown_query(const url& address) {
    std::string text;
    for (const query_parameter& each : address.parameters()) {
        text += text.empty() ? '?' : '&';
        text += percent_encode(each.name) + '=';
        text += is_among(harmless_parameters, each.name) ? percent_encode(each.value) : std::string(hidden);
    }
    return text;
}

bool is_token(std::string_view text) noexcept {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return in_token.has(c); });
}

headers::headers(std::initializer_list<header> lines) {
    for (const header& each : lines) add(each.name, each.value).value();
}

const std::string* headers::find(std::string_view name) const noexcept {
    for (const header& each : lines_)
        if (equals_ignoring_case(each.name, name)) return &each.value;
    return nullptr;
}

std::vector<std::string> headers::find_all(std::string_view name) const {
    std::vector<std::string> values;
    for (const header& each : lines_)
        if (equals_ignoring_case(each.name, name)) values.push_back(each.value);
    return values;
}

expected<void> headers::add(std::string_view name, std::string_view value) {
    if (const auto good = check(name, value); !good) return good;
    lines_.push_back({std::string(name), std::string(trimmed(value))});
    return {};
}

expected<void> headers::set(std::string_view name, std::string_view value) {
    if (const auto good = check(name, value); !good) return good;
    const auto is_namesake = [&](const header& each) { return equals_ignoring_case(each.name, name); };
    const auto first = std::find_if(lines_.begin(), lines_.end(), is_namesake);
    if (first == lines_.end()) {
        lines_.push_back({std::string(name), std::string(trimmed(value))});
        return {};
    }
    header line{std::string(name), std::string(trimmed(value))}; // the arguments may be views into a line that goes
    lines_.erase(std::remove_if(first + 1, lines_.end(), is_namesake), lines_.end());
    *first = std::move(line);
    return {};
}

std::size_t headers::remove(std::string_view name) {
    const std::string wanted(name);
    const std::size_t before = lines_.size();
    const auto is_namesake = [&](const header& each) { return equals_ignoring_case(each.name, wanted); };
    lines_.erase(std::remove_if(lines_.begin(), lines_.end(), is_namesake), lines_.end());
    return before - lines_.size();
}

std::string format(const http_request& request) {
    return (is_token(request.method) ? request.method : std::string(hidden)) + ' ' +
           request.url.origin().append(request.url.path()) + shown_query(request.url) + ' ' +
           safe(request.headers, request.body.size());
}

std::string format(const http_response& response) {
    return std::to_string(response.status) + ' ' + safe(response.headers, response.body.size());
}

} // namespace incar::net
