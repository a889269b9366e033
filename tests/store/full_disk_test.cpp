// Fills a real disk of 16 MB, mounted for this process alone, and looks for what is left of what failed.
//
//     full_disk_test
//
// Exits with 77 and says so where the system lets it mount nothing.

#include "store/script.hpp"

#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

using namespace incar;

namespace {

void write(const std::string& file, const std::string& text) {
    std::ofstream(file) << text;
}

// A disk in a name space of its own, so that nothing is left of it when the process ends, however it does.
struct disk {
    explicit disk(const folder& in) : path(in.path / "disk") {
        const auto user = std::to_string(::getuid()), group = std::to_string(::getgid());
        std::filesystem::create_directory(path);
        if (::unshare(CLONE_NEWNS) != 0) {
            if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return;
            write("/proc/self/setgroups", "deny");
            write("/proc/self/uid_map", "0 " + user + " 1");
            write("/proc/self/gid_map", "0 " + group + " 1");
        }
        is_mounted = ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
                     ::mount("none", path.c_str(), "tmpfs", 0, "size=16m") == 0;
    }
    disk(const disk&) = delete;
    disk& operator=(const disk&) = delete;
    ~disk() {
        if (is_mounted) ::umount2(path.c_str(), MNT_DETACH);
    }
    std::string file(const std::string& name) const { return (path / name).string(); }

    std::filesystem::path path;
    bool is_mounted = false;
};

// Twenty objects, half of them new, half in place of what is there.
script::batch batch_of(int number) {
    script::batch all(20);
    for (int i = 0; i < 20; ++i) {
        auto& object = all[static_cast<std::size_t>(i)].object;
        object.key = {"a", "NL*AAA", std::to_string(i % 2 ? number * 20 + i : i)};
        object.last_updated = timestamp() + std::chrono::seconds(number);
        object.text = std::to_string(number) + std::string(3'000, '.');
    }
    return all;
}

} // namespace

int main() {
    const folder here;
    const disk small(here);
    if (!small.is_mounted) return std::printf("skipped: nothing can be mounted here: %s\n", std::strerror(errno)), 77;
    // What other programs keep on the disk, and remove one after the other.
    for (int i = 0; i < 4; ++i) write(small.file("ballast" + std::to_string(i)), std::string(2 << 20, 'x'));

    auto options = script::options(here, store::commit_mode::by_caller);
    options.file = small.file("objects.db");
    options.wal_mb = 2;
    script::contents wanted;
    int number = 0, acknowledged = 0, refused = 0, wrong = 0;
    {
        const auto opened = adapters::sqlite_store::open(options);
        const store::object_store objects = opened.value().port();
        const auto save = [&] {
            const script::batch next = batch_of(++number);
            if (const auto done = script::run(objects, next); !done) {
                wrong += done.error().code != errc::unavailable;
                wrong += !objects.rollback();
                return false;
            }
            for (const script::step& each : next) script::apply(wanted, each);
            ++acknowledged;
            return true;
        };
        for (int turn = 0; turn < 4; ++turn) {
            while (save()) {
            }
            for (int i = 0; i < 5; ++i) refused += !save();
            wrong += script::read(objects).value() != wanted;
            std::filesystem::remove(small.path / ("ballast" + std::to_string(turn)));
            for (int i = 0; i < 5; ++i) wrong += !save();
            wrong += script::read(objects).value() != wanted;
        }
    }
    wrong += script::read(adapters::sqlite_store::open(options).value().port()).value() != wanted;
    wrong += script::damages(options.file) != 0 || script::wrong_counters(options.file) != 0;
    std::printf("%d batches acknowledged, %d refused again while the disk was full four times, %d wrong\n",
                acknowledged, refused, wrong);
    return wrong == 0 && refused > 0 && acknowledged > 20 ? 0 : 1;
}
