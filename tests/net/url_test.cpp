#include <incar/net/url.hpp>

#include <doctest/doctest.h>

#include <random>

using namespace incar;
using net::url;

namespace {

url read(std::string_view text) {
    const auto result = url::parse(text);
    REQUIRE_MESSAGE(result, text, ": ", (result ? "" : format(result.error())));
    return *result;
}

std::string place(std::string_view text) {
    const auto result = url::parse(text);
    REQUIRE_MESSAGE(!result, text);
    return result.error().where;
}

// A URL of random valid parts.
std::string random_url(std::mt19937& engine) {
    const auto below = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(engine); };
    const auto some = [&](std::initializer_list<const char*> pieces, std::size_t most) {
        std::string text;
        for (std::size_t count = below(most + 1); count > 0; --count) text += pieces.begin()[below(pieces.size())];
        return text;
    };
    std::string text = some({"http"}, 0) + (below(2) ? "http://" : "HTTPS://");
    text += below(4) ? "h" + some({"a", "-", ".", "9", "Z", "_", "~"}, 6) : std::string("[2001:DB8::7]");
    if (below(2)) text += ":" + (below(3) ? std::to_string(1 + below(65535)) : std::string());
    if (below(3)) text += "/" + some({"a", "/", "..", ".", "%2F", "%41", ";x", "@", ":", "+", "~"}, 9);
    if (below(2)) text += "?" + some({"a", "=", "&", "%26", "+", "/", "?", "b=c", "%c3%a4"}, 9);
    if (below(4) == 0) text += "#" + some({"a", "/", "?", "%23"}, 3);
    return text;
}

} // namespace

TEST_SUITE("url") {
    TEST_CASE("the parts of a URL are where RFC 3986 has them") {
        const url whole = read("HTTPS://Cpo.Example:8443/ocpi/2.2.1//a%2Fb?limit=5&q=a%20b+c#top");
        CHECK(whole.scheme() == "https");
        CHECK(whole.host() == "Cpo.Example");
        CHECK(whole.port() == 8443);
        CHECK(whole.authority() == "Cpo.Example:8443");
        CHECK(whole.path() == "/ocpi/2.2.1//a%2Fb");
        CHECK(whole.query() == "limit=5&q=a%20b+c");
        CHECK(whole.fragment() == "top");
        CHECK(whole.target() == "/ocpi/2.2.1//a%2Fb?limit=5&q=a%20b+c");
        CHECK(whole.origin() == "https://cpo.example:8443");
        CHECK(whole.segments() == std::vector<std::string>{"ocpi", "2.2.1", "", "a/b"});

        const url least = read("http://a");
        CHECK(least.port() == 80);
        CHECK(least.path().empty());
        CHECK(least.target() == "/");
        CHECK_FALSE(least.query());
        CHECK_FALSE(least.fragment());
        CHECK(least.segments().empty());
        CHECK(read("https://a?").query() == "");
        CHECK(read("https://a?").target() == "/?");
        CHECK(read("https://a:/x").port() == 443);
        CHECK(read("http://a/b/").segments() == std::vector<std::string>{"b", ""});

        const url six = read("http://[2001:db8::1]:8080/x");
        CHECK(six.host() == "2001:db8::1");
        CHECK(six.authority() == "[2001:db8::1]:8080");
        CHECK(six.port() == 8080);
        CHECK(read("http://[::1]").port() == 80);
        CHECK(read("http://0x7f.1/").host() == "0x7f.1"); // what it means is the resolver's business
    }

    TEST_CASE("no URL at all has empty parts") {
        const url none;
        CHECK(none.empty());
        CHECK(none.text().empty());
        CHECK(none.scheme().empty());
        CHECK(none.host().empty());
        CHECK(none.origin().empty());
        CHECK(none.port() == 0);
        CHECK(none.append({"a"}).error().code == incar::errc::missing);
        CHECK_FALSE(none.resolve("a"));
        url still = none;
        still.set_parameter("a", "b");
        CHECK(still.empty());
        CHECK_FALSE(net::same_origin(none, none));
    }

    TEST_CASE("a URL that is not absolute, http and clean is refused with its part") {
        for (const char* text :
             {"", "http", "ftp://a/", "javascript:alert(1)", "//a/b", "/a", "http:/a", "http:a", " http://a"})
            CHECK(place(text) == "/scheme");
        for (const char* text : {"http://user@a/", "http://user:pw@a/", "http://@a", "https://a:1@b:2/"})
            CHECK(place(text) == "/user");
        for (const char* text :
             {"http://", "http:///a", "http://:80/", "http://a b/", "http://a%41/", "http://b\xc3\xbc/", "http://[::1",
              "http://[::1]a/", "http://[fe80::1%25eth0]/", "http://[v1.a]/", "http://[127.0.0.1]/", "http://[]/",
              "http://a\\b/", "http://a,b/", "http://a]/", "http://::1/"})
            CHECK(place(text) == "/host");
        for (const char* text : {"http://a:b/", "http://a:-1/", "http://a:80:80/", "http://a:+1", "http://[::1]:x/"})
            CHECK(place(text) == "/port");
        for (const char* text : {"http://a/b c", "http://a/\\", "http://a/%", "http://a/%4", "http://a/%zz",
                                 "http://a/{b}", "http://a/\n", "http://a/b%2?x", "http://a/\xc3\xa4"})
            CHECK(place(text) == "/path");
        for (const char* text : {"http://a/?b c", "http://a?[]", "http://a?%f", "http://a?\r\nX: y", "http://a?<"})
            CHECK(place(text) == "/query");
        for (const char* text : {"http://a/#b#c", "http://a#%", "http://a# "}) CHECK(place(text) == "/fragment");
        CHECK(place(std::string_view("http://a/\0b", 11)) == "/path");
        CHECK(place(std::string_view("http://a\0b/", 11)) == "/host");
        CHECK(url::parse("http://a/b c").error().message.substr(0, 7) == "byte 10");
        CHECK(url::parse("http://a:0/").error().code == incar::errc::out_of_range);
        CHECK(url::parse("http://a:65536/").error().code == incar::errc::out_of_range);
        CHECK(url::parse("http://a:99999999999999999999999/").error().code == incar::errc::out_of_range);
        CHECK(url::parse("http://a/" + std::string(url::max_length - 9, 'x')));
        CHECK(url::parse("http://a/" + std::string(url::max_length - 8, 'x')).error().code ==
              incar::errc::limit_exceeded);
    }

    TEST_CASE("a URL that is only read keeps its text, and its parts put together are the text") {
        std::mt19937 engine(1);
        for (int round = 0; round < 20'000; ++round) {
            const std::string text = random_url(engine);
            CAPTURE(text);
            const url once = read(text);
            REQUIRE(once.text() == text);
            std::string together = text.substr(0, once.scheme().size()) + "://";
            together.append(once.authority()).append(once.path());
            if (once.query()) together.append("?").append(*once.query());
            if (once.fragment()) together.append("#").append(*once.fragment());
            REQUIRE(together == text);
            REQUIRE(once.resolve("")->text() == text.substr(0, text.find('#')));
            REQUIRE(net::same_origin(once, read(once.origin())));
            url changed = once;
            changed.add_parameter("\x01&=+ \xc3\xa4", "=&?#/%41");
            REQUIRE(changed.find_parameter("\x01&=+ \xc3\xa4") == "=&?#/%41");
            REQUIRE(changed.parameters().size() == once.parameters().size() + 1);
            REQUIRE(changed.append({"a/b", "..%", "?#"})->segments().back() == "?#");
        }
    }

    TEST_CASE("every example of RFC 3986 section 5.4 resolves as printed there") {
        const url base = read("http://a/b/c/d;p?q");
        const std::pair<const char*, const char*> examples[] = {
            {"g", "http://a/b/c/g"},
            {"./g", "http://a/b/c/g"},
            {"g/", "http://a/b/c/g/"},
            {"/g", "http://a/g"},
            {"//g", "http://g"},
            {"?y", "http://a/b/c/d;p?y"},
            {"g?y", "http://a/b/c/g?y"},
            {"#s", "http://a/b/c/d;p?q#s"},
            {"g#s", "http://a/b/c/g#s"},
            {"g?y#s", "http://a/b/c/g?y#s"},
            {";x", "http://a/b/c/;x"},
            {"g;x", "http://a/b/c/g;x"},
            {"g;x?y#s", "http://a/b/c/g;x?y#s"},
            {"", "http://a/b/c/d;p?q"},
            {".", "http://a/b/c/"},
            {"./", "http://a/b/c/"},
            {"..", "http://a/b/"},
            {"../", "http://a/b/"},
            {"../g", "http://a/b/g"},
            {"../..", "http://a/"},
            {"../../", "http://a/"},
            {"../../g", "http://a/g"},
            {"../../../g", "http://a/g"},
            {"../../../../g", "http://a/g"},
            {"/./g", "http://a/g"},
            {"/../g", "http://a/g"},
            {"g.", "http://a/b/c/g."},
            {".g", "http://a/b/c/.g"},
            {"g..", "http://a/b/c/g.."},
            {"..g", "http://a/b/c/..g"},
            {"./../g", "http://a/b/g"},
            {"./g/.", "http://a/b/c/g/"},
            {"g/./h", "http://a/b/c/g/h"},
            {"g/../h", "http://a/b/c/h"},
            {"g;x=1/./y", "http://a/b/c/g;x=1/y"},
            {"g;x=1/../y", "http://a/b/c/y"},
            {"g?y/./x", "http://a/b/c/g?y/./x"},
            {"g?y/../x", "http://a/b/c/g?y/../x"},
            {"g#s/./x", "http://a/b/c/g#s/./x"},
            {"g#s/../x", "http://a/b/c/g#s/../x"},
        };
        for (const auto& [reference, target] : examples) {
            CAPTURE(reference);
            const auto found = base.resolve(reference);
            REQUIRE(found);
            CHECK(found->text() == target);
        }
        CHECK(base.resolve("g:h").error().where == "/scheme"); // neither http nor https
        CHECK(base.resolve("http:g").error().where == "/scheme");
        CHECK(read("http://a").resolve("g")->text() == "http://a/g");
        CHECK(read("http://a?q").resolve("g")->text() == "http://a/g");
        CHECK(read("https://a/x").resolve("//b/y")->text() == "https://b/y");
        CHECK(base.resolve("g h").error().where == "/path");
        CHECK(base.resolve("//user@b/").error().where == "/user");
    }

    TEST_CASE("an absolute reference comes back to the byte") {
        const url base = read("http://a/b");
        for (const char* text :
             {"HTTPS://B.example:443/%7Euser/?offset=100&limit=%35&b=a+b", "http://b", "http://b/a//c"})
            CHECK(base.resolve(text)->text() == text);
        CHECK(base.resolve("http://b/x/../y")->text() == "http://b/y");
    }

    TEST_CASE("segments are appended with and without a slash at the end of the base, each encoded") {
        for (const char* base : {"https://a/ocpi", "https://a/ocpi/"})
            CHECK(read(base).append({"tokens", "DE", "A/B ?#%"})->text() ==
                  "https://a/ocpi/tokens/DE/A%2FB%20%3F%23%25");
        for (const char* base : {"https://a", "https://a/"}) CHECK(read(base).append({"x"})->text() == "https://a/x");
        CHECK(read("https://a/b?key=%41#f").append({"c"})->text() == "https://a/b/c?key=%41");
        CHECK(read("https://a/b/?c").append({})->text() == "https://a/b/?c");
        CHECK(read("https://a/b").append({"*caf\xc3\xa9"})->segments().back() == "*caf\xc3\xa9");
        for (const char* escape : {"", ".", ".."}) {
            const auto refused = read("https://a/b").append({"x", escape});
            REQUIRE_FALSE(refused);
            CHECK(refused.error().where == "/1");
        }
    }

    TEST_CASE("parameters keep their order and their text while one of them changes") {
        url page = read("https://a/cdrs?date_from=2026-01-01T00:00:00Z&limit=10&x&limit=20&q=a+b%2B#f");
        CHECK(page.find_parameter("date_from") == "2026-01-01T00:00:00Z");
        CHECK(page.find_parameter("limit") == "10");
        CHECK(page.find_parameter("x") == "");
        CHECK(page.find_parameter("q") == "a b+");
        CHECK_FALSE(page.find_parameter("Limit"));
        page.set_parameter("limit", "50");
        CHECK(page.text() == "https://a/cdrs?date_from=2026-01-01T00:00:00Z&limit=50&x&q=a+b%2B#f");
        page.add_parameter("country code", "D&E");
        page.remove_parameter("x");
        CHECK(page.text() == "https://a/cdrs?date_from=2026-01-01T00:00:00Z&limit=50&q=a+b%2B&country%20code=D%26E#f");
        page.set_parameter("offset", "0");
        CHECK(page.find_parameter("offset") == "0");
        for (const char* name : {"date_from", "limit", "q", "country code", "offset", "never there"})
            page.remove_parameter(name);
        CHECK(page.text() == "https://a/cdrs#f");
        page.add_parameter("a", "");
        CHECK(page.text() == "https://a/cdrs?a=#f");
    }

    TEST_CASE("two URLs have one origin when scheme, host and port agree, spelling aside") {
        CHECK(net::same_origin(read("https://A.example/x"), read("HTTPS://a.EXAMPLE:443?y")));
        CHECK(net::same_origin(read("http://[2001:DB8:0::1]"), read("http://[2001:db8::1]:80/")));
        CHECK_FALSE(net::same_origin(read("https://a"), read("http://a")));
        CHECK_FALSE(net::same_origin(read("https://a"), read("https://a:8443")));
        CHECK_FALSE(net::same_origin(read("https://a"), read("https://a.b")));
    }

    TEST_CASE("percent-encoding and back is the identity for every byte") {
        std::string all;
        for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
        CHECK(net::percent_decode(net::percent_encode(all)) == all);
        CHECK(net::percent_encode("Az09-._~") == "Az09-._~");
        CHECK(net::percent_encode("a b/\xc3\xa9+") == "a%20b%2F%C3%A9%2B");
        CHECK(net::percent_decode("%2f+%C3%a9") == std::string("/+\xc3\xa9"));
        for (const char* text : {"%", "%4", "%4g", "a%%41"})
            CHECK(net::percent_decode(text).error().code == incar::errc::malformed);
    }
}
