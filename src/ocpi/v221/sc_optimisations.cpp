#include "ocpi/v221/shapes.hpp"

namespace incar {

using namespace ocpi;
using namespace ocpi::v221;
using json::many;
using json::maybe;
using json::one;
using json::some;

INCAR_OCPI_OBJECT(slot_value, "SlotValue", one<&slot_value::time_slot>("time_slot"), one<&slot_value::value>("value"))

INCAR_OCPI_OBJECT(sc_connector, "SCConnector", json::one_or_number<&sc_connector::connector_id>("connector_id", ci(36)),
                  one<&sc_connector::power>("power"), maybe<&sc_connector::discharge_power>("discharge_power"))

INCAR_OCPI_OBJECT(sc_evse, "SCEvse", one<&sc_evse::location_id>("location_id", ci(36)),
                  one<&sc_evse::evse_uid>("evse_uid", ci(36)), some<&sc_evse::connectors>("connectors"))

INCAR_OCPI_OBJECT(sc_optimisation, "SCOptimisation", one<&sc_optimisation::country_code>("country_code", country_code),
                  one<&sc_optimisation::party_id>("party_id", ci(3)), one<&sc_optimisation::id>("id", ci(36)),
                  maybe<&sc_optimisation::storage_capacity>("storage_capacity"),
                  maybe<&sc_optimisation::max_power>("max_power"), maybe<&sc_optimisation::min_power>("min_power"),
                  some<&sc_optimisation::evses>("evses"), maybe<&sc_optimisation::opportunity_cost>("opportunity_cost"),
                  many<&sc_optimisation::demand>("demand"), many<&sc_optimisation::generation>("generation"),
                  many<&sc_optimisation::demand_forecast>("demand_forecast"),
                  many<&sc_optimisation::generation_forecast>("generation_forecast"),
                  many<&sc_optimisation::storage_soc>("storage_soc"), many<&sc_optimisation::price>("price"),
                  many<&sc_optimisation::flex_orders>("flex_orders"),
                  one<&sc_optimisation::last_updated>("last_updated"))

} // namespace incar
