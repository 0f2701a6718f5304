#!/usr/bin/env bash
# Installs the .deb into an empty Debian and tries it there as a user: no Python, no network, nothing
# of this checkout. Needs root, debootstrap, Xvfb, xdotool and ImageMagick; leaves FOLDER behind.
#
#   sudo packaging/installed-test.sh DEB PACK [FOLDER]
#
# PACK is a model pack as --models takes it (a ZIP, a wheel or a folder), as it would be on a stick.
# FOLDER gets the root and pictures of both windows. SUITE (bookworm) and MIRROR say which Debian.
set -euo pipefail

usage="usage: sudo $0 DEB PACK [FOLDER]"
deb=$(realpath "${1:?$usage}") pack=$(realpath "${2:?$usage}")
folder=$(realpath -m "${3:-/var/tmp/eventsnap-installed-test}")
root=$folder/root
screen=:97

step() { printf '\n== %s\n' "$*"; }
fail() {
    printf 'installed-test: %s\n' "$*" >&2
    exit 1
}

[ "$(id -u)" = 0 ] || fail "only root can make a root folder; put sudo before it"
for tool in debootstrap Xvfb xdotool import unshare; do
    command -v "$tool" >/dev/null || fail "$tool is missing"
done
if [ -z "${INSTALLED_TEST_INSIDE:-}" ]; then
    # What is mounted and started in here goes with us, however we end.
    export INSTALLED_TEST_INSIDE=1
    exec unshare --mount --pid --fork --kill-child --propagation private "$0" "$@"
fi

mount -t proc proc /proc # ours alone, with the processes of this test only

home=/srv/guest # of the test's user, in the root

in_root() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "$@"; }

as_user() { # a stranger to the machine, without a network: only the loopback is up
    unshare --net -- sh -c 'ip link set lo up; exec "$@"' - \
        chroot --userspec=guest:guest "$root" /usr/bin/env -i PATH=/usr/bin:/bin LANG=C.UTF-8 \
        HOME="$home" XDG_RUNTIME_DIR=/run/guest DISPLAY="$screen" "$@"
}

events_of() { # JSON of --status: the codes and counts that an upgrade must not change
    grep -oE '"(code|event|photos|encoded|faces|found)": *("[^"]*"|[0-9]+)' <<<"$1" || true
}

milliseconds() { echo $(($(date +%s%N) / 1000000)); }

make_root() {
    if [ ! -d "$folder/base" ]; then
        debootstrap --variant=minbase "${SUITE:-bookworm}" "$folder/base.new" ${MIRROR:+"$MIRROR"} \
            >"$folder/debootstrap.log" || fail "debootstrap failed; see $folder/debootstrap.log"
        mv "$folder/base.new" "$folder/base"
    fi
    rm -rf "$root"
    cp -a "$folder/base" "$root"
    mount -t proc proc "$root/proc"
    mount --rbind --make-rslave /dev "$root/dev"
    mount -t tmpfs tmpfs "$root/run"
    cp /etc/resolv.conf "$root/etc/resolv.conf"
    in_root sh -c 'command -v python3 python' && fail "this root has a Python"
    return 0
}

install_deb() { # DEB...: its dependencies come from Debian
    local target
    for target in "$@"; do
        cp "$target" "$root/tmp/eventsnap-desktop.deb"
        in_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
            /tmp/eventsnap-desktop.deb >>"$folder/apt.log" 2>&1 ||
            fail "apt cannot install it; see $folder/apt.log"
        rm "$root/tmp/eventsnap-desktop.deb"
    done
}

add_user() {
    in_root useradd --create-home --home-dir "$home" --shell /bin/sh guest
    mkdir -p "$root/run/guest" "$root/media/stick"
    chmod 700 "$root/run/guest"
    in_root chown guest:guest /run/guest
    cp -r "$pack" "$root/media/stick/pack${pack##*/}"
    chmod -R a+rX "$root/media/stick"
}

open_screen() {
    mkdir -p /tmp/.X11-unix
    mount -t tmpfs tmpfs /tmp/.X11-unix # nothing of another screen, nothing left behind
    Xvfb "$screen" -screen 0 1280x800x24 -nolisten tcp -nolock >"$folder/xvfb.log" 2>&1 &
    mkdir -p "$root/tmp/.X11-unix"
    local tries=0
    until [ -S "/tmp/.X11-unix/X${screen#:}" ]; do
        [ $((tries += 1)) -le 100 ] || fail "Xvfb does not start; see $folder/xvfb.log"
        sleep 0.1
    done
    mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
}

picture_of() { # NAME COMMAND...: start it, wait for its window, take a picture, end it
    local name=$1 begin tries=0 window
    shift
    begin=$(milliseconds)
    as_user "$@" >"$folder/$name.log" 2>&1 &
    local pid=$!
    until window=$(DISPLAY=$screen xdotool search --onlyvisible --class eventsnap 2>/dev/null | head -n 1) &&
        [ -n "$window" ]; do
        kill -0 "$pid" 2>/dev/null || fail "$name ended without a window: $(cat "$folder/$name.log")"
        [ $((tries += 1)) -le 1200 ] || fail "$name shows no window"
        sleep 0.05
    done
    echo "$name: a window after $(($(milliseconds) - begin)) ms"
    sleep "${SETTLE:-8}"
    DISPLAY=$screen import -window root "$folder/$name.png"
    # Ended as a service manager would.
    pkill -TERM -P "$pid"
    wait "$pid" || [ $? -eq 130 ] || fail "$name ended badly: $(cat "$folder/$name.log")"
}

start_times() {
    local begin
    for run in first second third; do
        begin=$(milliseconds)
        as_user eventsnap --version >/dev/null
        echo "eventsnap --version, $run time: $(($(milliseconds) - begin)) ms"
    done
}

mkdir -p "$folder"
: >"$folder/apt.log"
step "an empty root (${SUITE:-bookworm}, minbase)"
make_root
du -shx "$root" | cut -f1
in_root apt-get update -q >>"$folder/apt.log" 2>&1 || fail "apt has no lists; see $folder/apt.log"

step "installing $(basename "$deb") with apt, without what is only recommended"
install_deb "$deb"
in_root sh -c 'command -v python3 python' && fail "the package brought a Python along"
echo "the package: $(du -h "$deb" | cut -f1), the program: $(du -sh "$root/usr/lib/eventsnap" | cut -f1)"
echo "packages it brought: $(grep -c '^Setting up' "$folder/apt.log")"
add_user

step "start, as a user without a network"
start_times

step "a model pack from a stick"
as_user eventsnap --models "/media/stick/pack${pack##*/}" --accept-model-license

step "--self-test"
as_user eventsnap --self-test

step "--demo"
as_user sh -c 'cd && eventsnap --demo'

step "both windows"
open_screen
picture_of first-start eventsnap
as_user eventsnap --encode party --source "$home/demo/photos"
picture_of kiosk eventsnap --kiosk party --camera file:/usr/share/icons/hicolor/256x256/apps/eventsnap.png
picture_of organizer eventsnap

step "the services' user, its settings, and what the package's scripts made"
in_root getent passwd eventsnap
in_root eventsnap-service --models "/media/stick/pack${pack##*/}" --accept-model-license
in_root sh -c 'echo EVENTSNAP_LOG_LEVEL=WARNING >>/etc/eventsnap/eventsnap.conf'
in_root eventsnap-service --encode wedding --source /usr/share/icons >/dev/null || [ $? -eq 3 ]
before=$(in_root eventsnap-service --status --json | tail -n 1)
echo "$before"

step "upgrade over an older version: settings and events stay"
older=$(mktemp -d "$folder/older-XXXXXX")
dpkg-deb -R "$deb" "$older/tree"
sed -i 's/^Version: .*/Version: 0.0.1/' "$older/tree/DEBIAN/control"
dpkg-deb --root-owner-group -Zgzip -z1 -b "$older/tree" "$older/older.deb" >/dev/null
in_root apt-get remove -q -y eventsnap-desktop >>"$folder/apt.log" 2>&1
install_deb "$older/older.deb" "$deb"
rm -rf "$older"
in_root dpkg-query -W eventsnap-desktop
in_root grep -q '^EVENTSNAP_LOG_LEVEL=WARNING' /etc/eventsnap/eventsnap.conf ||
    fail "the upgrade changed a setting"
after=$(in_root eventsnap-service --status --json | tail -n 1)
[ "$(events_of "$before")" = "$(events_of "$after")" ] || fail "the upgrade changed the events: $after"

step "remove and purge: the program and the settings go, the data stays"
in_root apt-get remove -q -y eventsnap-desktop >>"$folder/apt.log" 2>&1
[ ! -e "$root/usr/lib/eventsnap" ] || fail "the program is still there"
[ -f "$root/etc/eventsnap/eventsnap.conf" ] || fail "removing took the settings"
in_root apt-get purge -q -y eventsnap-desktop >>"$folder/apt.log" 2>&1
[ ! -e "$root/etc/eventsnap" ] || fail "purging left settings: $(ls "$root/etc/eventsnap")"
[ -d "$root/var/lib/eventsnap/database" ] || fail "purging took the data"
[ -d "$root$home/.local/share/eventsnap" ] || fail "purging took a user's data"
echo "all passed; look at the pictures in $folder: first-start, kiosk, organizer"
