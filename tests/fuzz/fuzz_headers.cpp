// Any bytes as header lines: what is taken can be written as lines and read as the same lines, one for one.

#include <incar/net/http.hpp>

#include <cstdint>
#include <cstdlib>

using namespace incar;

namespace {

net::headers read(std::string_view text) {
    net::headers lines;
    while (!text.empty()) {
        const std::size_t end = text.find("\r\n");
        const std::string_view line = text.substr(0, end);
        const std::size_t colon = line.find(':');
        if (colon != std::string_view::npos) (void)lines.add(line.substr(0, colon), line.substr(colon + 1));
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 2);
    }
    return lines;
}

std::string write(const net::headers& lines) {
    std::string text;
    for (const net::header& each : lines) text.append(each.name).append(": ").append(each.value).append("\r\n");
    return text;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(bytes), size);
    net::headers lines = read(input);
    const std::string text = write(lines);
    const net::headers again = read(text);
    if (again.size() != lines.size() || write(again) != text) std::abort();
    net::http_request request;
    request.headers = lines;
    for (const char c : format(request))
        if (c == '\r' || c == '\n' || c == '\0') std::abort();
    if (!lines.empty()) {
        const std::string name = lines.begin()->name;
        if (!lines.set(name, input.substr(0, 3)) && lines.size() != again.size()) std::abort();
        if (lines.find(name) == nullptr || lines.remove(name) == 0 || lines.find(name)) std::abort();
    }
    return 0;
}
