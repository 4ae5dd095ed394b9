"""The benchmark of attributes: `python -m tests.benchmarks.attributes --photos FOLDER`.

It says what the quality of a face is worth (how often two faces of one person are taken for two
people, by the quality of the worse one), how often gender is told rightly and whether the stated
confidence comes true, and how far ages are off, on labelled photos with a truth.csv and a
people.csv (identity, gender, age_at_photo such as 19-42).
"""

from __future__ import annotations

import argparse
import csv
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.errors import KnownError, UsageError
from app.paths import Paths
from tests.benchmarks.curves import SIZE
from tests.benchmarks.data import looked_at
from tests.benchmarks.table import columns
from tests.benchmarks.truth import match, photo_key, read_truth

FALSE_MATCHES = 1e-3
"""Share of pairs of different people that may pass for one: it sets the threshold."""
PARTS = 5
"""The pairs are divided into so many parts of one size by quality."""
REJECTED = tuple(np.arange(0, 0.85, 0.1).round(1).tolist())
SURE = (0.5, 0.7, 0.9, 0.98, 1.0)
"""Bounds of the parts that stated confidences are divided into."""


@dataclass(frozen=True, slots=True)
class Told:
    """n labelled faces, and what was told of them."""

    people: NDArray[np.str_]
    photos: NDArray[np.str_]
    vectors: NDArray[np.float32]
    """(n, d), of length 1."""
    quality: NDArray[np.float64]
    age: NDArray[np.float64]
    """Years; NaN where not told."""
    gender: NDArray[np.str_]
    sure: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Known:
    """What is true of a person; None where nobody knows."""

    gender: str | None
    ages: tuple[float, float] | None
    """Between which they were when the photo was taken."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """m pairs of faces of one person in two photos, and the cosine that tells people apart."""

    cosine: NDArray[np.float32]
    quality: NDArray[np.float64]
    """Of the worse of the two."""
    threshold: float

    def missed(self, which: NDArray[np.bool_] | NDArray[np.int64]) -> float:
        """Share of these pairs that are taken for two people."""
        return float((self.cosine[which] < self.threshold).mean())

    def parts(self) -> Iterator[tuple[float, float, int, float, float]]:
        """From and to which quality, pairs, mean cosine, share missed; the worst part first."""
        for rows in np.array_split(np.argsort(self.quality, kind="stable"), PARTS):
            worse = self.quality[rows]
            yield (
                float(worse.min()), float(worse.max()), len(rows),
                float(self.cosine[rows].mean()), self.missed(rows),
            )  # fmt: skip

    def kept(self) -> Iterator[tuple[float, float]]:
        """Share of pairs left out, those of the worst quality first, and share missed of the rest
        (the error-versus-reject curve of Grother and Tabassi, 2007)."""
        for share in REJECTED:
            yield share, self.missed(self.quality >= np.quantile(self.quality, share))


def main(words: Sequence[str] | None = None) -> int:
    """Run the benchmark; gives the exit status."""
    told = _parser().parse_args(words)
    try:
        faces = _faces(told.photos.absolute(), told.cache or Paths.for_user().cache / "benchmarks")
        known = _known(told.photos / "people.csv")
        pairs = pairs_of(faces)
    except KnownError as error:
        print(error, file=sys.stderr)
        return 1
    _print_quality(pairs)
    _print_gender(faces, known)
    _print_age(faces, known)
    if told.plot:
        draw(pairs, told.plot)
    return 0


def pairs_of(faces: Told) -> Pairs:
    """Every pair of faces of one person in two photos.

    Raises UsageError when nobody is there twice, or everybody is the same.
    """
    cosines = faces.vectors @ faces.vectors.T
    alike = faces.people[:, None] == faces.people[None]
    one, other = np.nonzero(np.triu(alike & (faces.photos[:, None] != faces.photos[None]), 1))
    strange = cosines[~alike]
    if not len(one) or not len(strange):
        raise UsageError("It takes two people at least, and one of them in two photos.")
    return Pairs(
        cosines[one, other],
        np.minimum(faces.quality[one], faces.quality[other]),
        float(np.quantile(strange, 1 - FALSE_MATCHES)),
    )


def _print_quality(pairs: Pairs) -> None:
    print(
        f"Quality: pairs of one person's faces below a cosine of {pairs.threshold:.3f}, which "
        f"{FALSE_MATCHES:.1%} of the pairs of two people reach.\n"
    )
    rows = [("quality of the worse face", "pairs", "mean cosine", "taken for two people")]
    rows += [
        (f"{low:.2f} to {high:.2f}", str(count), f"{mean:.3f}", f"{missed:.1%}")
        for low, high, count, mean, missed in pairs.parts()
    ]
    print(columns(rows, markdown=True), end="\n\n")
    rows = [("left out, the worst first", *(f"{share:.0%}" for share, _ in pairs.kept()))]
    rows += [("taken for two people", *(f"{missed:.1%}" for _, missed in pairs.kept()))]
    print(columns(rows, markdown=True), end="\n\n")


def _print_gender(faces: Told, known: dict[str, Known]) -> None:
    truth = np.array([known.get(who, Known(None, None)).gender or "" for who in faces.people])
    tellable = (truth != "") & (faces.gender != "")
    right = faces.gender == truth
    print("Gender: is the stated confidence true?\n")
    rows = [("stated", "faces", "mean stated", "right")]
    for low, high in pairwise(SURE):
        here = tellable & (faces.sure >= low) & ((faces.sure < high) | (high == SURE[-1]))
        if here.any():
            rows.append((
                f"{low:.2f} to {high:.2f}", str(here.sum()), f"{faces.sure[here].mean():.1%}",
                f"{right[here].mean():.1%}",
            ))  # fmt: skip
    for word in ("female", "male"):
        here = tellable & (truth == word)
        if here.any():
            rows.append((
                word, str(here.sum()), f"{faces.sure[here].mean():.1%}", f"{right[here].mean():.1%}"
            ))  # fmt: skip
    votes = [
        _vote(faces, (faces.people == who) & tellable) == truth[faces.people == who][0]
        for who in np.unique(faces.people[tellable])
    ]
    if votes:
        rows.append(("people, by vote", str(len(votes)), "", f"{np.mean(votes):.1%}"))
    print(columns(rows, markdown=True), end="\n\n")


def _vote(faces: Told, rows: NDArray[np.bool_]) -> str:
    """As the library counts: each face by its confidence and its quality."""
    weight = faces.sure[rows] * faces.quality[rows]
    return "female" if weight[faces.gender[rows] == "female"].sum() * 2 > weight.sum() else "male"


def _print_age(faces: Told, known: dict[str, Known]) -> None:
    rows = [("age", "faces", "within the years known", "mean years outside", "worst")]
    off = np.array([
        _years_off(age, known[who].ages)
        for who, age in zip(faces.people, faces.age, strict=True)
        if who in known and not np.isnan(age)
    ])  # fmt: skip
    off = off[~np.isnan(off)]
    if len(off):
        rows.append((
            "known as a range", str(len(off)), f"{(off == 0).mean():.1%}",
            f"{off.mean():.1f}", f"{off.max():.1f}",
        ))  # fmt: skip
    print(columns(rows, markdown=True), end="\n\n")
    spread = [
        float(np.std(faces.age[rows]))
        for who in np.unique(faces.people)
        if (rows := (faces.people == who) & ~np.isnan(faces.age)).sum() >= 3
    ]
    if spread:
        print(
            f"How much the ages told of one person differ, over {len(spread)} people with three "
            f"faces or more: {np.mean(spread):.1f} years (standard deviation).\n"
        )


def _years_off(age: float, ages: tuple[float, float] | None) -> float:
    return np.nan if ages is None else max(0.0, ages[0] - age, age - ages[1])


def _faces(photos: Path, cache: Path) -> Told:
    """The labelled faces that the program finds."""
    truth = read_truth(photos)
    words = """
        SELECT path, x * width, y * height, w * width, h * height, quality, age, gender,
               gender_confidence, embedding
        FROM face JOIN photo ON photo.id = photo_id ORDER BY path, x
    """
    database = Paths.under(looked_at(photos, cache)).database
    with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as opened:
        rows = opened.execute(words).fetchall()
    keys = [photo_key(bytes(row[0]).decode("utf-8", "surrogateescape")) for row in rows]
    found = match(truth, [(key, row[1:5]) for key, row in zip(keys, rows, strict=True)])
    pairs = [(truth[row], number) for row, number in found.items() if truth[row].is_named]
    if not pairs:
        raise UsageError(f"No face of {photos} is one that its truth.csv names.")
    told = [rows[number] for _, number in pairs]
    vectors = np.stack([np.frombuffer(row[9], "<f2") for row in told]).astype(np.float32)
    return Told(
        people=np.array([face.identity for face, _ in pairs]),
        photos=np.array([face.photo for face, _ in pairs]),
        vectors=vectors / np.linalg.norm(vectors, axis=1, keepdims=True),
        quality=np.array([row[5] for row in told], np.float64),
        age=np.array([row[6] for row in told], np.float64),
        gender=np.array([row[7] or "" for row in told]),
        sure=np.array([row[8] or 0.0 for row in told], np.float64),
    )


def _known(path: Path) -> dict[str, Known]:
    """What a people.csv tells; nothing where there is none."""
    if not path.exists():
        return {}
    found: dict[str, Known] = defaultdict(lambda: Known(None, None))
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            low, _, high = row["age_at_photo"].partition("-")
            ages = (float(low), float(high or low)) if low else None
            found[row["identity"]] = Known(row["gender"] or None, ages)
    return found


def draw(pairs: Pairs, path: Path) -> None:
    """The two tables of quality as a picture."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    width, height = (side / 80 for side in (SIZE[0] * 1.5, SIZE[1]))
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(width, height), sharey=True)
    parts = list(pairs.parts())
    left.bar([f"{low:.2f}–{high:.2f}" for low, high, *_ in parts], [one[4] for one in parts])
    left.set_xlabel("quality of the worse of two faces")
    left.set_ylabel("one person taken for two")
    share, missed = zip(*pairs.kept(), strict=True)
    right.plot(share, missed, "o-")
    right.set_xlabel("pairs left out, the worst first")
    for side in (left, right):
        side.yaxis.set_major_formatter("{x:.0%}")
        side.grid(axis="y", alpha=0.3)
        side.spines[["top", "right"]].set_visible(False)
    right.xaxis.set_major_formatter("{x:.0%}")
    right.set_ylim(bottom=0)
    figure.tight_layout()
    figure.savefig(path)
    pyplot.close(figure)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.attributes", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--photos", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--cache", type=Path, metavar="DIR", help="where what was seen is kept")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw the quality (PNG, SVG)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
