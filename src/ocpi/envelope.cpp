#include "core/json_shape.hpp"

#include <incar/ocpi/envelope.hpp>

namespace incar {
namespace {

struct json_text {
    std::string text;
};

struct received {
    std::optional<json_text> data;
    int status_code = 0;
    std::optional<std::string> status_message;
    std::optional<incar::timestamp> timestamp;
    json::extra extra;
};

} // namespace

template <>
struct json::shape_for<json_text> {
    static const shape& get() {
        static const shape self = [] {
            shape s{"JSON", kind::any};
            s.read = [](void* to, std::string_view from) -> expected<void> {
                static_cast<json_text*>(to)->text = from;
                return {};
            };
            s.write = [](const void* from, std::string&) -> std::string_view {
                return static_cast<const json_text*>(from)->text;
            };
            return s;
        }();
        return self;
    }
};

namespace {

constexpr json::field received_fields[] = {
    json::maybe<&received::data>("data"), json::one<&received::status_code>("status_code"),
    json::maybe<&received::status_message>("status_message"), json::maybe<&received::timestamp>("timestamp")};

const json::shape& received_shape() {
    static const json::shape self = json::object_shape<received, received_fields>("Response");
    return self;
}

} // namespace

namespace ocpi {

std::string encode(const envelope& response) {
    constexpr std::size_t around_it = 128;
    std::string text;
    text.reserve((response.data ? response.data->size() : 0) + response.status_message.size() + around_it);
    text += '{';
    if (response.data) text.append("\"data\":").append(*response.data) += ',';
    text.append("\"status_code\":").append(std::to_string(response.status_code));
    if (!response.status_message.empty())
        text.append(",\"status_message\":").append(json::format(json::value(response.status_message)));
    return text.append(",\"timestamp\":\"").append(format(response.timestamp)).append("\"}");
}

expected<envelope> decode_envelope(std::string_view text, const json::limits& limits) {
    received from;
    if (auto done = json::decode(received_shape(), &from, text, true, limits); !done) return done.error();
    for (const json::extra::entry& each : from.extra.entries())
        if (each.name == "status_code" && each.reason != json::extra::reason::spelling)
            return error{errc::missing, "/status_code", "an OCPI response has a numerical status code"};
    envelope response;
    if (from.data) response.data = std::move(from.data->text);
    response.status_code = from.status_code;
    response.status_message = from.status_message.value_or("");
    response.timestamp = from.timestamp.value_or(timestamp());
    return response;
}

error failure_of(const envelope& response) {
    return {std::error_code(response.status_code, status_category()), "",
            response.status_message.empty() ? "the partner gave no reason" : response.status_message};
}

} // namespace ocpi
} // namespace incar
