// libcurl behind the port: addresses, redirects, proxies and certificates that must not be trusted.

#include "adapters/curl_peer.hpp"

using namespace incar;
using namespace incar::test;

TEST_SUITE("curl") {
    TEST_CASE("an address of the own house is refused in every spelling, and allowed when it is on the list") {
        server peer;
        curl_client guarded;
        for (const char* host : {"127.0.0.1",
                                 "127.1",
                                 "127.0.0.1.",
                                 "0x7f.1",
                                 "0x7f000001",
                                 "0X7F.0.0.0x1",
                                 "2130706433",
                                 "017700000001",
                                 "0177.0.0.01",
                                 "127.000.000.001",
                                 "localhost",
                                 "LOCALHOST",
                                 "0",
                                 "0.0.0.0",
                                 "0x0",
                                 "[::1]",
                                 "[::]",
                                 "[::ffff:127.0.0.1]",
                                 "[::ffff:7f00:1]",
                                 "[0:0:0:0:0:ffff:127.0.0.1]",
                                 "[::127.0.0.1]",
                                 "[64:ff9b::127.0.0.1]",
                                 "[2002:7f00:1::]",
                                 "10.0.0.1",
                                 "169.254.169.254",
                                 "0xa9fea9fe",
                                 "192.168.0.1",
                                 "[fd00::1]",
                                 "[fe80::1]"}) {
            CAPTURE(host);
            const std::error_code code =
                failure_of(guarded, std::string("http://") + host + ":" + peer.port + "/asked");
            const std::string text = host;
            if (text == "127.0.0.1." || text == "0x0" || text == "127.000.000.001") // names to some resolvers
                CHECK((code == net::errc::address_refused || code == net::errc::not_resolved));
            else
                CHECK(code == net::errc::address_refused);
        }
        curl_options options;
        options.addresses.allowed = {net::address_block::parse("127.0.0.1").value()};
        curl_client trusting(options); // none of the above got through
        CHECK(answer_to(trusting, get(peer.origin + "/asked")).body == "0");
        for (const char* host : {"127.1", "0x7f.1", "2130706433", "017700000001", "localhost"}) {
            CAPTURE(host);
            CHECK(answer_to(trusting, get(std::string("http://") + host + ":" + peer.port + "/landed")).status == 200);
        }
        CHECK(failure_of(trusting, "http://127.0.0.2:" + peer.port + "/") == net::errc::address_refused);
    }

    TEST_CASE("a redirect into the own house stays a redirect, and a proxy of the environment is not asked") {
        server peer, proxy;
        setenv("http_proxy", proxy.origin.c_str(), 1);
        setenv("ALL_PROXY", proxy.origin.c_str(), 1);
        {
            curl_client client(local());
            CHECK(answer_to(client, get(peer.origin + "/asked")).body == "0");
        }
        unsetenv("http_proxy");
        unsetenv("ALL_PROXY");
        curl_options options = local();
        CHECK([&] {
            curl_client direct(options);
            return answer_to(direct, get(proxy.origin + "/asked")).body;
        }() == "0");
        options.proxy = proxy.origin;
        curl_client through(options); // a proxy is asked with the whole URL, which this one does not know as a path
        CHECK(failure_of(through, peer.origin + "/asked") == net::errc::connection_lost);
        CHECK([&] {
            curl_client direct(local());
            return answer_to(direct, get(peer.origin + "/asked")).body;
        }() == "1");
    }

    TEST_CASE("a certificate is taken only from an authority one trusts, and only for the host one asked") {
        server right("IP:127.0.0.1"), wrong("DNS:other.example");
        curl_options options = local();
        curl_client strict(options);
        CHECK(failure_of(strict, right.origin + "/asked") == net::errc::tls_refused);
        options.ca_file = right.certificate;
        {
            curl_client trusting(options);
            CHECK(answer_to(trusting, get(right.origin + "/asked")).body == "0"); // no request came before the refusal
            CHECK(failure_of(trusting, wrong.origin + "/asked") == net::errc::tls_refused);
            CHECK(answer_to(trusting, get(right.origin + "/connection")).status == 200);
        }
        options.ca_file = wrong.certificate; // trusted now, but it names another host
        curl_client other(options);
        CHECK(failure_of(other, wrong.origin + "/asked") == net::errc::tls_refused);
        options.ca_file = "/nonexistent.pem";
        curl_client blind(options);
        CHECK(failure_of(blind, right.origin + "/asked") == net::errc::tls_refused);
        server plain;
        CHECK(failure_of(blind, "https://127.0.0.1:" + plain.port + "/") == net::errc::tls_refused);
    }
}
