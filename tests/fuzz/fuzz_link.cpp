// Any bytes as a Link header: an error with a byte, or links that read back as they were written.

#include <incar/net/link.hpp>

#include <cstdint>
#include <cstdlib>

using namespace incar;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(bytes), size);
    const auto links = net::parse_links(input);
    if (!links) {
        if (links.error().message.empty() || !links.error().code) std::abort();
        return 0;
    }
    for (const net::link& each : *links) {
        const auto text = format(each);
        if (!text) continue;
        const auto again = net::parse_links(*text);
        if (!again || again->size() != 1 || format(again->front()).value() != *text) std::abort();
        if (again->front().target != each.target) std::abort();
    }
    const net::link* next = net::find_link(*links, "next");
    net::http_response response;
    if (!response.headers.add("Link", input)) return 0;
    const auto page = net::next_page(response, net::url::parse("https://a/b?c").value());
    if (page && page->has_value() && !next) std::abort();
    return 0;
}
