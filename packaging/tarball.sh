#!/usr/bin/env bash
# Packs the frozen program with an install script, for a Linux without .deb or without an administrator.
#
#   packaging/tarball.sh [BUNDLE [FOLDER]]     dist/eventsnap into dist/
#
# SOURCE_DATE_EPOCH is the time of all files in it, else that of the last commit.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

bundle=${1:-dist/eventsnap}
into=${2:-dist}

fail() {
    printf 'tarball: %s\n' "$*" >&2
    exit 1
}

[ -x "$bundle/eventsnap" ] || fail "there is no program in $bundle; make package builds one"
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' eventsnap_desktop/__init__.py)
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
name=eventsnap-$version-linux-$(uname -m)
if grep -q ' cuda$' "$bundle/VERSION" 2>/dev/null; then
    name=$name-cuda
fi

root=$(mktemp -d "${TMPDIR:-/tmp}/eventsnap-tarball-XXXXXX")
trap 'rm -rf "$root"' EXIT
umask 022
mkdir -p "$root/$name" "$into"
cp -a "$bundle" "$root/$name/program"
cp packaging/tarball/install.sh packaging/tarball/README.txt LICENSE CHANGELOG.md "$root/$name"
cp -r packaging/systemd packaging/desktop "$root/$name"
rm "$root/$name/desktop/eventsnap.metainfo.xml"
install -m 755 packaging/debian/eventsnap-kiosk "$root/$name/eventsnap-kiosk"
install -m 644 packaging/debian/kiosk.conf "$root/$name/kiosk.conf"
mkdir "$root/$name/docs"
cp docs/*.md "$root/$name/docs"
# What docs/servers.md tells to run stands as it does in the source: it works from that folder.
mkdir "$root/$name/packaging"
cp -r packaging/servers "$root/$name/packaging"
cp docker-compose.db.yml .env.example "$root/$name"
chmod -R u=rwX,go=rX "$root/$name"

# gzip as every Linux has it; xz would take minutes here and half a minute wherever it is unpacked.
tar --create --directory "$root" --sort=name --owner=0 --group=0 --numeric-owner \
    --mtime="@$SOURCE_DATE_EPOCH" "$name" | gzip -6 -n >"$into/$name.tar.gz"
printf 'tarball: %s, %s MB\n' "$into/$name.tar.gz" \
    "$(($(stat -c %s "$into/$name.tar.gz") / 1000000))" >&2
printf '%s\n' "$into/$name.tar.gz"
