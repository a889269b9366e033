// Any two texts as a stored object and the body of a PUT or PATCH, with a line break between them: an error with a
// reason, or a text that is JSON; and the same PATCH once more changes nothing.

#include <incar/ocpi/codec.hpp>
#include <incar/ocpi/patch.hpp>
#include <incar/ocpi/v221/locations.hpp>
#include <incar/ocpi/v221/sessions.hpp>

#include <cstdlib>

using namespace incar;

namespace {

void check_error(const error& failure) {
    if (!failure.code || failure.message.empty()) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const std::size_t border = text.find('\n');
    if (border == text.npos) return 0;
    const std::string_view stored = text.substr(0, border), body = text.substr(border + 1);
    const json::limits limits = {1u << 20, 50};

    const ocpi::object_path paths[] = {{}, {"NO", "FJD", "1", "", ""}, {"", "", "", "e", ""}, {"", "", "", "e", "c"}};
    for (const ocpi::object_path& path : paths)
        for (const auto what : {ocpi::resource::location, ocpi::resource::session, ocpi::resource::token,
                                ocpi::resource::client_info, ocpi::resource::sc_optimisation}) {
            const auto put = ocpi::put(what, path, stored, body, limits);
            if (put ? !json::parse(put->text, {4u << 20, 100}) : false) std::abort();
            if (!put) check_error(put.error());
            const auto patched = ocpi::patch(what, path, stored, body, limits);
            if (!patched) {
                check_error(patched.error());
                continue;
            }
            const auto twice = ocpi::patch(what, path, patched->text, body, {4u << 20, 100});
            if (!twice || twice->text != patched->text || twice->ignored != patched->ignored) std::abort();
        }

    ocpi::v221::session session;
    if (auto read = ocpi::decode<ocpi::v221::session>(stored, {ocpi::reading::lenient, limits}))
        session = std::move(*read);
    const std::string before = ocpi::encode(session);
    if (!ocpi::patch_object(ocpi::resource::session, {}, session, body, limits) && ocpi::encode(session) != before)
        std::abort();
    return 0;
}
