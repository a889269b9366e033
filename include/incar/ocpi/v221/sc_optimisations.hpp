#pragma once

/// \file
/// The SmartChargingOptimisation module, an extension of OCPI by SMAC (USER-CHI D4.3, section 4.1.4): what an operator
/// tells a smart charging service provider about a site. How the structs read is said in <incar/ocpi/v221/types.hpp>.
///
/// Power is in W and energy in Wh, as in the examples of D4.3 (its tables say kW and kWh).

#include <incar/ocpi/v221/types.hpp>

namespace incar::ocpi::v221 {

/// A value for one slot of time. What it means and its unit depend on the list it stands in.
struct slot_value {
    timestamp time_slot; ///< Begin of the slot.
    decimal value;
    json::extra extra;
};

/// A connector that takes part (table 13).
struct sc_connector {
    id<connector> connector_id;             ///< Numbers are read as well as texts.
    decimal power;                          ///< Nominal, W.
    std::optional<decimal> discharge_power; ///< Nominal, W.
    json::extra extra;
};

/// An EVSE that takes part (table 12).
struct sc_evse {
    id<location> location_id;
    id<evse> evse_uid;
    std::vector<sc_connector> connectors; ///< At least one.
    json::extra extra;
};

/// A site whose charging is planned together (table 11).
struct sc_optimisation {
    ci_string<2> country_code; ///< Of the operator that owns it.
    ci_string<3> party_id;     ///< Of the operator that owns it.
    ci_string<36> id;
    std::optional<decimal> storage_capacity;     ///< Stationary battery, Wh.
    std::optional<decimal> max_power;            ///< At the supply point, W.
    std::optional<decimal> min_power;            ///< At the supply point, W; negative allows to feed in.
    std::vector<sc_evse> evses;                  ///< At least one.
    std::optional<decimal> opportunity_cost;     ///< EUR per slot.
    std::vector<slot_value> demand;              ///< Measured, Wh in the slot.
    std::vector<slot_value> generation;          ///< Measured, Wh in the slot.
    std::vector<slot_value> demand_forecast;     ///< Wh in the slot.
    std::vector<slot_value> generation_forecast; ///< Wh in the slot.
    std::vector<slot_value> storage_soc;         ///< Percent.
    std::vector<slot_value> price;               ///< EUR/kWh.
    std::vector<slot_value> flex_orders;         ///< Reduction of `max_power`, W.
    timestamp last_updated;
    json::extra extra;
};

} // namespace incar::ocpi::v221
