#!/bin/sh
# Install the wheel into a fresh environment far from the checkout and use it as somebody would: tests/smoke.sh WHEEL
# NEWEST=1 takes the newest dependencies that the wheel allows, not the ones in constraints.txt.
set -eu
wheel=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
constraints=$(cd "$(dirname "$0")/.." && pwd)/constraints.txt
python=${PYTHON:-python3}
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
if [ -n "${NEWEST:-}" ]; then : > newest.txt; constraints=$place/newest.txt; fi
"$python" -m venv env 2>/dev/null || { rm -rf env; "$python" -m venv --without-pip env; }
if [ -x env/bin/pip ]; then env/bin/pip install -q --disable-pip-version-check -c "$constraints" "$wheel"
else "$python" -m pip --python env/bin/python install -q --disable-pip-version-check -c "$constraints" "$wheel"; fi
export HOME="$place/home" XDG_DATA_HOME="$place/home/data" SERGE_DB="$place/home/serge.db"
mkdir -p "$HOME"
serge="$place/env/bin/serge"

"$place/env/bin/python" --version
"$serge" --version
test -s "$place/env/share/man/man1/serge.1"
"$serge" who Sinowjew | grep -q 'Zinoviev'
"$serge" who --json Trotzky | grep -q '"id": "trotsky"'
printf 'Зиновьев\nKoba\n' | "$serge" who --json-lines - | wc -l | grep -q 2
"$serge" search Kronstadt >/dev/null
printf 'CHAPTER I\n\nTrotsky spoke, and Zinoviev was silent.\n\nCHAPTER II\n\nIt snowed.\n' > book.txt
"$serge" import book.txt | grep -q '2 chapters'
"$serge" export notes --json | grep -q '^\[\]'
"$serge" read 1 --plain --names --edition book-text | grep -q '\[Trotsky\] spoke'
printf '\n3\nq\n' | "$serge" cards --plain | grep -q '1 answer stored'
printf 'a\nq\n' | "$serge" quiz --plain --seed 4 | grep -q ' of 1 right'
"$serge" config show --json | grep -q '"settings"'
"$serge" config validate
"$serge" export vault -o vault 2>/dev/null && test -s 'vault/people/Leon Trotsky.md'
"$serge" export notes --template readwise | grep -q '^Highlight,Title'
"$serge" export dossier Radek | grep -q '^# Karl Radek'
"$serge" figures --graph graphml | grep -q '<node id="lenin">'
if "$serge" serve 2>err; then echo 'serve without its extra was not refused'; exit 1; fi
grep -q "pip install 'serge-tui\[serve\]'" err
"$serge" doctor
if "$serge" import nothing-there.epub 2>err; then echo 'a missing file was not refused'; exit 1; fi
! grep -q Traceback err
if "$serge" </dev/null 2>err; then echo 'a start without a terminal was not refused'; exit 1; fi
grep -q 'needs a terminal' err
echo 'The installed serge works.'
