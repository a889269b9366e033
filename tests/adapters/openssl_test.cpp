// OpenSSL behind our functions against published vectors and, where it can, against the program openssl.

#include "adapters/openssl/primitives.hpp"
#include "adapters/process.hpp"

#include <incar/adapters/openssl.hpp>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

using namespace incar;
using namespace incar::adapters;

namespace {

std::string bytes(const std::string& hexadecimal) {
    return openssl::from_hexadecimal(hexadecimal).value();
}

const std::string key_a(key_bytes, 'a'), key_b(key_bytes, 'b');

sealing sealing_with(const std::vector<std::string>& keys) {
    return make_sealing(keys).value();
}

// A folder that goes with the test.
struct folder {
    std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("incar_openssl_" + random_token(system_random(), 8));
    folder() { std::filesystem::create_directory(path); }
    folder(const folder&) = delete;
    folder& operator=(const folder&) = delete;
    ~folder() { std::filesystem::remove_all(path); }
    std::string file(const std::string& name) const { return path / name; }
};

void write(const std::string& file, const std::string& text, mode_t mode = 0600) {
    std::ofstream(file) << text;
    REQUIRE(::chmod(file.c_str(), mode) == 0);
}

} // namespace

TEST_SUITE("openssl") {
    TEST_CASE("HMAC-SHA-256 agrees with the test cases of RFC 4231") {
        struct vector {
            std::string key, data, digest;
        };
        const vector vectors[] = {
            {std::string(20, '\x0b'), "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
            {"Jefe", "what do ya want for nothing?",
             "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
            {std::string(20, '\xaa'), std::string(50, '\xdd'),
             "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
            {std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First",
             "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
        };
        for (const vector& each : vectors)
            CHECK(openssl::to_hexadecimal(openssl::hmac_sha256(each.key, each.data)) == each.digest);
    }

    TEST_CASE("derived keys are the first block of HKDF-Expand, RFC 5869 test case 1") {
        const std::string key = bytes("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
        CHECK(openssl::to_hexadecimal(openssl::derived_key(key, bytes("f0f1f2f3f4f5f6f7f8f9"))) ==
              "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
    }

    TEST_CASE("AES-256-GCM agrees with test cases 13, 14 and 16 that its authors gave to NIST") {
        struct vector {
            std::string key, nonce, beside, text, sealed;
        };
        const std::string zeros(64, '0'), no_nonce(24, '0');
        const vector vectors[] = {
            {zeros, no_nonce, "", "", "530f8afbc74536b9a963b4f1c4cb738b"},
            {zeros, no_nonce, "", std::string(32, '0'),
             "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"},
            {"feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308", "cafebabefacedbaddecaf888",
             "feedfacedeadbeeffeedfacedeadbeefabaddad2",
             "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
             "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
             "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
             "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
             "76fc6ece0f4e1768cddf8853bb2d551b"},
        };
        for (const vector& each : vectors) {
            const auto sealed =
                openssl::encrypt(bytes(each.key), bytes(each.nonce), bytes(each.beside), bytes(each.text));
            CHECK(openssl::to_hexadecimal(sealed) == each.sealed);
            const auto plain = openssl::decrypt(bytes(each.key), bytes(each.nonce), bytes(each.beside), sealed);
            REQUIRE(plain);
            CHECK(openssl::to_hexadecimal(*plain) == each.text);
        }
    }

    TEST_CASE("a fingerprint is what the program openssl computes from the same key") {
        const auto said = [](std::vector<std::string> words) {
            words.insert(words.begin(), {"/usr/bin/env", "openssl"});
            test::process program(words);
            std::string text = program.rest();
            REQUIRE_MESSAGE(program.wait() == 0, text);
            return text;
        };
        std::string derived =
            said({"kdf", "-keylen", "32", "-kdfopt", "digest:SHA2-256", "-kdfopt", "mode:EXPAND_ONLY", "-kdfopt",
                  "hexkey:" + openssl::to_hexadecimal(key_a), "-kdfopt", "info:incar fingerprint", "HKDF"});
        const auto is_no_digit = [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) == 0; };
        derived.erase(std::remove_if(derived.begin(), derived.end(), is_no_digit), derived.end());
        const folder here;
        write(here.file("text"), "a token");
        const std::string line =
            said({"dgst", "-sha256", "-mac", "HMAC", "-macopt", "hexkey:" + derived, here.file("text")});
        const std::string found = make_fingerprint(key_a).value()("a token");
        CHECK(found.size() == 64);
        CHECK_MESSAGE(line.find(found) != std::string::npos, line);
    }

    TEST_CASE("fingerprints differ by text and by key, and nobody's are the bare digest") {
        const auto with_a = make_fingerprint(key_a).value(), with_b = make_fingerprint(key_b).value();
        CHECK(with_a("token") == make_fingerprint(key_a).value()("token"));
        const std::set<std::string> all{with_a("token"), with_a("token "), with_a(""), with_b("token"),
                                        "3c469e9d6c5875d37a43f353d4f88e61fcf812c66eee3457465a40b0da4153e0"};
        CHECK(all.size() == 5);
    }

    TEST_CASE("what is sealed opens again, whatever its bytes, and looks different each time") {
        const sealing with = sealing_with({key_a});
        std::string all_bytes;
        for (int each = 0; each < 256; ++each) all_bytes += static_cast<char>(each);
        std::set<std::string> seen;
        for (const std::string& text : {std::string(), std::string("x"), all_bytes, std::string(1 << 20, '\0')})
            for (int time = 0; time < 3; ++time) {
                const std::string sealed = with.seal(text);
                CHECK(sealed.size() == 5 + 8 + 1 + 2 * (12 + text.size() + 16));
                CHECK(sealed.find_first_not_of("gcm1.0123456789abcdef") == std::string::npos);
                CHECK(seen.insert(sealed).second);
                CHECK(with.open(sealed) == text);
            }
        CHECK(with.seal("a long secret token").find("token") == std::string::npos);
    }

    TEST_CASE("every changed bit, every cut and every extension is refused without showing the text") {
        const sealing with = sealing_with({key_a});
        const std::string sealed = with.seal("the token");
        const auto is_refused = [&](const std::string& text) {
            const auto found = with.open(text);
            return !found && found.error().message.find("token") == std::string::npos;
        };
        int refused = 0;
        for (std::size_t i = 0; i < sealed.size(); ++i)
            for (int bit = 0; bit < 8; ++bit) {
                std::string changed = sealed;
                changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
                refused += is_refused(changed) ? 1 : 0;
            }
        CHECK(refused == static_cast<int>(8 * sealed.size()));
        for (std::size_t size = 0; size < sealed.size(); ++size) CHECK(is_refused(sealed.substr(0, size)));
        for (const char* more : {"0", "00", " ", "\n"}) CHECK(is_refused(sealed + more));
        std::string digit = sealed;
        digit.back() = digit.back() == '0' ? '1' : '0';
        CHECK(with.open(digit).error().code == errc::inconsistent);
    }

    TEST_CASE("after a change of keys both open until the old one is dropped") {
        const std::string old = sealing_with({key_a}).seal("text");
        const sealing both = sealing_with({key_b, key_a}), fresh = sealing_with({key_b});
        CHECK(both.open(old) == std::string("text"));
        CHECK(fresh.open(both.seal("new")) == std::string("new"));
        CHECK(fresh.open(old).error().code == errc::not_found);
        CHECK(fresh.open("plain text").error().code == errc::malformed);
        // The mark of another key does not help.
        const std::string moved = both.seal("x").substr(0, 14) + old.substr(14);
        CHECK(both.open(moved).error().code == errc::inconsistent);
    }

    TEST_CASE("keys of another length are refused with their place") {
        CHECK(make_fingerprint("short").error().where == "/key");
        CHECK(make_sealing({}).error().code == errc::missing);
        CHECK(make_sealing({key_a, key_a + "x"}).error().where == "/keys/1");
    }

    TEST_CASE("a key file is made once, for its owner alone, and read ever after") {
        const folder here;
        const std::string file = here.file("secret.key");
        std::vector<std::string> found(8);
        std::vector<std::thread> beginners;
        for (std::string& each : found) beginners.emplace_back([&] { each = read_or_make_key(file).value(); });
        for (std::thread& each : beginners) each.join();
        for (const std::string& each : found) CHECK(each == found.front());
        CHECK(found.front().size() == key_bytes);
        struct stat kept {};
        REQUIRE(::stat(file.c_str(), &kept) == 0);
        CHECK((kept.st_mode & 07777) == 0600);
        std::string line;
        std::getline(std::ifstream(file), line);
        CHECK(line == openssl::to_hexadecimal(found.front()));
        const std::filesystem::directory_iterator files(here.path);
        CHECK(std::distance(begin(files), end(files)) == 1);
        CHECK(read_or_make_key(here.file("other.key")).value() != found.front());
    }

    TEST_CASE("a key file that is damaged, open to others or out of reach is an error, and stays as it is") {
        const folder here;
        const std::string digits(64, 'a');
        const auto code = [&](const std::string& text, mode_t mode) {
            write(here.file("key"), text, mode);
            const auto found = read_or_make_key(here.file("key"));
            return found ? std::error_code() : found.error().code;
        };
        CHECK(code(digits, 0600) == std::error_code());
        CHECK(code(digits + "\n", 0400) == std::error_code());
        for (const std::string& text : {std::string(), digits.substr(1), digits + "a", digits + "\nx",
                                        std::string(64, 'A'), std::string(64, 'g')})
            CHECK(code(text, 0600) == errc::malformed);
        for (const mode_t mode : {0640U, 0604U, 0620U, 0602U}) CHECK(code(digits, mode) == errc::inconsistent);
        CHECK(read_or_make_key(here.file("no/folder")).error().code == errc::unavailable);
        CHECK(read_or_make_key(here.path).error().where == "/file");
    }
}
