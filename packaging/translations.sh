#!/usr/bin/env bash
# Takes the windows' texts into resources/translations and makes the files the program loads.
#
# With a folder as argument the .ts and .qm files are made there, beginning from those of the project.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

into=${1:-resources/translations}
bin=.venv/bin
if [ "$into" != resources/translations ]; then
    cp resources/translations/*.ts "$into"
fi
mapfile -t sources < <(find eventsnap_desktop/ui eventsnap_desktop/app -name '*.py' | LC_ALL=C sort)
common=(-silent -no-obsolete -locations none -source-language en)
"$bin/pyside6-lupdate" "${sources[@]}" -ts "$into/eventsnap_de.ts" "${common[@]}" -target-language de
"$bin/pyside6-lupdate" "${sources[@]}" -ts "$into/eventsnap_en.ts" "${common[@]}" -target-language en -pluralonly
for language in de en; do
    "$bin/pyside6-lrelease" -silent "$into/eventsnap_$language.ts" -qm "$into/eventsnap_$language.qm"
done
