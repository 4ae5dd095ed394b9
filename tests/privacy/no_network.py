"""Runs a program that the kernel ends the moment it, or any child of it, wants a network.

    python -m tests.privacy.no_network PROGRAM WORDS...

[Note: No network] A filter of Linux (seccomp-bpf) is put over this process, which then becomes the
program; every child inherits it and nobody can take it off. A socket can be made only for AF_UNIX,
by which a window speaks with its screen: whoever makes any other is killed at once by SIGSYS.
Without such a socket nothing can connect, send or look a name up. AF_NETLINK is refused, too,
although it leaves no machine: glibc opens one at the beginning of every look-up of a name, and
neither Qt's xcb nor anything else here needs it. io_uring, which could make a socket without that
call, is refused as a whole, and so are the calls of other architectures.
"""

from __future__ import annotations

import ctypes
import os
import platform
import stat
import struct
import sys
from collections.abc import Sequence
from pathlib import Path

KILLED = 31
"""The signal, SIGSYS, that ends a program over which the filter has come."""

_ARCHITECTURES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""Machine: its name for the kernel, and the number of its call `socket`."""
_IO_URING_SETUP = 425
_FOREIGN_CALLS = 0x40000000
"""From here on the numbers are those of x32, another set of calls on x86_64."""
_NR, _ARCH, _FIRST_ARGUMENT = 0, 4, 16
"""Where in what the kernel shows the filter lie the call, the architecture and its argument."""
_KILL_PROCESS, _ALLOW = 0x80000000, 0x7FFF0000
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_AF_UNIX = 1
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _MODE_FILTER = 38, 22, 2


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def main(words: Sequence[str]) -> int:
    """Become the program named by these words, without a network."""
    _leave_sockets()
    forbid()
    os.execvp(words[0], words)


def forbid() -> None:
    """Put the filter over this process, for good.

    Raises OSError when the kernel refuses, NotImplementedError on other machines.
    """
    steps = _steps()
    packed = b"".join(struct.pack("HBBI", *step) for step in steps)
    program = _Program(len(steps), packed)
    libc = ctypes.CDLL(None, use_errno=True)
    for call in (
        (_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0),
        (_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program), 0, 0),
    ):
        if libc.prctl(*call) != 0:
            number = ctypes.get_errno()
            raise OSError(
                number,
                f"the kernel takes no filter ({os.strerror(number)}), so that it cannot be proved "
                "here that nothing uses the network; allow prctl(PR_SET_SECCOMP) in this container",
            )


def _steps() -> list[tuple[int, int, int, int]]:
    """The filter: (code, jump if so, jump if not, value) a step."""
    machine = platform.machine()
    if sys.platform != "linux" or machine not in _ARCHITECTURES:
        raise NotImplementedError(f"there is no such filter for {sys.platform} on {machine}")
    name, socket = _ARCHITECTURES[machine]
    return [
        (_LOAD, 0, 0, _ARCH),
        (_IF_EQUAL, 0, 8, name),
        (_LOAD, 0, 0, _NR),
        (_IF_AT_LEAST, 6, 0, _FOREIGN_CALLS),
        (_IF_EQUAL, 5, 0, _IO_URING_SETUP),
        (_IF_EQUAL, 1, 0, socket),
        (_RETURN, 0, 0, _ALLOW),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_IF_EQUAL, 0, 1, _AF_UNIX),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _KILL_PROCESS),
    ]


def _leave_sockets() -> None:
    """Inherit none: over one that is open already, anything could be sent."""
    for entry in Path("/proc/self/fd").iterdir():
        number = int(entry.name)
        try:
            is_socket = stat.S_ISSOCK(os.fstat(number).st_mode)
        except OSError:  # it was the one by which these were listed
            continue
        if is_socket and number > 2:
            os.close(number)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
