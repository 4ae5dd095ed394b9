"""Place: somewhere clean in which the package is installed and its program started, far from the
Python and the libraries that built it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

_USER = 1000
_HOME = "home/anna"
_SERVER_SOCKETS = Path("/tmp/.X11-unix")
_INSTALL = "apt-get install --quiet --quiet --yes --no-install-recommends -o Dpkg::Use-Pty=0"
_DOWNLOADED_SOON = (
    "libgl1", "libegl1", "libglib2.0-0", "libfontconfig1", "libdbus-1-3", "libx11-xcb1",
    "libxkbcommon-x11-0", "libxcb-glx0",
)  # fmt: skip
"""Much of what the package is going to ask for: fetched while it is still being built, and not
installed, so that it has to ask for it."""


class System:
    """A small Debian of its own in a folder: what is installed there is installed in earnest, with
    whatever it asks for. Only root can make one."""

    def __init__(self, folder: Path) -> None:
        self.root = folder
        self.home = folder / _HOME
        shutil.rmtree(folder, ignore_errors=True)
        suite = _release()["VERSION_CODENAME"]
        early = " ".join(_DOWNLOADED_SOON)
        self._making = subprocess.Popen(
            ["mmdebstrap", "--quiet", "--variant=apt", "--dpkgopt=force-unsafe-io",
             "--dpkgopt=path-exclude=/usr/share/locale/*", "--skip=cleanup/apt",
             f'--customize-hook=chroot "$1" {_INSTALL} --download-only {early} >&2',
             suite, folder],
            stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def install(self, package: Path) -> None:
        """Install a package, as a user does who opens it."""
        if self._making.wait():
            raise SystemExit("mmdebstrap could not make a clean system.")
        shutil.copy(package, self.root / "kinfolk.deb")
        before = self._files()
        self._as_root(*_INSTALL.split(), "/kinfolk.deb")
        self._brought = self._files() - before
        (self.root / "kinfolk.deb").unlink()
        self.home.mkdir(parents=True)
        os.chown(self.home, _USER, _USER)
        self._as_root("sh", "-c", f"echo anna:x:{_USER}:{_USER}::/{_HOME}:/bin/sh >> /etc/passwd")

    def remove(self) -> list[str]:
        """Take the package away; gives the files that it left behind."""
        ours = set(self._as_root("dpkg", "-L", "kinfolk").splitlines())
        self._as_root("dpkg", "--purge", "kinfolk")
        return sorted(name for name in ours & self._files() if name in self._brought)

    def command(self, words: Sequence[str], environment: Mapping[str, str]) -> list[str]:
        """How a program is started there: by a user, without any network."""
        names = {
            "HOME": f"/{_HOME}", "USER": "anna", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8",
            "XDG_RUNTIME_DIR": f"/{_HOME}/run", **environment,
        }  # fmt: skip
        sockets = self.root / "tmp" / ".X11-unix"
        mount = (
            'mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" && mkdir -p "$1" && '
            f'if [ -d {_SERVER_SOCKETS} ]; then mount --bind {_SERVER_SOCKETS} "$1"; fi && '
            f'shift && exec chroot --userspec={_USER}:{_USER} "$0" "$@"'
        )
        given = ["env", "-i", *(f"{name}={value}" for name, value in names.items())]
        return ["unshare", "--mount", "--net", "sh", "-c", mount, str(self.root), str(sockets),
                *given, *words]  # fmt: skip

    def inside(self, path: Path) -> str:
        """The name that a file below this place has there."""
        return "/" + str(path.relative_to(self.root))

    def give(self, path: Path) -> None:
        """Let the user there own a folder and all in it."""
        for one in (path, *path.rglob("*")):
            os.chown(one, _USER, _USER)

    def close(self) -> None:
        """Take all of it away."""
        if self._making.poll() is None:
            self._making.terminate()
            self._making.wait()
        shutil.rmtree(self.root, ignore_errors=True)

    def _as_root(self, *words: str) -> str:
        """Run a command of that system with the network of this one."""
        names = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive"}
        names |= {name: value for name, value in os.environ.items() if name.endswith("_proxy")}
        told = subprocess.run(
            ["chroot", self.root, *words],
            env=names, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        if told.returncode:
            raise SystemExit(f"`{' '.join(words)}` failed in the clean system.")
        return told.stdout

    def _files(self) -> set[str]:
        skip = {"proc", "sys", "dev", "home", "tmp", "run"}
        tops = [top for top in self.root.iterdir() if top.name not in skip]
        return {self.inside(path) for top in tops for path in (top, *top.rglob("*"))}


class Folder:
    """The package unpacked into a folder, where no system can be made: its program runs with this
    one's libraries, but without its Python."""

    def __init__(self, folder: Path) -> None:
        self.root = folder
        self.home = folder / "home"
        shutil.rmtree(folder, ignore_errors=True)
        self.home.mkdir(parents=True)

    def install(self, package: Path) -> None:
        """Unpack it."""
        subprocess.run(["dpkg-deb", "--extract", package, self.root], check=True)

    def remove(self) -> list[str]:
        """Nothing was installed."""
        return []

    def command(self, words: Sequence[str], environment: Mapping[str, str]) -> list[str]:
        """How a program is started there."""
        names = {
            "HOME": str(self.home), "PATH": f"{self.root}/usr/bin:/usr/bin:/bin",
            "LANG": "C.UTF-8", "XDG_RUNTIME_DIR": str(self.home / "run"), **environment,
        }  # fmt: skip
        return ["env", "-i", *(f"{name}={value}" for name, value in names.items()), *words]

    def inside(self, path: Path) -> str:
        """The name that a file has there: its own."""
        return str(path)

    def give(self, path: Path) -> None:
        """It is this user's already."""

    def close(self) -> None:
        """Take all of it away."""
        shutil.rmtree(self.root, ignore_errors=True)


def clean_place(folder: Path) -> System | Folder:
    """The best place that this user can make in a folder."""
    can_make = os.geteuid() == 0 and shutil.which("mmdebstrap") is not None
    if can_make and _release().get("ID") == "debian":
        return System(folder)
    print("Only root on Debian can make a clean system; the package is unpacked.", file=sys.stderr)
    return Folder(folder)


def _release() -> dict[str, str]:
    lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    return {
        name: value.strip('"') for name, _, value in (line.partition("=") for line in lines) if name
    }
