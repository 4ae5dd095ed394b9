"""Model archive: the models out of a zip file of anybody's, and nothing else out of it.

[Note: Archives] A zip file can name places outside the folder it is unpacked into, hold links, or a
few bytes that become more than the disk has. Only models are taken, under their mere names, into a
fresh folder, and never more bytes than were told before.
"""

from __future__ import annotations

import os
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from app.errors import ModelError
from app.indexing.model_stream import Check
from app.private import FILE

MODEL = ".onnx"
MOST_ENTRIES = 2000
"""More files are in no archive of models."""
MOST_MODELS = 24
LARGEST = 2 << 30
"""Bytes of one model: what its format can hold in one file."""
LARGEST_PACK = 4 << 30
"""Bytes of all models together."""
RATIO = 200
"""Weights hardly shrink at all; what shrinks more than so many times is no model."""
SPARE = 64 << 20
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in an archive, or in a folder."""

    folder: str
    """In which folder the models lie; empty where they lie at the top."""
    models: tuple[str, ...]
    """Their mere names, by name."""
    size: int
    """Bytes they take unpacked."""


def contents_of(archive: Path) -> Contents:
    """What a zip file holds, without unpacking it.

    Raises ModelError saying why it is of no use.
    """
    with _opened(archive) as file:
        found = _models(file)
        names = tuple(sorted(PurePosixPath(one.filename).name for one in found))
        folder = PurePosixPath(found[0].filename).parent
        return Contents(_shown(folder), names, sum(one.file_size for one in found))


def unpack(archive: Path, into: Path, only: Iterable[str], check: Check) -> list[Path]:
    """Put the models of a zip file into a folder that is there and empty; with `only`, these. Gives
    the files. `check` may raise to stop.

    Raises ModelError saying why it is of no use, OSError when the disk refuses.
    """
    wanted = set(only)
    with _opened(archive) as file:
        found = _models(file)
        names = {PurePosixPath(one.filename).name: one for one in found}
        if missing := sorted(wanted - names.keys()):
            raise ModelError(f"The archive lacks what belongs into it: {', '.join(missing)}.")
        chosen = {name: one for name, one in names.items() if not wanted or name in wanted}
        _see_room(into, sum(one.file_size for one in chosen.values()))
        return [_take(file, one, into / name, check) for name, one in sorted(chosen.items())]


def contents_of_folder(folder: Path) -> Contents:
    """What models lie in a folder. Raises ModelError when there are none, or it cannot be read."""
    try:
        found = sorted(path for path in folder.iterdir() if _is_model(path.name))
        sizes = [path.stat().st_size for path in found]
    except OSError as error:
        raise ModelError(f"The folder {folder} cannot be read ({error.strerror}).") from error
    _see_bounds(sizes)
    return Contents(folder.name, tuple(path.name for path in found), sum(sizes))


def copy_models(folder: Path, into: Path, only: Iterable[str], check: Check) -> list[Path]:
    """As `unpack`, out of a folder."""
    wanted = set(only)
    names = [name for name in contents_of_folder(folder).models if not wanted or name in wanted]
    if missing := sorted(wanted - set(names)):
        raise ModelError(f"The folder lacks what belongs into it: {', '.join(missing)}.")
    _see_room(into, sum((folder / name).stat().st_size for name in names))
    copied = []
    for name in names:
        with (folder / name).open("rb") as source:
            copied.append(_write(source, into / name, LARGEST, check))
    return copied


def _opened(archive: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(archive)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ModelError(f"{archive} is no zip archive, or a damaged one.") from error
    except OSError as error:
        raise ModelError(f"{archive} cannot be read ({error.strerror or error}).") from error


def _models(file: zipfile.ZipFile) -> Sequence[zipfile.ZipInfo]:
    """The models, all of one folder. Raises ModelError where there is something odd."""
    entries = file.infolist()
    if len(entries) > MOST_ENTRIES:
        raise ModelError("The archive holds far more than models; it is not unpacked.")
    found = [one for one in entries if not one.is_dir() and _is_model(one.filename)]
    for one in found:
        _see_entry(one)
    _see_bounds([one.file_size for one in found])
    folders = {PurePosixPath(one.filename).parent for one in found}
    names = {PurePosixPath(one.filename).name.casefold() for one in found}
    if len(folders) > 1 or len(names) < len(found):
        raise ModelError("The archive holds several packs; unpack it, and add the folder of one.")
    return found


def _is_model(name: str) -> bool:
    """Whether this is a model, and not what macOS writes beside one."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.suffix.lower() == MODEL and not path.name.startswith(".")


def _see_entry(one: zipfile.ZipInfo) -> None:
    path = PurePosixPath(one.filename)
    odd = "\\" in one.filename or ":" in one.filename or "\0" in one.orig_filename
    if path.is_absolute() or ".." in path.parts or odd:
        raise ModelError("The archive names places outside itself; nothing of it is unpacked.")
    kind = stat.S_IFMT(one.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise ModelError("The archive holds a link in place of a model; nothing is unpacked.")
    if one.flag_bits & 0x1:
        raise ModelError("The archive is locked with a password; unpack it, and add the folder.")
    if one.file_size > RATIO * max(one.compress_size, 1):
        raise ModelError("The archive holds something that is no model; nothing is unpacked.")


def _see_bounds(sizes: Sequence[int]) -> None:
    if not sizes:
        raise ModelError("There is no model (.onnx) in it.")
    if len(sizes) > MOST_MODELS or max(sizes) > LARGEST or sum(sizes) > LARGEST_PACK:
        raise ModelError("It holds more, or larger, files than any model pack.")


def _see_room(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed + SPARE:
        raise ModelError(
            f"The disk with {folder.parent} has no room: {(needed + SPARE) >> 20} MB are needed, "
            f"and {free >> 20} MB are free."
        )


def _take(file: zipfile.ZipFile, one: zipfile.ZipInfo, path: Path, check: Check) -> Path:
    try:
        with file.open(one) as source:
            return _write(source, path, one.file_size, check)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise ModelError(f"The archive is damaged: {path.name} cannot be unpacked.") from error


def _write(source: object, path: Path, most: int, check: Check) -> Path:
    """Copy what is read, for its owner only, and have the disk keep it."""
    read = source.read  # type: ignore[attr-defined]
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    done = 0
    with os.fdopen(os.open(path, flags, FILE), "wb") as file:
        while block := read(_BLOCK):
            check()
            done += len(block)
            if done > most:
                raise ModelError("The archive holds more than it says; nothing of it is used.")
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    return path


def _shown(folder: PurePosixPath) -> str:
    return "" if str(folder) == "." else folder.name
