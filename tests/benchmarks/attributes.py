"""The benchmark of attributes: `python -m tests.benchmarks.attributes --photos FOLDER`.

It says what the quality of a face is worth (how often two faces of one person are taken for two
people, by the quality of the worse one), how often gender is told rightly and whether the stated
confidence comes true, and how far ages are off, on labelled photos with a truth.csv and a
people.csv (identity, gender, age_at_photo such as 19-42). Mouths and eyes are held against an
opened.csv (path, x, y, w, h, mouth, eyes: open, close, or empty where it cannot be seen).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.errors import KnownError, UsageError
from app.paths import Paths
from tests.benchmarks.curves import SIZE
from tests.benchmarks.reliability import Stated, fit, held_out
from tests.benchmarks.table import columns
from tests.benchmarks.told import Known, Told, read_opened, read_people, read_told

FALSE_MATCHES = 1e-3
"""Share of pairs of different people that may pass for one: it sets the threshold."""
PARTS = 5
"""The pairs are divided into so many parts of one size by quality."""
REJECTED = tuple(np.arange(0, 0.85, 0.1).round(1).tolist())
EVEN = ("gender", "mouth")
"""Where either answer counts alike; closed eyes are rare, in an album as in the labelled photos."""
QUALITY = (0.0, 0.3, 0.5, 0.7, 0.9, 1.01)
"""Bounds of the parts by quality in which answers are counted."""


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
        cache = told.cache or Paths.for_user().cache / "benchmarks"
        faces, labelled = read_told(told.photos.absolute(), cache)
        known = read_people(told.photos / "people.csv")
        opened = read_opened(told.opened or told.photos / "opened.csv", labelled)
        pairs = pairs_of(faces)
    except KnownError as error:
        print(error, file=sys.stderr)
        return 1
    _print_quality(pairs)
    _print_gender(faces, known)
    _print_age(faces, known)
    for name, truth in opened.items():
        _print_stated(name, ("open", "close"), faces, truth)
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
    stated = _print_stated("gender", ("female", "male"), faces, truth)
    if stated is None:
        return
    said, tellable = faces.words["gender"], (truth != "") & (faces.words["gender"] != "")
    votes = [
        _vote(faces, (faces.people == who) & tellable) == truth[faces.people == who][0]
        for who in np.unique(faces.people[tellable])
    ]
    print(f"Of {len(votes)} people {np.mean(votes):.1%} are told rightly by their faces' vote")
    print(f"({(said[tellable] == truth[tellable]).mean():.1%} of the faces).\n")


def _print_stated(
    name: str, answers: tuple[str, str], faces: Told, truth: NDArray[np.str_]
) -> Stated | None:
    """How often what is told in a word is right, and whether its confidence comes true; None where
    no truth is known or nothing was told."""
    said, one = faces.words[name], answers[0]
    is_known, is_told = truth != "", said != ""
    rows = is_known & is_told
    if not rows.any():
        return None
    every = Stated(faces.sure[name], said == truth, truth == one, faces.people)
    stated = every.some(rows)
    lines = [(name, "", "faces", "told", "mean stated", "right")]
    lines += [
        (f"{low:.2f} to {high:.2f}", "stated", "", str(count), f"{sure:.1%}", f"{right:.1%}")
        for low, high, count, sure, right in stated.parts()
    ]

    def count(head: str, what: str, here: NDArray[np.bool_], is_balanced: bool) -> None:
        some = every.some(here & rows)
        if len(some.sure):
            right = some.balanced() if is_balanced else float(some.right.mean())
            lines.append((
                head, what, str((here & is_known).sum()), str(len(some.sure)),
                f"{some.sure.mean():.1%}", "" if np.isnan(right) else f"{right:.1%}",
            ))  # fmt: skip

    for word in answers:
        count(word, "true", truth == word, is_balanced=False)
    for low, high in pairwise(QUALITY):
        here = (faces.quality >= low) & (faces.quality < high)
        count(f"{low:.1f} to {min(high, 1.0):.1f}", "quality", here, is_balanced=True)
    print(columns(lines, markdown=True), end="\n\n")
    print(f"By quality: balanced, as over all of them, {stated.balanced():.1%}.")
    if stated.is_one.any() and not stated.is_one.all():
        slope, shift = fit(stated.odds, stated.is_one, name in EVEN)
        print(
            f"Stated beside what comes true: {stated.error():.1%} in the mean. Fitted anew, the "
            f"log-odds of {one} would be {slope:.2f} times these plus {shift:.2f}; of people held "
            f"out of that: {held_out(stated, name in EVEN).error():.1%}.\n"
        )
    return stated


def _vote(faces: Told, rows: NDArray[np.bool_]) -> str:
    """As the library counts: each face by its confidence and its quality."""
    weight = faces.sure["gender"][rows] * faces.quality[rows]
    is_female = faces.words["gender"][rows] == "female"
    return "female" if weight[is_female].sum() * 2 > weight.sum() else "male"


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
    parser.add_argument(
        "--opened", type=Path, metavar="FILE",
        help="whose mouth and eyes are open; opened.csv beside the photos without it",
    )  # fmt: skip
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw the quality (PNG, SVG)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
