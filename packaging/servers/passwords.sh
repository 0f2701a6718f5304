#!/bin/sh
# Writes .env for docker-compose.db.yml: .env.example with a new password wherever one is missing.
# Only its owner can read the file. One that is there stays as it is.

set -eu
cd "$(dirname "$0")/../.."

if [ -e .env ]; then
    echo 'There is a .env already; remove it if you want new passwords.' >&2
    exit 1
fi
umask 077
trap 'rm -f .env.new' EXIT
while IFS= read -r line; do
    case $line in
    *PASSWORD= | *SECRET_KEY=)
        printf '%s%s\n' "$line" "$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')" ;;
    *) printf '%s\n' "$line" ;;
    esac
done <.env.example >.env.new
mv .env.new .env
echo 'Wrote .env. The program needs DATABASE_PASSWORD, STORAGE_ACCESS_KEY and STORAGE_SECRET_KEY of it.'
