"""Start: where the frozen program begins, and each of its child processes."""

from __future__ import annotations

import multiprocessing
import os
import sys
from pathlib import Path

_CERTIFICATES = ("/etc/ssl/certs/ca-certificates.crt", "/usr/lib/ssl/certs")
"""Where the libraries of the machine that built this look for the authorities that they trust."""


def _be_a_guest() -> None:
    """Leave the environment as the user has it: programs that this one starts, such as a player of
    videos, load the system's libraries and not those that came with Kinfolk."""
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before
    else:
        os.environ.pop("LD_LIBRARY_PATH", None)
    if not any(os.path.exists(place) for place in _CERTIFICATES):  # noqa: PTH110 - quicker
        inside = Path(getattr(sys, "_MEIPASS", "")) / "certifi" / "cacert.pem"
        os.environ.setdefault("SSL_CERT_FILE", str(inside))


def _have_streams() -> None:
    """Give a program without a terminal on Windows somewhere to write to: it has nothing there."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - it stays open
            setattr(sys, name, nowhere)


if __name__ == "__main__":
    _have_streams()
    if sys.platform == "linux":
        _be_a_guest()
    multiprocessing.freeze_support()  # a child process does its work in here, and ends
    from app.__main__ import main

    sys.exit(main())
