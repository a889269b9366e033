#!/usr/bin/env bash
# Saving objects of 2 kB: incar beside SQLite alone and better-sqlite3, turn by turn in one run.
set -euo pipefail
cd "$(dirname "$0")/.."

cmake --preset release -DINCAR_BUILD_BENCHMARKS=ON >/dev/null
cmake --build --preset release --target benchmark_store >/dev/null
program=build/release/benchmarks/benchmark_store
peer=build/release/benchmarks/node
mkdir -p "$peer"
cp benchmarks/store.mjs "$peer"
[ -d "$peer/node_modules/better-sqlite3" ] || npm install --silent --no-fund --no-audit --prefix "$peer" better-sqlite3@12.11.1

for _ in 1 2 3; do
    "$program" --benchmark_filter='save' 2>/dev/null | grep -o -E '^save[^ ]*|cpu_of_one=.*' | paste - -
    node "$peer/store.mjs"
done
"$program" --benchmark_filter='page|total|restart' 2>/dev/null
