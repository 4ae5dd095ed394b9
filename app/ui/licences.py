"""Licences: of Kinfolk, of what ships inside it, and of the packages that it stands on."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

_SELF = "kinfolk"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_BUNDLED = "third-party.txt"
"""Made when the program is packaged: then the packages have no metadata of their own any more."""
_TEXT = re.compile(r"(^|/)(licen[cs]e|copying|notice)[^/]*$", re.IGNORECASE)
_LONGEST = 60_000
"""Characters of one licence: some packages bring along books of them."""


@dataclass(frozen=True, slots=True)
class Licensed:
    """A piece of software, and under which licence it is."""

    name: str
    version: str
    licence: str
    """In a few words; empty where its makers do not say."""
    text: str


def own_licence(resources: Path) -> str:
    """Kinfolk's own licence in full; empty where the file was not brought along."""
    for place in (resources / "LICENSES" / "kinfolk.txt", resources.parent / "LICENSE"):
        with contextlib.suppress(OSError):
            return place.read_text(encoding="utf-8")
    with contextlib.suppress(metadata.PackageNotFoundError):
        return _texts(metadata.distribution(_SELF))
    return ""


def inside(resources: Path) -> list[Licensed]:
    """What ships inside the program: typefaces, icons, models."""
    return [
        Licensed(file.stem, "", "", _read(file))
        for file in sorted((resources / "LICENSES").glob("*.txt"))
        if file.name not in (_BUNDLED, "kinfolk.txt")
    ]


def packages(resources: Path) -> list[Licensed]:
    """The packages that Kinfolk needs, by name; of a packaged program as one long text."""
    bundled = resources / "LICENSES" / _BUNDLED
    if bundled.is_file():
        return [Licensed("", "", "", _read(bundled))]
    return [_of_package(one) for one in sorted(_needed(), key=lambda one: one.name.casefold())]


def _needed() -> list[metadata.Distribution]:
    """What Kinfolk needs and what that needs, as far as it is installed."""
    found: dict[str, metadata.Distribution] = {}
    waiting = list(_requirements(_SELF))
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        with contextlib.suppress(metadata.PackageNotFoundError):
            found[name] = metadata.distribution(name)
            waiting += _requirements(name)
    return list(found.values())


def _requirements(name: str) -> Iterator[str]:
    with contextlib.suppress(metadata.PackageNotFoundError):
        for line in metadata.requires(name) or ():
            asked, _, condition = line.partition(";")
            named = _NAME.match(asked)
            if named and "extra" not in condition:
                yield re.sub(r"[-_.]+", "-", named.group()).casefold()


def _of_package(one: metadata.Distribution) -> Licensed:
    told = one.metadata
    licence = told["License-Expression"] or told["License"] or ""
    if not licence or "\n" in licence or len(licence) > 80:
        kinds = [line for line in told.get_all("Classifier") or () if line.startswith("License")]
        licence = ", ".join(line.rpartition(" :: ")[2] for line in kinds) or licence.split("\n")[0]
    return Licensed(one.name, one.version, licence[:80], _texts(one))


def _texts(one: metadata.Distribution) -> str:
    found = []
    for file in one.files or ():
        if _TEXT.search(file.as_posix()) and file.suffix not in (".py", ".pyc"):
            with contextlib.suppress(OSError):
                found.append(_read(Path(str(file.locate()))))
    return "\n\n".join(dict.fromkeys(text for text in found if text))[:_LONGEST]


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace").strip()
