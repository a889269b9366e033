"""incar: an SDK for electric-vehicle charging.

import incar
plan = incar.smac.plan("scenario.json")     # smart charging: power of every car and battery in every slot
incar.plot.plot(plan)                       # needs matplotlib
location = incar.ocpi.loads(body, incar.ocpi.Location)      # roaming: OCPI's objects, without loss
hub = incar.hub.Hub()                       # and a hub to exchange them through
"""

from . import hub, ocpi, plot, smac
from ._native import __version__
from .errors import Error

__all__ = ["Error", "__version__", "hub", "ocpi", "plot", "smac"]
