// Any bytes as a URL on the first line and a reference on the second: an error with a place, or a URL that survives
// everything that is done to URLs.

#include <incar/net/address.hpp>
#include <incar/net/url.hpp>

#include <cstdint>
#include <cstdlib>

using namespace incar;

namespace {

void require(bool good) {
    if (!good) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(bytes), size);
    const std::size_t line_end = input.find('\n');
    const std::string_view text = input.substr(0, line_end);
    const std::string_view reference = line_end == std::string_view::npos ? "" : input.substr(line_end + 1);

    require(net::percent_decode(net::percent_encode(input)) == std::string(input));
    if (const auto decoded = net::percent_decode(input)) require(decoded->size() <= input.size());
    if (const auto address = net::ip_address::parse(reference))
        require(net::ip_address::parse(format(*address)) == *address);

    const auto read = net::url::parse(text);
    if (!read) {
        require(!read.error().message.empty() && read.error().code);
        return 0;
    }
    require(read->text() == text && read->port() > 0 && !read->host().empty());
    require(net::same_origin(*read, net::url::parse(read->origin()).value()));
    require(read->target().front() == '/');

    if (const auto found = read->resolve(reference)) {
        require(net::url::parse(found->text()) == *found);
        require(found->resolve("")->target() == found->target());
    }
    net::url changed = *read;
    changed.set_parameter(reference, input);
    require(changed.find_parameter(reference) == std::string(input) && net::same_origin(changed, *read));
    changed.remove_parameter(reference);
    require(!changed.find_parameter(reference) && changed.path() == read->path());
    if (const auto longer = read->append({std::string(reference)})) {
        require(longer->segments().back() == reference && net::same_origin(*longer, *read));
        require(read->segments().size() + 1 >= longer->segments().size());
    }
    return 0;
}
