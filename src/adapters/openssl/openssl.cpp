#include "adapters/openssl/primitives.hpp"

#include <incar/adapters/openssl.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace incar::adapters {
namespace {

constexpr std::string_view version = "gcm1.";
constexpr std::size_t mark_bytes = 4;

struct sealing_key {
    std::string front; // of all that is sealed with it: version and mark
    std::string key;
};

sealing_key prepared(const std::string& key) {
    const std::string mark = openssl::derived_key(key, "incar key mark").substr(0, mark_bytes);
    return {std::string(version) + openssl::to_hexadecimal(mark) + '.', openssl::derived_key(key, "incar seal")};
}

std::string sealed(const sealing_key& with, const random_source& random, const std::string& text) {
    std::string nonce(openssl::nonce_bytes, '\0');
    random(reinterpret_cast<unsigned char*>(nonce.data()), nonce.size());
    return with.front + openssl::to_hexadecimal(nonce + openssl::encrypt(with.key, nonce, with.front, text));
}

expected<std::string> opened(const std::vector<sealing_key>& keys, std::string_view text) {
    const auto begins = [&](std::string_view start) { return text.substr(0, start.size()) == start; };
    const std::size_t front = version.size() + 2 * mark_bytes + 1;
    const auto bytes = openssl::from_hexadecimal(text.substr(std::min(front, text.size())));
    if (!begins(version) || !bytes || bytes->size() < openssl::nonce_bytes + openssl::tag_bytes)
        return error{errc::malformed, "", "is no sealed text"};
    for (const sealing_key& each : keys) {
        if (!begins(each.front)) continue;
        const std::string_view all(*bytes);
        auto plain = openssl::decrypt(each.key, all.substr(0, openssl::nonce_bytes), each.front,
                                      all.substr(openssl::nonce_bytes));
        if (!plain) return error{errc::inconsistent, "", "was changed after it was sealed"};
        return *std::move(plain);
    }
    return error{errc::not_found, "", "is sealed with a key that is not given"};
}

} // namespace

expected<std::function<std::string(const std::string&)>> make_fingerprint(const std::string& key) {
    if (key.size() != key_bytes) return error{errc::wrong_length, "/key", "is not 32 bytes long"};
    return std::function<std::string(const std::string&)>(
        [digest = openssl::keyed_digest(openssl::derived_key(key, "incar fingerprint"))](const std::string& text) {
            return openssl::to_hexadecimal(digest.of(text));
        });
}

expected<sealing> make_sealing(const std::vector<std::string>& keys, random_source random) {
    if (keys.empty()) return error{errc::missing, "/keys", "are needed"};
    std::vector<sealing_key> ready;
    for (const std::string& each : keys) {
        if (each.size() != key_bytes)
            return error{errc::wrong_length, "/keys/" + std::to_string(ready.size()), "is not 32 bytes long"};
        ready.push_back(prepared(each));
    }
    sealing result;
    result.seal = [key = ready.front(), random = std::move(random)](const std::string& text) {
        return sealed(key, random, text);
    };
    result.open = [ready = std::move(ready)](const std::string& text) { return opened(ready, text); };
    return result;
}

} // namespace incar::adapters
