#!/usr/bin/env bash
# Looks for the system libraries the program's wheels expect; installs them where it may.
#
# The wheels bring everything but the C++ runtime and zlib (read from the NEEDED entries of every
# shared object in .venv), and what Qt's windows need. EVENTSNAP_WITH_WINDOWS=0 leaves the second
# list out, for a server that only encodes.
set -euo pipefail

# library:Debian package
libraries=(libstdc++.so.6:libstdc++6 libgcc_s.so.1:libgcc-s1 libz.so.1:zlib1g)
window_libraries=(
    libEGL.so.1:libegl1 libGL.so.1:libgl1 libxkbcommon.so.0:libxkbcommon0
    libdbus-1.so.3:libdbus-1-3 libfontconfig.so.1:libfontconfig1
    libwayland-client.so.0:libwayland-client0 libwayland-cursor.so.0:libwayland-cursor0
    libwayland-egl.so.1:libwayland-egl1
    libxkbcommon-x11.so.0:libxkbcommon-x11-0 libxcb-cursor.so.0:libxcb-cursor0
    libxcb-icccm.so.4:libxcb-icccm4 libxcb-image.so.0:libxcb-image0
    libxcb-keysyms.so.1:libxcb-keysyms1 libxcb-randr.so.0:libxcb-randr0
    libxcb-render-util.so.0:libxcb-render-util0 libxcb-shape.so.0:libxcb-shape0
    libxcb-xinerama.so.0:libxcb-xinerama0 libxcb-xkb.so.1:libxcb-xkb1
)

say() { printf 'set-up: %s\n' "$*" >&2; }

[ "$(uname -s)" = Linux ] || exit 0
if [ "${EVENTSNAP_WITH_WINDOWS:-1}" = 1 ]; then
    libraries+=("${window_libraries[@]}")
fi

ldconfig=$(PATH="$PATH:/sbin:/usr/sbin" command -v ldconfig || true)
if [ -z "$ldconfig" ]; then
    say "cannot look for system libraries here (no ldconfig); going on"
    exit 0
fi
known=$("$ldconfig" -p || true)

missing_libraries=() missing_packages=()
for pair in "${libraries[@]}"; do
    if [[ $known != *"${pair%%:*}"* ]]; then
        missing_libraries+=("${pair%%:*}")
        missing_packages+=("${pair#*:}")
    fi
done
for tool in "$@"; do # tool:Debian package, asked for by the caller
    missing_packages+=("${tool#*:}")
    missing_libraries+=("${tool%%:*}")
done
[ "${#missing_packages[@]}" -gt 0 ] || exit 0

if [ -f /etc/debian_version ] && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    say "installing ${missing_packages[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q >&2
    apt-get install -q -y --no-install-recommends "${missing_packages[@]}" </dev/null >&2
    exit 0
fi

say "this machine lacks: ${missing_libraries[*]}"
if [ -f /etc/debian_version ]; then
    say "install them: sudo apt-get install ${missing_packages[*]}"
else
    say "install the packages of your system that contain them (on Debian: ${missing_packages[*]})"
fi
exit 1
