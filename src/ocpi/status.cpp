#include <incar/ocpi/status.hpp>

namespace incar::ocpi {
namespace {

struct category final : std::error_category {
    const char* name() const noexcept override { return "incar.ocpi"; }

    std::string message(int code) const override {
        switch (static_cast<status_code>(code)) {
        case status_code::success: return "success";
        case status_code::client_error: return "client error";
        case status_code::invalid_parameters: return "invalid or missing parameters";
        case status_code::not_enough_information: return "not enough information";
        case status_code::unknown_location: return "unknown location";
        case status_code::unknown_token: return "unknown token";
        case status_code::server_error: return "server error";
        case status_code::unusable_client_api: return "unable to use the client's API";
        case status_code::unsupported_version: return "unsupported version";
        case status_code::no_matching_endpoints: return "no matching endpoints";
        case status_code::hub_error: return "hub error";
        case status_code::unknown_receiver: return "unknown receiver";
        case status_code::hub_timeout: return "timeout on forwarded request";
        case status_code::not_connected: return "receiver not connected";
        }
        return "OCPI status " + std::to_string(code);
    }
};

struct row {
    errc code;
    error_answer answer;
};

constexpr int invalid = static_cast<int>(status_code::invalid_parameters);

constexpr row answers[] = {
    {errc::malformed, {200, invalid}},
    {errc::wrong_type, {200, invalid}},
    {errc::wrong_length, {200, invalid}},
    {errc::missing, {200, invalid}},
    {errc::unknown_member, {200, invalid}},
    {errc::duplicate, {200, invalid}},
    {errc::out_of_range, {200, invalid}},
    {errc::not_finite, {200, invalid}},
    {errc::inconsistent, {200, invalid}},
    {errc::overflow, {200, invalid}},
    {errc::limit_exceeded, {200, invalid}},
    {errc::currency_mismatch, {200, invalid}},
    {errc::nonexistent_time, {200, invalid}},
    {errc::ambiguous_time, {200, invalid}},
    {errc::not_found, {404, static_cast<int>(status_code::client_error)}},
};

} // namespace

const std::error_category& status_category() noexcept {
    static const category self;
    return self;
}

std::error_code make_error_code(status_code code) noexcept {
    return {static_cast<int>(code), status_category()};
}

error_answer answer_to(const std::error_code& code) noexcept {
    if (code == make_error_code(status_code::unknown_token)) return {404, code.value()};
    if (code.category() == status_category()) return {200, code.value()};
    if (code.category() == error_category())
        for (const row& each : answers)
            if (static_cast<int>(each.code) == code.value()) return each.answer;
    return {200, static_cast<int>(status_code::server_error)};
}

} // namespace incar::ocpi
