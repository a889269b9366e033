#include "hub/core.hpp"

#include <algorithm>

namespace incar::hub {

reply failure(const error& reason) {
    const ocpi::error_answer answer = ocpi::answer_to(reason.code);
    reply out;
    out.http_status = answer.http_status;
    out.status_code = answer.status_code;
    out.message = reason.where.empty() ? reason.message : reason.where + ": " + reason.message;
    return out;
}

reply failure(ocpi::status_code code, std::string message, int http_status) {
    reply out;
    out.http_status = http_status;
    out.status_code = static_cast<int>(code);
    out.message = std::move(message);
    return out;
}

reply success(std::optional<std::string> data, int http_status) {
    reply out;
    out.http_status = http_status;
    out.data = std::move(data);
    return out;
}

reply unknown_session() {
    v221::command_response none;
    none.result = v221::command_response_type::unknown_session;
    return success(ocpi::encode(none));
}

std::vector<party_key> parties_of(const std::vector<v221::credentials_role>& roles) {
    std::vector<party_key> found;
    for (const v221::credentials_role& each : roles) {
        const party_key key{each.country_code, each.party_id};
        if (std::find(found.begin(), found.end(), key) == found.end()) found.push_back(key);
    }
    return found;
}

bool has_party(const std::vector<v221::credentials_role>& roles, const party_key& key) {
    return std::any_of(roles.begin(), roles.end(), [&](const v221::credentials_role& each) {
        return each.party_id == key.party_id && each.country_code == key.country_code;
    });
}

bool has_party(const std::vector<v221::credentials_role>& roles, std::string_view name) {
    const auto star = name.find('*');
    if (star == std::string_view::npos) return false;
    return std::any_of(roles.begin(), roles.end(), [&](const v221::credentials_role& each) {
        return equals_ignoring_case(each.party_id.text(), name.substr(star + 1)) &&
               equals_ignoring_case(each.country_code.text(), name.substr(0, star));
    });
}

bool is_stop(const incoming& in) {
    return in.module == "commands" && in.segments.size() == 1 && in.segments[0] == "STOP_SESSION";
}

bool has_role(const std::vector<v221::credentials_role>& roles, std::string_view words) {
    return std::any_of(roles.begin(), roles.end(),
                       [&](const v221::credentials_role& each) { return has_word(words, each.role.text()); });
}

} // namespace incar::hub
