#!/bin/sh
# Installs EventSnap from this folder, or removes it again. Events and settings are never touched.
#
#   ./install.sh                    for you alone, below ~/.local; as root for all, below /usr/local
#   ./install.sh --prefix FOLDER    below another folder
#   ./install.sh --uninstall        takes away what was installed; --prefix as before
set -eu

# All else is in the program's folder (packaging/debian/depends.py tells).
libraries="libEGL.so.1 libGL.so.1 libwayland-client.so.0 libwayland-cursor.so.0 libwayland-egl.so.1 libxcb.so.1"
packages="libegl1 libgl1 libwayland-client0 libwayland-cursor0 libwayland-egl1 libxcb1 fontconfig-config xkb-data"

here=$(cd "$(dirname "$0")" && pwd)
uninstall=
if [ "$(id -u)" = 0 ]; then
    prefix=/usr/local
else
    prefix=$HOME/.local
fi

usage() {
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
    exit "$1"
}

while [ $# -gt 0 ]; do
    case "$1" in
    --prefix)
        [ $# -ge 2 ] || usage 2 >&2
        prefix=$2
        shift
        ;;
    --uninstall) uninstall=1 ;;
    --help | -h) usage 0 ;;
    *) usage 2 >&2 ;;
    esac
    shift
done
case "$prefix" in
/*) ;;
*) prefix=$(pwd)/$prefix ;;
esac

# Not lib/eventsnap: below ~/.local/share a folder of that name holds the user's events.
place=$prefix/lib/eventsnap-desktop
icons=$prefix/share/icons/hicolor
menu=$prefix/share/applications

remove_entries() {
    rm -f "$prefix/bin/eventsnap" "$prefix/bin/eventsnap-kiosk" \
        "$menu/eventsnap.desktop" "$menu/eventsnap-kiosk.desktop" \
        "$icons"/*/apps/eventsnap.png "$icons"/*/apps/eventsnap.svg
}

if [ -n "$uninstall" ]; then
    remove_entries
    rm -rf "$place" "$place.new" "$place.old"
    echo "EventSnap was removed from $prefix. Events and settings are where they were."
    exit 0
fi

for running in /proc/[0-9]*/exe; do
    case "$(readlink "$running" 2>/dev/null || true)" in
    "$place"/*)
        echo "EventSnap is running; close it first." >&2
        exit 1
        ;;
    esac
done

"$here/program/eventsnap" --version >/dev/null || {
    echo "The program does not start on this system. It needs glibc 2.36 or newer (Debian 12)." >&2
    exit 1
}
known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null || true)
missing=
for library in $libraries; do
    case "$known" in
    *"$library"*) ;;
    *) missing="$missing $library" ;;
    esac
done
if [ -n "$missing" ]; then
    echo "The windows will need what this system lacks:$missing" >&2
    echo "On Debian and Ubuntu: sudo apt-get install $packages" >&2
fi

# The old program stays until the new one is complete, and is there again if something fails.
mkdir -p "$prefix/lib" "$prefix/bin" "$menu"
rm -rf "$place.new" "$place.old"
cp -R "$here/program" "$place.new"
[ ! -d "$place" ] || mv "$place" "$place.old"
mv "$place.new" "$place"
rm -rf "$place.old"

ln -sf ../lib/eventsnap-desktop/eventsnap "$prefix/bin/eventsnap"
sed "s#/usr/bin/eventsnap#$prefix/bin/eventsnap#" "$here/eventsnap-kiosk" \
    >"$prefix/bin/eventsnap-kiosk"
chmod 755 "$prefix/bin/eventsnap-kiosk"
for entry in "$here"/desktop/*.desktop; do
    # A menu does not look into ~/.local/bin.
    sed "s#^Exec=#Exec=$prefix/bin/#" "$entry" >"$menu/$(basename "$entry")"
done
mkdir -p "$icons"
cp -R "$here/program/share/icons/hicolor/." "$icons"

echo "EventSnap is installed: $prefix/bin/eventsnap"
case ":$PATH:" in
*":$prefix/bin:"*) ;;
*) echo "$prefix/bin is not in your PATH; the menu has entries all the same." ;;
esac
