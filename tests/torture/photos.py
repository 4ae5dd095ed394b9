"""Photos: a folder of real faces that grows and changes, the same way each time it is told to."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageEnhance

from tests.conftest import shipped

SOURCES = {
    "group": ("insightface", "data", "images", "t1.jpg"),
    "actor": ("insightface", "data", "images", "Tom_Hanks_54745.png"),
    "astronaut": ("skimage", "data", "astronaut.png"),
    "coffee": ("skimage", "data", "coffee.png"),
}
WEIGHTS = {"group": 4, "astronaut": 3, "actor": 3, "coffee": 1}
LONG_SIDE = 900
FIRST = 9
"""So many photos there are at the beginning, and never fewer."""
CLOCK = 1_600_000_000
"""The time of the first file; every later one is a minute newer."""

Stamp = tuple[str, int, int]
"""Content, time and mode of a file."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that somebody does to the folder: what, to which file, into what."""

    kind: str
    name: str
    other: str = ""
    source: str = ""
    look: tuple[int, float, bool] = (0, 1.0, False)
    """Pixels cut off, brightness, whether mirrored."""
    second: int = CLOCK


class Photos:
    """The folder and what was done to it."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self._random = random.Random(f"photos {seed}")
        self._count = 0
        folder.mkdir(parents=True)

    def begin(self) -> list[Change]:
        """The first photos: everybody often enough to be a person."""
        sources = ["group"] * 4 + ["astronaut"] * 3 + ["actor"] * 3
        return [self._carry_out(self._new(source)) for source in sources]

    def change(self) -> list[Change]:
        """A photo or two more, and now and then one that is edited, renamed, copied or deleted."""
        changes = [self._carry_out(self._new(self._source())) for _ in range(2)]
        kind = self._random.choice(("edit", "rename", "copy", "delete", "nothing"))
        names = sorted(str(path.relative_to(self.folder)) for path in self.files())
        if kind == "nothing" or (kind == "delete" and len(names) <= FIRST):
            return changes
        changes.append(self._carry_out(self._touch(kind, self._random.choice(names))))
        return changes

    def files(self) -> list[Path]:
        """Every photo."""
        return sorted(path for path in self.folder.rglob("*") if path.is_file())

    def stamps(self) -> dict[str, Stamp]:
        """What no run of the program may change."""
        found = {}
        for path in self.files():
            status = path.stat()
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            found[str(path.relative_to(self.folder))] = (
                content, status.st_mtime_ns, status.st_mode,
            )  # fmt: skip
        return found

    def _source(self) -> str:
        return self._random.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]

    def _new(self, source: str) -> Change:
        self._count += 1
        folder = self._random.choice(("", "", "holiday/"))
        name = f"{folder}{source}-{self._count:03}.jpg"
        return Change("add", name, source=source, look=self._look(), second=self._second())

    def _touch(self, kind: str, name: str) -> Change:
        self._count += 1
        source = Path(name).name.split("-")[0]
        other = f"moved/{source}-{self._count:03}.jpg"
        return Change(kind, name, other, source, self._look(), self._second())

    def _look(self) -> tuple[int, float, bool]:
        pick = self._random
        return pick.randrange(24), round(pick.uniform(0.75, 1.2), 3), pick.random() < 0.4

    def _second(self) -> int:
        return CLOCK + 60 * self._count

    def _carry_out(self, change: Change) -> Change:
        carry_out(self.folder, change)
        return change


def carry_out(folder: Path, change: Change) -> None:
    """Do it, in this folder."""
    path = folder / change.name
    if change.kind in ("add", "edit"):
        path.parent.mkdir(exist_ok=True)
        _draw(change).save(path, quality=90)
        os.utime(path, (change.second, change.second))
    elif change.kind == "delete":
        path.unlink()
    else:
        other = folder / change.other
        other.parent.mkdir(exist_ok=True)
        if change.kind == "rename":
            path.rename(other)
        else:
            shutil.copy2(path, other)


def _draw(change: Change) -> Image.Image:
    cut, brightness, mirrored = change.look
    with Image.open(shipped(*SOURCES[change.source])) as image:
        picture = image.convert("RGB")
    if max(picture.size) > LONG_SIDE:
        picture.thumbnail((LONG_SIDE, LONG_SIDE))
    picture = picture.crop((cut, cut // 2, picture.width - cut // 3, picture.height))
    if mirrored:
        picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return ImageEnhance.Brightness(picture).enhance(brightness)
