"""A partner's location: what is wrong with it, one connector set free, and sent on without losing anything else."""

from incar import ocpi

BODY = """{
    "country_code": "PT", "party_id": "LIS", "id": "cais-3", "publish": true,
    "address": "Cais do Sodré 12", "city": "Lisboa", "postal_code": "1200-450", "country": "PRT",
    "coordinates": {"latitude": "38.70571", "longitude": "-9.14431"},
    "evses": [{
        "uid": "bay-1", "evse_id": "PT*LIS*E0003*1", "status": "CHARGING",
        "connectors": [{
            "id": "1", "standard": "IEC_62196_T9", "format": "CABLE", "power_type": "AC_3_PHASE",
            "max_voltage": 230, "max_amperage": 32, "tariff_ids": ["day"], "last_updated": "2026-03-16T10:10:02"
        }],
        "last_updated": "2026-03-16T10:10:02.5Z"
    }],
    "energy_mix": {"is_green_energy": false, "energy_sources": [{"source": "WIND", "percentage": 100.00}]},
    "time_zone": "Europe/Lisbon", "last_updated": "2026-03-16T10:10:02Z", "x_lot": {"colour": "red", "fee": 2.50}
}"""

location = ocpi.loads(BODY, ocpi.Location)
for finding in ocpi.validate(location):
    print(f"{finding.pointer}: {finding.message} ({finding.rule})")

evse = location.evses[0]
evse.status = ocpi.Status.AVAILABLE
evse.last_updated = location.last_updated = "2026-03-16T11:00:00Z"
connector = evse.connectors[0]
print(f"{connector.standard}, {connector.max_voltage * connector.max_amperage} W a phase, since {connector.last_updated}")
print("not in the specification:", location.extra)
print(ocpi.dumps(location, indent=2))
