#!/bin/sh
# The system libraries that a Qt window and OpenCV load on Linux, checked and, on Debian and its
# kin, installed. Quick and silent when nothing is missing.
#
#   system_libraries.sh          what running Kinfolk needs
#   system_libraries.sh dev      what the tests' X server, their hand in it, their bus and other programs' files need
#   system_libraries.sh package  what building the packages and trying them out needs
set -eu

[ "$(uname -s)" = Linux ] || exit 0
here=$(cd "$(dirname "$0")" && pwd)
say() { printf '%s\n' "$*" >&2; }

# library: package, found by ldd on PySide6's libqxcb.so, libQt6Gui.so.6 and cv2.
needed="
libGL.so.1:libgl1
libEGL.so.1:libegl1
libglib-2.0.so.0:libglib2.0-0
libgthread-2.0.so.0:libglib2.0-0
libdbus-1.so.3:libdbus-1-3
libfontconfig.so.1:libfontconfig1
libfreetype.so.6:libfreetype6
libX11.so.6:libx11-6
libX11-xcb.so.1:libx11-xcb1
libxkbcommon.so.0:libxkbcommon0
libxkbcommon-x11.so.0:libxkbcommon-x11-0
libxcb.so.1:libxcb1
libxcb-cursor.so.0:libxcb-cursor0
libxcb-icccm.so.4:libxcb-icccm4
libxcb-image.so.0:libxcb-image0
libxcb-keysyms.so.1:libxcb-keysyms1
libxcb-randr.so.0:libxcb-randr0
libxcb-render.so.0:libxcb-render0
libxcb-render-util.so.0:libxcb-render-util0
libxcb-shape.so.0:libxcb-shape0
libxcb-shm.so.0:libxcb-shm0
libxcb-sync.so.1:libxcb-sync1
libxcb-xfixes.so.0:libxcb-xfixes0
libxcb-xkb.so.1:libxcb-xkb1
"

PATH=$PATH:/sbin:/usr/sbin
command -v ldconfig >/dev/null 2>&1 || exit 0
present=$(ldconfig -p)
missing=
for entry in $needed; do
  case $present in
    *"${entry%%:*} "*) ;;
    *) case " $missing " in
         *" ${entry##*:} "*) ;;
         *) missing="$missing ${entry##*:}" ;;
       esac ;;
  esac
done
if [ "${1:-}" = dev ]; then
  command -v Xvfb >/dev/null 2>&1 || missing="$missing xvfb"
  command -v xdotool >/dev/null 2>&1 || missing="$missing xdotool"
  command -v import >/dev/null 2>&1 || missing="$missing imagemagick"
  command -v exiftool >/dev/null 2>&1 || missing="$missing libimage-exiftool-perl"
  command -v ffmpeg >/dev/null 2>&1 || missing="$missing ffmpeg"
  command -v dbus-run-session >/dev/null 2>&1 || missing="$missing dbus"
fi
if [ "${1:-}" = package ]; then
  for entry in objdump:binutils cc:gcc patchelf:patchelf zstd:zstd dpkg-shlibdeps:dpkg-dev Xvfb:xvfb \
    import:imagemagick desktop-file-validate:desktop-file-utils appstreamcli:appstream mandoc:mandoc \
    mmdebstrap:mmdebstrap strace:strace unshare:util-linux; do
    command -v "${entry%%:*}" >/dev/null 2>&1 || missing="$missing ${entry##*:}"
  done
  # What the program is linked to and asks for gently: its package names them.
  for entry in libgtk-3.so.0:libgtk-3-0 libwayland-client.so.0:libwayland-client0 \
    libwayland-cursor.so.0:libwayland-cursor0 libwayland-egl.so.1:libwayland-egl1; do
    case $present in *"${entry%%:*} "*) ;; *) missing="$missing ${entry##*:}" ;; esac
  done
  [ -e /usr/include/stdlib.h ] || missing="$missing libc6-dev"
fi
[ -n "$missing" ] || exit 0

# shellcheck disable=SC2086  # one word a package
sh "$here/apt_install.sh" $missing || {
  # Running goes on: the command line does not need a window's libraries. The tests do, and who packs.
  [ -z "${1:-}" ]
}
