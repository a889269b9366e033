// Any bytes as a request to an OCPI party: method and path on the first line, then headers up to an empty line, then
// the body. There is one answer, in the envelope of OCPI.

#include <incar/core/clock.hpp>
#include <incar/ocpi_client/party.hpp>

#include <cstdint>
#include <cstdlib>

using namespace incar;
using namespace incar::ocpi_client;

namespace {

void require(bool good) {
    if (!good) std::abort();
}

std::string_view next_line(std::string_view& rest) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return line;
}

std::unique_ptr<party> make_party() {
    party_options options;
    options.base_url = net::url::parse("http://a/").value();
    party_ports ports;
    ports.http.name = "nowhere";
    ports.http.send = [](net::http_request, const net::http_limits&, net::http_completion done) {
        done(net::http_response{200, {}, R"({"status_code":1000,"data":[]})"});
    };
    ports.objects = store::memory_store();
    ports.clock = [] { return timestamp(); };
    ports.random = seeded_random(1);
    for (const v221::role each : {v221::role::cpo, v221::role::emsp, v221::role::scsp}) {
        v221::credentials_role role;
        role.role = each;
        role.country_code = ci_string<2>("DE");
        role.party_id = ci_string<3>("FUZ");
        options.roles.push_back(role);
    }
    handlers ours;
    ours.start_session = [](const caller&, const v221::start_session&, const callback&) {
        return expected<v221::command_response>(error{errc::out_of_range, "/location_id", "no such place"});
    };
    auto made = std::make_unique<party>(options, ports, ours);
    partner known;
    known.name = "p";
    known.state = partner_state::registered;
    known.token_in = "t";
    known.token_out = "u";
    known.roles = options.roles;
    for (v221::credentials_role& each : known.roles) each.country_code = ci_string<2>("NL");
    made->restore(known);
    known.name = "i";
    known.state = partner_state::invited;
    known.token_in = "i";
    made->restore(known);
    return made;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto served = make_party();
    std::string_view rest(reinterpret_cast<const char*>(bytes), size);
    while (!rest.empty()) { // requests that end in a line "--"
        const std::size_t end = rest.find("\n--\n");
        std::string_view one = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 4);

        const std::string_view first = next_line(one);
        const std::size_t blank = first.find(' ');
        net::http_request request;
        request.method = first.substr(0, blank);
        if (const auto url =
                net::url::parse("http://a" + std::string(blank == first.npos ? "" : first.substr(blank + 1))))
            request.url = *url;
        request.headers.set("Authorization", format_authorization("t")).value();
        for (std::string_view line = next_line(one); !line.empty(); line = next_line(one)) {
            const std::size_t colon = line.find(':');
            if (colon != line.npos)
                static_cast<void>(request.headers.set(line.substr(0, colon), line.substr(colon + 1)));
        }
        request.body = one;

        int answers = 0;
        served->handle(std::move(request), [&](net::http_response response) {
            ++answers;
            require(response.status >= 200 && response.status <= 405);
            require(ocpi::decode_envelope(response.body).has_value());
        });
        require(answers == 1);
    }
    served->tick();
    return 0;
}
