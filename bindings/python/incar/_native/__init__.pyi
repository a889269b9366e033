from . import core as core
from . import hub as hub
from . import ocpi as ocpi
from . import smac as smac

__version__: str
