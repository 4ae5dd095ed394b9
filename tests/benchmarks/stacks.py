"""The benchmark of stacks: `python -m tests.benchmarks.stacks --photos FOLDER`.

It makes versions of photos (smaller, brighter, cut, turned, the next shots of a burst) and says how
many of them are found again by what they look like, and how many pairs of photos that have nothing
to do with each other look as alike. With `--look N` it also has a whole album indexed, the photos
of the folder and the versions of every Nth of them, and says what stands together then: which
versions under their original, and which photos under one that shows something else.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageEnhance, ImageOps

from app.bootstrap import build
from app.errors import KnownError, UsageError
from app.indexing.alike import BURST_BITS, SAME_BITS, SAME_EDGES
from app.library.models import Photo
from app.media.likeness import appearance_of, edges_in
from app.media.thumbnails import encode_thumbnail

SIDE = 512
"""Of a small picture, px."""
STEPS = (4, 6, 8, 10, 14, BURST_BITS, 22)
"""Bits that may differ."""
ENDINGS = (".jpg", ".jpeg", ".png", ".webp")
NOON = datetime(2020, 1, 1, 12)
Make = Callable[[Image.Image, np.random.Generator], Image.Image]


def smaller(share: float, quality: int) -> Make:
    """As a messenger sends it."""

    def make(image: Image.Image, _: np.random.Generator) -> Image.Image:
        size = (max(1, round(image.width * share)), max(1, round(image.height * share)))
        out = io.BytesIO()
        image.resize(size, Image.Resampling.LANCZOS).save(out, "JPEG", quality=quality)
        return Image.open(out).convert("RGB")

    return make


def moved(share: float, degrees: float) -> Make:
    """A part of the photo that is smaller by this share, somewhere in it, turned a little at
    random: what the camera sees that was held a bit differently, or what somebody cut."""

    def make(image: Image.Image, random: np.random.Generator) -> Image.Image:
        turned = image.rotate(float(random.normal()) * degrees, Image.Resampling.BICUBIC)
        width, height = (max(1, round(side * (1 - share))) for side in image.size)
        left, top = (
            round(float(random.random()) * (whole - part))
            for whole, part in zip(image.size, (width, height), strict=True)
        )
        return (turned if degrees else image).crop((left, top, left + width, top + height))

    return make


VERSIONS: dict[str, Make] = {
    "half as large": smaller(1 / 2, 60),
    "a third, poor": smaller(1 / 3, 35),
    "brighter": lambda image, _: ImageEnhance.Brightness(image).enhance(1.25),
    "darker": lambda image, _: ImageEnhance.Brightness(image).enhance(0.7),
    "more contrast": lambda image, _: ImageEnhance.Contrast(image).enhance(1.3),
    "grey": lambda image, _: ImageOps.grayscale(image).convert("RGB"),
    "cut by 3 %": moved(0.03, 0.0),
    "cut by 6 %": moved(0.06, 0.0),
    "turned by 1°": lambda image, _: image.rotate(1, Image.Resampling.BICUBIC),
    "burst, moved by 2 %": moved(0.04, 0.3),
    "burst, moved by 4 %": moved(0.08, 0.5),
    "burst, moved by 6 %": moved(0.12, 1.0),
}
"""What is made of a photo. Those of a burst are told to be taken by one camera a second later."""
BURST = "burst"


@dataclass(frozen=True, slots=True)
class Looks:
    """n small pictures: likeness (n,) and edges (n, m)."""

    bits: NDArray[np.uint64]
    edges: NDArray[np.float32]


def photos_in(folder: Path) -> list[Path]:
    """The photos of a folder and below. Raises UsageError when there is none."""
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS)
    if not found:
        raise UsageError(f"{folder} holds no photos.")
    return found


def opened(path: Path) -> Image.Image:
    """A photo, upright."""
    with Image.open(path) as image:
        return ImageOps.exif_transpose(image).convert("RGB")


def looks_of(images: Iterator[Image.Image], place: Path) -> Looks:
    """What these look like, by their small pictures."""
    bits, edges = [], []
    for image in images:
        image.thumbnail((SIDE, SIDE))
        pixels = np.asarray(image)
        place.write_bytes(encode_thumbnail(pixels, SIDE))
        bits.append(appearance_of(pixels).likeness)
        found = edges_in(place)
        assert found is not None
        edges.append(found)
    return Looks(np.array(bits, np.int64).view(np.uint64), np.stack(edges))


def found_shares(originals: Looks, versions: Looks) -> list[float]:
    """Share of the versions within each of STEPS, and within SAME_BITS with edges that agree."""
    apart = np.bitwise_count(originals.bits ^ versions.bits)
    agree = (originals.edges * versions.edges).sum(axis=1) >= SAME_EDGES
    shares = [float((apart <= step).mean()) for step in STEPS]
    return [*shares, float(((apart <= SAME_BITS) & agree).mean())]


def false_pairs(originals: Looks) -> tuple[int, list[int]]:
    """How many pairs of different photos there are, and how many of them each of `found_shares`."""
    a, b = np.triu_indices(len(originals.bits), 1)
    apart = np.bitwise_count(originals.bits[a] ^ originals.bits[b])
    near = apart <= SAME_BITS
    alike = (originals.edges[a[near]] * originals.edges[b[near]]).sum(axis=1) >= SAME_EDGES
    return len(a), [*(int((apart <= step).sum()) for step in STEPS), int(alike.sum())]


def tell_looks(photos: Sequence[Path]) -> str:
    """The table of what they look like."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "small.jpg"
        originals = looks_of(map(opened, photos), place)
        heads = [*(f"{step} bits" for step in STEPS), f"{SAME_BITS} and edges"]
        lines = [_line("version", heads)]
        for name, make in VERSIONS.items():
            random = np.random.default_rng(1)
            versions = looks_of((make(opened(path), random) for path in photos), place)
            shares = found_shares(originals, versions)
            lines.append(_line(name, [f"{100 * share:.1f} %" for share in shares]))
    count, wrong = false_pairs(originals)
    lines.append(_line(f"of {count:,} other pairs", [f"{one:,}" for one in wrong]))
    return "\n".join(lines)


def make_album(photos: Sequence[Path], every: int, into: Path) -> dict[str, tuple[int, str]]:
    """Write the photos and the versions of every so many; gives by name which photo each shows, and
    which version it is, empty for the photo itself."""
    made: dict[str, tuple[int, str]] = {}
    for number, path in enumerate(photos):
        image = opened(path)
        moment = NOON + timedelta(minutes=5 * number)
        versions = [("", image)]
        if number % every == 0:
            random = np.random.default_rng(number)
            versions += [(name, make(image, random)) for name, make in VERSIONS.items()]
        for place, (name, version) in enumerate(versions):
            exif = Image.Exif()
            if not name or name.startswith(BURST):
                shot = moment + timedelta(seconds=1 if name else 0)
                exif.get_ifd(0x8769)[0x9003] = shot.strftime("%Y:%m:%d %H:%M:%S")
                exif[0x0110] = "Camera"
            file = f"{number:05}-{place:02}.jpg"
            version.save(into / file, quality=92, exif=exif)
            made[file] = (number, name)
    return made


def tell_album(photos: Sequence[Path], every: int) -> str:
    """Index the album with everything that Kinfolk has, and hold its stacks against the truth."""
    with tempfile.TemporaryDirectory() as folder:
        album, library = Path(folder) / "album", Path(folder) / "library"
        album.mkdir()
        library.mkdir()
        made = make_album(photos, every, album)
        house = build(str(library), "Photos")
        try:
            house.indexer.start(watch=False)
            house.indexer.wait(house.indexer.index(house.collection.id, [album]), 24 * 3600)
            tops = {row.path.name: row.stack_id for row in Photo.select()}
        finally:
            house.close()
    return "\n".join(judged(made, tops, [path.name for path in photos]))


def judged(
    made: dict[str, tuple[int, str]], tops: dict[str, int | None], names: Sequence[str]
) -> list[str]:
    """Which versions stand with their photo, and which photos with another one."""
    asked, found = Counter[str](), Counter[str]()
    originals = {number: file for file, (number, name) in made.items() if not name}
    for file, (number, name) in made.items():
        if name:
            asked[name] += 1
            top = tops.get(file)
            found[name] += top is not None and top == tops.get(originals[number])
    lines = [
        _line(name, [f"{100 * found[name] / asked[name]:.1f} %", f"of {asked[name]}"])
        for name in VERSIONS
        if asked[name]
    ]
    together: dict[int, set[int]] = {}
    for file, top in tops.items():
        if top is not None and file in made:
            together.setdefault(top, set()).add(made[file][0])
    mixed = [sorted(some) for some in together.values() if len(some) > 1]
    lines.append(f"{len(together)} stacks; of different photos: {len(mixed)}")
    return [*lines, *(f"  {', '.join(names[one] for one in some)}" for some in mixed)]


def _line(head: str, cells: Sequence[str]) -> str:
    return f"{head:24}" + "".join(f"{cell:>14}" for cell in cells)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--look", type=int, default=0, metavar="N")
    options = parser.parse_args(arguments)
    try:
        photos = photos_in(options.photos)
        print(tell_looks(photos))
        if options.look:
            print(tell_album(photos, options.look))
    except KnownError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
