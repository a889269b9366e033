#include <incar/core/error.hpp>
#include <incar/core/random.hpp>

#include <sys/random.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>

namespace incar {
namespace {

class split_mix_64 {
public:
    explicit split_mix_64(std::uint64_t seed) : state_(seed) {}

    unsigned char next_byte() {
        if (bytes_left_ == 0) {
            word_ = next_word();
            bytes_left_ = 8;
        }
        const auto byte = static_cast<unsigned char>(word_ & 0xff);
        word_ >>= 8;
        --bytes_left_;
        return byte;
    }

private:
    std::uint64_t next_word() {
        std::uint64_t word = state_ += 0x9e37'79b9'7f4a'7c15;
        word = (word ^ word >> 30) * 0xbf58'476d'1ce4'e5b9;
        word = (word ^ word >> 27) * 0x94d0'49bb'1331'11eb;
        return word ^ word >> 31;
    }

    std::uint64_t state_;
    std::uint64_t word_ = 0;
    int bytes_left_ = 0;
};

} // namespace

random_source system_random() {
    return [](unsigned char* bytes, std::size_t count) {
        constexpr std::size_t most_at_a_time = 256;
        while (count > 0) {
            const std::size_t part = std::min(count, most_at_a_time);
            if (getentropy(bytes, part) != 0)
                throw exception({errc::unavailable, "", "no random bytes: " + std::generic_category().message(errno)});
            bytes += part;
            count -= part;
        }
    };
}

random_source seeded_random(std::uint64_t seed) {
    return [generator = std::make_shared<split_mix_64>(seed)](unsigned char* bytes, std::size_t count) {
        std::generate_n(bytes, count, [&] { return generator->next_byte(); });
    };
}

std::string random_token(const random_source& random, std::size_t bytes) {
    std::string raw(bytes, '\0');
    random(reinterpret_cast<unsigned char*>(raw.data()), bytes);
    std::string token;
    for (const char byte : raw) {
        token += "0123456789abcdef"[static_cast<unsigned char>(byte) >> 4];
        token += "0123456789abcdef"[static_cast<unsigned char>(byte) & 15];
    }
    return token;
}

} // namespace incar
