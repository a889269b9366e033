#include "files.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace incar::program {
namespace {

struct closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using file_handle = std::unique_ptr<std::FILE, closer>;

error failure(const std::string& path, const char* what) {
    const int reason = errno;
    return {reason == ENOENT ? errc::not_found : errc::unavailable, path,
            std::string(what) + ": " + std::strerror(reason)};
}

expected<std::string> read_all(std::FILE* file, const std::string& name) {
    std::string content;
    char block[1 << 16];
    while (const std::size_t got = std::fread(block, 1, sizeof block, file)) {
        if (content.size() + got > most_bytes) return error{errc::limit_exceeded, name, "is larger than 256 MiB"};
        content.append(block, got);
    }
    if (std::ferror(file)) return failure(name, "cannot be read");
    return content;
}

} // namespace

expected<std::string> read_file(const std::string& path) {
    if (path == "-") return read_all(stdin, "standard input");
    const file_handle file(std::fopen(path.c_str(), "rb"));
    if (!file) return failure(path, "cannot be opened");
    return read_all(file.get(), path);
}

expected<void> write_file(const std::string& path, std::string_view content) {
    file_handle file(std::fopen(path.c_str(), "wb"));
    if (!file) return failure(path, "cannot be written");
    const bool written = std::fwrite(content.data(), 1, content.size(), file.get()) == content.size();
    if (std::fclose(file.release()) != 0 || !written) return failure(path, "cannot be written");
    return {};
}

expected<void> print(std::string_view text) {
    const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
    if (std::fflush(stdout) != 0 || !written) return failure("standard output", "cannot be written");
    return {};
}

} // namespace incar::program
