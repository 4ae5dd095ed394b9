"""Names that every disk takes: FAT, NTFS, a Mac's, a USB stick's.

Windows refuses some characters, some words (CON), and names that end in a dot or a space; most
disks take 255 bytes or letters at most; and many hold “Anna” and “ANNA” for the same. Sources:
“Naming Files, Paths, and Namespaces” of Microsoft's documentation; 255 bytes is NAME_MAX of Linux.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST_FOLDER = 100
"""Bytes in UTF-8 of a folder's name: Windows takes 260 letters for a whole path."""
LONGEST_FILE = 180
"""Bytes of a file's name, which leaves room for what tells it from another of that name."""
_LONGEST_ENDING = 8
_UNNAMED = "Unnamed"
_BETWEEN = re.compile(r'[<>:"/\\|?*]+')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[1-9¹²³])")
_JOINERS = "\u200c\u200d"
"""Invisible, and a part of emoji and of some scripts; other such characters only deceive."""


def folder_name(text: str) -> str:
    """A folder's name that says this."""
    return _safe(text, LONGEST_FOLDER)


def file_name(name: str) -> str:
    """A file's name that is as near to this one as it can be; it need not be text. Its ending
    stays."""
    stem, ending = split(_plain(name))
    return f"{_safe(stem, LONGEST_FILE - len(ending.encode()))}{ending}"


def split(name: str) -> tuple[str, str]:
    """The stem and the ending with its dot, which is empty where there is none."""
    stem, dot, ending = name.rpartition(".")
    if not dot or not stem.strip(" .") or not ending.isalnum() or len(ending) > _LONGEST_ENDING:
        return name, ""
    return stem, dot + ending


def told_apart(name: str, mark: str) -> str:
    """The name of a file with a mark that tells it from another of that name."""
    stem, ending = split(name)
    return f"{stem} ({mark}){ending}"


def same(name: str) -> str:
    """What is equal for names that some disk holds for the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def _safe(text: str, longest: int) -> str:
    name = _cut(_plain(text), longest)
    if not name:
        return _UNNAMED
    first, dot, rest = name.partition(".")
    return f"{first}_{dot}{rest}" if _RESERVED.fullmatch(first.rstrip()) else name


def _plain(text: str) -> str:
    """Without what some disk refuses, and without what is no text."""
    told = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    told = unicodedata.normalize("NFC", told).replace("\ufffd", "_")
    kept = (
        " " if c.isspace() else c
        for c in told
        if c in _JOINERS or c.isspace() or unicodedata.category(c)[0] != "C"
    )
    return _BETWEEN.sub("-", "".join(kept)).strip(" .")


def _cut(name: str, longest: int) -> str:
    """At most so many bytes, and no part of a sign: no letter loses its accent."""
    if len(name.encode()) <= longest:
        return name.strip(" .")
    cut = name.encode()[:longest].decode("utf-8", "ignore")
    while cut and (_goes_on(name[len(cut)]) or cut[-1] in _JOINERS):
        cut = cut[:-1]
    return cut.strip(" .")


def _goes_on(character: str) -> bool:
    """Whether it is one sign with what stands before it: accents, and what changes emoji."""
    is_skin = "\U0001f3fb" <= character <= "\U0001f3ff"
    return is_skin or character in _JOINERS or unicodedata.combining(character) != 0 or (
        unicodedata.category(character) in ("Mn", "Me")
    )  # fmt: skip
