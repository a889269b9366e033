#include "ocpi/v221/shapes.hpp"

namespace incar {

using namespace ocpi;
using namespace ocpi::v221;
using json::many;
using json::maybe;
using json::one;
using json::some;

INCAR_OCPI_ENUM(charging_preferences_response, "ChargingPreferencesResponse", profile_type_not_supported, "ACCEPTED",
                "DEPARTURE_REQUIRED", "ENERGY_NEED_REQUIRED", "NOT_POSSIBLE", "PROFILE_TYPE_NOT_SUPPORTED")

INCAR_OCPI_ENUM(session_status, "SessionStatus", reservation, "ACTIVE", "COMPLETED", "INVALID", "PENDING",
                "RESERVATION")

INCAR_OCPI_OBJECT(session, "Session", one<&session::country_code>("country_code", country_code),
                  one<&session::party_id>("party_id", ci(3)), one<&session::id>("id", ci(36)),
                  one<&session::start_date_time>("start_date_time"), maybe<&session::end_date_time>("end_date_time"),
                  one<&session::kwh>("kwh"), one<&session::cdr_token>("cdr_token"),
                  one<&session::auth_method>("auth_method"),
                  maybe<&session::authorization_reference>("authorization_reference", ci(36)),
                  one<&session::location_id>("location_id", ci(36)), one<&session::evse_uid>("evse_uid", ci(36)),
                  one<&session::connector_id>("connector_id", ci(36)), maybe<&session::meter_id>("meter_id", text(255)),
                  one<&session::currency>("currency", rule(format::currency, 3)),
                  many<&session::charging_periods>("charging_periods"), maybe<&session::total_cost>("total_cost"),
                  one<&session::status>("status"), one<&session::last_updated>("last_updated"))

INCAR_OCPI_OBJECT(charging_preferences, "ChargingPreferences", one<&charging_preferences::profile_type>("profile_type"),
                  maybe<&charging_preferences::departure_time>("departure_time"),
                  maybe<&charging_preferences::energy_need>("energy_need"),
                  maybe<&charging_preferences::discharge_allowed>("discharge_allowed"),
                  maybe<&charging_preferences::capacity>("capacity"),
                  maybe<&charging_preferences::soc>("soc", rule(format::percentage)),
                  maybe<&charging_preferences::target_soc>("target_soc", rule(format::percentage)))

} // namespace incar
