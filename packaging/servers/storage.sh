#!/bin/sh
# Prepares a MinIO for EventSnap: buckets, a policy for each, and a user that has these rights only.
# It needs MinIO's client mc, and from the environment:
#
#   STORAGE_ENDPOINT        http://HOST:9000
#   STORAGE_ADMIN_USER      who may administer the server, and the password
#   STORAGE_ADMIN_PASSWORD
#   STORAGE_ACCESS_KEY      what the program will use: 3 characters or more,
#   STORAGE_SECRET_KEY      8 to 40 characters
#   STORAGE_BUCKETS         names with spaces between; photos
#
# It may be run again at any time: to change the secret key, or to add a bucket. What it is given
# in secret goes to mc by a pipe: it stands in no command line and in no output.

set -eu

fail() {
    printf 'storage.sh: %s\n' "$1" >&2
    exit 1
}

for name in ENDPOINT ADMIN_USER ADMIN_PASSWORD ACCESS_KEY SECRET_KEY; do
    eval "value=\${STORAGE_$name:-}"
    [ -n "$value" ] || fail "STORAGE_$name is not set"
done
[ "$STORAGE_ACCESS_KEY" != "$STORAGE_ADMIN_USER" ] ||
    fail 'STORAGE_ACCESS_KEY is the administrator; choose another name for the program'
command -v mc >/dev/null || fail "MinIO's client mc is not installed"

umask 077
here=$(cd "$(dirname "$0")" && pwd)
MC_CONFIG_DIR=$(mktemp -d)
export MC_CONFIG_DIR
trap 'rm -rf "$MC_CONFIG_DIR"' EXIT

# Shells have printf built in, so that no process shows what it prints.
printf '%s\n%s\n' "$STORAGE_ADMIN_USER" "$STORAGE_ADMIN_PASSWORD" |
    mc --quiet alias set server "$STORAGE_ENDPOINT" >/dev/null
printf '%s\n%s\n' "$STORAGE_ACCESS_KEY" "$STORAGE_SECRET_KEY" |
    mc --quiet admin user add server >/dev/null

for bucket in ${STORAGE_BUCKETS:-photos}; do
    mc --quiet mb --ignore-existing "server/$bucket" >/dev/null
    # Without sed, which the image of MinIO does not have.
    while IFS= read -r line; do
        case $line in
        *BUCKET*BUCKET*) rest=${line#*BUCKET}
            printf '%s%s%s%s%s\n' "${line%%BUCKET*}" "$bucket" "${rest%%BUCKET*}" "$bucket" \
                "${rest#*BUCKET}" ;;
        *BUCKET*) printf '%s%s%s\n' "${line%%BUCKET*}" "$bucket" "${line#*BUCKET}" ;;
        *) printf '%s\n' "$line" ;;
        esac
    done <"$here/minio-policy.json" >"$MC_CONFIG_DIR/policy.json"
    mc --quiet admin policy create server "eventsnap-$bucket" "$MC_CONFIG_DIR/policy.json" >/dev/null
    mc --quiet admin policy attach server "eventsnap-$bucket" --user "$STORAGE_ACCESS_KEY" >/dev/null
    printf 'The user %s may list, read and add photos in the bucket %s.\n' "$STORAGE_ACCESS_KEY" "$bucket"
done
