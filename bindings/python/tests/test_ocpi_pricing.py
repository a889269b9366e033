"""incar.ocpi's pricing: the worked examples of the specification, and what Python adds to the engine."""

from __future__ import annotations

import copy
import datetime
import pickle
import random
import zoneinfo
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal
from fractions import Fraction
from typing import Any, Optional

import pytest

import incar
from incar import ocpi
from incar.ocpi import MeterReading, PriceComponent, PricingPolicy, Reservation, TariffRestrictions
from ocpi_texts import read

UTC = datetime.timezone.utc
NOON = datetime.datetime(2026, 3, 2, 12, tzinfo=UTC)


def minutes(count: float) -> datetime.timedelta:
    return datetime.timedelta(minutes=count)


def component(type: str, price: str, step: int = 1, vat: Optional[str] = None) -> PriceComponent:
    return PriceComponent(type=type, price=Decimal(price), step_size=step, vat=None if vat is None else Decimal(vat))


def element(*components: PriceComponent, **restrictions: Any) -> ocpi.TariffElement:
    limits = TariffRestrictions(**restrictions) if restrictions else None
    return ocpi.TariffElement(price_components=components, restrictions=limits)


def tariff(*elements: ocpi.TariffElement, id: str = "T", **more: Any) -> ocpi.Tariff:
    return ocpi.Tariff(
        country_code="NL", party_id="INC", id=id, currency="EUR", elements=elements, last_updated="2026-01-01T00:00:00Z",
        **more,
    )


def charged(
    kwh: str, length: float, parked: float = 0, at: datetime.datetime = NOON, current: Optional[str] = None
) -> list[MeterReading]:
    readings = [MeterReading(at, 0, current_a=None if current is None else Decimal(current))]
    readings.append(MeterReading(at + minutes(length), Decimal(kwh), "parked"))
    return readings + ([MeterReading(at + minutes(length + parked), Decimal(kwh))] if parked else [])


def cost(excl: str, incl: str) -> ocpi.Price:
    return ocpi.Price(excl_vat=Decimal(excl), incl_vat=Decimal(incl))


FEE = component("FLAT", "0.50", 1, "20.0")
QUARTER = component("ENERGY", "0.25", 1, "10.0")
PARKED = component("PARKING_TIME", "2.00", 900, "20.0")
WEEK = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"]
COMPLEX = tariff(
    element(component("FLAT", "2.50", 1, "15.0")),
    element(component("TIME", "1.00", 900, "20.0"), max_current=32),
    element(component("TIME", "2.00", 600, "20.0"), min_current=32, day_of_week=WEEK),
    element(component("TIME", "1.25", 600, "20.0"), min_current=32, day_of_week=["SATURDAY", "SUNDAY"]),
    element(component("PARKING_TIME", "5.00", 300, "10.0"), start_time="09:00", end_time="18:00", day_of_week=WEEK),
    element(
        component("PARKING_TIME", "6.00", 300, "10.0"), start_time="10:00", end_time="17:00", day_of_week=["SATURDAY"]
    ),
)
SEVENTEEN = tariff(
    element(
        component("TIME", "1.20", 1800), component("PARKING_TIME", "1.00", 900), start_time="00:00", end_time="17:00"
    ),
    element(
        component("TIME", "2.40", 900), component("PARKING_TIME", "1.00", 900), start_time="17:00", end_time="20:00"
    ),
    element(component("TIME", "2.40", 900), start_time="20:00", end_time="00:00"),
)
SATURDAY = datetime.datetime(2026, 3, 7, 13, 30, tzinfo=UTC)


def today(hour: int, minute: int) -> datetime.datetime:
    return NOON.replace(hour=hour, minute=minute)


# name, tariff, readings, without and with VAT
EXAMPLES: list[tuple[str, ocpi.Tariff, list[MeterReading], str, str]] = [
    ("energy", tariff(element(QUARTER)), charged("20", 120), "5", "5.5"),
    ("start fee", tariff(element(FEE, QUARTER)), charged("20", 120), "5.5", "6.1"),
    ("least price", tariff(element(QUARTER), min_price=cost("0.50", "0.55")), charged("1.2", 10), "0.5", "0.55"),
    ("highest price", tariff(element(FEE, QUARTER), max_price=cost("10.0", "11.0")), charged("50", 120), "10", "11"),
    ("parking", tariff(element(FEE, QUARTER, PARKED)), charged("20", 120, 40), "7", "7.9"),
    ("by the hour", tariff(element(component("TIME", "2.00", 60, "10.0"))), charged("9", 150), "5", "5.5"),
    ("steps", tariff(element(component("TIME", "2.00", 300, "10.0"))), charged("9", 147), "5", "5.5"),
    ("ad hoc", tariff(element(component("TIME", "1.90", 300, "5.2"))), charged("9", 150), "4.75", "4.997"),
    ("tenths", tariff(element(FEE, component("ENERGY", "0.25", 100, "10.0"))), charged("20.45", 120), "5.625", "6.2375"),
    ("free", tariff(element(component("FLAT", "0.00", 0))), charged("20", 120, 60), "0", "0"),
    ("a Monday", COMPLEX, charged("10", 165, 42, today(9, 30), "16"), "9", "10.3"),
    ("a Saturday", COMPLEX, charged("40", 114, 71, SATURDAY, "43"), "12.375", "13.975"),
    ("before and after", SEVENTEEN, charged("1", 10, 2, today(16, 55)), "0.55", "0.55"),
    ("no parking", SEVENTEEN, charged("1", 35, 0, today(16, 35)), "1.3", "1.3"),
    ("free parking", SEVENTEEN, charged("1", 12, 20, today(19, 40)), "0.73", "0.73"),
    ("fractions", tariff(element(component("TIME", "1.00", 600), component("PARKING_TIME", "2.00", 600))),
     charged("1", 21, 16), "61/60", "61/60"),
]


@pytest.mark.parametrize(("name", "of", "readings", "excl", "incl"), EXAMPLES)
def test_the_worked_examples_come_to_their_totals(
    name: str, of: ocpi.Tariff, readings: list[MeterReading], excl: str, incl: str
) -> None:
    bill = ocpi.price(of, readings, zone="UTC")
    assert (bill.total.excl_vat, bill.total.incl_vat) == (Fraction(excl), Fraction(incl))
    assert sum(line.excl_vat for line in bill.lines) == bill.total.excl_vat
    assert sum(line.excl_vat + line.vat for line in bill.lines) == bill.total.incl_vat
    assert bill.currency == "EUR" and bill.energy_kwh == readings[-1].energy_kwh
    assert (bill.start, bill.end) == (readings[0].at, readings[-1].at)
    assert bill == pickle.loads(pickle.dumps(bill))
    again = ocpi.price_periods(of, bill.periods, start=bill.start, end=bill.end, zone="UTC")
    assert again.total == bill.total or "current" in ocpi.dumps(of)


def test_reservations() -> None:
    of = tariff(
        element(component("TIME", "6.00", 600, "20.0"), reservation="RESERVATION_EXPIRES"),
        element(component("TIME", "3.00", 600, "20.0"), reservation="RESERVATION"),
        element(FEE, QUARTER),
    )
    used = ocpi.price(of, charged("20", 120), reservation=Reservation(NOON - minutes(22)))
    assert (used.total.excl_vat, used.total.incl_vat) == (7, Fraction("7.9"))
    assert used.reservation_time == minutes(22) and used.session_time == minutes(120)
    expired = ocpi.price(of, [], reservation=Reservation(NOON, NOON + minutes(90)))
    assert (expired.total.excl_vat, expired.total.incl_vat) == (9, Fraction("10.8"))


def test_lines_explain_themselves() -> None:
    first, second, third = ocpi.price(COMPLEX, charged("40", 114, 71, SATURDAY, "43"), zone="UTC").lines
    assert (first.dimension, first.excl_vat, first.vat) == ("FLAT", Fraction("2.5"), Fraction("0.375"))
    assert (second.element, second.quantity, second.step_extra, second.price) == (3, 114 * 60, 0, Decimal("1.25"))
    assert (third.element, third.quantity, third.step_extra, third.step_size) == (5, 71 * 60, 240, 300)
    assert third.dimension is ocpi.TariffDimensionType.PARKING_TIME and third.kind == "component"
    assert third.vat_percent == 10 and "element 6" in third.reason
    limit = ocpi.price(EXAMPLES[2][1], charged("1.2", 10)).lines[-1]
    assert (limit.kind, limit.dimension, limit.element) == ("raised_to_min_price", None, None)


def test_the_local_time_of_the_location_counts() -> None:
    night = tariff(
        element(component("ENERGY", "0.10"), start_time="22:00", end_time="06:00"), element(component("ENERGY", "0.30"))
    )
    at = datetime.datetime(2026, 7, 1, 20, 30, tzinfo=UTC)  # 22:30 in Madrid
    readings = charged("10", 60, at=at)
    for zone in ("Europe/Madrid", zoneinfo.ZoneInfo("Europe/Madrid")):
        assert ocpi.price(night, readings, zone=zone).total.excl_vat == 1
    assert ocpi.price(night, readings, zone="UTC").total.excl_vat == 3
    with pytest.raises(incar.Error) as caught:
        ocpi.price(night, readings)
    assert caught.value.code == "missing"
    with pytest.raises(incar.Error) as caught:
        ocpi.price(night, readings, zone="Europe/Atlantis")
    assert (caught.value.code, caught.value.where) == ("not_found", "zone")


def test_several_tariffs() -> None:
    day, fast = tariff(element(QUARTER), id="day"), tariff(element(component("ENERGY", "0.50")), id="fast")
    change = ocpi.TariffChange(NOON + minutes(60), "fast")
    bill = ocpi.price([day, fast], charged("20", 120), tariff_changes=[change])
    assert bill.total.excl_vat == Fraction("7.5")
    assert [each.tariff_id for each in bill.periods] == ["day", "fast"]
    with pytest.raises(incar.Error) as caught:
        ocpi.price([day], charged("20", 120), tariff_changes=[change])
    assert caught.value.code == "not_found"


def test_quotes() -> None:
    of = tariff(element(FEE, QUARTER, PARKED))
    wanted: dict[str, Any] = dict(start=NOON, energy_kwh=20, parking=minutes(40))
    bill = ocpi.quote(of, power_kw=10, **wanted)
    assert (bill.total.excl_vat, bill.session_time, bill.parking_time) == (7, minutes(160), minutes(40))
    curve = [ocpi.PowerStep(minutes(0), 20), ocpi.PowerStep(minutes(30), 10)]
    assert ocpi.quote(of, curve=curve, **wanted).session_time == minutes(30 + 60 + 40)
    for wrong in ({}, {"power_kw": 1, "curve": curve}):
        with pytest.raises(TypeError):
            ocpi.quote(of, **wanted, **wrong)
    with pytest.raises(incar.Error) as caught:
        ocpi.quote(of, power_kw=-1, **wanted)
    assert caught.value.where.startswith("/request/curve/0")


def test_policies() -> None:
    together = PricingPolicy(time_steps="together")
    bill = ocpi.price(SEVENTEEN, charged("1", 10, 2, today(16, 55)), zone="UTC", policy=together)
    assert str(bill.total.excl_vat) == "23/60"
    with pytest.raises(ValueError, match="/policy/flat: one of 'each_tariff', 'each_session', 'each_component'"):
        ocpi.price(SEVENTEEN, charged("1", 10), zone="UTC", policy=PricingPolicy(flat="never"))
    with pytest.raises(TypeError, match="/policy/next_step_at_exact_multiples: True or False"):
        ocpi.price(SEVENTEEN, charged("1", 10), policy=PricingPolicy(next_step_at_exact_multiples=1))  # type: ignore
    assert ocpi.price(SEVENTEEN, charged("1", 10, at=today(16, 50)), zone="UTC",
                      policy=PricingPolicy(next_step_at_exact_multiples=True)).total.excl_vat == Fraction("0.6")


def test_the_tariff_is_taken_as_it_is_now() -> None:
    of = copy.deepcopy(EXAMPLES[0][1])
    assert ocpi.price(of, charged("20", 120)).total.excl_vat == 5
    of.elements[0].price_components[0].price = Decimal("0.50")
    assert ocpi.price(of, charged("20", 120)).total.excl_vat == 10
    strange = copy.deepcopy(of)
    strange.elements[0].price_components[0].type = "MOONLIGHT"
    with pytest.raises(incar.Error) as caught:
        ocpi.price(strange, charged("20", 120))
    assert caught.value.where == "/tariffs/0/elements/0/price_components/0/type"


def right_cdr() -> ocpi.CDR:
    of = tariff(element(FEE, QUARTER, PARKED))
    bill = ocpi.price(of, charged("20", 120, 40))
    cdr = read("CDR")
    cdr.extra, cdr.currency, cdr.tariffs, cdr.charging_periods = {}, "EUR", [of], bill.periods
    cdr.start_date_time, cdr.end_date_time = bill.start, bill.end
    for name in ("fixed", "energy", "time", "parking", "reservation"):
        part = getattr(bill, name)
        exists = part.excl_vat > 0
        price = cost(str(part.excl_vat.rounded(4)), str(part.incl_vat.rounded(4))) if exists else None
        setattr(cdr, f"total_{name}_cost", price)
    cdr.total_cost = cost("7.00", "7.90")
    cdr.total_energy, cdr.total_time, cdr.total_parking_time = 20, Decimal("2.6667"), Decimal("0.6667")
    cdr.credit = cdr.credit_reference_id = None
    return cdr


def test_cdrs() -> None:
    cdr = right_cdr()
    check = ocpi.check_cdr(cdr)
    assert check.differences == [] and check.computed is not None and check.computed.total.excl_vat == 7
    cdr.total_cost.incl_vat = Decimal("7.95")
    (wrong,) = ocpi.check_cdr(cdr).differences
    assert (wrong.pointer, wrong.stated, wrong.computed) == ("/total_cost/incl_vat", "7.95", "7.9") and wrong.message
    assert ocpi.check_cdr(cdr, tolerance=Decimal("0.05")).differences == []
    cdr.tariffs = []
    assert ocpi.check_cdr(cdr).computed is None


def test_wrong_arguments_are_refused_with_their_place() -> None:
    of = EXAMPLES[0][1]
    readings = charged("20", 120)
    for wrong, message in [
        ((3, readings), "not iterable|/tariffs"),
        (([of, 3], readings), "/tariffs/1: a Tariff is needed, not int"),
        ((of, [*readings, 4]), "/session/readings/2: an object with the attribute 'at' is needed, not int"),
        ((of, [MeterReading(NOON, 0.5), *readings]), "/session/readings/0/energy_kwh: a Decimal or an int"),  # type: ignore
        ((of, 3), "/session/readings: a list is needed"),
    ]:
        with pytest.raises(TypeError, match=message):
            ocpi.price(*wrong)  # type: ignore[arg-type]
    for at, code in [(NOON.replace(tzinfo=None), "missing"), ("noon", "malformed")]:
        with pytest.raises(incar.Error) as caught:
            ocpi.price(of, [MeterReading(at, 0), *readings])
        assert (caught.value.code, caught.value.where) == (code, "/session/readings/0/at")
    with pytest.raises(incar.Error) as caught:
        ocpi.price(of, readings[::-1])
    assert caught.value.code == "inconsistent" and caught.value.where.startswith("/session/readings/1")
    with pytest.raises(ValueError, match="/session/readings/0/vehicle"):
        ocpi.price(of, [MeterReading(NOON, 0, "driving"), *readings])


def test_amounts_are_rounded_as_decimal_rounds() -> None:
    ways = {
        "half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "down": ROUND_DOWN, "up": ROUND_UP,
        "floor": ROUND_FLOOR, "ceiling": ROUND_CEILING,
    }
    chance = random.Random(1)
    for _ in range(3000):
        number = Decimal(chance.randrange(-10**6, 10**6)).scaleb(-chance.randrange(7))
        digits = chance.randrange(5)
        for way, decimal_way in ways.items():
            wanted = number.quantize(Decimal(1).scaleb(-digits), decimal_way)
            got = ocpi.Amount(number).rounded(digits, way)
            assert got == wanted and got.as_tuple().exponent == -digits
    assert str(ocpi.Amount("2/3").rounded()) == "0.6667" and str(ocpi.Amount("-1/300").rounded(2)) == "0.00"
    assert [str(ocpi.Amount(each)) for each in ("99/40", "-5", "1/1024", "0", "5/6")] == [
        "2.475", "-5", "0.0009765625", "0", "5/6"
    ]
    with pytest.raises(ValueError):
        ocpi.Amount(1).rounded(2, "sideways")
