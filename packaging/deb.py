"""Deb: a package for Debian and its kin, which asks for the libraries that the program is linked
to and does not bring along."""

from __future__ import annotations

import fnmatch
import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from app import __version__

ROOT = Path(__file__).parents[1]
STAGE = ROOT / "build" / "deb"
_OPTIONAL = ("*/platformthemes/libqgtk3.so", "*wayland*", "*Wayland*", "*WlShell*")
"""What works without what it is linked to: dialogs of GTK, and windows that know Wayland."""
_RUNTIME = (
    "libc.",
    "libm.",
    "libdl.",
    "libpthread.",
    "librt.",
    "libgcc_s.",
    "libstdc++.",
    "ld-linux",
)
_ELF = b"\x7fELF"
_CONTROL = """\
Package: kinfolk
Version: {version}
Architecture: {architecture}
Maintainer: The Kinfolk developers <kinfolk@localhost>
Installed-Size: {kilobytes}
Depends: {depends}
Recommends: {recommends}
Suggests: fonts-noto-cjk
Section: graphics
Priority: optional
Description: album that shows you your photos by person
 Kinfolk finds the faces in the photos of the folders that you add, and groups
 those that belong together; you give the groups their names. Everything
 happens on this computer: nothing is sent anywhere, and photos are only read.
 .
 This package holds all that Kinfolk is made of, Python and Qt included.
"""


def make(tree: Path) -> Path:
    """The package out of what is to be installed below /usr; gives its path."""
    shutil.rmtree(STAGE, ignore_errors=True)
    shutil.copytree(tree, STAGE / "usr", symlinks=True, copy_function=os.link)
    (STAGE / "usr" / "lib" / "kinfolk" / "_internal" / "LICENSE").unlink(missing_ok=True)
    architecture = _told("dpkg", "--print-architecture").strip()
    files = sorted(path for path in STAGE.rglob("*") if path.is_file() and not path.is_symlink())
    control = STAGE / "DEBIAN"
    control.mkdir()
    (control / "md5sums").write_text(
        "".join(f"{_md5(path)}  {path.relative_to(STAGE)}\n" for path in files), encoding="utf-8"
    )
    needed, wished = dependencies(STAGE / "usr" / "lib" / "kinfolk")
    kilobytes = sum(-(-path.stat().st_size // 1024) for path in files)
    (control / "control").write_text(
        _CONTROL.format(
            version=__version__, architecture=architecture, kilobytes=kilobytes,
            depends=needed, recommends=", ".join(filter(None, (wished, "xdg-utils"))),
        ),
        encoding="utf-8",
    )  # fmt: skip
    for path in STAGE.rglob("*"):
        if path.is_dir():
            path.chmod(0o755)
    made = ROOT / "dist" / f"kinfolk_{__version__}_{architecture}.deb"
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z9", "--build", STAGE, made],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return made


def dependencies(program: Path) -> tuple[str, str]:
    """Which packages the program's files are linked to, as Depends and Recommends have them."""
    work = ROOT / "build" / "shlibdeps"
    (work / "debian").mkdir(parents=True, exist_ok=True)
    (work / "debian" / "control").write_text(
        "Source: kinfolk\n\nPackage: kinfolk\nArchitecture: any\n"
    )
    binaries = [path for path in sorted(program.rglob("*")) if _is_binary(path)]
    folders = sorted({path.parent for path in binaries if path.name.startswith("lib")})
    folders = [folder for folder in folders if "plugins" not in folder.parts]
    binaries = _telling(binaries)
    words = [f"-l{folder}" for folder in folders]
    for path in binaries:
        is_optional = any(fnmatch.fnmatchcase(str(path), one) for one in _OPTIONAL)
        words += ["-dRecommends" if is_optional else "-dDepends", f"-e{path}"]
    told = _told("dpkg-shlibdeps", "-O", "--ignore-missing-info", "--warnings=0", *words, cwd=work)
    found = dict(re.findall(r"^shlibs:(\w+)=(.*)$", told, re.M))
    return found["Depends"], found.get("Recommends", "")


def _telling(binaries: Sequence[Path]) -> list[Path]:
    """Those of the files that tell something new: each that is linked to more than what every
    program of C and C++ is, and of the others those that ask for a newer one of that than others
    before. To have all of them looked at takes minutes."""
    own = {path.name for path in binaries}
    newest: dict[str, tuple[int, ...]] = {}
    telling = []
    for path in binaries:
        told = _told("objdump", "-p", str(path))
        needed = set(re.findall(r"^\s*NEEDED\s+(\S+)", told, re.M)) - own
        tells = any(not name.startswith(_RUNTIME) for name in needed)
        for name, number in re.findall(r" (GLIBC|GLIBCXX|CXXABI|GCC)_([\d.]+)$", told, re.M):
            version = tuple(map(int, number.split(".")))
            if version > newest.get(name, ()):
                newest[name], tells = version, True
        if tells:
            telling.append(path)
    return telling


def copyright_text() -> str:
    """Who holds the rights to what is in the package."""
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    return (
        f"Kinfolk is under this licence:\n\n{licence.strip()}\n\n"
        "What others made and lies below /usr/lib/kinfolk is under the licences in\n"
        "/usr/lib/kinfolk/_internal/resources/LICENSES; third-party.txt there lists it all.\n"
        "FFmpeg among it is under the GPL, and so is this package as a whole.\n"
    )


def _is_binary(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) == _ELF


def _md5(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "md5").hexdigest()


def _told(*words: str, cwd: Path | None = None) -> str:
    told = subprocess.run(words, cwd=cwd, stdout=subprocess.PIPE, text=True)
    if told.returncode:
        raise SystemExit(f"{words[0]} failed.")
    return told.stdout
