#include "adapters/openssl/primitives.hpp"

#include <incar/adapters/openssl.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace incar::adapters {
namespace {

class descriptor {
public:
    explicit descriptor(int number) : number_(number) {}
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;
    ~descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    int number() const { return number_; }
    bool is_open() const { return number_ >= 0; }

private:
    int number_;
};

error unavailable() {
    return {errc::unavailable, "/file", std::generic_category().message(errno)};
}

expected<std::string> read_key(const descriptor& file) {
    struct stat found {};
    if (::fstat(file.number(), &found) != 0) return unavailable();
    if ((found.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return error{errc::inconsistent, "/file", "may be read or written by others than its owner"};
    char text[2 * key_bytes + 2];
    const ssize_t size = ::read(file.number(), text, sizeof text);
    if (size < 0) return unavailable();
    std::string_view line(text, static_cast<std::size_t>(size));
    if (!line.empty() && line.back() == '\n') line.remove_suffix(1);
    auto key = openssl::from_hexadecimal(line);
    if (!key || key->size() != key_bytes) return error{errc::malformed, "/file", "is no line of 64 hexadecimal digits"};
    return *std::move(key);
}

bool write_line(const std::string& file, const std::string& line) {
    const descriptor fresh(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    return fresh.is_open() && ::write(fresh.number(), line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
           ::fsync(fresh.number()) == 0;
}

// The key appears under its name when it is whole; who comes second keeps what the first one made.
expected<void> make_key(const std::string& file, const random_source& random) {
    const std::string beside = file + "." + random_token(random, 8);
    const bool good = write_line(beside, random_token(random, key_bytes) + '\n') &&
                      (::link(beside.c_str(), file.c_str()) == 0 || errno == EEXIST);
    const error reason = unavailable();
    ::unlink(beside.c_str());
    if (!good) return reason;
    const auto slash = file.rfind('/');
    const std::string name = slash == std::string::npos ? "." : file.substr(0, slash + 1);
    const descriptor folder(::open(name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder.is_open() || ::fsync(folder.number()) != 0) return unavailable();
    return {};
}

} // namespace

expected<std::string> read_or_make_key(const std::string& file, const random_source& random) {
    const descriptor known(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (known.is_open()) return read_key(known);
    if (errno != ENOENT) return unavailable();
    if (const auto made = make_key(file, random); !made) return made.error();
    const descriptor made(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    return made.is_open() ? read_key(made) : unavailable();
}

} // namespace incar::adapters
