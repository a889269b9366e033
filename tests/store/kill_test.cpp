// Kills a writing process at random moments and looks for what it had acknowledged.
//
//     kill_test WRITER [--cycles N] [--seed N]
//
// Exits with 0 when nothing was lost or torn, and prints the counts.

#include "store/script.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>

using namespace incar;

namespace {

struct counts {
    long acknowledged = 0, found = 0, lost = 0, unacknowledged = 0, torn = 0, damaged = 0, wrong_counters = 0;
    double slowest_ms = 0;
};

// Lets the writer work, kills it, and returns the number of the last batch that it acknowledged; -1 when it ended
// before.
long write_until_killed(const char* writer, const std::string& file, long first, std::mt19937& random) {
    int pipe_ends[2];
    if (::pipe(pipe_ends) != 0) return -1;
    const std::string batch = std::to_string(first), seed = std::to_string(random());
    const ::pid_t child = ::fork();
    if (child == 0) {
        ::dup2(pipe_ends[1], STDOUT_FILENO);
        ::close(pipe_ends[0]);
        ::close(pipe_ends[1]);
        ::execl(writer, writer, file.c_str(), batch.c_str(), seed.c_str(), nullptr);
        ::_exit(127);
    }
    ::close(pipe_ends[1]);
    std::thread killer; // begun by the first acknowledgement
    std::string said;
    char bytes[4'096];
    for (::ssize_t size; (size = ::read(pipe_ends[0], bytes, sizeof bytes)) > 0;) {
        said.append(bytes, static_cast<std::size_t>(size));
        if (!killer.joinable())
            killer = std::thread([child, after = std::chrono::microseconds(random() % 300'000)] {
                std::this_thread::sleep_for(after);
                ::kill(child, SIGKILL);
            });
    }
    if (killer.joinable()) killer.join();
    ::close(pipe_ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    said.erase(said.rfind('\n') + 1);
    if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL || said.empty()) return -1;
    said.pop_back();
    return std::atol(said.c_str() + said.rfind('\n') + 1);
}

// The number after the last batch that is in the file.
long look(const std::string& file, long first, long acknowledged, counts& all) {
    const auto began = std::chrono::steady_clock::now();
    adapters::sqlite_options options;
    options.file = file;
    auto opened = adapters::sqlite_store::open(options);
    const store::object_store objects = opened.value().port();
    store::object_query query;
    query.kind = "single";
    (void)objects.list(query).value();
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - began;
    all.slowest_ms = std::max(all.slowest_ms, took.count());

    const auto has = [&](long batch, long i) {
        const std::string id = std::to_string(batch) + "/" + std::to_string(i);
        return objects.find({"single", "NL*AAA", id}).value().has_value();
    };
    long next = first;
    for (;; ++next) {
        long members = 0;
        for (long i = 0; i <= next % 40; ++i) members += has(next, i);
        const bool is_whole = members == next % 40 + 1;
        all.torn += members > 0 && !is_whole;
        if (next <= acknowledged) ++(is_whole ? all.found : all.lost);
        if (next > acknowledged && members == 0) break;
        all.unacknowledged += next > acknowledged;
    }
    all.acknowledged += acknowledged - first + 1;
    for (long group = 0; group < 10; ++group) {
        long newest = next - 1;
        while (newest >= 0 && newest % 10 != group) --newest;
        for (int i = 0; newest >= 0 && i < 8; ++i) {
            const auto member =
                objects.find({"group", "NL*AAA", std::to_string(group) + "/" + std::to_string(i)}).value();
            all.torn += !member || member->text != std::to_string(newest);
        }
    }
    all.damaged += script::damages(file);
    all.wrong_counters += script::wrong_counters(file);
    return next;
}

} // namespace

int main(int count, char** arguments) {
    long cycles = 20;
    unsigned long seed = 1;
    for (int i = 2; i + 1 < count; i += 2)
        if (!std::strcmp(arguments[i], "--cycles"))
            cycles = std::atol(arguments[i + 1]);
        else
            seed = std::strtoul(arguments[i + 1], nullptr, 10);
    const folder here(true);
    const std::string file = here.file("objects.db");
    std::mt19937 random(static_cast<std::uint32_t>(seed));
    counts all;
    long next = 0;
    for (long cycle = 0; cycle < cycles; ++cycle) {
        const long acknowledged = write_until_killed(arguments[1], file, next, random);
        if (acknowledged < 0) return std::printf("the writer ended by itself\n"), 2;
        next = look(file, next, acknowledged, all);
    }
    std::printf(
        "%ld kills: %ld batches acknowledged, %ld found, %ld lost; %ld kept without acknowledgement; %ld torn, %ld "
        "damages, %ld wrong counters; longest from opening to the first answer %.0f ms\n",
        cycles, all.acknowledged, all.found, all.lost, all.unacknowledged, all.torn, all.damaged, all.wrong_counters,
        all.slowest_ms);
    const bool is_good = all.lost == 0 && all.torn == 0 && all.damaged == 0 && all.wrong_counters == 0 &&
                         all.found == all.acknowledged && all.acknowledged >= cycles;
    return is_good ? 0 : 1;
}
