#include <incar/adapters/beast.hpp>
#include <incar/adapters/curl.hpp>

#include <cstdio>

int main() {
    const auto greet = [](const incar::net::http_request& request) {
        return incar::net::http_response{200, {}, "hello " + request.url.find_parameter("name").value_or("nobody")};
    };
    auto server = incar::adapters::http_server::start({}, incar::net::answer_at_once(greet)).value();

    incar::adapters::curl_options options;
    options.addresses.allowed = {incar::net::address_block::parse("127.0.0.1").value()};
    incar::adapters::curl_client client(options);
    incar::net::http_request request;
    request.url = incar::net::url::parse("http://localhost:" + std::to_string(server.port())).value();
    request.url.set_parameter("name", "you & me");
    std::printf("%s\n", client.fetch(request).value().body.c_str());
}
