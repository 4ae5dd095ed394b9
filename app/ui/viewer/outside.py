"""Outside: a video in the system's player, with its sound, from a moment on where that can be."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QProcess

from app.private import as_user
from app.ui.photos.files import open_with_default

_STARTS: dict[str, Callable[[float], str]] = {
    "mpv": lambda seconds: f"--start={seconds:.3f}",
    "celluloid": lambda seconds: f"--mpv-start={seconds:.3f}",
    "vlc": lambda seconds: f"--start-time={seconds:.3f}",
    "smplayer": lambda seconds: f"-start={seconds:.0f}",
    "mplayer": lambda seconds: f"-ss={seconds:.3f}",
}
"""Players that can be told where to begin, by what is in the names of their programs. Totem, the
one of GNOME, cannot."""
_DESKTOPS = {
    "io.github.celluloid_player.celluloid": "celluloid",
    "org.videolan.vlc": "vlc",
    "io.mpv.mpv": "mpv",
}
"""Names of desktop files that do not begin with the program's."""
_ASK_SECONDS = 3.0


def play_outside(path: Path, seconds: float, desktop: str) -> bool:
    """Open a video in the player that the system has for it, which `desktop` names; whether that
    was told where to begin."""
    command = command_for(desktop, path, seconds)
    if command:
        with as_user():
            if QProcess.startDetached(command[0], list(command[1:]))[0]:
                return True
    open_with_default(path)
    return False


def default_player(content_type: str) -> str:
    """The name of the desktop file by which this system opens a kind of file; empty where it has
    no such thing. May take a moment: call it in the background."""
    asker = shutil.which("xdg-mime")
    if asker is None:
        return ""
    try:
        told = subprocess.run(
            (asker, "query", "default", content_type),
            capture_output=True, check=False, timeout=_ASK_SECONDS, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return ""
    return told.stdout.decode("utf-8", "replace").strip()


def command_for(desktop: str, path: Path, seconds: float) -> Sequence[str]:
    """What starts a player at a moment, where it is known how and the program is installed."""
    name = desktop.removesuffix(".desktop").lower()
    name = _DESKTOPS.get(name, name.split("_")[0])
    program = shutil.which(name)
    if name not in _STARTS or program is None:
        return ()
    return (program, _STARTS[name](max(0.0, seconds)), str(path))
