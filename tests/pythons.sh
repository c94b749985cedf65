#!/bin/sh
# Print the interpreters of Serge's versions of Python that are here and run, oldest first, one a line.
# A pyenv shim that names a version which is not chosen does not run: then the version itself is looked for.
set -u
for minor in 11 12 13 14; do
    name=python3.$minor
    found=$(command -v "$name" 2>/dev/null) || found=
    if [ -n "$found" ] && ! "$found" -c '' 2>/dev/null; then
        version=$(pyenv versions --bare 2>/dev/null | grep "^3\.$minor\." | tail -n 1)
        found=${version:+$(pyenv root)/versions/$version/bin/$name}
    fi
    if [ -n "$found" ] && "$found" -c 'import sqlite3, venv' 2>/dev/null; then echo "$found"
    else echo "Python 3.$minor is not here: not tried." >&2; fi
done
