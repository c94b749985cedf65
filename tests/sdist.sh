#!/bin/sh
# Unpack the source archive far from the checkout, set it up and run a part of its tests there: tests/sdist.sh ARCHIVE
# The whole suite ran in the checkout; here every test must be found, and those run that would miss a file first.
set -eu
archive=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
tar -xzf "$archive"
cd serge_tui-*
make setup PYTHON="${PYTHON:-python3}"
.venv/bin/python --version
.venv/bin/pytest -q --collect-only tests | tail -n 1
make quick
