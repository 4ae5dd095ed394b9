#!/bin/sh
# Makes .venv, with Kinfolk in it, out of any Python >= 3.11 that this machine has.
#
#   environment.sh          what running Kinfolk needs
#   environment.sh dev      what testing and checking it needs, too
#   environment.sh bench    what the benchmarks need, too
#   environment.sh package  what building the packages needs, too
#
# Everything it says goes to standard error: standard output belongs to the program.
set -eu

extras=${1:-}
here=$(cd "$(dirname "$0")" && pwd)
venv=.venv
log=.setup/environment.log

say() { printf '%s\n' "$*" >&2; }
fail() { say "$@"; exit 1; }

is_new_enough() {
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

can_make_environments() {
  "$1" -c 'import ensurepip, venv' >/dev/null 2>&1
}

# The first Python that is new enough and whole; Debian ships Python without the part that
# makes virtual environments.
find_python() {
  lame=
  for name in ${PYTHON:-python3.13 python3.12 python3.11 python3 python3.14}; do
    if command -v "$name" >/dev/null 2>&1 && is_new_enough "$name"; then
      if can_make_environments "$name"; then
        printf '%s' "$name"
        return 0
      fi
      lame=${lame:-$name}
    fi
  done
  [ -n "$lame" ] || fail "Kinfolk needs Python 3.11 or newer, and found none." \
    "Install one, or name it: make PYTHON=/path/to/python3 ..."
  package=$("$lame" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
  sh "$here/apt_install.sh" "$package" || fail "Then start the same command again."
  can_make_environments "$lame" || fail "$lame still cannot make virtual environments."
  printf '%s' "$lame"
}

mkdir -p .setup
if ! "$venv/bin/python" -c '' >/dev/null 2>&1; then
  python=$(find_python)
  say "Making Kinfolk's own Python environment in $venv ..."
  rm -rf "$venv"
  "$python" -m venv "$venv" >"$log" 2>&1 || fail "That failed:" "$(tail -5 "$log")"
fi
say "Installing the packages for Kinfolk${extras:+ ($extras)}; the first time this takes a few minutes ..."
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
  --editable ".${extras:+[$extras]}" >"$log" 2>&1 </dev/null \
  || fail "$(tail -20 "$log")" "" "Installing failed, see above; $log has the rest."
touch "$venv/.installed${extras:+-$extras}"
# Who has what tests or benchmarks need has what running needs.
touch "$venv/.installed"
