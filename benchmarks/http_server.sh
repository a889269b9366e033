#!/usr/bin/env bash
# A PUT of a 2 kB Location, read, checked and answered: incar beside Node's http and Express, turn by turn under one load (wrk).
# What counts is the server's CPU time a request, from /proc. INCAR_BUILD: a build folder with the benchmarks; else the release preset.
set -euo pipefail
cd "$(dirname "$0")/.."

build=${INCAR_BUILD:-build/release}
if [ -z "${INCAR_BUILD:-}" ]; then cmake --preset release -DINCAR_BUILD_BENCHMARKS=ON >/dev/null; fi
cmake --build "$build" --target benchmark_http_server >/dev/null
peer=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$peer"' EXIT
cp benchmarks/http_server.mjs "$peer"
npm install --silent --no-fund --no-audit --prefix "$peer" express@4.22.3 >/dev/null
export NODE_ENV=production

ticks() { awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$1/stat"; }

run() { # name, command...
    local name=$1; shift
    taskset -c 0 "$@" & server=$!
    until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do sleep 0.1; done
    # Warm, also on a busy machine: a just-in-time compiler goes by requests, not by seconds.
    local warm=0 round
    for round in 1 2 3 4 5 6 7 8; do
        warm=$((warm + $(taskset -c 1 wrk -t1 -c64 -d3s -s benchmarks/http_server.lua "http://127.0.0.1:$port" | awk '/requests in/ { print $1 }')))
        if ((warm >= 20000)); then break; fi
    done
    local before; before=$(ticks "$server")
    local said; said=$(taskset -c 1 wrk -t1 -c64 -d"${INCAR_SECONDS:-10}s" -s benchmarks/http_server.lua "http://127.0.0.1:$port")
    local after; after=$(ticks "$server")
    echo "$said" | awk -v name="$name" -v ticks=$((after - before)) -v hertz="$(getconf CLK_TCK)" -v load="$(cut -d' ' -f1 /proc/loadavg)" \
        -v memory="$(awk '/VmHWM/ { print $2 / 1024 }' "/proc/$server/status")" '
        /requests in/ { count = $1 } /Non-2xx/ { wrong = " WRONG ANSWERS " $NF } /Requests\/sec/ { rate = $2 }
        END { printf "%-8s %6.1f us of CPU a request, %8.0f requests/s seen, %4.0f MB, load %s%s\n",
                     name, ticks / hertz / count * 1e6, rate, memory, load, wrong }'
    kill "$server"; wait "$server" 2>/dev/null || true
    port=$((port + 1))
}

port=${INCAR_PORT:-18480}
for _ in 1 2 3; do
    run incar "$build/benchmarks/benchmark_http_server" "$port"
    run node node "$peer/http_server.mjs" "$port"
    run express node "$peer/http_server.mjs" "$port" express
    run bare "$build/benchmarks/benchmark_http_server" "$port" bare
done
