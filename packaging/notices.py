"""Notices: under which licences that came which goes into the program, and their texts.

Out of what the packages say of themselves. `make package` writes them into the program, as
resources/LICENSES/third-party.txt, and into the packages.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from contents import UNUSED_MODULES
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_TEXT = re.compile(r"(^|/)(licen[cs]es?|copying|notices?|thirdparty\w*)[^/]*$", re.I)
_NO_TEXT = (".py", ".pyc", ".pem", ".pyi")
_KNOWN = {
    "pyside6-essentials": "LGPL-3.0-only. Qt and PySide lie in the program as libraries of their "
    "own, PySide6/Qt/lib and PySide6/*.so, and may be replaced by others of the same version.",
    "shiboken6": "LGPL-3.0-only; see PySide6-Essentials.",
    "av": "BSD-3-Clause; it holds FFmpeg, built with its parts under the GPL (libx264): "
    "GPL-2.0-or-later.",
    "peewee": "MIT",
    "scikit-image": "BSD-3-Clause",
    "insightface": "MIT. The model packs that its makers offer are not part of this program.",
}
"""What a package's own words leave out."""
_COMMON = Path("/usr/share/common-licenses")
_WHOLE_TEXTS = ("LGPL-3", "GPL-3", "GPL-2")


def notices() -> str:
    """All of them as one text: a table first, then each package's own."""
    found = sorted(bundled(), key=lambda one: one.name.lower())
    lines = [
        "What others made and Kinfolk uses",
        "=================================",
        "",
        f"Python {sys.version.split()[0]}: PSF-2.0",
        *(f"{one.name} {one.version}: {licence(one)}" for one in found),
    ]
    python = Path(sys.base_prefix) / "LICENSE.txt"
    inside = Path(sys.base_prefix) / "lib" / "python{}.{}".format(*sys.version_info) / "LICENSE.txt"
    for text in (python, inside):
        if text.is_file():
            lines += _headed("Python", text.read_text(encoding="utf-8"))
            break
    for one in found:
        for name, text in texts(one):
            lines += _headed(f"{one.name}: {name}", text)
    for name in _WHOLE_TEXTS:
        if (_COMMON / name).is_file():
            lines += _headed(name, (_COMMON / name).read_text(encoding="utf-8"))
    return "\n".join(lines) + "\n"


def bundled() -> Iterator[metadata.Distribution]:
    """What Kinfolk asks for, and what that asks for, as far as it goes into the program."""
    unused = {canonicalize_name(name) for name in UNUSED_MODULES}
    tops = metadata.packages_distributions()
    unused |= {
        canonicalize_name(dist)
        for module in UNUSED_MODULES
        if "." not in module
        for dist in tops.get(module, ())
    }
    seen: set[str] = set()
    waiting = _asked_for("kinfolk")
    while waiting:
        name = waiting.pop()
        if name in seen or name in unused:
            continue
        seen.add(name)
        yield metadata.distribution(name)
        waiting += _asked_for(name)


def licence(one: metadata.Distribution) -> str:
    """The licence in a few words."""
    known = _KNOWN.get(canonicalize_name(one.name))
    if known:
        return known
    told = one.metadata
    expression = told.get("License-Expression")
    if expression:
        return str(expression)
    words = str(told.get("License") or "").strip().splitlines()
    if words and len(words[0]) < 60:
        return words[0]
    classes = [
        str(line).rpartition(" :: ")[2]
        for line in told.get_all("Classifier") or []
        if str(line).startswith("License ::")
    ]
    return ", ".join(classes) or "see below"


def texts(one: metadata.Distribution) -> Iterator[tuple[str, str]]:
    """Names and texts of the licence files of a package, each text once."""
    seen: set[str] = set()
    for file in one.files or []:
        name = file.as_posix()
        if not _TEXT.search(name) or name.endswith(_NO_TEXT) or "__pycache__" in name:
            continue
        place = Path(str(file.locate()))
        if not place.is_file():
            continue
        text = place.read_text(encoding="utf-8", errors="replace").strip()
        if text and text not in seen:
            seen.add(text)
            yield file.name, text


def _asked_for(name: str) -> list[str]:
    asked = (Requirement(line) for line in metadata.requires(name) or [])
    names = (
        canonicalize_name(one.name)
        for one in asked
        if one.marker is None or one.marker.evaluate({"extra": ""})
    )
    return [one for one in names if _is_here(one)]


def _is_here(name: str) -> bool:
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _headed(title: str, text: str) -> list[str]:
    return ["", "", title, "-" * len(title), "", text.strip()]


if __name__ == "__main__":
    print(notices(), end="")
