#include "v221/shapes.hpp"

namespace incar::ocpi {

namespace detail {

expected<void> decode(const json::shape& type, void* object, std::string_view text, const decode_options& options) {
    return json::decode(type, object, text, options.reading == reading::lenient, options.limits);
}

std::string encode(const json::shape& type, const void* object, json::layout spacing) {
    return json::encode(type, object, spacing);
}

} // namespace detail

const std::vector<const json::shape*>& all_shapes() {
#define INCAR_OCPI_LIST(type) &json::shape_for<v221::type>::get(),
    static const std::vector<const json::shape*> self = {INCAR_OCPI_OBJECTS(INCAR_OCPI_LIST)};
#undef INCAR_OCPI_LIST
    return self;
}

} // namespace incar::ocpi
