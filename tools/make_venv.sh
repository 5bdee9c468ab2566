#!/usr/bin/env bash
# Makes .venv from requirements.lock: exactly those files, each checked against its hash, then this package.
# Needs Python 3.11 or later. Where Debian's python3-venv is missing, it says so (or fetches it, when root).
set -euo pipefail
cd "$(dirname "$0")/.."
python="${PYTHON:-python3}"

if ! command -v "$python" >/dev/null; then
    echo "Python is missing: install Python 3.11 or later (Debian: apt-get install python3 python3-venv)." >&2
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "$("$python" -V) is too old: Đôn Đốc needs Python 3.11 or later (PYTHON=python3.12 make install)." >&2
    exit 1
fi

# A .venv that was copied or whose Python has gone is made anew; a sound one is only brought up to date.
if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    if ! "$python" -c 'import ensurepip' 2>/dev/null; then
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
            apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv
        else
            echo "Python cannot make a virtual environment here: install the package python3-venv, then run make again." >&2
            exit 1
        fi
    fi
    "$python" -m venv --clear .venv
fi

# pip checks every file against the lock's hashes; the package itself is then linked in place, and its build
# tool is one of the locked packages, so nothing is fetched that the lock does not name.
echo "Installing the locked packages into .venv (a few minutes the first time)"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
