"""Hollow: stands in for libraries that a wheel brings along and that nothing here ever calls.

OpenCV is linked to FFmpeg, OpenBLAS and libavif for reading films and solving equations, and
Kinfolk only resizes and warps with it; PyAV and libheif are linked to encoders, and Kinfolk only
decodes. Each such library is a tenth of the program. In its place goes a small one of the same
name that has the functions others were linked to, so that everything loads, even where the system
resolves all names at once; whoever called one would end the process.

Linux only; needs a C compiler.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path, PurePath

HOLLOW = (
    ("cv2.abi3.so", ("libavcodec", "libavformat", "libavutil", "libswscale", "libavif",
                     "libopenblasp")),
    ("libavcodec", ("libx265", "libSvtAv1Enc", "libmp3lame")),
    ("libheif", ("libx265",)),
)  # fmt: skip
"""Who is linked to what: how the names of the files begin."""
_HARMLESS = ("x265_cleanup", "x265_api_get")
"""How those begin that libheif calls, once it is loaded, to ask for the name of the encoder: they
give a place full of zeros."""
_HEAD = "#include <stdlib.h>\n#include <unistd.h>\nstatic long nothing[1024];\n"
_SYMBOL = re.compile(r"^\s*(?:[0-9a-f]+ )?\s*([A-Za-z]) ([^@\s]+)(?:@+(\S+))?$")


def hollow_out(libraries: Iterable[Path], folder: Path) -> dict[Path, Path]:
    """Which of these files of the program are to be replaced by which, made in `folder`.

    Raises RuntimeError when a library is used in a way that cannot be stood in for.
    """
    files = {path.resolve() for path in libraries}
    replaced: dict[Path, Path] = {}
    for user, names in HOLLOW:
        for used_by in (path for path in files if path.name.startswith(user)):
            needed = _needed(used_by)
            for path in files:
                if path.name in needed and path.name.startswith(names):
                    replaced[path] = _stand_in(path, used_by, folder)
    return replaced


def unneeded(files: Mapping[str, Path], is_library: Callable[[str], bool]) -> set[str]:
    """Of the program's files, by place, the libraries that no other file is linked to any more."""
    linked = {place: _needed(path) for place, path in files.items() if path.suffix != ".zip"}
    gone: set[str] = set()
    while True:
        used = {name for place, names in linked.items() if place not in gone for name in names}
        more = {
            place
            for place in linked
            if is_library(place) and place not in gone and PurePath(place).name not in used
        }
        if not more:
            return gone
        gone |= more


def _stand_in(path: Path, user: Path, folder: Path) -> Path:
    """A library of the same name that has what its user was linked to, and nothing else."""
    offered = _symbols(path, "--defined-only")
    wanted = sorted(set(offered) & set(_symbols(user, "--undefined-only")))
    data = [name for name in wanted if offered[name][0] not in "TtWwi"]
    if data:
        raise RuntimeError(f"{user.name} reads data of {path.name}: {data}")
    folder.mkdir(parents=True, exist_ok=True)
    code, versions, made = (folder / (path.name + end) for end in (".c", ".map", ""))
    code.write_text(_HEAD + "".join(map(_function, wanted)), encoding="ascii")
    by_version: dict[str, list[str]] = {}
    for name in wanted:
        by_version.setdefault(offered[name][1], []).append(name)
    script = "".join(
        f"{version} {{ global: {' '.join(f'{name};' for name in names)} }};\n"
        for version, names in by_version.items()
        if version
    )
    versions.write_text(script, encoding="ascii")
    subprocess.run(
        ["cc", "-shared", "-fPIC", "-fno-builtin", "-w", "-Os", "-s", f"-Wl,-soname,{path.name}",
         *([f"-Wl,--version-script={versions}"] if script else []), "-o", made, code],
        check=True,
    )  # fmt: skip
    return made


def _function(name: str) -> str:
    if name.startswith(_HARMLESS):
        return f"void *{name}(void) {{ return nothing; }}\n"
    said = f"{name} was left out of this program"
    return f'void {name}(void) {{ write(2, "{said}\\n", {len(said) + 1}); abort(); }}\n'


def _symbols(path: Path, which: str) -> dict[str, tuple[str, str]]:
    """Name -> kind, as nm calls it, and version, of the dynamic symbols of a library."""
    told = subprocess.run(
        ["nm", "--dynamic", which, path], check=True, capture_output=True, text=True
    ).stdout
    found = (_SYMBOL.match(line) for line in told.splitlines())
    return {one[2]: (one[1], one[3] or "") for one in found if one}


@cache
def _needed(path: Path) -> set[str]:
    told = subprocess.run(
        ["objdump", "-p", path], check=True, capture_output=True, text=True
    ).stdout
    return set(re.findall(r"^\s*NEEDED\s+(\S+)", told, re.M))
