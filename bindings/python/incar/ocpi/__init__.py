"""Roaming (OCPI 2.2.1): its objects from JSON and back without losing a digit or a member.

    location = incar.ocpi.loads(body, incar.ocpi.Location)      # incar.Error with the place of what is wrong
    location.evses[0].status = "CHARGING"
    body = incar.ocpi.dumps(location)                           # all the rest as it came: 2.00, unknown members, times

`validate` lists what is wrong with an object; `price`, `quote` and `check_cdr` tell what a session costs and why.

Objects are named as in the specification, members are attributes, and constructors take them by name. Numbers are
`Decimal` (floats are refused, texts of digits too), times aware `datetime` in UTC to the millisecond, words of an
enumeration its members (`Status.CHARGING == "CHARGING"`) or plain texts if they are unknown. An absent optional member
is None, an absent list is empty. `extra` is a dict with the members that the specification does not have. After
lenient reading a required member that was missing or unreadable is None; it is written as it came until it is set.

Identifiers (CiString) are plain texts that keep their case. Objects compare them without case, as OCPI demands; where
you compare or look up yourself, use `ci_equal` and `ci_key`.

Objects share nothing with one another but what you put into two of them. One that was read keeps the whole text's
content in memory as long as any part of it is in use. Different threads may use different objects at the same time;
`loads` and `dumps` let other threads run while they work on large texts.
"""

from __future__ import annotations

from .._native import ocpi as _native
from .._native.ocpi import *
from . import _codec, pricing
from ._codec import *
from .pricing import *

__all__: list[str] = []
__all__ += _codec.__all__
__all__ += pricing.__all__
__all__ += _native.__all__
