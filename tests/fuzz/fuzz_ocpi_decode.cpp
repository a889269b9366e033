// Any bytes as any OCPI object: an error with a reason, or an object that is written as a text that reads as the same
// object; and validate has an answer.

#include "ocpi/v221/shapes.hpp"

#include <incar/ocpi/validate.hpp>

#include <cstdlib>
#include <memory>

using namespace incar;

namespace {

using object = std::unique_ptr<void, void (*)(void*)>;

object fresh(const json::shape& type) {
    return {type.create(), type.destroy};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    if (size == 0) return 0;
    // The first byte tells the object; letters, so that the corpus can be read.
    const auto& shapes = ocpi::all_shapes();
    const json::shape& type = *shapes[static_cast<std::size_t>(bytes[0] - ' ') % shapes.size()];
    const std::string_view text(reinterpret_cast<const char*>(bytes) + 1, size - 1);
    const json::limits limits = {1u << 20, 50};

    const object lenient = fresh(type);
    const auto read = ocpi::detail::decode(type, lenient.get(), text, {ocpi::reading::lenient, limits});
    const object exact = fresh(type);
    const bool is_exact = ocpi::detail::decode(type, exact.get(), text, {ocpi::reading::exact, limits}).has_value();
    if (!read) {
        if (read.error().message.empty() || !read.error().code || is_exact) std::abort();
        return 0;
    }
    const std::string written = ocpi::detail::encode(type, lenient.get(), json::layout::compact);
    if (is_exact && ocpi::detail::encode(type, exact.get(), json::layout::compact) != written) std::abort();
    const object again = fresh(type);
    if (!ocpi::detail::decode(type, again.get(), written, {ocpi::reading::lenient, {written.size(), 50}})) std::abort();
    if (ocpi::detail::encode(type, again.get(), json::layout::compact) != written) std::abort();

    for (const auto against : {ocpi::edition::v2_2, ocpi::edition::v2_2_1}) {
        std::size_t fewer = 0;
        for (const auto how : {ocpi::strictness::usable, ocpi::strictness::specified, ocpi::strictness::advised}) {
            const auto findings = ocpi::detail::validate(type, lenient.get(), against, how);
            if (findings.size() < fewer) std::abort();
            fewer = findings.size();
            // What cannot be read exactly has a reason in the list.
            if (how == ocpi::strictness::usable && against == ocpi::edition::v2_2_1 && !is_exact && findings.empty())
                std::abort();
        }
    }
    return 0;
}
