#pragma once

#include <filesystem>
#include <random>
#include <string>

// A folder that is gone with this: in memory where the system has such a file system, or on the disk.
struct folder {
    explicit folder(bool on_disk = false)
        : path((!on_disk && std::filesystem::is_directory("/dev/shm") ? std::filesystem::path("/dev/shm")
                                                                      : std::filesystem::temp_directory_path()) /
               ("incar-store-" + std::to_string(std::random_device()()))) {
        std::filesystem::create_directory(path);
    }
    folder(const folder&) = delete;
    folder& operator=(const folder&) = delete;
    ~folder() { std::filesystem::remove_all(path); }
    std::string file(const std::string& name) const { return (path / name).string(); }

    std::filesystem::path path;
};
