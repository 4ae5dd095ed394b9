"""Screen: whether there is one to show a window on; asked before anything of Qt is loaded."""

from __future__ import annotations

import os
import sys

from app.errors import UsageError

SCREENS = ("xcb", "wayland", "windows", "cocoa")
"""Platforms of Qt on which somebody can press a button."""


def check_screen() -> None:
    """See that there is a screen to show a window on.

    Raises UsageError when there is none: Qt itself would end the program.
    """
    wanted = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0]
    if not has_screen() and wanted in ("", *SCREENS):
        raise UsageError(
            "There is no screen here to open a window on. "
            "`kinfolk --help` tells what works without one."
        )


def has_screen() -> bool:
    """Whether a desktop is named to this process."""
    named = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(named) or not sys.platform.startswith("linux")
