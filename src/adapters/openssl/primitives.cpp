#include "adapters/openssl/primitives.hpp"

#include <incar/core/error.hpp>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <climits>
#include <memory>

namespace incar::adapters::openssl {
namespace {

void require(bool good) {
    if (!good) throw exception({errc::unavailable, "", "OpenSSL cannot serve"});
}

const unsigned char* bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

int length(std::string_view text) {
    require(text.size() <= INT_MAX);
    return static_cast<int>(text.size());
}

using cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

// Ready for the text, with key, nonce and what stands beside.
cipher prepared(std::string_view key, std::string_view nonce, std::string_view beside, bool encrypting) {
    require(key.size() == 32 && nonce.size() == nonce_bytes);
    cipher context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    int ignored = 0;
    require(context && EVP_CipherInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, bytes(key), bytes(nonce),
                                         encrypting ? 1 : 0) == 1);
    require(EVP_CipherUpdate(context.get(), nullptr, &ignored, bytes(beside), length(beside)) == 1);
    return context;
}

std::string through(EVP_CIPHER_CTX* context, std::string_view text) {
    std::string result(text.size(), '\0');
    int written = 0;
    if (!text.empty()) require(EVP_CipherUpdate(context, bytes(result), &written, bytes(text), length(text)) == 1);
    require(static_cast<std::size_t>(written) == text.size());
    return result;
}

} // namespace

keyed_digest::keyed_digest(std::string_view key) {
    const std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> hmac(EVP_MAC_fetch(nullptr, "HMAC", nullptr),
                                                                 &EVP_MAC_free);
    require(hmac != nullptr);
    const std::shared_ptr<EVP_MAC_CTX> made(EVP_MAC_CTX_new(hmac.get()), &EVP_MAC_CTX_free);
    char digest[] = "SHA256";
    const OSSL_PARAM wanted[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                 OSSL_PARAM_construct_end()};
    require(made && EVP_MAC_init(made.get(), bytes(key), key.size(), wanted) == 1);
    prepared_ = made;
}

std::string keyed_digest::of(std::string_view text) const {
    const std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)> context(EVP_MAC_CTX_dup(prepared_.get()),
                                                                            &EVP_MAC_CTX_free);
    std::string digest(32, '\0');
    std::size_t written = 0;
    require(context && EVP_MAC_update(context.get(), bytes(text), text.size()) == 1);
    require(EVP_MAC_final(context.get(), bytes(digest), &written, digest.size()) == 1 && written == digest.size());
    return digest;
}

std::string hmac_sha256(std::string_view key, std::string_view text) {
    return keyed_digest(key).of(text);
}

std::string derived_key(std::string_view key, std::string_view purpose) {
    return hmac_sha256(key, std::string(purpose) + '\1');
}

std::string encrypt(std::string_view key, std::string_view nonce, std::string_view beside, std::string_view text) {
    const cipher context = prepared(key, nonce, beside, true);
    std::string result = through(context.get(), text);
    std::string tag(tag_bytes, '\0');
    int ignored = 0;
    require(EVP_CipherFinal_ex(context.get(), bytes(tag), &ignored) == 1);
    require(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tag_bytes, tag.data()) == 1);
    return result + tag;
}

std::optional<std::string> decrypt(std::string_view key, std::string_view nonce, std::string_view beside,
                                   std::string_view ciphertext_and_tag) {
    if (ciphertext_and_tag.size() < tag_bytes) return std::nullopt;
    const std::size_t size = ciphertext_and_tag.size() - tag_bytes;
    const cipher context = prepared(key, nonce, beside, false);
    std::string tag(ciphertext_and_tag.substr(size));
    require(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, tag_bytes, tag.data()) == 1);
    std::string result = through(context.get(), ciphertext_and_tag.substr(0, size));
    unsigned char none[tag_bytes];
    int ignored = 0;
    if (EVP_CipherFinal_ex(context.get(), none, &ignored) != 1) return std::nullopt;
    return result;
}

std::string to_hexadecimal(std::string_view bytes) {
    std::string text;
    text.reserve(2 * bytes.size());
    for (const char each : bytes)
        for (const int digit : {static_cast<unsigned char>(each) >> 4, each & 15}) text += "0123456789abcdef"[digit];
    return text;
}

std::optional<std::string> from_hexadecimal(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    if (text.size() % 2 != 0) return std::nullopt;
    std::string bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const auto high = digits.find(text[i]), low = digits.find(text[i + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
        bytes += static_cast<char>(high << 4 | low);
    }
    return bytes;
}

} // namespace incar::adapters::openssl
