#!/bin/sh
# Installs Kinfolk for this user alone, without any rights of an administrator, or takes it away.
#
#   ./install.sh                 into ~/.local
#   ./install.sh --into FOLDER   elsewhere
#   ./install.sh --uninstall     as it was installed; photos and the library of Kinfolk stay
set -eu

here=$(cd "$(dirname "$0")" && pwd)
prefix=${HOME:?}/.local
what=install

say() { printf '%s\n' "$*"; }
fail() { say "$@" >&2; exit 1; }

while [ $# -gt 0 ]; do
  case $1 in
    --into) [ $# -gt 1 ] || fail "--into needs a folder."; prefix=$2; shift ;;
    --uninstall) what=uninstall ;;
    *) sed -n '2,6s/^# \{0,1\}//p' "$0"; [ "$1" = --help ] || exit 2; exit 0 ;;
  esac
  shift
done
case $prefix in /*) ;; *) prefix=$PWD/$prefix ;; esac
home=$prefix/lib/kinfolk

# Desktops read what is new by themselves, but sooner if they are told.
tell_desktop() {
  for teller in "update-desktop-database -q $prefix/share/applications" \
    "update-mime-database $prefix/share/mime" \
    "gtk-update-icon-cache -q -t -f $prefix/share/icons/hicolor"; do
    # shellcheck disable=SC2086  # a command and its words
    if command -v "${teller%% *}" >/dev/null 2>&1; then $teller >/dev/null 2>&1 || true; fi
  done
}

remove() {
  [ -f "$home/installed-files" ] || return 0
  while IFS= read -r name; do
    rm -f "$prefix/$name"
    (cd "$prefix" && rmdir -p "$(dirname "$name")" 2>/dev/null) || true
  done <"$home/installed-files"
  rm -rf "$home"
  rmdir "$prefix/lib" 2>/dev/null || true
}

if [ "$what" = uninstall ]; then
  [ -f "$home/installed-files" ] || fail "Kinfolk is not installed in $prefix."
  remove
  tell_desktop
  say "Kinfolk is gone from $prefix. Your photos were not touched, and its library is still there."
  exit 0
fi

[ -x "$here/lib/kinfolk/kinfolk" ] || fail "$here is not what came out of the archive."
[ ! -e "$home" ] || [ -f "$home/installed-files" ] || fail "$home is there already and is not Kinfolk."
remove  # an older one
mkdir -p "$prefix/lib" "$prefix/bin"
cp -R "$here/lib/kinfolk" "$home"
cp "$here/install.sh" "$home/install.sh"
(cd "$here" && find share -type f) >"$home/installed-files"
while IFS= read -r name; do
  mkdir -p "$prefix/$(dirname "$name")"
  cp "$here/$name" "$prefix/$name"
done <"$home/installed-files"
echo bin/kinfolk >>"$home/installed-files"
ln -sf "$home/kinfolk" "$prefix/bin/kinfolk"
# The folder of programs of a user is not always where the desktop looks for them.
entry=$prefix/share/applications/kinfolk.desktop
quoted=$(printf '%s' "$home/kinfolk" | sed 's/[\\&|]/\\&/g')
sed -e "s|^Exec=kinfolk|Exec=\"$quoted\"|" -e "s|^TryExec=kinfolk|TryExec=$quoted|" "$entry" >"$entry.new"
mv "$entry.new" "$entry"
tell_desktop
say "Kinfolk is in the menu of programs now."
case :$PATH: in
  *":$prefix/bin:"*) ;;
  *) say "On the command line it is $prefix/bin/kinfolk." ;;
esac
say "To take it away again: $home/install.sh --uninstall"
