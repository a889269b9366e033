// Answers PUTs of a Location without storage: read, check, answer with an EVSE of it.
//
//     benchmarks/http_server.sh        builds, and loads this, Node's http and Express, turn by turn
//
// `http_server PORT [bare]`: with "bare" the answer is the same text each time and nothing is read.

#include <incar/adapters/beast.hpp>
#include <incar/core/clock.hpp>
#include <incar/ocpi/codec.hpp>
#include <incar/ocpi/envelope.hpp>
#include <incar/ocpi/v221/locations.hpp>
#include <incar/ocpi/validate.hpp>

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

using namespace incar;

namespace {

net::http_response said(int status, const ocpi::envelope& body) {
    return {status, {{"Content-Type", "application/json"}}, ocpi::encode(body)};
}

net::http_response answer(const net::http_request& request) {
    ocpi::envelope body;
    body.timestamp = system_clock()();
    const auto refused = [&](const error& failure) {
        body.status_code = 2001;
        body.status_message = format(failure);
        return said(400, body);
    };
    if (request.method != "PUT" || !request.headers.find("Authorization")) return {401, {}, ""};
    const auto location = ocpi::decode<ocpi::v221::location>(request.body);
    if (!location) return refused(location.error());
    if (const auto found = ocpi::validate(*location); !found.empty())
        return refused({errc::malformed, found.front().pointer, found.front().message});
    const std::string_view path = request.url.path();
    if (location->id.text() != path.substr(path.rfind('/') + 1))
        return refused({errc::inconsistent, "/id", "is another"});
    body.data = ocpi::encode(location->evses.at(0));
    return said(200, body);
}

} // namespace

int main(int count, char** words) {
    if (count < 2) return 2;
    adapters::http_server_options options;
    options.port = static_cast<std::uint16_t>(std::atoi(words[1]));
    const net::http_response always{200, {{"Content-Type", "application/json"}}, std::string(950, 'x')};
    const bool bare = count > 2;
    const auto server = adapters::http_server::start(
        options,
        net::answer_at_once([&](const net::http_request& request) { return bare ? always : answer(request); }));
    if (!server) return std::fprintf(stderr, "%s\n", format(server.error()).c_str()), 1;
    ::pause();
}
