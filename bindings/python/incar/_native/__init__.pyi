from . import core as core
from . import ocpi as ocpi
from . import smac as smac

__version__: str
