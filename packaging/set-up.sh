#!/usr/bin/env bash
# Makes .venv as uv.lock names it, with whatever Python >=3.11,<3.14 this machine has.
# "set-up.sh cuda" adds what an NVIDIA GPU needs, and later runs keep it.
#
# uv does the work. Where it is missing, pip fetches it into .cache/uv. pip's settings of this
# machine (index, certificates, proxy, timeout) hold for uv too; no Python is downloaded.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf 'set-up: %s\n' "$*" >&2; }
fail() {
    say "$*"
    exit 1
}

fits() { # a name may be a shim that only complains, so run it
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null
}

find_python() {
    local name
    for name in python3.11 python3.12 python3.13 python3 python; do
        if command -v "$name" >/dev/null && fits "$name"; then
            "$name" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    return 1
}

pip_setting() { # prints one setting of pip's files or environment, nothing when it is not set
    local variable
    variable=PIP_$(printf '%s' "$1" | tr 'a-z-' 'A-Z_')
    if [ -n "${!variable:-}" ]; then
        printf '%s\n' "${!variable}"
        return
    fi
    local section
    for section in install global; do
        "$python" -m pip config get "$section.$1" 2>/dev/null && return
    done
    return 0
}

give() { # VARIABLE VALUE: export it unless it is set already or the value is empty
    if [ -z "${!1:-}" ] && [ -n "$2" ]; then
        export "$1=$2"
    fi
}

follow_pips_settings() {
    export UV_PYTHON_DOWNLOADS=never UV_NO_PROGRESS=1
    # The link mode is uv's own choice, but a warning when a copy is needed helps nobody here.
    give UV_LINK_MODE "$(same_file_system || echo copy)"
    local certificates
    certificates=$(pip_setting cert)
    certificates=${certificates:-${REQUESTS_CA_BUNDLE:-${CURL_CA_BUNDLE:-}}}
    [ -f "$certificates" ] && give SSL_CERT_FILE "$certificates"
    give HTTPS_PROXY "${https_proxy:-$(pip_setting proxy)}"
    give UV_HTTP_TIMEOUT "$(pip_setting timeout)"
    give UV_HTTP_TIMEOUT "$(pip_setting default-timeout)"
    give UV_INSECURE_HOST "$(pip_setting trusted-host | tr '\n' ' ' | xargs)"
    give UV_DEFAULT_INDEX "${UV_INDEX_URL:-$(pip_setting index-url)}"
    give UV_INDEX "${UV_EXTRA_INDEX_URL:-$(pip_setting extra-index-url | tr '\n' ' ' | xargs)}"
    [ -z "$(pip_setting no-index)" ] || no_index=(--no-index)
}

same_file_system() {
    [ "$(stat -c %d . 2>/dev/null)" = "$(stat -c %d "${UV_CACHE_DIR:-$HOME}" 2>/dev/null)" ]
}

existing_folders() { # uv refuses a folder of wheels that is not there, pip does not mind
    local one found=()
    for one in $1; do
        if [[ $one == *://* || -d $one ]]; then
            found+=("$one")
        fi
    done
    local IFS=,
    printf '%s\n' "${found[*]-}"
}

recent_enough() { # the first uv that knows scoped exclude-dependencies as pyproject.toml has them
    local version
    version=$("$1" --version 2>/dev/null | awk '{print $2}') || return 1
    [ "$(printf '%s\n' "$oldest_uv" "$version" | sort -V | head -n 1)" = "$oldest_uv" ]
}

find_uv() {
    local candidate
    for candidate in "$(command -v uv || true)" .cache/uv/bin/uv; do
        if [ -x "$candidate" ] && recent_enough "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    return 1
}

fetch_uv() {
    say "fetching uv with pip"
    if ! "$python" -m pip --version >/dev/null 2>&1; then
        "$python" -m ensurepip --version >/dev/null 2>&1 ||
            packaging/system-packages.sh pip:python3-pip
        "$python" -m pip --version >/dev/null 2>&1 || pip_of_a_venv
    fi
    rm -rf .cache/uv
    "${pip[@]}" install --quiet --disable-pip-version-check --no-input \
        --target .cache/uv "uv>=$oldest_uv"
}

pip_of_a_venv() {
    rm -rf .cache/pip-venv
    "$python" -m venv .cache/pip-venv
    pip=(.cache/pip-venv/bin/python -m pip)
}

uses_own_index() { # the lock names files of the public index; a mirror must be asked by itself
    [ -n "${UV_DEFAULT_INDEX:-}${UV_INDEX:-}${no_index[*]-}" ]
}

install_locked() {
    "$uv" sync --locked --quiet --python "$python" ${extras[@]+"${extras[@]}"}
}

install_from_own_index() {
    # Not for `uv sync`: wheels found elsewhere would count as a lock that is out of date.
    give UV_FIND_LINKS "$(existing_folders "$(pip_setting find-links)")"
    say "installing the locked versions from this machine's own package index"
    mkdir -p .cache
    "$uv" export --frozen --quiet --no-emit-project ${extras[@]+"${extras[@]}"} \
        --output-file .cache/requirements.txt
    [ -x .venv/bin/python ] || "$uv" venv --quiet --python "$python" .venv
    "$uv" pip sync --quiet --python .venv/bin/python ${no_index[@]+"${no_index[@]}"} \
        --require-hashes .cache/requirements.txt
    "$uv" pip install --quiet --python .venv/bin/python ${no_index[@]+"${no_index[@]}"} --no-deps --editable .
}

oldest_uv=0.12.0
no_index=()
extras=()
if [ "${1:-}" = cuda ] || [ -f .venv/.cuda ]; then
    extras=(--extra cuda)
fi
python=$(find_python) ||
    fail "no Python 3.11, 3.12 or 3.13 found; install one, on Debian: apt-get install python3"
pip=("$python" -m pip)
export PIP_ROOT_USER_ACTION=ignore
packaging/system-packages.sh
follow_pips_settings
uv=$(find_uv) || { fetch_uv && uv=$(find_uv); } || fail "uv could not be fetched; see above"
say "installing the program into .venv (Python: $python)"
if uses_own_index; then
    install_from_own_index
else
    install_locked
fi
.venv/bin/eventsnap --version >/dev/null || fail "the program was installed but does not start"
[ "${#extras[@]}" -eq 0 ] || touch .venv/.cuda
