// What GLPK itself does when it is misused, behind the guard of the adapter.

#include "adapters/glpk/guard.hpp"

#include <doctest/doctest.h>
#include <glpk.h>

#include <string>
#include <thread>

using incar::adapters::glpk_failure;
using incar::adapters::glpk_timeout;
using incar::adapters::guarded;

TEST_SUITE("glpk guard") {
    TEST_CASE("a misuse that would end the process becomes an exception with GLPK's own words") {
        std::thread([] {
            for (int round = 0; round < 20; ++round) {
                auto misuse = [] {
                    glp_prob* problem = glp_create_prob();
                    glp_set_row_bnds(problem, 17, GLP_LO, 0, 0);
                };
                std::string words;
                try {
                    guarded(misuse);
                } catch (const glpk_failure& failure) {
                    words = failure.what();
                }
                CHECK(words.find("row number out of range") != std::string::npos);
                auto sound = [] { glp_delete_prob(glp_create_prob()); };
                CHECK_NOTHROW(guarded(sound));
            }
            glp_free_env();
        }).join();
    }

    TEST_CASE("past the deadline the next warning ends what would not end by itself") {
        std::thread([] {
            auto circling = [] {
                while (true) glp_printf("warning\n");
            };
            CHECK_THROWS_AS(guarded(circling, std::chrono::steady_clock::now() + std::chrono::milliseconds(5)),
                            glpk_timeout);
            glp_free_env();
        }).join();
    }
}
