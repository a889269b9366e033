"""What an evening costs, and why: dearer until 20:00, and after charging the space has its price, too."""

from datetime import datetime, timedelta, timezone
from decimal import Decimal

from incar import ocpi

vat = Decimal(21)
tariff = ocpi.Tariff(
    country_code="ES",
    party_id="INC",
    id="evening",
    currency="EUR",
    elements=[
        ocpi.TariffElement(
            price_components=[ocpi.PriceComponent(type="ENERGY", price=Decimal("0.45"), vat=vat, step_size=1)],
            restrictions=ocpi.TariffRestrictions(end_time="20:00"),
        ),
        ocpi.TariffElement(
            price_components=[
                ocpi.PriceComponent(type="ENERGY", price=Decimal("0.30"), vat=vat, step_size=1),
                ocpi.PriceComponent(type="PARKING_TIME", price=Decimal("2.00"), vat=vat, step_size=300),
            ]
        ),
    ],
    last_updated="2026-01-01T00:00:00Z",
)
begin = datetime(2026, 7, 1, 17, 30, tzinfo=timezone.utc)  # 19:30 in Madrid
readings = [
    ocpi.MeterReading(begin, Decimal("41.200")),
    ocpi.MeterReading(begin + timedelta(minutes=90), Decimal("57.700"), "parked"),
    ocpi.MeterReading(begin + timedelta(minutes=112), Decimal("57.700")),
]
bill = ocpi.price(tariff, readings, zone="Europe/Madrid")
for line in bill.lines:
    print(f"{line.dimension:>12} {line.quantity + line.step_extra:8f} at {line.price} = {line.excl_vat!s:>6}  {line.reason}")
print(f"total {bill.total.excl_vat.rounded(2)} {bill.currency}, with VAT {bill.total.incl_vat.rounded(2)}")

tonight = ocpi.quote(tariff, start=begin, energy_kwh=20, power_kw=11, zone="Europe/Madrid")
print(f"20 kWh would cost {tonight.total.incl_vat.rounded(2)} and take {tonight.session_time}")
