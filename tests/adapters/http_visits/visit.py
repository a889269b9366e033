"""visit.py FILE.SCENARIO PORT [CERTIFICATE]: visits the server on 127.0.0.1:PORT and ends with 0 when it behaved."""

import importlib
import sys

sys.dont_write_bytecode = True
room, scenario = sys.argv[1].split(".")
getattr(importlib.import_module(room), scenario)()
