// libcurl behind the port: time limits, sizes, and answers that are none.

#include "adapters/curl_peer.hpp"

#include <future>

using namespace incar;
using namespace incar::test;

TEST_SUITE("curl") {
    TEST_CASE("a slow server runs into the time limit, however it is slow, and so does waiting for a connection") {
        server peer;
        curl_client patient(local());
        CHECK(failure_of(patient, peer.origin + "/slow?20", {200ms, 100}) == net::errc::timed_out);
        CHECK(failure_of(patient, peer.origin + "/drip", {200ms, 1'000'000}) == net::errc::timed_out);
        CHECK(answer_to(patient, get(peer.origin + "/slow?0.01")).body == "at last");
        curl_options options = local();
        options.max_connections_per_host = 1;
        std::promise<std::error_code> first;
        {
            curl_client client(options);
            client.send(get(peer.origin + "/slow?60"), {120s, 100},
                        [&](const expected<http_response>& answer) { first.set_value(answer.error().code); });
            CHECK(failure_of(client, peer.origin + "/asked", {200ms, 100}) == net::errc::timed_out);
        }
        CHECK(first.get_future().get() == net::errc::cancelled);
    }

    TEST_CASE("an answer beyond a limit is refused, one that just fits is taken") {
        server peer;
        curl_options options = local();
        options.max_header_bytes = 8192;
        curl_client client(options);
        CHECK(answer_to(client, get(peer.origin + "/big?1000"), {30s, 1000}).body.size() == 1000);
        CHECK(failure_of(client, peer.origin + "/big?1001", {30s, 1000}) == net::errc::response_too_large);
        CHECK(failure_of(client, peer.origin + "/endless", {30s, 100'000}) == net::errc::response_too_large);
        CHECK(answer_to(client, get(peer.origin + "/header?70")).headers.size() == 71);
        CHECK(failure_of(client, peer.origin + "/header?80") == net::errc::response_too_large);
    }

    TEST_CASE("an answer that breaks off or is not HTTP is an error, and the next request is not harmed") {
        server peer;
        curl_client client(local());
        const std::pair<const char*, net::errc> ways[] = {
            {"/cut", net::errc::connection_lost},       {"/cut-chunk", net::errc::connection_lost},
            {"/silent", net::errc::connection_lost},    {"/garbage", net::errc::malformed_answer},
            {"/nameless", net::errc::malformed_answer}, {"/control", net::errc::malformed_answer},
            {"/folded", net::errc::malformed_answer},
        };
        for (const auto& [path, code] : ways) {
            CAPTURE(path);
            CHECK(failure_of(client, peer.origin + path) == code);
            CHECK(answer_to(client, get(peer.origin + "/landed")).body == "you followed");
        }
    }

    TEST_CASE("nobody listens and no such name are told apart") {
        std::string origin;
        {
            server gone;
            origin = gone.origin;
        }
        curl_client client(local());
        CHECK(failure_of(client, origin) == net::errc::not_connected);
        CHECK(failure_of(client, "http://no-such-host.invalid/") == net::errc::not_resolved);
    }
}
