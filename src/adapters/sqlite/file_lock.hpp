#pragma once

#include "adapters/sqlite/database.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace incar::adapters::sqlite {

// One process at a time has the store open. The kernel frees the lock when the process ends.
class file_lock {
public:
    explicit file_lock(const std::string& file)
        : descriptor_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)) {
        if (descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
        const int reason = errno;
        if (descriptor_ >= 0) ::close(descriptor_);
        throw failure{error{errc::unavailable, "",
                            reason == EWOULDBLOCK ? "the store is open already, here or in another process"
                                                  : file + ": " + std::system_category().message(reason)}};
    }
    file_lock(const file_lock&) = delete;
    file_lock& operator=(const file_lock&) = delete;
    ~file_lock() { ::close(descriptor_); }

private:
    int descriptor_;
};

} // namespace incar::adapters::sqlite
