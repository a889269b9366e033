from . import core as core
from . import smac as smac

__version__: str
