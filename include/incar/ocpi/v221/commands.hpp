#pragma once

/// \file
/// OCPI 2.2.1, section 13 "Commands module". How the structs read is said in <incar/ocpi/v221/types.hpp>.

#include <incar/ocpi/v221/tokens.hpp>
#include <incar/ocpi/v221/types.hpp>

namespace incar::ocpi::v221 {

/// The operator's first answer (13.4.1 CommandResponseType).
enum class command_response_type {
    not_supported,   ///< By this operator, charge point or EVSE.
    rejected,        ///< By the operator.
    accepted,        ///< Sent on to the charge point.
    unknown_session, ///< The session named does not exist.
};

/// What came of a command (13.4.2 CommandResultType).
enum class command_result_type {
    accepted,             ///< By the charge point.
    canceled_reservation, ///< The reservation was cancelled by the operator.
    evse_occupied,        ///< In use.
    evse_inoperative,     ///< Not in service.
    failed,               ///< At the charge point.
    not_supported,        ///< By the charge point.
    rejected,             ///< By the charge point.
    timeout,              ///< No answer from the charge point in time.
    unknown_reservation,  ///< The reservation named does not exist.
};

/// What can be asked for (13.4.3 CommandType).
enum class command_type { cancel_reservation, reserve_now, start_session, stop_session, unlock_connector };

/// 13.3.1 CancelReservation object.
struct cancel_reservation {
    std::string response_url; ///< URL for the result.
    ci_string<36> reservation_id;
    json::extra extra;
};

/// 13.3.2 CommandResponse object.
struct command_response {
    open_enum<command_response_type> result;
    int timeout = 0;                   ///< Seconds within which the result comes.
    std::vector<display_text> message; ///< For people, one for each language.
    json::extra extra;
};

/// 13.3.3 CommandResult object.
struct command_result {
    open_enum<command_result_type> result;
    std::vector<display_text> message; ///< For people, one for each language.
    json::extra extra;
};

/// 13.3.4 ReserveNow object. A reservation with an id that exists is replaced.
struct reserve_now {
    std::string response_url; ///< URL for the result.
    v221::token token;
    timestamp expiry_date;
    ci_string<36> reservation_id; ///< Chosen by the sender.
    id<location> location_id;
    std::optional<id<evse>> evse_uid; ///< Absent: any of the location.
    std::optional<ci_string<36>> authorization_reference;
    json::extra extra;
};

/// 13.3.5 StartSession object.
struct start_session {
    std::string response_url; ///< URL for the result.
    v221::token token;
    id<location> location_id;
    std::optional<id<evse>> evse_uid; ///< Absent: any of the location.
    std::optional<id<connector>>
        connector_id; ///< With `evse_uid`; where the EVSE has START_SESSION_CONNECTOR_REQUIRED. Not in 2.2.
    std::optional<ci_string<36>> authorization_reference;
    json::extra extra;
};

/// 13.3.6 StopSession object.
struct stop_session {
    std::string response_url; ///< URL for the result.
    id<session> session_id;
    json::extra extra;
};

/// 13.3.7 UnlockConnector object.
struct unlock_connector {
    std::string response_url; ///< URL for the result.
    id<location> location_id;
    id<evse> evse_uid;
    id<connector> connector_id;
    json::extra extra;
};

} // namespace incar::ocpi::v221
