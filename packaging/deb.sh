#!/usr/bin/env bash
# Makes the .deb of the frozen program, for Debian 12 and what is newer or derived from it.
#
#   packaging/deb.sh [BUNDLE [FOLDER]]     dist/eventsnap into dist/
#
# MAINTAINER="Name <address>" stands in the package; SOURCE_DATE_EPOCH is its time, else that of the
# last commit, so that the same bundle gives the same file. COMPRESS="xz -6" makes a smaller file and
# takes many times as long, here and where it is installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

bundle=${1:-dist/eventsnap}
into=${2:-dist}
python=.venv/bin/python

fail() {
    printf 'deb: %s\n' "$*" >&2
    exit 1
}

[ -x "$bundle/eventsnap" ] || fail "there is no program in $bundle; make package builds one"
for tool in dpkg-deb:dpkg readelf:binutils gzip:gzip; do
    command -v "${tool%%:*}" >/dev/null || fail "${tool%%:*} is missing; apt-get install ${tool#*:}"
done

# A machine has one of the two variants; each takes the other's place.
name=eventsnap-desktop other=eventsnap-desktop-cuda
if grep -q ' cuda$' "$bundle/VERSION" 2>/dev/null; then
    name=eventsnap-desktop-cuda other=eventsnap-desktop
fi
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' eventsnap_desktop/__init__.py)
[ -n "$version" ] || fail "eventsnap_desktop/__init__.py names no version"
architecture=$(dpkg --print-architecture)
maintainer=${MAINTAINER:-The EventSnap developers <developers@eventsnap.invalid>}
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
export SOURCE_DATE_EPOCH
day=$(date -u -d "@$SOURCE_DATE_EPOCH" +%F)
read -r -a compress <<<"${COMPRESS:-zstd -9}"

root=$(mktemp -d "${TMPDIR:-/tmp}/eventsnap-deb-XXXXXX")
trap 'rm -rf "$root"' EXIT
share=$root/usr/share

put() { # MODE FILE... FOLDER
    local mode=$1
    shift
    install -D -m "$mode" -t "${*: -1}" "${@:1:$#-1}"
}

packed() { # FILE FOLDER [NAME]: compressed as Debian wants man pages and changelogs
    mkdir -p "$2"
    gzip -9 -n -c "$1" >"$2/${3:-$(basename "$1")}.gz"
}

put_program() {
    mkdir -p "$root/usr/lib" "$root/usr/bin" "$root/usr/sbin"
    cp -a "$bundle" "$root/usr/lib/eventsnap"
    # Whatever the umask of who built it: everybody may read, and run what could be run.
    chmod -R u=rwX,go=rX "$root/usr/lib/eventsnap"
    find "$root/usr/lib/eventsnap" -type f -name '*.so*' -exec chmod a-x {} +
    ln -s ../lib/eventsnap/eventsnap "$root/usr/bin/eventsnap"
    put 755 packaging/debian/eventsnap-kiosk "$root/usr/bin"
    put 755 packaging/debian/eventsnap-service "$root/usr/sbin"
}

put_desktop() {
    put 644 packaging/desktop/*.desktop "$share/applications"
    mkdir -p "$share/icons"
    mv "$root/usr/lib/eventsnap/share/icons/hicolor" "$share/icons/hicolor"
    rm -r "$root/usr/lib/eventsnap/share"
    mkdir -p "$share/metainfo"
    sed -e "s/@VERSION@/$version/" -e "s/@DATE@/$day/" packaging/desktop/eventsnap.metainfo.xml \
        >"$share/metainfo/eventsnap.metainfo.xml"
}

put_settings() {
    put 644 packaging/systemd/* "$root/usr/lib/systemd/system"
    put 600 packaging/debian/eventsnap.conf "$root/etc/eventsnap"
    put 644 packaging/debian/kiosk.conf "$root/etc/eventsnap"
    mkdir -p "$root/etc/logrotate.d"
    install -m 644 packaging/debian/logrotate "$root/etc/logrotate.d/eventsnap"
}

put_documents() {
    local doc=$share/doc/$name
    put 644 packaging/debian/copyright "$doc"
    put 644 docs/*.md "$doc"
    # What docs/servers.md tells to run stands as it does in the source: it works from that folder.
    put 644 docker-compose.db.yml .env.example "$share/eventsnap"
    put 644 packaging/servers/* "$share/eventsnap/packaging/servers"
    cat >"$root/changelog" <<CHANGES
$name ($version) stable; urgency=medium

  * Changes are listed in CHANGELOG.md.

 -- $maintainer  $(date -u -R -d "@$SOURCE_DATE_EPOCH")
CHANGES
    packed "$root/changelog" "$doc"
    rm "$root/changelog"
    packed CHANGELOG.md "$doc"
    "$python" packaging/debian/man_page.py "$day" >"$root/eventsnap.1"
    packed "$root/eventsnap.1" "$share/man/man1"
    rm "$root/eventsnap.1"
    packed packaging/debian/eventsnap-kiosk.1 "$share/man/man1"
    packed packaging/debian/eventsnap-service.8 "$share/man/man8"
    mkdir -p "$share/lintian/overrides"
    sed "s/^eventsnap-desktop:/$name:/" packaging/debian/lintian-overrides \
        >"$share/lintian/overrides/$name"
}

put_control() {
    local control=$root/DEBIAN depends size
    mkdir "$control"
    depends=$("$python" packaging/debian/depends.py "$root/usr/lib/eventsnap")
    size=$(du -sk --apparent-size --exclude=DEBIAN "$root" | cut -f1)
    sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@SIZE@/$size/" \
        -e "s/@MAINTAINER@/$maintainer/" -e "s/@DEPENDS@/$depends/" \
        -e "s/@NAME@/$name/" -e "s/@OTHER@/$other/" \
        packaging/debian/control.in >"$control/control"
    install -m 755 -t "$control" packaging/debian/postinst packaging/debian/prerm \
        packaging/debian/postrm
    (cd "$root" && find etc -type f -printf '/%p\n' | LC_ALL=C sort) >"$control/conffiles"
    (cd "$root" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum) \
        >"$control/md5sums"
    chmod 644 "$control/control" "$control/conffiles" "$control/md5sums"
}

umask 022
put_program
put_desktop
put_settings
put_documents
put_control
chmod 755 "$root"
find "$root" -newermt "@$SOURCE_DATE_EPOCH" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

mkdir -p "$into"
package=$into/${name}_${version}_$architecture.deb
dpkg-deb --root-owner-group -Z"${compress[0]}" -z"${compress[1]#-}" --build "$root" "$package" >&2
printf 'deb: %s, %s MB, installed %s MB\n' "$package" \
    "$(($(stat -c %s "$package") / 1000000))" \
    "$(($(du -sk --apparent-size "$root/usr/lib/eventsnap" | cut -f1) * 1024 / 1000000))" >&2
printf '%s\n' "$package"
