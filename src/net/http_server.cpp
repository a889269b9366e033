#include <incar/net/http_server.hpp>

#include <utility>

namespace incar::net {

http_handler answer_at_once(std::function<http_response(const http_request&)> handler) {
    return [handler = std::move(handler)](const http_request& request, const http_respond& respond) {
        respond(handler(request));
    };
}

} // namespace incar::net
