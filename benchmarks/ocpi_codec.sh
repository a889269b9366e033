#!/usr/bin/env bash
# Decoding, checking and encoding a Location of 2 kB: incar beside Node with zod, turn by turn in one run.
# INCAR_BUILD: a build folder with the benchmarks; else the release preset.
set -euo pipefail
cd "$(dirname "$0")/.."

build=${INCAR_BUILD:-build/release}
if [ -z "${INCAR_BUILD:-}" ]; then cmake --preset release -DINCAR_BUILD_BENCHMARKS=ON >/dev/null; fi
cmake --build "$build" --target benchmark_ocpi_codec >/dev/null
peer=$build/benchmarks/node
mkdir -p "$peer"
cp benchmarks/ocpi_codec.mjs "$peer"
[ -d "$peer/node_modules/zod" ] || npm install --silent --no-fund --no-audit --prefix "$peer" zod@4.6.7

for _ in 1 2 3; do
    "$build/benchmarks/benchmark_ocpi_codec" --benchmark_min_time=0.5 2>/dev/null | grep bytes_per_second
    node "$peer/ocpi_codec.mjs" benchmarks/data/location.json
done
