#pragma once

// Foreign programs that tests talk to: started with a pipe on either side, ended by closing their standard input.

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>
#include <string>
#include <vector>

extern char** environ;

namespace incar::test {

class process {
public:
    explicit process(std::vector<std::string> words) {
        int in[2], out[2];
        if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, in[0], 0);
        posix_spawn_file_actions_adddup2(&actions, out[1], 1);
        posix_spawn_file_actions_adddup2(&actions, out[1], 2);
        std::vector<char*> arguments;
        for (std::string& each : words) arguments.push_back(each.data());
        arguments.push_back(nullptr);
        const int failed = posix_spawn(&id_, arguments[0], &actions, nullptr, arguments.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
        close(in[0]);
        close(out[1]);
        in_ = in[1];
        out_ = out[0];
        if (failed) throw std::runtime_error("cannot start " + words[0]);
    }
    process(const process&) = delete;
    process& operator=(const process&) = delete;
    ~process() {
        if (id_ > 0) wait();
        close(out_);
    }

    // The next line the program writes; "" at the end.
    std::string line() {
        std::string text;
        for (char c = 0; read(out_, &c, 1) == 1 && c != '\n';) text += c;
        return text;
    }

    std::string rest() {
        std::string text;
        char bytes[4096];
        for (ssize_t count = 0; (count = read(out_, bytes, sizeof bytes)) > 0;)
            text.append(bytes, static_cast<std::size_t>(count));
        return text;
    }

    // Asks the program to end, and says how it did: 0 is well.
    int wait() {
        close(in_);
        int status = 0;
        while (waitpid(id_, &status, 0) < 0 && errno == EINTR) {
        }
        id_ = 0;
        return status;
    }

private:
    pid_t id_ = 0;
    int in_ = -1, out_ = -1;
};

} // namespace incar::test
