#!/usr/bin/env bash
# Reading, checking and writing a Location of 2 kB from Python: incar beside pydantic, turn by turn in one run.
set -euo pipefail
cd "$(dirname "$0")/.."

cmake --preset python >/dev/null
cmake --build --preset python --target incar_python >/dev/null
python=$(sed -n 's/^_*Python_EXECUTABLE:.*=//p' build/python/CMakeCache.txt | head -1)
for peer in extrawest_ocpi==2025.7.16 pydantic==2.11.10; do
    venv=build/python/benchmarks/${peer%%=*}
    [ -d "$venv" ] || "$python" -m venv --system-site-packages "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check "$peer"
    PYTHONPATH=build/python/bindings/python "$venv/bin/python" benchmarks/ocpi_python.py benchmarks/data/location.json
done
