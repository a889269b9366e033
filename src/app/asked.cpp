#include "app/asked.hpp"

#include <incar/core/decimal.hpp>
#include <incar/core/json.hpp>
#include <incar/ocpi/status.hpp>

#include <algorithm>
#include <cmath>

namespace incar::app {
namespace {

error wrong(std::string_view name, const char* why) {
    return {errc::malformed, std::string(name), why};
}

bool has_word(std::string_view words, std::string_view word) {
    return !word.empty() && word.find(' ') == word.npos &&
           (" " + std::string(words) + " ").find(" " + std::string(word) + " ") != std::string::npos;
}

expected<double> as_number(std::string_view name, const std::string& text) {
    const auto read = decimal::parse(text);
    if (!read) return wrong(name, "a number is needed");
    return read->to_double();
}

} // namespace

std::optional<std::string> asked::find(std::string_view name) const {
    if (const auto found = path.find(std::string(name)); found != path.end()) return found->second;
    if (std::find(what->parameters.begin(), what->parameters.end(), name) == what->parameters.end())
        return std::nullopt;
    if (find_parameter(name)->in == "query") return request.url.find_parameter(name);
    const std::string* value = request.headers.find(name);
    return value && !value->empty() ? std::optional<std::string>(*value) : std::nullopt;
}

expected<std::optional<double>> asked::number(std::string_view name, double least, double most) const {
    const auto text = find(name);
    if (!text) return std::optional<double>();
    const auto read = as_number(name, *text);
    if (!read) return read.error();
    if (*read < least || *read > most) return error{errc::out_of_range, std::string(name), "this is out of range"};
    return std::optional<double>(*read);
}

expected<std::size_t> asked::count(std::string_view name, std::size_t otherwise) const {
    const auto read = number(name, 0, 1e9);
    if (!read) return read.error();
    if (!*read) return otherwise;
    if (std::floor(**read) != **read) return wrong(name, "a whole number is needed");
    return static_cast<std::size_t>(**read);
}

expected<bool> asked::flag(std::string_view name) const {
    const auto text = find(name);
    if (text && *text != "true" && *text != "false") return wrong(name, "true or false is needed");
    return text && *text == "true";
}

expected<std::optional<timestamp>> asked::time(std::string_view name) const {
    const auto text = find(name);
    if (!text) return std::optional<timestamp>();
    const auto read = timestamp::parse(*text);
    if (!read) return wrong(name, "a time such as 2026-01-31T12:00:00Z is needed");
    return std::optional<timestamp>(*read);
}

expected<std::optional<std::string>> asked::choice(std::string_view name) const {
    auto text = find(name);
    if (text && !has_word(find_parameter(name)->words, *text)) return wrong(name, "there is no such choice");
    return text;
}

std::vector<std::string> asked::words(std::string_view name) const {
    std::vector<std::string> found;
    if (std::find(what->parameters.begin(), what->parameters.end(), name) == what->parameters.end()) return found;
    for (const net::query_parameter& each : request.url.parameters()) {
        if (each.name != name) continue;
        for (std::size_t at = 0; at <= each.value.size();) {
            const std::size_t end = std::min(each.value.find(',', at), each.value.size());
            found.push_back(each.value.substr(at, end - at));
            at = end + 1;
        }
    }
    return found;
}

expected<std::vector<double>> asked::numbers(std::string_view name, std::size_t how_many) const {
    std::vector<double> found;
    for (const std::string& each : words(name)) {
        const auto read = as_number(name, each);
        if (!read) return read.error();
        found.push_back(*read);
    }
    if (!found.empty() && found.size() != how_many) return wrong(name, "another count of numbers is needed");
    return found;
}

namespace {

expected<party_key> as_party(std::string_view name, const std::string& text) {
    const auto read = ocpi::parse_party_key(text);
    if (!read) return wrong(name, "a party such as DE*MSP is needed");
    return *read;
}

// From two parts, as headers and paths have them.
expected<std::optional<party_key>> in_parts(const asked& in, std::string_view country, std::string_view id) {
    const auto first = in.find(country), second = in.find(id);
    if (!first && !second) return std::optional<party_key>();
    if (!first || !second) return error{errc::missing, std::string(first ? id : country), "the other half is missing"};
    const auto read = as_party(country, *first + "*" + *second);
    if (!read) return read.error();
    return std::optional<party_key>(*read);
}

} // namespace

expected<std::optional<party_key>> asked::emsp() const {
    if (const auto text = find("emsp")) {
        const auto read = as_party("emsp", *text);
        if (!read) return read.error();
        return std::optional<party_key>(*read);
    }
    auto found = in_parts(*this, "emsp_country_code", "emsp_party_id");
    return !found || *found ? found : in_parts(*this, "OCPI-from-country-code", "OCPI-from-party-id");
}

expected<std::vector<party_key>> asked::cpos() const {
    std::vector<party_key> found;
    for (const std::string& each : words("cpo")) {
        const auto read = as_party("cpo", each);
        if (!read) return read.error();
        found.push_back(*read);
    }
    return found;
}

expected<std::optional<party_key>> asked::cpo() const {
    const auto several = cpos();
    if (!several) return several.error();
    if (several->size() > 1) return wrong("cpo", "one party is needed");
    if (!several->empty()) return std::optional<party_key>(several->front());
    auto found = in_parts(*this, "country_code", "party_id");
    return !found || *found ? found : in_parts(*this, "OCPI-to-country-code", "OCPI-to-party-id");
}

expected<driver> asked::who() const {
    const auto party = emsp();
    if (!party) return party.error();
    if (!*party) return error{errc::missing, "emsp", "the driver's EMSP is needed"};
    driver found{**party, find("token").value_or(""), find("contract").value_or("")};
    if (found.uid.empty()) found.uid = find("token_uid").value_or("");
    if (found.uid.empty() && found.contract.empty())
        return error{errc::missing, "token", "the uid of the driver's token is needed"};
    return found;
}

reply refusal(const error& reason) {
    reply out;
    const ocpi::error_answer usual = ocpi::answer_to(reason.code);
    const bool is_of_ocpi = reason.code.category() == ocpi::status_category();
    const bool is_ours = reason.code == errc::unavailable;
    const bool is_input = !is_of_ocpi && !is_ours && reason.code != errc::not_found;
    out.http_status = is_input ? 400 : is_ours ? 503 : usual.http_status;
    out.status_code = is_input ? static_cast<int>(ocpi::status_code::invalid_parameters) : usual.status_code;
    out.message = reason.where.empty() ? reason.message : reason.where + ": " + reason.message;
    if (is_input) out.data = json::format(json::value(json::object{{"parameter", reason.where}}));
    return out;
}

reply later(const error& reason) {
    reply out = refusal(reason);
    out.headers.set("Retry-After", "1").value();
    return out;
}

reply success(std::string data) {
    reply out;
    out.data = std::move(data);
    return out;
}

} // namespace incar::app
