#include "core/json_elements.hpp"
#include "ocpi/v221/shapes.hpp"

namespace incar::ocpi {

namespace detail {

expected<void> decode(const json::shape& type, void* object, std::string_view text, const decode_options& options) {
    return json::decode(type, object, text, options.reading == reading::lenient, options.limits);
}

std::string encode(const json::shape& type, const void* object, json::layout spacing) {
    return json::encode(type, object, spacing);
}

} // namespace detail

expected<std::vector<std::string_view>> elements_of(std::string_view text, const json::limits& limits) {
    return json::elements_of(text, limits);
}

const std::vector<const json::shape*>& all_shapes() {
#define INCAR_OCPI_LIST(type) &json::shape_for<v221::type>::get(),
    static const std::vector<const json::shape*> self = {INCAR_OCPI_OBJECTS(INCAR_OCPI_LIST)};
#undef INCAR_OCPI_LIST
    return self;
}

const std::vector<const json::shape*>& all_enums() {
#define INCAR_OCPI_LIST(type) &json::shape_for<open_enum<v221::type>>::get(),
    static const std::vector<const json::shape*> self = {INCAR_OCPI_ENUMS(INCAR_OCPI_LIST)};
#undef INCAR_OCPI_LIST
    return self;
}

const json::shape* find_shape(std::string_view name) {
    for (const json::shape* each : all_shapes())
        if (each->name == name) return each;
    return nullptr;
}

} // namespace incar::ocpi
