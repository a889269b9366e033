#!/usr/bin/env bash
# Joins an operator and a provider through a hub, with curl alone on the partners' side: docs/how_to/join_two_partners.md.
#
#     examples/hub/join_two_partners.sh build/release/examples/incar/incar
set -euo pipefail
incar=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
cd "$work"
trap 'kill $(jobs -p) 2>/dev/null; wait; rm -rf "$work"' EXIT

# -- the hub, and two partners that only listen
"$incar" hub --listen 127.0.0.1:8090 --admin-token change-me --allow-addresses 127.0.0.1 &
python3 "$here/partner.py" 8091 operator commands:RECEIVER tokens:RECEIVER >operator.log &
python3 "$here/partner.py" 8092 provider locations:RECEIVER commands:SENDER >provider.log &
until curl -s -o /dev/null http://127.0.0.1:8090/healthz && curl -s -o /dev/null http://127.0.0.1:8091/versions &&
    curl -s -o /dev/null http://127.0.0.1:8092/versions; do
    kill -0 $(jobs -p) || exit 1 # one of them did not start
    sleep 0.1
done

# -- apply and approve
apply() {
    curl -s http://127.0.0.1:8090/admin/applications -d "$1" >/dev/null
}
apply '{"name": "operator", "email": "ops@operator.example", "roles": [{"role": "CPO", "country_code": "NL", "party_id": "CPO"}]}'
apply '{"name": "provider", "email": "ops@provider.example", "roles": [{"role": "EMSP", "country_code": "DE", "party_id": "MSP"}]}'
value() { # of a member of the JSON on standard input
    python3 -c "import json, sys; print(json.load(sys.stdin)$1)"
}
operator_a=$("$incar" hub approve operator --at http://127.0.0.1:8090 --admin-token change-me | value '["token_a"]')
provider_a=$("$incar" hub approve provider --at http://127.0.0.1:8090 --admin-token change-me | value '["token_a"]')

# -- register: CREDENTIALS_TOKEN_A in Base64 in, the hub's own token out
register() {
    local token_a=$1 body=$2
    curl -s http://127.0.0.1:8090/ocpi/2.2.1/credentials -H "Authorization: Token $(printf %s "$token_a" | base64 -w0)" \
        -H "Content-Type: application/json" -d "$body" | value '["data"]["token"]'
}
operator_c=$(register "$operator_a" '{"token": "operators-secret", "url": "http://127.0.0.1:8091/versions", "roles":
    [{"role": "CPO", "country_code": "NL", "party_id": "CPO", "business_details": {"name": "Operator"}}]}')
provider_c=$(register "$provider_a" '{"token": "providers-secret", "url": "http://127.0.0.1:8092/versions", "roles":
    [{"role": "EMSP", "country_code": "DE", "party_id": "MSP", "business_details": {"name": "Provider"}}]}')

# -- the operator tells everybody of a location
as_operator=(-H "Authorization: Token $(printf %s "$operator_c" | base64 -w0)" -H "OCPI-from-country-code: NL" -H "OCPI-from-party-id: CPO")
as_provider=(-H "Authorization: Token $(printf %s "$provider_c" | base64 -w0)" -H "OCPI-from-country-code: DE" -H "OCPI-from-party-id: MSP")
curl -s -X PUT http://127.0.0.1:8090/ocpi/2.2.1/locations/receiver/NL/CPO/quay-7 "${as_operator[@]}" \
    -H "OCPI-to-country-code: EU" -H "OCPI-to-party-id: HUB" -H "Content-Type: application/json" \
    -d '{"country_code": "NL", "party_id": "CPO", "id": "quay-7", "publish": true, "address": "Quay 7", "city": "Delft", "country": "NLD",
         "time_zone": "Europe/Amsterdam", "coordinates": {"latitude": "52.011600", "longitude": "4.357100"},
         "last_updated": "2026-01-15T17:00:00Z"}'
echo

# -- the provider reads the hub's list, and starts a session at the operator
curl -s http://127.0.0.1:8090/ocpi/2.2.1/locations/sender "${as_provider[@]}" -H "OCPI-to-country-code: EU" -H "OCPI-to-party-id: HUB"
echo
curl -s http://127.0.0.1:8090/ocpi/2.2.1/commands/receiver/START_SESSION "${as_provider[@]}" \
    -H "OCPI-to-country-code: NL" -H "OCPI-to-party-id: CPO" -H "Content-Type: application/json" \
    -d '{"response_url": "http://127.0.0.1:8092/2.2.1/commands/sender/START_SESSION/1", "location_id": "quay-7", "token":
         {"country_code": "DE", "party_id": "MSP", "uid": "04B7C6D5", "type": "RFID", "contract_id": "DE-MSP-1", "issuer": "Provider",
          "valid": true, "whitelist": "ALLOWED", "last_updated": "2026-01-15T17:00:00Z"}}'
echo

# -- the operator posts the result where the hub told it to; the hub hands it on to the provider's own URL
until grep -q START_SESSION operator.log; do sleep 0.1; done
response_url=$(grep START_SESSION operator.log | sed 's/^[^{]*//' | value '["response_url"]')
curl -s "$response_url" "${as_operator[@]}" -H "OCPI-to-country-code: DE" -H "OCPI-to-party-id: MSP" \
    -H "Content-Type: application/json" -d '{"result": "ACCEPTED"}'
echo
until grep -q '"ACCEPTED"' provider.log; do sleep 0.1; done
cat operator.log provider.log
