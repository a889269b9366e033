#include "app/schemas.hpp"

namespace incar::app {

const char* const schemas = R"json({
"Emsp": {"type": "object", "required": ["country_code", "party_id", "business_details"], "properties": {
    "country_code": {"type": "string"}, "party_id": {"type": "string"},
    "business_details": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}},
    "identity_provider": {"type": "object", "properties": {
        "issuer": {"type": "string"}, "realm": {"type": "string"}, "client": {"type": "string"}},
        "additionalProperties": false},
    "keycloakUrl": {"type": "string", "description": "The issuer, under its name in D3.3."},
    "keycloakRealm": {"type": "string"}, "keycloakClient": {"type": "string"}}, "additionalProperties": false},
"Location": {"type": "object", "description": "OCPI 2.2.1 section 8.3.1.",
    "required": ["country_code", "party_id", "id", "coordinates", "last_updated"], "properties": {
    "country_code": {"type": "string"}, "party_id": {"type": "string"}, "id": {"type": "string"},
    "coordinates": {"type": "object", "required": ["latitude", "longitude"], "properties": {
        "latitude": {"type": "string"}, "longitude": {"type": "string"}}},
    "evses": {"type": "array", "items": {"type": "object", "required": ["uid", "status"]}},
    "last_updated": {"type": "string"}}},
"Tariff": {"type": "object", "description": "OCPI 2.2.1 section 11.3.1.",
    "required": ["country_code", "party_id", "id", "currency", "elements", "last_updated"], "properties": {
    "id": {"type": "string"}, "currency": {"type": "string"}, "elements": {"type": "array"}}},
"ConnectorTariffs": {"type": "object", "required": ["connector_id", "tariffs"], "properties": {
    "connector_id": {"type": "string"},
    "tariffs": {"type": "array", "items": {"$ref": "#/components/schemas/Tariff"}},
    "quote": {"$ref": "#/components/schemas/Quote"},
    "no_quote": {"type": "string", "description": "Why there is no price."}}, "additionalProperties": false},
"Quote": {"type": "object", "description": "What a session will cost, in cents.",
    "required": ["tariff_id", "currency", "excl_vat", "incl_vat", "energy_kwh", "power_kw", "start", "end"],
    "properties": {"tariff_id": {"type": "string"}, "currency": {"type": "string"}, "excl_vat": {"type": "number"},
    "incl_vat": {"type": "number"}, "energy_kwh": {"type": "number"}, "power_kw": {"type": "number"},
    "start": {"type": "string", "format": "date-time"}, "end": {"type": "string", "format": "date-time"}},
    "additionalProperties": false},
"Command": {"type": "object", "description": "OCPI 2.2.1 section 13.3, but for what is filled in: of the token only its uid is needed, and neither response_url, expiry_date nor reservation_id.", "properties": {
    "location_id": {"type": "string"}, "evse_uid": {"type": "string"}, "connector_id": {"type": "string"},
    "session_id": {"type": "string"}, "reservation_id": {"type": "string"},
    "expiry_date": {"type": "string", "format": "date-time"},
    "token": {"type": "object", "required": ["uid"], "properties": {"uid": {"type": "string"}}},
    "response_url": {"type": "string", "description": "Where the CommandResult is posted to, too."},
    "operation": {"type": "string", "description": "The payment hold, for the ledger's record of the CDR."}}},
"Reservation": {"type": "object", "required": ["reservation_id", "expiry_date"], "properties": {
    "reservation_id": {"type": "string"}, "expiry_date": {"type": "string", "format": "date-time"},
    "remaining_s": {"type": "number", "minimum": 0}}, "additionalProperties": false},
"CommandAnswer": {"type": "object", "description": "OCPI's CommandResponse, and the id for its result. Without result: the CPO was not reached.",
    "required": ["id"], "properties": {"id": {"type": "string"},
    "result": {"enum": ["NOT_SUPPORTED", "REJECTED", "ACCEPTED", "UNKNOWN_SESSION"]},
    "timeout": {"type": "integer", "description": "Seconds until the result is there."},
    "message": {"type": "array", "items": {"type": "object"}},
    "reservation": {"$ref": "#/components/schemas/Reservation"}}},
"CommandState": {"type": "object", "required": ["id", "command"], "properties": {
    "id": {"type": "string"}, "command": {"type": "string"},
    "response": {"type": "object", "required": ["result"], "description": "OCPI's CommandResponse."},
    "result": {"type": "object", "required": ["result"], "description": "OCPI's CommandResult; absent until it is there."},
    "reservation": {"$ref": "#/components/schemas/Reservation"}}, "additionalProperties": false},
"Session": {"type": "object", "description": "OCPI 2.2.1 section 9.3.1.",
    "required": ["country_code", "party_id", "id", "start_date_time", "kwh", "cdr_token", "status", "last_updated"],
    "properties": {"id": {"type": "string"}, "kwh": {"type": "number"}, "status": {"type": "string"}}},
"ChargingPreferences": {"type": "object", "description": "OCPI 2.2.1 section 9.3.2.", "required": ["profile_type"],
    "properties": {"profile_type": {"type": "string"}, "departure_time": {"type": "string"},
    "energy_need": {"type": "number"}, "discharge_allowed": {"type": "boolean"}}},
"ChargingPreferencesResponse": {"enum": ["ACCEPTED", "DEPARTURE_REQUIRED", "ENERGY_NEED_REQUIRED", "NOT_POSSIBLE",
    "PROFILE_TYPE_NOT_SUPPORTED"]},
"Cdr": {"type": "object", "description": "OCPI 2.2.1 section 10.3.1.",
    "required": ["country_code", "party_id", "id", "start_date_time", "end_date_time", "cdr_token", "total_cost",
        "total_energy", "last_updated"],
    "properties": {"id": {"type": "string"}, "total_energy": {"type": "number"}, "total_cost": {"type": "object"}}},
"Failure": {"type": "object", "required": ["status_code", "timestamp"], "properties": {
    "data": {"type": "object", "required": ["parameter"], "properties": {"parameter": {"type": "string",
        "description": "The name of the parameter, or the pointer of the body's member, that is wrong."}}},
    "status_code": {"type": "integer"}, "status_message": {"type": "string"},
    "timestamp": {"type": "string", "format": "date-time"}}, "additionalProperties": false}
})json";

} // namespace incar::app
