#!/usr/bin/env bash
# Sees that the Debian packages named as arguments are there: as root it installs the missing ones with one
# call of apt-get, as anybody else it says which to ask for.
set -euo pipefail

missing=()
for package in "$@"; do
    status=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
    [ "$status" = "install ok installed" ] || missing+=("$package")
done
[ ${#missing[@]} = 0 ] && exit 0

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "The tests need ${missing[*]}: please install them (Debian: sudo apt-get install ${missing[*]}), then run make test again." >&2
    exit 1
fi

# A fresh container has no package lists yet; a machine that has them is not made to fetch them again.
if ! apt-cache show "${missing[@]}" >/dev/null 2>&1; then
    apt-get update -qq
fi
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
