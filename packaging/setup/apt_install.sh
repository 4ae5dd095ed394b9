#!/bin/sh
# Installs system packages on Debian and its kin when this user may, else says how; fails when
# they are not installed afterwards.
#
#   apt_install.sh PACKAGE ...
set -eu

log=.setup/apt.log
say() { printf '%s\n' "$*" >&2; }

command -v apt-get >/dev/null 2>&1 || {
  say "Install with your system's package manager: $*"
  exit 1
}
if [ "$(id -u)" = 0 ]; then
  root=
elif command -v sudo >/dev/null 2>&1 && sudo -n true >/dev/null 2>&1; then
  root="sudo -n"
else
  say "Kinfolk needs a few system packages. Please run:" "" "    sudo apt-get install $*" ""
  exit 1
fi

mkdir -p .setup
say "Installing system packages: $*"
install() {
  $root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" \
    >"$log" 2>&1 </dev/null
}
install "$@" && exit 0
# The lists of packages are missing or old.
$root apt-get update >"$log" 2>&1 </dev/null || true
install "$@" && exit 0
tail -5 "$log" >&2
say "That failed. Please run:" "" "    sudo apt-get install $*" ""
exit 1
