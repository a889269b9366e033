"""What a session costs under its tariffs, to the last digit, and why.

    bill = incar.ocpi.price(tariff, readings, zone="Europe/Madrid")
    print(bill.total.incl_vat.rounded(2), bill.currency)
    for line in bill.lines:
        print(line.dimension, line.quantity, line.price, line.excl_vat, line.reason)

`price` starts from meter readings, `price_periods` from charging periods as a Session or CDR has them, `quote` from
what a driver wants before there is a session; `check_cdr` computes a partner's CDR again. Amounts are exact fractions
until you round them. What cannot be priced for certain is refused with incar.Error, whose `where` names the culprit:
"/tariffs/0/elements/1/restrictions/start_time", "/session/readings/3/at".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, Optional, Protocol, Sequence, Union

from .._native import ocpi as _native
from .._native.ocpi import CDR, ChargingPeriod, Tariff, TariffDimensionType

__all__ = [
    "Amount",
    "Bill",
    "CdrCheck",
    "Cost",
    "Difference",
    "Line",
    "MeterReading",
    "PowerStep",
    "PricingPolicy",
    "Reservation",
    "TariffChange",
    "check_cdr",
    "price",
    "price_periods",
    "quote",
]

Number = Union[Decimal, int]
Instant = Union[datetime, str]
Tariffs = Union[Tariff, Sequence[Tariff]]


class HasKey(Protocol):
    """A zoneinfo.ZoneInfo."""

    @property
    def key(self) -> str: ...


Zone = Union[str, HasKey]


@dataclass(frozen=True)
class MeterReading:
    """The meter at an instant, and what holds from then until the next reading; energy flows evenly in between."""

    at: Instant
    energy_kwh: Number
    """What the meter shows; only differences count."""
    vehicle: str = "charging"
    """"charging": it asks for power (TIME); "parked": it asks for none (PARKING_TIME)."""
    current_a: Optional[Number] = None
    """Sum of all phases; needed only by tariffs that restrict the current."""
    power_kw: Optional[Number] = None
    """None: the mean that follows from the energies."""


@dataclass(frozen=True)
class Reservation:
    """A reservation, which ends when the session starts or, if nobody came, at `expired_at`."""

    start: Instant
    expired_at: Optional[Instant] = None


@dataclass(frozen=True)
class TariffChange:
    """From an instant on, another of the tariffs applies."""

    at: Instant
    tariff_id: str


@dataclass(frozen=True)
class PowerStep:
    """From a time after the start on, the vehicle charges with so much power."""

    after: timedelta
    power_kw: Number
    current_a: Optional[Number] = None


@dataclass(frozen=True)
class PricingPolicy:
    """Switches for what the specification leaves open; docs/reference/pricing.md explains each. The defaults agree with
    its worked examples."""

    time_steps: str = "parking"
    """Which time the step_size of TIME and PARKING_TIME rounds up: "parking", "last" or "together"."""
    reservation_steps: str = "separate"
    """Whether a reservation's time is rounded up by itself: "separate" or "with_session"."""
    tariff_steps: str = "last_tariff"
    """What is rounded up after a change of tariff: "last_tariff" or "whole_session"."""
    zero_price: str = "free"
    """Whether a component with price 0 counts for step_size: "free" or "billed"."""
    next_step_at_exact_multiples: bool = False
    flat: str = "each_tariff"
    """How often FLAT is due: "each_tariff", "each_session" or "each_component"."""
    expired_flat: str = "replaced"
    """Whether the FLAT of RESERVATION is due beside that of RESERVATION_EXPIRES: "replaced" or "added"."""
    duration: str = "session"
    """What min_duration and max_duration measure: "session", "with_reservation" or "same_kind"."""
    discharging: str = "refuse"
    """A meter that runs backwards: "refuse" or "net"."""
    periods: str = "when_price_changes"
    """Where charging periods begin: "when_price_changes" or "at_every_reading"."""
    hours: str = "rounded_length"
    """How hours in a CDR are read: "rounded_length" or "as_written"."""
    ignore_unknown_restrictions: bool = False
    volume_digits: int = 6
    """Decimals of hours in the charging periods, 4 to 9."""


class Amount(Fraction):
    """An exact amount of money in the bill's currency; 7 minutes of an hourly price are seldom a decimal."""

    def __str__(self) -> str:
        """Exactly: "12.861" when it is a decimal, else a fraction in lowest terms such as "23/60"."""
        digits = next((each for each in range(30) if 10**each % self.denominator == 0), None)
        return super().__str__() if digits is None else format(self.rounded(digits), "f")

    def rounded(self, digits: int = 4, rounding: str = "half_up") -> Decimal:
        """With exactly so many decimals: "half_up" (ties away from zero), "half_even", "down", "up", "floor", "ceiling"."""
        scaled = abs(self) * 10**digits
        whole, rest = divmod(scaled.numerator, scaled.denominator)
        tie = 2 * rest - scaled.denominator
        negative = self < 0
        upwards = {
            "half_up": tie >= 0,
            "half_even": tie > 0 or (tie == 0 and whole % 2 == 1),
            "down": False,
            "up": rest > 0,
            "floor": negative and rest > 0,
            "ceiling": not negative and rest > 0,
        }
        if rounding not in upwards:
            raise ValueError(f"rounding: one of {', '.join(map(repr, upwards))} is possible, not {rounding!r}")
        result = whole + upwards[rounding]
        return Decimal((int(negative and result > 0), tuple(map(int, str(result))), -digits))


@dataclass(frozen=True)
class Cost:
    """A sum without and with VAT."""

    excl_vat: Amount
    incl_vat: Amount
    """Equal to `excl_vat` where no VAT is due."""
    taxed: bool
    """Whether any part has a rate of VAT, be it 0 %."""


@dataclass(frozen=True)
class Line:
    """One line of a bill: one dimension in one charging period. The lines add up to the total."""

    kind: str
    """"component"; "unpriced": free; "raised_to_min_price" and "lowered_to_max_price": the tariff's limits."""
    tariff: int
    """Index in the tariffs given."""
    element: Optional[int]
    """Index in its elements; None except for components."""
    component: Optional[int]
    """Index in the element's price_components; None except for components."""
    period: int
    """Index in the bill's periods."""
    dimension: Optional[TariffDimensionType]
    """None for limits."""
    of_reservation: bool
    quantity: Decimal
    """Used: kWh, seconds, or 1 for FLAT."""
    step_extra: Decimal
    """Billed beyond that, because of the step size; same unit."""
    step_size: int
    """That caused `step_extra`; 0 where none was applied."""
    price: Decimal
    """Per kWh, hour or session, without VAT."""
    excl_vat: Amount
    vat_percent: Optional[Decimal]
    vat: Amount
    reason: str
    """One sentence for people."""


@dataclass(frozen=True)
class Bill:
    """What is owed, and how it came about."""

    currency: str
    total: Cost
    """After min_price and max_price."""
    fixed: Cost
    energy: Cost
    time: Cost
    parking: Cost
    reservation: Cost
    lines: list[Line] = field(repr=False)
    periods: list[ChargingPeriod] = field(repr=False)
    """As they belong into the CDR or Session."""
    start: datetime
    end: datetime
    energy_kwh: Decimal
    session_time: timedelta
    """Charging and parked, without reservation."""
    parking_time: timedelta
    reservation_time: timedelta


@dataclass(frozen=True)
class Difference:
    """Something in a CDR that is not what follows from the rest."""

    pointer: str
    """JSON pointer of the culprit: "/total_cost/incl_vat"."""
    stated: str
    """What the CDR says; "" where it says nothing."""
    computed: str
    """What follows from its periods and tariffs, exactly; "" where nothing does."""
    message: str
    """One sentence for people."""


@dataclass(frozen=True)
class CdrCheck:
    """What came of checking a CDR."""

    computed: Optional[Bill]
    """None when its tariffs are missing."""
    differences: list[Difference]
    """Empty: the CDR is right."""


def price(
    tariffs: Tariffs,
    readings: Sequence[MeterReading],
    *,
    zone: Optional[Zone] = None,
    reservation: Optional[Reservation] = None,
    tariff_changes: Sequence[TariffChange] = (),
    policy: PricingPolicy = PricingPolicy(),
) -> Bill:
    """Prices a session from its meter readings, and splits it into charging periods wherever another price begins.

    tariffs         a tariff, or several; the first applies until a change
    readings        at least two in order of time: the start, ..., the end; none if nobody came
    zone            of the location, as a name ("Europe/Madrid") or ZoneInfo; needed by tariffs that restrict dates,
                    weekdays or times of day
    """
    session = (_name(zone), readings, reservation, tariff_changes)
    return _bill(_native.price(_list(tariffs), session, policy))


def price_periods(
    tariffs: Tariffs,
    periods: Sequence[ChargingPeriod],
    *,
    start: Instant,
    end: Instant,
    zone: Optional[Zone] = None,
    policy: PricingPolicy = PricingPolicy(),
) -> Bill:
    """Prices a session that is split already, each period at what holds when it begins; nothing is interpolated."""
    return _bill(_native.price_periods(_list(tariffs), (_name(zone), start, end, periods), policy))


def quote(
    tariffs: Tariffs,
    *,
    start: Instant,
    energy_kwh: Number,
    power_kw: Optional[Number] = None,
    curve: Sequence[PowerStep] = (),
    parking: timedelta = timedelta(),
    reserved_at: Optional[Instant] = None,
    zone: Optional[Zone] = None,
    policy: PricingPolicy = PricingPolicy(),
) -> Bill:
    """What a session will cost, before it begins: either with one power all along, or with a curve of powers.

    parking      connected after charging, without asking for power
    reserved_at  when the reservation began, if there is one
    """
    if (power_kw is None) == (not curve):
        raise TypeError("power_kw, curve: one of the two is needed")
    steps = curve if power_kw is None else [PowerStep(timedelta(), power_kw)]
    request = (_name(zone), start, energy_kwh, steps, parking, reserved_at)
    return _bill(_native.quote(_list(tariffs), request, policy))


def check_cdr(
    cdr: CDR,
    *,
    zone: Optional[Zone] = None,
    tolerance: Optional[Number] = None,
    policy: PricingPolicy = PricingPolicy(),
) -> CdrCheck:
    """Computes a CDR again from its own periods and tariffs, and lists every difference.

    tolerance  amounts may differ by so much; None: by half a unit of the last decimal stated, at least of the second
    """
    found = _native.check_cdr(cdr, _name(zone), tolerance, policy)
    computed = found["computed"]
    differences = [Difference(*each) for each in found["differences"]]
    return CdrCheck(None if computed is None else _bill(computed), differences)


def _list(tariffs: Tariffs) -> list[Tariff]:
    return [tariffs] if isinstance(tariffs, Tariff) else list(tariffs)


def _name(zone: Optional[Zone]) -> Optional[str]:
    return zone if zone is None or isinstance(zone, str) else zone.key


def _cost(given: tuple[str, str, bool]) -> Cost:
    return Cost(Amount(given[0]), Amount(given[1]), given[2])


def _line(given: dict[str, Any]) -> Line:
    members: dict[str, Any] = {**given, "excl_vat": Amount(given["excl_vat"]), "vat": Amount(given["vat"])}
    return Line(**members)


def _bill(given: dict[str, Any]) -> Bill:
    members: dict[str, Any] = {**given, "lines": [_line(each) for each in given["lines"]]}
    for name in ("total", "fixed", "energy", "time", "parking", "reservation"):
        members[name] = _cost(given[name])
    return Bill(**members)
