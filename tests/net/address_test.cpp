#include <incar/net/address.hpp>

#include <doctest/doctest.h>

#include <random>

using namespace incar;
using net::address_block;
using net::address_policy;
using net::ip_address;

namespace {

ip_address read(std::string_view text) {
    const auto result = ip_address::parse(text);
    REQUIRE_MESSAGE(result, text);
    return *result;
}

} // namespace

TEST_SUITE("address") {
    TEST_CASE("strict spellings are read and written back in their usual form") {
        const std::pair<const char*, const char*> spellings[] = {
            {"0.0.0.0", "0.0.0.0"},
            {"255.255.255.255", "255.255.255.255"},
            {"::", "::"},
            {"::1", "::1"},
            {"1::", "1::"},
            {"2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
            {"2001:0db8:0000:0001:0001:0001:0001:0001", "2001:db8:0:1:1:1:1:1"},
            {"0:0:0:1::", "0:0:0:1::"},
            {"::ffff:192.0.2.1", "192.0.2.1"},
            {"::FFFF:c000:201", "192.0.2.1"},
            {"64:ff9b::1.2.3.4", "64:ff9b::102:304"},
            {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
        };
        for (const auto& [given, usual] : spellings) {
            CAPTURE(given);
            CHECK(format(read(given)) == usual);
            CHECK(read(usual) == read(given));
        }
    }

    TEST_CASE("spellings that only some resolvers take are no addresses") {
        for (const char* text : {"",
                                 "1",
                                 "1.2.3",
                                 "1.2.3.4.5",
                                 "1.2.3.256",
                                 "01.2.3.4",
                                 "0x7f.0.0.1",
                                 "0x7f.1",
                                 "2130706433",
                                 "1.2.3.4 ",
                                 " 1.2.3.4",
                                 "1.2.3.",
                                 "1..2.3",
                                 "+1.2.3.4",
                                 ":",
                                 ":::",
                                 "1::2::3",
                                 "1:2:3:4:5:6:7",
                                 "1:2:3:4:5:6:7:8:9",
                                 "12345::",
                                 "::g",
                                 "fe80::1%eth0",
                                 "[::1]",
                                 "::1.2.3",
                                 "1.2.3.4::",
                                 "1:",
                                 ":1",
                                 "1:2:3:4:5:6:7::8",
                                 "::ffff:1.2.3.4:5",
                                 "1:2:3:4:5:6:7:1.2.3.4",
                                 "::00001"}) {
            CAPTURE(text);
            CHECK_FALSE(ip_address::parse(text));
        }
    }

    TEST_CASE("every address survives its text") {
        std::mt19937 engine(2);
        for (int round = 0; round < 20'000; ++round) {
            std::array<std::uint8_t, 16> bytes{};
            for (auto& byte : bytes)
                if (engine() % 3 == 0) byte = static_cast<std::uint8_t>(engine());
            const ip_address address(bytes);
            REQUIRE(read(format(address)) == address);
        }
    }

    TEST_CASE("addresses of the own house are not public, in whatever they are wrapped") {
        for (const char* text : {"0.0.0.0",
                                 "0.1.2.3",
                                 "10.0.0.1",
                                 "10.255.255.255",
                                 "100.64.0.1",
                                 "100.127.255.255",
                                 "127.0.0.1",
                                 "127.255.0.9",
                                 "169.254.169.254",
                                 "172.16.0.1",
                                 "172.31.255.255",
                                 "192.0.0.1",
                                 "192.0.2.9",
                                 "192.88.99.1",
                                 "192.168.1.1",
                                 "198.18.0.1",
                                 "198.19.255.255",
                                 "198.51.100.1",
                                 "203.0.113.77",
                                 "224.0.0.1",
                                 "239.255.255.255",
                                 "240.0.0.1",
                                 "255.255.255.255",
                                 "::",
                                 "::1",
                                 "::ffff:127.0.0.1",
                                 "::ffff:10.1.2.3",
                                 "::127.0.0.1",
                                 "::ffff:0:127.0.0.1",
                                 "64:ff9b::127.0.0.1",
                                 "64:ff9b::169.254.169.254",
                                 "64:ff9b:1::1",
                                 "100::1",
                                 "fc00::1",
                                 "fdff::1",
                                 "fe80::1",
                                 "febf::1",
                                 "fec0::1",
                                 "ff02::1",
                                 "2001:db8::1",
                                 "3fff::1",
                                 "2002:7f00:1::",
                                 "2002:0a00:0001::1",
                                 "2002:c0a8:0101::1",
                                 "5f00::1",
                                 "2001:2::1",
                                 "2001:10::1",
                                 "2001:0:a00:1:0:0:f7f7:f7f7",   // Teredo through a private server
                                 "2001:0:808:808:0:0:80ff:fffe", // Teredo to 127.0.0.1
                                 "4000::1",
                                 "8000::",
                                 "1fff::1"}) {
            CAPTURE(text);
            CHECK_FALSE(is_public(read(text)));
            CHECK_FALSE(address_policy{}.allows(read(text)));
        }
        for (const char* text : {"1.1.1.1",          "8.8.8.8",         "9.255.255.255",
                                 "11.0.0.0",         "100.63.255.255",  "100.128.0.0",
                                 "126.255.255.255",  "128.0.0.1",       "169.253.255.255",
                                 "169.255.0.0",      "172.15.255.255",  "172.32.0.0",
                                 "192.0.1.0",        "192.0.3.0",       "192.167.255.255",
                                 "192.169.0.0",      "198.17.255.255",  "198.20.0.0",
                                 "203.0.112.255",    "203.0.114.0",     "223.255.255.255",
                                 "::ffff:8.8.8.8",   "2606:4700::1111", "2a00:1450::1",
                                 "64:ff9b::8.8.8.8", "2002:808:808::1", "2001:0:808:808:0:0:f7f7:f7f7",
                                 "2001:200::1",      "3ffe::1"}) {
            CAPTURE(text);
            CHECK(is_public(read(text)));
            CHECK(address_policy{}.allows(read(text)));
        }
    }

    TEST_CASE("the list allows what it names and nothing beside it") {
        address_policy policy;
        for (const char* block : {"10.20.0.0/14", "192.168.1.7", "fd00:1::/33", "0.0.0.0/32"})
            policy.allowed.push_back(address_block::parse(block).value());
        for (const char* text :
             {"10.20.0.0", "10.23.255.255", "::ffff:10.21.0.1", "192.168.1.7", "fd00:1:7fff::", "8.8.8.8", "0.0.0.0"})
            CHECK(policy.allows(read(text)));
        for (const char* text : {"10.19.255.255", "10.24.0.0", "192.168.1.6", "fd00:1:8000::", "fd00:2::", "127.0.0.1",
                                 "0.0.0.1", "64:ff9b::10.20.0.1", "::a14:1"}) {
            CAPTURE(text);
            CHECK_FALSE(policy.allows(read(text)));
        }
        policy.allowed = {address_block::parse("::/0").value()};
        CHECK(policy.allows(read("::1")));
        CHECK_FALSE(policy.allows(read("127.0.0.1")));
        policy.allowed = {address_block::parse("0.0.0.0/0").value()};
        CHECK(policy.allows(read("127.0.0.1")));
        CHECK_FALSE(policy.allows(read("::1")));
    }

    TEST_CASE("a block that is none is refused") {
        for (const char* text :
             {"", "10.0.0.0/", "10.0.0.0/8/8", "10.0.0.0/x", "10.0.0/8", "10.0.0.0/-1", "10.0.0.0/ 8", "::/1000"})
            CHECK(address_block::parse(text).error().code == incar::errc::malformed);
        CHECK(address_block::parse("10.0.0.0/33").error().code == incar::errc::out_of_range);
        CHECK(address_block::parse("::/129").error().code == incar::errc::out_of_range);
    }
}
