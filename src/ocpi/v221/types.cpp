#include "ocpi/v221/shapes.hpp"

namespace incar {

using namespace ocpi;
using namespace ocpi::v221;
using json::many;
using json::maybe;
using json::one;
using json::some;

INCAR_OCPI_ENUM(role, "Role", scsp, "CPO", "EMSP", "HUB", "NAP", "NSP", "OTHER", "SCSP")

INCAR_OCPI_OBJECT(display_text, "DisplayText", one<&display_text::language>("language", rule(format::language, 2)),
                  one<&display_text::text>("text", text(512)))

INCAR_OCPI_OBJECT(price, "Price", one<&v221::price::excl_vat>("excl_vat"), maybe<&v221::price::incl_vat>("incl_vat"))

} // namespace incar
