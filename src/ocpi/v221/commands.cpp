#include "ocpi/v221/shapes.hpp"

namespace incar {

using namespace ocpi;
using namespace ocpi::v221;
using json::many;
using json::maybe;
using json::one;
using json::some;

INCAR_OCPI_ENUM(command_response_type, "CommandResponseType", unknown_session, "NOT_SUPPORTED", "REJECTED", "ACCEPTED",
                "UNKNOWN_SESSION")

INCAR_OCPI_ENUM(command_result_type, "CommandResultType", unknown_reservation, "ACCEPTED", "CANCELED_RESERVATION",
                "EVSE_OCCUPIED", "EVSE_INOPERATIVE", "FAILED", "NOT_SUPPORTED", "REJECTED", "TIMEOUT",
                "UNKNOWN_RESERVATION")

INCAR_OCPI_ENUM(command_type, "CommandType", unlock_connector, "CANCEL_RESERVATION", "RESERVE_NOW", "START_SESSION",
                "STOP_SESSION", "UNLOCK_CONNECTOR")

INCAR_OCPI_OBJECT(cancel_reservation, "CancelReservation", one<&cancel_reservation::response_url>("response_url", url),
                  one<&cancel_reservation::reservation_id>("reservation_id", ci(36)))

INCAR_OCPI_OBJECT(command_response, "CommandResponse", one<&command_response::result>("result"),
                  one<&command_response::timeout>("timeout", rule(format::natural)),
                  many<&command_response::message>("message"))

INCAR_OCPI_OBJECT(command_result, "CommandResult", one<&command_result::result>("result"),
                  many<&command_result::message>("message"))

INCAR_OCPI_OBJECT(reserve_now, "ReserveNow", one<&reserve_now::response_url>("response_url", url),
                  one<&reserve_now::token>("token"), one<&reserve_now::expiry_date>("expiry_date"),
                  one<&reserve_now::reservation_id>("reservation_id", ci(36)),
                  one<&reserve_now::location_id>("location_id", ci(36)),
                  maybe<&reserve_now::evse_uid>("evse_uid", ci(36)),
                  maybe<&reserve_now::authorization_reference>("authorization_reference", ci(36)))

INCAR_OCPI_OBJECT(start_session, "StartSession", one<&start_session::response_url>("response_url", url),
                  one<&start_session::token>("token"), one<&start_session::location_id>("location_id", ci(36)),
                  maybe<&start_session::evse_uid>("evse_uid", ci(36)),
                  maybe<&start_session::connector_id>("connector_id", ci(36)),
                  maybe<&start_session::authorization_reference>("authorization_reference", ci(36)))

INCAR_OCPI_OBJECT(stop_session, "StopSession", one<&stop_session::response_url>("response_url", url),
                  one<&stop_session::session_id>("session_id", ci(36)))

INCAR_OCPI_OBJECT(unlock_connector, "UnlockConnector", one<&unlock_connector::response_url>("response_url", url),
                  one<&unlock_connector::location_id>("location_id", ci(36)),
                  one<&unlock_connector::evse_uid>("evse_uid", ci(36)),
                  one<&unlock_connector::connector_id>("connector_id", ci(36)))

} // namespace incar
