// Any bytes as a scenario: an error with a place, or a problem that survives its own text and every plan that needs no
// solver.

#include <incar/smac/baselines.hpp>
#include <incar/smac/scenario.hpp>

#include <cmath>
#include <cstdint>
#include <cstdlib>

using namespace incar;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto read = smac::parse_scenario({reinterpret_cast<const char*>(bytes), size});
    if (!read) {
        if (read.error().message.empty() || !read.error().code) std::abort();
        return 0;
    }
    const std::string text = smac::format_scenario(*read);
    const auto again = smac::parse_scenario(text);
    if (!again || smac::format_scenario(*again) != text) std::abort();
    if (read->slots > 200 || read->evs.size() + read->batteries.size() > 20) return 0;
    for (const auto& plan :
         {smac::uncontrolled(*read), smac::equal_share(*read), smac::earliest_deadline_first(*read)}) {
        if (!plan || !std::isfinite(plan->objective_eur)) std::abort();
        smac::format_plan(*plan);
    }
    return 0;
}
