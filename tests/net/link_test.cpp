#include <incar/net/link.hpp>

#include <doctest/doctest.h>

using namespace incar;
using net::find_link;
using net::parse_links;

namespace {

std::string next_in(std::string_view value) {
    const auto links = parse_links(value);
    REQUIRE_MESSAGE(links, (links ? "" : format(links.error())));
    const net::link* found = find_link(*links, "next");
    return found ? found->target : "none";
}

} // namespace

TEST_SUITE("link") {
    TEST_CASE("the next page is found among several links in every spelling in use") {
        CHECK(next_in(R"(<https://a/?offset=5>; rel="next")") == "https://a/?offset=5");
        CHECK(next_in("<https://a/>;rel=next") == "https://a/");
        CHECK(next_in(R"(<u>; REL = "Next")") == "u");
        CHECK(next_in(R"(<p>; rel="prev", <a,b;c>; rel="next"; title="x, <y>; \"z\"")") == "a,b;c");
        CHECK(next_in(R"(<n>; rel="last next")") == "n");
        CHECK(next_in(R"(<n>; title="next"; rel=last)") == "none");
        CHECK(next_in(R"(<n>; rel=last; rel=next)") == "none"); // the first rel counts
        CHECK(next_in(R"(<n>; rel=next; anchor="https://b/", <m>; rel=next)") == "m");
        CHECK(next_in(R"(<n>; rel="nextish")") == "none");
        CHECK(next_in("<n>") == "none");
        CHECK(next_in(" , <n>; rel=next ,, ") == "n");
        CHECK(next_in("<n>; crossorigin; rel=next;") == "n");
        CHECK(next_in("") == "none");
        CHECK(next_in("\"\"") == "none");
        CHECK(next_in("  ") == "none");
        CHECK(next_in("<>; rel=next") == "");
    }

    TEST_CASE("what is no link is refused with its byte") {
        for (const char* value :
             {"https://a/", "<a", "<a>; rel=\"next", "<a> <b>", "<a>; rel=\"x\\", "<a>; b@d=1", "x <a>"}) {
            CAPTURE(value);
            const auto links = parse_links(value);
            REQUIRE_FALSE(links);
            CHECK(links.error().code == incar::errc::malformed);
            CHECK(links.error().message.substr(0, 5) == "byte ");
        }
    }

    TEST_CASE("a link that was written reads back as it was") {
        const net::link made{"https://a/?b=c,d;e", {{"rel", "next"}, {"title", "a \"b\" \\ c, d"}, {"x", ""}}};
        const auto text = format(made);
        REQUIRE(text);
        CHECK(*text == R"(<https://a/?b=c,d;e>; rel="next"; title="a \"b\" \\ c, d"; x="")");
        const auto again = parse_links(*text + ", " + *text);
        REQUIRE(again);
        REQUIRE(again->size() == 2);
        for (const net::link& each : *again) {
            CHECK(each.target == made.target);
            REQUIRE(each.parameters.size() == 3);
            for (std::size_t i = 0; i < 3; ++i) {
                CHECK(each.parameters[i].name == made.parameters[i].name);
                CHECK(each.parameters[i].value == made.parameters[i].value);
            }
        }
        CHECK(format(net::link{"a>b", {}}).error().where == "/target");
        CHECK(format(net::link{"a\r\nb", {}}).error().where == "/target");
        CHECK(format(net::link{"a", {{"re l", "x"}}}).error().where == "/parameters/name");
        CHECK(format(net::link{"a", {{"rel", "x\n"}}}).error().where == "/parameters/value");
    }

    TEST_CASE("the next page of a response is the URL as the server wrote it, or one relative to the request") {
        const net::url asked = net::url::parse("https://a/ocpi/cdrs?limit=2").value();
        const auto next = [&](const net::headers& lines) { return net::next_page({200, lines, ""}, asked); };
        CHECK(next({{"Link", R"(<https://B/%7Ex?limit=2&offset=2&z=%5a>; rel="next")"}}).value()->text() ==
              "https://B/%7Ex?limit=2&offset=2&z=%5a");
        CHECK(next({{"link", "<?offset=2>; rel=next"}}).value()->text() == "https://a/ocpi/cdrs?offset=2");
        CHECK(next({{"Link", "<x>; rel=prev"}, {"Link", "</y>; rel=next"}}).value()->text() == "https://a/y");
        CHECK_FALSE(next({{"Link", ""}}).value());
        CHECK_FALSE(next({{"Link", "\"\""}}).value());
        CHECK_FALSE(next({}).value());
        CHECK(next({{"Link", "<ftp://a/>; rel=next"}}).error().where == "/headers/Link");
        CHECK(next({{"Link", "nonsense"}}).error().where == "/headers/Link");
    }
}
