// Beast behind the port: what is too much, too slow, too many or could be read in two ways.

#include "adapters/beast_house.hpp"

#include <sys/resource.h>

using namespace incar;
using namespace incar::test;

TEST_SUITE("beast") {
    TEST_CASE("headers and bodies beyond their limits are refused, and the refusal arrives") {
        house inside;
        http_server_options options;
        options.max_header_bytes = 2000;
        options.max_body_bytes = 10000;
        visit(started(inside, options), "limits.limits");
    }

    TEST_CASE("without being told a server still knows where to end: 40 MB, a header of 100 kB and lines without end") {
        house inside;
        visit(started(inside), "limits.huge");
    }

    TEST_CASE("a request that could be read in two ways is refused and nothing behind it is read") {
        house inside;
        visit(started(inside), "smuggling.ambiguity");
    }

    TEST_CASE("who is slow with a header, a body or the next request is hung up on") {
        house inside;
        http_server_options options;
        options.header_time_limit = options.body_time_limit = options.idle_time_limit = 2s;
        visit(started(inside, options), "crowds.slow");
    }

    TEST_CASE("connections that break anywhere leave the server in order") {
        house inside;
        visit(started(inside, with_threads(2)), "crowds.dropped");
    }

    TEST_CASE("two hundred clients at a time are all served") {
        house inside;
        visit(started(inside, with_threads(2)), "crowds.crowd");
    }

    TEST_CASE("two thousand connections that dawdle hold up nobody and are hung up on") {
        rlimit files{};
        REQUIRE(::getrlimit(RLIMIT_NOFILE, &files) == 0);
        const rlimit more{files.rlim_max, files.rlim_max};
        REQUIRE(::setrlimit(RLIMIT_NOFILE, &more) == 0);
        house inside;
        http_server_options options;
        options.max_connections = 4000;
        options.header_time_limit = 5s;
        visit(started(inside, options), "crowds.slow_crowd");
        ::setrlimit(RLIMIT_NOFILE, &files);
    }

    TEST_CASE("a token has so many connections and no more, whoever else has how many") {
        for (const int threads : {1, 3}) {
            house inside;
            http_server_options options = with_threads(threads);
            options.max_connections_per_token = 2;
            visit(started(inside, options), "crowds.per_token");
        }
    }

    TEST_CASE("beyond the greatest number of connections the next one waits for its turn") {
        house inside;
        http_server_options options;
        options.max_connections = 1;
        visit(started(inside, options), "crowds.full_house");
    }
}
