# Shared by the scripts: says what it is doing and installs what is missing.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '\n== %s\n' "$*"; }

# need PACKAGE... : Debian packages that must be there. Installs the missing ones as root or with sudo; otherwise prints the line to run.
need() {
    if ! command -v dpkg-query >/dev/null; then
        echo "This is no Debian: please make sure that the equivalents of these packages are installed: $*"
        return
    fi
    local missing=()
    for package in "$@"; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    local sudo=
    if [ "$(id -u)" -ne 0 ]; then
        if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
            sudo=sudo
        else
            echo "These packages are missing and only root may install them. Please run:"
            echo "    apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
            exit 1
        fi
    fi
    say "installing ${missing[*]}"
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# build PRESET [cmake --build arguments]: configures once, builds what changed.
build() {
    local preset=$1
    shift
    say "building (preset $preset)"
    if [ ! -f "build/$preset/build.ninja" ]; then
        cmake --preset "$preset" ${CMAKE_ARGUMENTS:-} >"build-$preset.log" 2>&1 || { cat "build-$preset.log"; rm -f "build-$preset.log"; exit 1; }
        rm -f "build-$preset.log"
    fi
    cmake --build --preset "$preset" --parallel "$(nproc)" "$@"
}

BUILD_PACKAGES="g++ cmake ninja-build ccache rapidjson-dev libboost-dev libcctz-dev libcurl4-openssl-dev libeigen3-dev libglpk-dev libsqlite3-dev libssl-dev tzdata"
