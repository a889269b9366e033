#include "options.hpp"

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::program;

namespace {

const std::vector<option> table = {{"--solver", "NAME", ""}, {"--quiet", "", ""}};

arguments read(const std::vector<std::string>& words) {
    const auto given = parse_arguments(words, table, 1);
    REQUIRE(given);
    return *given;
}

error refusal(const std::vector<std::string>& words) {
    const auto given = parse_arguments(words, table, 1);
    REQUIRE_FALSE(given);
    return given.error();
}

} // namespace

TEST_SUITE("options") {
    TEST_CASE("options stand before or after the other words, with a space or an equals sign") {
        for (const auto& words :
             {std::vector<std::string>{"--solver", "glpk", "a"}, std::vector<std::string>{"a", "--solver=glpk"}}) {
            const arguments given = read(words);
            CHECK(given.positional == std::vector<std::string>{"a"});
            CHECK(*given.find("--solver") == "glpk");
            CHECK_FALSE(given.has("--quiet"));
        }
    }

    TEST_CASE("a dash alone and all that follows two dashes are no options") {
        CHECK(read({"-"}).positional.front() == "-");
        CHECK(read({"--quiet", "--", "--solver"}).positional.front() == "--solver");
    }

    TEST_CASE("what cannot be read is named") {
        CHECK(refusal({"--solver"}).code == errc::missing);
        CHECK(refusal({"--quiet=yes"}).code == errc::wrong_type);
        CHECK(refusal({"--quiet", "--quiet"}).code == errc::duplicate);
        CHECK(refusal({"-q"}).where == "-q");
        CHECK(refusal({"a", "b"}).where == "b");
    }

    TEST_CASE("a number keeps to its bounds") {
        const auto number = [](const std::string& text) {
            const arguments given = {{}, {{"--solver", text}}};
            return number_option(given, "--solver", 1, 0, 10);
        };
        CHECK(number("2.5") == 2.5);
        CHECK(number_option({}, "--solver", 1, 0, 10) == 1.0);
        for (const char* text : {"", "x", "1x", "nan", "\"1\"", "[1]"})
            CHECK(number(text).error().code == errc::malformed);
        for (const char* text : {"-1", "11"}) CHECK(number(text).error().code == errc::out_of_range);
    }
}
