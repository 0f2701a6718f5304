#!/usr/bin/env bash
# Boots an empty Debian with the .deb in it under its own systemd, and tries the services: what starts,
# ends, comes back, is rotated and is restarted by an upgrade. Needs root and systemd-nspawn.
#
#   sudo packaging/services-test.sh DEB PACK [FOLDER]
#
# DEB and PACK are as for installed-test.sh, whose FOLDER/base is used again where it is there. The
# kiosk's unit needs a screen and a console: only that it stands back without them is tried.
set -euo pipefail

usage="usage: sudo $0 DEB PACK [FOLDER]"
deb=$(realpath "${1:?$usage}") pack=$(realpath "${2:?$usage}")
folder=$(realpath -m "${3:-/var/tmp/eventsnap-installed-test}")
root=$folder/booted
container=

step() { printf '\n== %s\n' "$*"; }
fail() {
    printf 'services-test: %s\n' "$*" >&2
    exit 1
}

[ "$(id -u)" = 0 ] || fail "only root can boot a root folder; put sudo before it"
for tool in debootstrap systemd-nspawn nsenter dpkg-deb pgrep; do
    command -v "$tool" >/dev/null || fail "$tool is missing"
done

inside() { # COMMAND...: in the booted system
    nsenter -t "$(pgrep -P "$container" -x systemd)" -m -u -i -n -p -C \
        env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "$@"
}

shut_down() {
    [ -n "$container" ] || return 0
    inside systemctl poweroff || true
    wait "$container" || true
}
trap shut_down EXIT

state() { # UNIT PROPERTY VALUE
    local value
    value=$(inside systemctl show -p "$2" --value "$1")
    [ "$value" = "$3" ] || fail "$1: $2 is $value, not $3: $(inside journalctl -u "$1" -n 20)"
    echo "$1: $2 is $value"
}

encoded() { # N: wait until so many photos are encoded
    local tries=0
    until inside eventsnap-service --status --json | tail -n 1 | grep -q "\"encoded\": $1,"; do
        [ $((tries += 1)) -le 30 ] || fail "not $1 photos are encoded: $(inside journalctl -n 30)"
        sleep 2
    done
    echo "$1 photos are encoded"
}

boot() {
    local tries=0
    if [ ! -d "$folder/base" ]; then
        debootstrap --variant=minbase "${SUITE:-bookworm}" "$folder/base.new" ${MIRROR:+"$MIRROR"} \
            >"$folder/debootstrap.log" || fail "debootstrap failed; see $folder/debootstrap.log"
        mv "$folder/base.new" "$folder/base"
    fi
    rm -rf "$root"
    cp -a "$folder/base" "$root"
    cp "$deb" "$root/var/new.deb"
    cp -r "$pack" "$root/srv/pack${pack##*/}"
    chroot "$root" sh -c 'apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y \
        --no-install-recommends systemd systemd-sysv dbus logrotate /var/new.deb' \
        >"$folder/apt.log" 2>&1 || fail "apt cannot install it; see $folder/apt.log"
    mkdir "$root/srv/photos"
    echo "ENCODE_OPTIONS=--source=/srv/photos" >"$root/etc/eventsnap/encode-party.conf"
    systemd-nspawn -q --register=no --keep-unit --private-network -D "$root" --boot --console=pipe \
        </dev/null >"$folder/boot.log" 2>&1 &
    container=$!
    until inside systemctl is-system-running 2>/dev/null | grep -Eq 'running|degraded'; do
        [ $((tries += 1)) -le 60 ] || fail "it does not boot; see $folder/boot.log"
        sleep 1
    done
}

add_photo() { # NAME SIZE: any picture will do, one of the program's own
    cp "$root/usr/share/icons/hicolor/$2/apps/eventsnap.png" "$root/srv/photos/$1.png"
    chmod 644 "$root/srv/photos/$1.png"
}

mkdir -p "$folder"
step "booting"
boot
add_photo one 256x256
inside eventsnap-service --models "/srv/pack${pack##*/}" --accept-model-license

step "a kiosk without a screen and without an event stands back"
inside systemctl start eventsnap-kiosk
state eventsnap-kiosk ActiveState inactive

step "deliver, whose database serves the others, and encode"
inside systemctl start eventsnap-deliver
sleep 5
inside systemctl enable --now eventsnap-encode@party
encoded 1

step "deliver is stopped: encode keeps the database and goes on"
inside systemctl stop eventsnap-deliver
state eventsnap-deliver Result success
add_photo two 128x128
encoded 2

step "events whose day is over: by a timer, beside the others' database"
inside systemctl enable --now eventsnap-expire.timer
state eventsnap-expire.timer ActiveState active
inside systemctl start eventsnap-expire
state eventsnap-expire Result success
state eventsnap-encode@party ActiveState active

step "encode is killed: it comes back"
inside systemctl kill -s KILL --kill-who=main eventsnap-encode@party
sleep 20
state eventsnap-encode@party NRestarts 1
state eventsnap-encode@party ActiveState active

step "a setting that cannot be used: it stays ended"
echo EVENTSNAP_ENCODE_FETCH_THREADS=many >"$root/etc/eventsnap/encode-bad.conf"
inside systemctl start eventsnap-encode@bad
sleep 5
state eventsnap-encode@bad ExecMainStatus 2
state eventsnap-encode@bad NRestarts 0

step "an upgrade stops what runs and starts it again"
before=$(inside systemctl show -p MainPID --value eventsnap-encode@party)
tree=$(mktemp -d "$folder/newer-XXXXXX")
dpkg-deb -R "$deb" "$tree"
sed -i "s/^Version: .*/&+newer/" "$tree/DEBIAN/control"
dpkg-deb --root-owner-group -Zgzip -z1 -b "$tree" "$root/var/new.deb" >/dev/null
rm -rf "$tree"
inside env DEBIAN_FRONTEND=noninteractive dpkg -i /var/new.deb >>"$folder/apt.log" 2>&1
sleep 3
state eventsnap-encode@party ActiveState active
[ "$before" != "$(inside systemctl show -p MainPID --value eventsnap-encode@party)" ] ||
    fail "the upgrade did not restart the service"
encoded 2

state eventsnap-expire.timer ActiveState active

step "stopped: a good end, and the last one stops the database"
inside systemctl stop eventsnap-encode@party
state eventsnap-encode@party Result success
[ -z "$(inside sh -c 'grep -l postgres /proc/[0-9]*/comm')" ] || fail "the database still runs"

step "the database's log is rotated"
inside setpriv --reuid eventsnap --regid eventsnap --init-groups sh -c \
    'head -c 1200000 /dev/zero >>/var/lib/eventsnap/database/server.log'
inside logrotate /etc/logrotate.d/eventsnap
[ ! -s "$root/var/lib/eventsnap/database/server.log" ] || fail "the log was not rotated"
[ -s "$root/var/lib/eventsnap/database/server.log.1" ] || fail "the old log was not kept"

step "purged: units and settings go, the data stays"
inside apt-get purge -q -y eventsnap-desktop >>"$folder/apt.log" 2>&1
[ ! -e "$root/etc/eventsnap" ] || fail "purging left settings"
[ ! -e "$root/etc/systemd/system/multi-user.target.wants/eventsnap-encode@party.service" ] ||
    fail "purging left an enabled unit"
[ ! -e "$root/etc/systemd/system/timers.target.wants/eventsnap-expire.timer" ] ||
    fail "purging left an enabled timer"
[ -d "$root/var/lib/eventsnap/database" ] || fail "purging took the data"
echo "all passed"
