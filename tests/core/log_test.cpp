#include <incar/core/log.hpp>

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <thread>
#include <vector>

using namespace incar;

namespace {

/// What `action` writes to standard error.
template <class Action>
std::string standard_error_of(Action action) {
    std::FILE* const file = std::tmpfile();
    REQUIRE(file);
    const int kept = dup(STDERR_FILENO);
    dup2(fileno(file), STDERR_FILENO);
    action();
    dup2(kept, STDERR_FILENO);
    close(kept);
    std::rewind(file);
    std::string text;
    for (int character; (character = std::fgetc(file)) != EOF;) text += static_cast<char>(character);
    std::fclose(file);
    return text;
}

std::string shown(std::string_view message) {
    return format(log_record{log_level::info, "hub", message});
}

} // namespace

TEST_SUITE("log") {
    TEST_CASE("a record is one line with its level and its component") {
        CHECK(format(log_record{log_level::debug, "hub", "up"}) == "debug hub: up");
        CHECK(format(log_record{log_level::info, "hub", "up"}) == "info hub: up");
        CHECK(format(log_record{log_level::warning, "ocpp", "late"}) == "warning ocpp: late");
        CHECK(format(log_record{log_level::error, "", "lost"}) == "error: lost");
    }

    TEST_CASE("no message can forge a second line or command a terminal") {
        CHECK(shown("a\nerror hub: forged") == "info hub: a\\nerror hub: forged");
        CHECK(shown("\r\t\\n") == "info hub: \\r\\t\\\\n");
        CHECK(shown("\x1b[2J\x7f") == "info hub: \\x1b[2J\\x7f");
        CHECK(shown(std::string_view("\0", 1)) == "info hub: \\x00");
        CHECK(shown("\xc2\x85\xc2\x9b") == "info hub: \\u{85}\\u{9b}");
        CHECK(shown("\xe2\x80\xa8\xe2\x80\xa9") == "info hub: \\u{2028}\\u{2029}");
        CHECK(format(log_record{log_level::info, "h\nb", "up"}) == "info h\\nb: up");
    }

    TEST_CASE("other text is shown as it is") {
        CHECK(shown("20 \xe2\x82\xac, Se\xc3\xb1or\xc2\xa0\"x\"") ==
              "info hub: 20 \xe2\x82\xac, Se\xc3\xb1or\xc2\xa0\"x\"");
        CHECK(shown("\xc2") == "info hub: \xc2");
        CHECK(shown("\xe2\x80") == "info hub: \xe2\x80");
    }

    TEST_CASE("standard error receives the messages of at least the level asked for") {
        const std::string text = standard_error_of([] {
            const log_sink log = stderr_log(log_level::warning);
            log({log_level::info, "hub", "silent"});
            log({log_level::warning, "hub", "first"});
            log({log_level::error, "hub", "second"});
            discard_log()({log_level::error, "hub", "dropped"});
        });
        CHECK(text == "warning hub: first\nerror hub: second\n");
    }

    TEST_CASE("lines from several threads stay whole") {
        const std::string message(300, 'x');
        const std::string text = standard_error_of([&] {
            const log_sink log = stderr_log(log_level::debug);
            std::vector<std::thread> threads;
            for (int thread = 0; thread < 4; ++thread)
                threads.emplace_back([&] {
                    for (int round = 0; round < 200; ++round) log({log_level::info, "hub", message});
                });
            for (std::thread& each : threads) each.join();
        });
        const std::string line = "info hub: " + message + '\n';
        std::string expected_text;
        for (int count = 0; count < 800; ++count) expected_text += line;
        CHECK((text == expected_text));
    }
}
