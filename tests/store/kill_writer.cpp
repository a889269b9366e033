// Writes batches into a store until it is killed, and prints the number of each one once it is acknowledged.
//
//     kill_writer FILE FIRST_BATCH SEED
//
// Batch b saves the objects "b/0" to "b/n", n = b % 40, and writes its number into all members of one group of eight.

#include <incar/adapters/sqlite.hpp>

#include <unistd.h>

#include <cstdlib>
#include <random>

using namespace incar;

int main(int, char** arguments) {
    adapters::sqlite_options options;
    options.file = arguments[1];
    options.commits = store::commit_mode::by_caller;
    options.wal_mb = 2; // so that it is emptied often
    const auto opened = adapters::sqlite_store::open(options);
    if (!opened) return 2;
    const store::object_store objects = opened->port();
    std::mt19937 random(static_cast<std::uint32_t>(std::atol(arguments[3])));
    for (long batch = std::atol(arguments[2]);; ++batch) {
        const auto save = [&](const char* kind, const std::string& id, const std::string& text) {
            return bool(
                objects.save({{kind, "NL*AAA", id}, timestamp() + std::chrono::seconds(batch), text, "", false, 0}));
        };
        const std::string number = std::to_string(batch), group = std::to_string(batch % 10);
        for (long i = 0; i <= batch % 40; ++i)
            if (!save("single", number + "/" + std::to_string(i), std::string(random() % 3'000, 'x'))) return 3;
        for (int i = 0; i < 8; ++i)
            if (!save("group", group + "/" + std::to_string(i), number)) return 3;
        if (!objects.commit()) return 4;
        const std::string line = number + "\n";
        if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) return 5;
    }
}
