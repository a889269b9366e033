#include <incar/core/random.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <vector>

using namespace incar;

namespace {

std::vector<unsigned char> taken(const random_source& random, std::size_t count) {
    std::vector<unsigned char> bytes(count);
    random(bytes.data(), count);
    return bytes;
}

} // namespace

TEST_SUITE("random") {
    TEST_CASE("a seed gives the published sequence of SplitMix64, lowest byte first") {
        const random_source random = seeded_random(1234567);
        for (const std::uint64_t word : {6457827717110365317U, 3203168211198807973U, 9817491932198370423U}) {
            const auto bytes = taken(random, 8);
            std::uint64_t value = 0;
            for (std::size_t byte = 8; byte-- > 0;) value = value << 8 | bytes[byte];
            CHECK(value == word);
        }
    }

    TEST_CASE("the bytes of a seed do not depend on how many are taken at a time") {
        const random_source pieces = seeded_random(7);
        auto bytes = taken(pieces, 3);
        for (const std::size_t count : {0U, 1U, 9U, 7U}) {
            const auto more = taken(pieces, count);
            bytes.insert(bytes.end(), more.begin(), more.end());
        }
        CHECK(bytes == taken(seeded_random(7), 20));
        CHECK(bytes != taken(seeded_random(8), 20));
    }

    TEST_CASE("copies of a seeded source draw from one sequence") {
        const random_source random = seeded_random(7), copy = random;
        CHECK(taken(random, 8) != taken(copy, 8));
    }

    TEST_CASE("the system's bytes fill any count and do not repeat") {
        const random_source random = system_random();
        CHECK(taken(random, 0).empty());
        const auto many = taken(random, 10'000);
        std::array<int, 256> counts{};
        for (const unsigned char byte : many) ++counts[byte];
        CHECK(*std::max_element(counts.begin(), counts.end()) < 120);
        CHECK(std::count(many.end() - 16, many.end(), 0) < 8);
        CHECK(taken(random, 16) != taken(random, 16));
    }

    TEST_CASE("a token is lower-case hexadecimal, two digits a byte") {
        const random_source fixed = [](unsigned char* bytes, std::size_t count) {
            for (std::size_t byte = 0; byte < count; ++byte) bytes[byte] = static_cast<unsigned char>(250 + byte);
        };
        CHECK(random_token(fixed, 7) == "fafbfcfdfeff00");
        CHECK(random_token(fixed, 0) == "");
        std::set<std::string> tokens;
        for (int round = 0; round < 100; ++round) tokens.insert(random_token(system_random(), 16));
        CHECK(tokens.size() == 100);
        CHECK(tokens.begin()->size() == 32);
    }
}
