#pragma once

// A server of another house to send requests to: Python's http.server as told by http_peer.py.

#include "adapters/process.hpp"

#include <incar/adapters/curl.hpp>

#include <doctest/doctest.h>

#include <cstdlib>

namespace incar::test {

using namespace std::chrono_literals;
using adapters::curl_client;
using adapters::curl_options;
using net::http_request;
using net::http_response;

class server {
public:
    explicit server(const std::string& tls_name = "") : process_(words(tls_name)) {
        const std::string line = process_.line();
        const std::size_t blank = line.find(' ');
        port = line.substr(0, blank);
        REQUIRE_MESSAGE(std::atoi(port.c_str()) > 0, line, process_.rest());
        if (blank != std::string::npos) certificate = line.substr(blank + 1);
        origin = (tls_name.empty() ? "http://127.0.0.1:" : "https://127.0.0.1:") + port;
    }

    std::string port, origin, certificate;

private:
    static std::vector<std::string> words(const std::string& tls_name) {
        std::vector<std::string> result{INCAR_TEST_PYTHON, INCAR_TEST_SOURCE_DIR "/adapters/http_peer.py"};
        if (!tls_name.empty()) result.insert(result.end(), {"tls", tls_name});
        return result;
    }

    test::process process_;
};

inline curl_options local() {
    curl_options options;
    options.addresses.allowed = {net::address_block::parse("127.0.0.0/8").value()};
    return options;
}

inline http_request get(const std::string& text) {
    http_request request;
    request.url = net::url::parse(text).value();
    return request;
}

inline http_response answer_to(curl_client& client, const http_request& request, const net::http_limits& limits = {}) {
    const auto answer = client.fetch(request, limits);
    REQUIRE_MESSAGE(answer, (answer ? "" : format(answer.error())));
    return *answer;
}

inline std::error_code failure_of(curl_client& client, const std::string& text, const net::http_limits& limits = {}) {
    const auto answer = client.fetch(get(text), limits);
    REQUIRE_MESSAGE(!answer, text);
    INFO(format(answer.error()));
    CHECK(answer.error().where == "/url");
    return answer.error().code;
}

} // namespace incar::test
