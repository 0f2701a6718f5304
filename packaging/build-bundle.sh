#!/usr/bin/env bash
# Builds the frozen program into dist/eventsnap: a folder that needs no Python.
#
#   packaging/build-bundle.sh [cpu|cuda]
#
# On Windows, packaging/build-bundle.ps1 does the same.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

variant=${1:-cpu}
case $variant in
cpu | cuda) ;;
*)
    echo "build-bundle: “$variant” is neither cpu nor cuda" >&2
    exit 2
    ;;
esac
command -v objdump >/dev/null || packaging/system-packages.sh objdump:binutils
[ -x .venv/bin/pyinstaller ] || packaging/set-up.sh
# Whatever was left of a former program must not be taken along.
rm -rf dist/eventsnap
begun=$SECONDS
.venv/bin/pyinstaller --noconfirm --log-level ERROR --distpath dist --workpath build/bundle \
    packaging/eventsnap.spec -- --variant "$variant"
size=$(du -sm dist/eventsnap | cut -f1)
echo "dist/eventsnap is there: $(cat dist/eventsnap/VERSION), $size MB, in $((SECONDS - begun)) seconds"
