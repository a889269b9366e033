#!/usr/bin/env bash
# `incar hub` on SQLite: durable PUTs beside Express and better-sqlite3, forwarding, fan-out beside axios, a million objects,
# searches of a drivers' app. What counts is the server's CPU time, from /proc.
# `hub.sh [durable|forward|fan_out|million|search]...`; all when none is named.
# INCAR_BUILD: a build folder with the benchmarks and the examples; else the release preset. INCAR_SECONDS: of each load (10).
set -euo pipefail
cd "$(dirname "$0")/.."

build=${INCAR_BUILD:-build/release}
if [ -z "${INCAR_BUILD:-}" ]; then cmake --preset release -DINCAR_BUILD_BENCHMARKS=ON >/dev/null; fi
cmake --build "$build" --target incar_program benchmark_hub_partners benchmark_http_client >/dev/null
hub=$build/examples/incar/incar
partners=$build/benchmarks/benchmark_hub_partners
peers=$build/benchmarks/node
folder=$(mktemp -d)
trap 'kill "${server:-}" "${others:-}" 2>/dev/null || true; rm -rf "$folder"' EXIT
export NODE_ENV=production
seconds=${INCAR_SECONDS:-10}
port=${INCAR_PORT:-18600}
admin=administrator-of-the-benchmark

need_peers() {
    mkdir -p "$peers"
    cp benchmarks/hub.mjs "$peers"
    if [ -d "$peers/node_modules/axios" ]; then return; fi
    npm install --silent --no-fund --no-audit --prefix "$peers" express@4.22.3 better-sqlite3@12.11.1 axios@1.21.1 >/dev/null
}

ticks() { awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$1/stat"; }
is_up() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
load() { cut -d' ' -f1 /proc/loadavg; }

start_hub() { # file, more options
    port=$((port + 2))
    taskset -c 0 "$hub" hub --store "sqlite:$1" --listen "127.0.0.1:$port" --admin-token "$admin" --member-rate 1000000 \
        --allow-addresses 127.0.0.0/8 "${@:2}" >/dev/null & server=$!
    until is_up "$port"; do sleep 0.01; done
}

start_partners() { # count
    coproc REGISTERED { exec taskset -c 1 "$partners" "http://127.0.0.1:$port" "$admin" $((port + 1)) "$1"; }
    others=$REGISTERED_PID
    read -r INCAR_AUTHORIZATION <&"${REGISTERED[0]}"
    export INCAR_AUTHORIZATION
}

end() {
    kill "$server"; wait "$server" 2>/dev/null || true
    if [ -n "${others:-}" ]; then kill "$others"; wait "$others" 2>/dev/null || true; others=; fi
}

put() { taskset -c 1 wrk -t1 -c64 -d"$1s" -s benchmarks/hub.lua "http://127.0.0.1:$port"; }

measure() { # name
    put 3 >/dev/null
    local before; before=$(ticks "$server")
    local said; said=$(put "$seconds")
    local after; after=$(ticks "$server")
    echo "$said" | awk -v name="$1" -v ticks=$((after - before)) -v hertz="$(getconf CLK_TCK)" -v load="$(load)" \
        -v memory="$(awk '/VmHWM/ { print $2 / 1024 }' "/proc/$server/status")" '
        /requests in/ { count = $1 } /Non-2xx/ { wrong = " WRONG ANSWERS " $NF } /Requests\/sec/ { rate = $2 }
        END { printf "%-24s %6.1f us of CPU a request, %7.0f requests/s seen, %4.0f MB, load %s%s\n",
                     name, ticks / hertz / count * 1e6, rate, memory, load, wrong }'
}

peer() { # mode
    port=$((port + 2))
    INCAR_AUTHORIZATION="Token peer" taskset -c 0 node "$peers/hub.mjs" put "$port" "$folder/peer-$1-$port.db" "$1" & server=$!
    until is_up "$port"; do sleep 0.1; done
    INCAR_AUTHORIZATION="Token peer" INCAR_TO="EU*HUB" measure "Express, $1"
    end
}

# The hub's waits for the disk under the same load, counted from outside.
count_waits() {
    if ! command -v strace >/dev/null; then echo "no strace: waits for the disk are not counted"; return; fi
    strace -f -qq -c -e trace=fdatasync,fsync -o "$folder/waits" -p "$server" & local tracing=$!
    sleep 1
    local said; said=$(put "$seconds")
    kill -INT "$tracing"; wait "$tracing" || true
    local waits; waits=$(awk '/fdatasync|fsync/ { print $4 " " $NF }' "$folder/waits" | paste -sd, | sed 's/,/, /g')
    echo "$said" | awk -v waits="$waits" '/requests in/ { print "traced: " $1 " requests, " waits }'
}

durable() {
    need_peers
    for turn in 1 2 3; do
        start_hub "$folder/durable$turn.db"; start_partners 0
        INCAR_TO="EU*HUB" measure "incar hub"
        if [ "$turn" = 3 ]; then INCAR_TO="EU*HUB" count_waits; fi
        end
        peer each
        peer group
    done
}

forward() {
    for turn in 1 2 3; do
        start_hub "$folder/forward$turn.db"; start_partners 1
        INCAR_TO="NL*000" measure "in, store, forward"
        end
    done
}

fan_out() {
    need_peers
    for turn in 1 2 3; do
        start_hub "$folder/fan_out$turn.db"
        echo "incar hub: $(taskset -c 1 "$partners" "http://127.0.0.1:$port" "$admin" $((port + 1)) 200 200 "$server") us of" \
            "CPU a delivery, load $(load)"
        end
        port=$((port + 2))
        taskset -c 1 "$partners" sink "$port" & server=$!
        until is_up "$port"; do sleep 0.1; done
        for way in incar curl; do
            echo "client alone, $way: $(taskset -c 0 "$build/benchmarks/benchmark_http_client" "$port" 50 "$way") us of CPU a" \
                "request, load $(load)"
        done
        echo "axios: $(taskset -c 0 node "$peers/hub.mjs" fan_out "$port" 50) us of CPU a delivery, load $(load)"
        end
    done
}

ask() { # path, as the sender asks
    curl -sfi -H "Authorization: $INCAR_AUTHORIZATION" -H "OCPI-from-country-code: ES" -H "OCPI-from-party-id: VLC" \
        -H "OCPI-to-country-code: EU" -H "OCPI-to-party-id: HUB" -H "X-Request-ID: 1" -H "X-Correlation-ID: 1" \
        "http://127.0.0.1:$port/ocpi/2.2.1/locations/sender?$1"
}

page() { # name, query
    taskset -c 1 wrk -t1 -c1 -d"${seconds}s" --latency -H "Authorization: $INCAR_AUTHORIZATION" \
        -H "OCPI-from-country-code: ES" -H "OCPI-from-party-id: VLC" -H "OCPI-to-country-code: EU" -H "OCPI-to-party-id: HUB" \
        -H "X-Request-ID: 1" -H "X-Correlation-ID: 1" "http://127.0.0.1:$port/ocpi/2.2.1/locations/sender?$2" |
        awk -v name="$1" -v load="$(load)" '/^ +(50|99)%/ { at = at " " $1 " " $2 } /Non-2xx/ { wrong = " WRONG ANSWERS " $NF }
            END { print "a page of 100 at depth " name ":" at ", load " load wrong }'
}

million() {
    "$partners" fill "$folder/million.db" 1000000
    start_hub "$folder/million.db"; start_partners 0
    local after; after=$(ask "offset=989999&limit=1" | tr -d '\r' | sed -n 's/^Link: .*[?&]\(after=[^&>]*\).*/\1/Ip')
    for turn in 1 2 3; do
        page 0 "limit=100"
        page 990000 "limit=100&$after"
    done
    INCAR_TO="EU*HUB" measure "PUT among a million"
    for turn in 1 2 3 4 5; do
        INCAR_TO="EU*HUB" put 1 >/dev/null
        kill -9 "$server"; wait "$server" 2>/dev/null || true
        local log; log=$(stat -c %s "$folder/million.db-wal")
        local start; start=$(date +%s%N)
        start_hub "$folder/million.db"
        until ask "limit=100" >/dev/null; do :; done
        echo "killed, log of $((log >> 20)) MB: $((($(date +%s%N) - start) / 1000000)) ms to a page, load $(load)"
    done
    end
    for turn in 1 2 3; do
        start=$(date +%s%N)
        start_hub "$folder/million.db" --app-token drivers-of-the-benchmark
        until ask "limit=100" >/dev/null; do :; done
        local first; first=$((($(date +%s%N) - start) / 1000000))
        until curl -sfo /dev/null -H "Authorization: Token drivers-of-the-benchmark" \
            "http://127.0.0.1:$port/app/1.0/locations?near=39.4666,-0.3775&limit=1"; do sleep 0.1; done
        echo "with an app's token: $first ms to a page, $((($(date +%s%N) - start) / 1000000)) ms to a search," \
            "$(awk '/VmHWM/ { printf "%.0f", $2 / 1024 }' "/proc/$server/status") MB, load $(load)"
        end
    done
}

search() {
    cmake --build "$build" --target benchmark_app_search >/dev/null
    for places in 100000 1000000; do taskset -c 0 "$build/benchmarks/benchmark_app_search" "$folder/$places.db" "$places"; done
    echo "load $(load)"
}

for part in "${@:-all}"; do
    if [ "$part" = all ]; then durable; forward; fan_out; million; search; else "$part"; fi
done
