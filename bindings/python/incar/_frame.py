"""Plans on a time axis: what Plan.index and Plan.to_frame do. pandas is imported when it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pandas

    from .smac import Plan

SITE_COLUMNS = ("import_w", "export_w", "upper_flex_w", "lower_flex_w")


def edges(plan: Plan) -> npt.NDArray[np.datetime64]:
    """The start of each slot and the end of the last, in UTC, to the millisecond."""
    start = np.datetime64(plan.start.replace(tzinfo=None), "ms")
    minutes = plan.each_slot_minutes if len(plan.each_slot_minutes) else np.full(plan.slots, plan.slot_minutes)
    passed_ms = np.rint(np.concatenate(([0.0], np.cumsum(minutes))) * 60_000)
    times: npt.NDArray[np.datetime64] = start + passed_ms.astype("timedelta64[ms]")
    return times


def index(plan: Plan) -> Any:
    """The start of each slot: a UTC DatetimeIndex, without pandas an array of datetime64."""
    starts = edges(plan)[:-1]
    try:
        import pandas
    except ImportError:
        return starts
    return pandas.DatetimeIndex(starts, tz="UTC")


def to_frame(plan: Plan, quantity: str = "power_w") -> pandas.DataFrame:
    """One row a slot; see Plan.to_frame."""
    if quantity not in ("power_w", "soc_wh"):
        raise ValueError(f"quantity: there is no {quantity!r}, only 'power_w' and 'soc_wh'")
    import pandas

    columns = [("evs", each.id, getattr(each, quantity)) for each in plan.evs]
    columns += [("batteries", each.id, getattr(each, quantity)) for each in plan.batteries]
    if quantity == "power_w":
        columns += [("site", name, getattr(plan.site, name)) for name in SITE_COLUMNS]
    names = [name for _, name, _ in columns]
    data = {f"{kind}/{name}" if names.count(name) > 1 else name: values for kind, name, values in columns}
    return pandas.DataFrame(data, index=index(plan), copy=True)
