#include "ocpi/v221/shapes.hpp"

namespace incar {

using namespace ocpi;
using namespace ocpi::v221;
using json::many;
using json::maybe;
using json::one;
using json::some;

INCAR_OCPI_ENUM(charging_rate_unit, "ChargingRateUnit", a, "W", "A")

INCAR_OCPI_ENUM(charging_profile_response_type, "ChargingProfileResponseType", unknown_session, "ACCEPTED",
                "NOT_SUPPORTED", "REJECTED", "TOO_OFTEN", "UNKNOWN_SESSION")

INCAR_OCPI_ENUM(charging_profile_result_type, "ChargingProfileResultType", unknown, "ACCEPTED", "REJECTED", "UNKNOWN")

INCAR_OCPI_OBJECT(charging_profile_period, "ChargingProfilePeriod",
                  one<&charging_profile_period::start_period>("start_period", rule(format::natural)),
                  one<&charging_profile_period::limit>("limit"))

INCAR_OCPI_OBJECT(charging_profile, "ChargingProfile", maybe<&charging_profile::start_date_time>("start_date_time"),
                  maybe<&charging_profile::duration>("duration", rule(format::natural)),
                  one<&charging_profile::charging_rate_unit>("charging_rate_unit"),
                  maybe<&charging_profile::min_charging_rate>("min_charging_rate"),
                  many<&charging_profile::charging_profile_period>("charging_profile_period"))

INCAR_OCPI_OBJECT(active_charging_profile, "ActiveChargingProfile",
                  one<&active_charging_profile::start_date_time>("start_date_time"),
                  one<&active_charging_profile::charging_profile>("charging_profile"))

INCAR_OCPI_OBJECT(charging_profile_response, "ChargingProfileResponse",
                  one<&charging_profile_response::result>("result"),
                  one<&charging_profile_response::timeout>("timeout", rule(format::natural)))

INCAR_OCPI_OBJECT(active_charging_profile_result, "ActiveChargingProfileResult",
                  one<&active_charging_profile_result::result>("result"),
                  maybe<&active_charging_profile_result::profile>("profile"))

INCAR_OCPI_OBJECT(charging_profile_result, "ChargingProfileResult", one<&charging_profile_result::result>("result"))

INCAR_OCPI_OBJECT(clear_profile_result, "ClearProfileResult", one<&clear_profile_result::result>("result"))

INCAR_OCPI_OBJECT(set_charging_profile, "SetChargingProfile",
                  one<&set_charging_profile::charging_profile>("charging_profile"),
                  one<&set_charging_profile::response_url>("response_url", url))

} // namespace incar
