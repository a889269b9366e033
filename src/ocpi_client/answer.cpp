#include "ocpi_client/answer.hpp"

namespace incar::ocpi_client {

expected<answer> read_answer(const net::http_response& response, const json::limits& limits, wrapping expected_as) {
    const bool good = response.status >= 200 && response.status < 300;
    if (response.status == 401)
        return error{std::make_error_code(std::errc::permission_denied), "", "the partner does not take our token"};
    auto body = ocpi::decode_envelope(response.body, limits);
    if (body && !ocpi::succeeded(*body)) {
        error failure = ocpi::failure_of(*body);
        if (response.status == 404 && failure.code == ocpi::status_code::client_error) failure.code = errc::not_found;
        return failure;
    }
    if (good && body) return answer{response.status, response.headers, std::move(*body)};
    if (good && expected_as == wrapping::optional && body.error().code == errc::missing) {
        ocpi::envelope bare;
        bare.data = response.body;
        return answer{response.status, response.headers, std::move(bare)};
    }
    if (good) return error{errc::malformed, "/body" + body.error().where, body.error().message};
    const std::string message = "the partner answered HTTP " + std::to_string(response.status);
    return error{response.status == 404 ? errc::not_found : errc::unavailable, "", message};
}

std::string sole_data(const answer& from) {
    const std::string data = from.body.data.value_or("null");
    if (data.front() != '[') return data;
    const auto elements = ocpi::elements_of(data);
    return elements && elements->size() == 1 ? std::string(elements->front()) : data;
}

} // namespace incar::ocpi_client
