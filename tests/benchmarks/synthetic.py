"""Synthetic: an album that never was, as large as one likes, whose truth is known.

It is drawn to look like what the compact pack makes of 841 faces of 140 real people, at most 20
faces a person (`spread.py` prints this for any data):

    cosines                 mean    sd    0.1 %    1 %    5 %   50 %   95 %   99 %  99.9 %
    one person, real       0.609  0.156   0.022  0.174  0.318  0.631  0.833  0.885   0.954
    one person, synthetic  0.606  0.164   0.054  0.170  0.312  0.619  0.853  0.927   0.948
    two people, real       0.012  0.098  -0.280 -0.207 -0.143  0.009  0.177  0.274   0.403
    two people, synthetic  0.012  0.100  -0.273 -0.206 -0.145  0.009  0.181  0.270   0.373

(synthetic: 3000 faces, seed 0). Quality and the mean cosine of a face to its person's others
correlate by 0.40 there and by 0.35 here.

[Note: The model] People, looks and noise are directions drawn from one space with few strong
dimensions, since cosines of strangers spread by 0.1 and not by the 0.044 of 512 equal ones. A
person is partly its kind (origin, sex, age) and, for some, partly a sibling. A face is its look
times its fidelity, and noise for the rest; so two faces of a person are about as alike as both
fidelities times the cosine of their looks. A poor face has a low quality and a low fidelity.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from app.faces.packs import describe_pack
from app.paths import Paths, resources
from tests.benchmarks.dataset import Dataset
from tests.benchmarks.model import PHOTO_SIZES, Model

DIMENSIONS = 512
BLOCK = 65_536
"""Faces drawn at a time."""
YEAR = 365.25 * 86400
"""s."""


def synthesise(
    faces: int, seed: int = 0, model: Model | None = None, half: bool = False
) -> Dataset:
    """So many faces; the same for the same seed. With `half` their vectors stay in half precision,
    1 GB for a million."""
    model = model or Model()
    random = np.random.default_rng(seed)
    sizes = _sizes(faces, model)
    people = np.repeat(np.arange(len(sizes)), sizes)
    looks, owner, taken = _looks(sizes, random, model)
    look = _choose_looks(people, owner, random)
    quality = _quality(sizes[people] == 1, random)
    fidelity = _fidelity(people, quality, random, model)
    vectors = _vectors(looks, look, fidelity, random, model)
    when = taken[look] + random.normal(0, YEAR / 2, faces)
    order, photos = _photos(people, when, random)
    vectors = vectors[order]
    started = np.concatenate([[True], np.diff(photos) > 0])
    return Dataset(
        name=f"synthetic {faces}",
        vectors=vectors if half else _unit(vectors.astype(np.float32)),  # type: ignore[arg-type]
        photos=photos,
        people=people[order],
        quality=quality[order],
        pixels=np.exp(4.2 + quality + random.normal(0, 0.5, faces)).astype(np.float32)[order],
        pose=random.normal(0, [8, 18, 9], (faces, 3)).astype(np.float32),
        taken=when[order][started][np.cumsum(started) - 1],
        in_truth=np.ones(faces, np.bool_),
        twice=np.zeros(faces, np.bool_),
        whole=np.ones(faces, np.bool_),
        missed=np.empty(0, np.int64),
        missed_whole=np.empty(0, np.bool_),
        thresholds=_thresholds(),
    )


def _sizes(faces: int, model: Model) -> NDArray[np.int64]:
    """How many faces each person has: a long tail, then those seen once."""
    lone = round(model.strays * faces)
    known = faces - lone
    ranks = np.arange(1, known + 1)
    sizes = np.maximum(2, np.round(model.largest * faces / ranks**model.fall)).astype(np.int64)
    count = int(np.searchsorted(np.cumsum(sizes), known, side="right"))
    rest = known - int(sizes[:count].sum())
    ends = [rest] if rest else []
    return np.concatenate([sizes[:count], ends, np.ones(lone)]).astype(np.int64)


def _centres(count: int, random: np.random.Generator, model: Model) -> NDArray[np.float32]:
    """A direction for each person: its kind, itself, and some a sibling's."""
    kinds = _directions(model.kinds, random, model)
    own = _directions(count, random, model)
    kind = random.integers(0, model.kinds, count)
    share = random.uniform(*model.kind, count).astype(np.float32)[:, None]
    centres = _unit(np.sqrt(share) * kinds[kind] + np.sqrt(1 - share) * own)
    paired = random.permutation(count)[: int(model.siblings * count) // 2 * 2]
    elder, younger = paired[::2], paired[1::2]
    alike = random.uniform(*model.sibling, len(elder)).astype(np.float32)[:, None]
    centres[younger] = alike * centres[elder] + np.sqrt(1 - alike**2) * centres[younger]
    return _unit(centres)


def _looks(
    sizes: NDArray[np.int64], random: np.random.Generator, model: Model
) -> tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.float64]]:
    """Directions of all looks, the person of each, in order, and when each was worn."""
    centres = _centres(len(sizes), random, model)
    counts = 1 + np.minimum(random.poisson(model.looks, len(sizes)), sizes // 4)
    owner = np.repeat(np.arange(len(sizes)), counts)
    alike = random.uniform(*model.look, len(owner)).astype(np.float32)[:, None]
    apart = _directions(len(owner), random, model) * np.sqrt(1 - alike**2)
    taken = 1e9 + random.uniform(0, 20 * YEAR, len(owner))
    return _unit(centres[owner] * alike + apart), owner, taken


def _choose_looks(
    people: NDArray[np.int64], owner: NDArray[np.int64], random: np.random.Generator
) -> NDArray[np.int64]:
    """A look of its person for each face, the person's first ones more often."""
    first = np.searchsorted(owner, people)
    counts = np.searchsorted(owner, people, side="right") - first
    return np.asarray(first + (random.random(len(people)) ** 1.5 * counts).astype(np.int64))


def _vectors(
    looks: NDArray[np.float32],
    look: NDArray[np.int64],
    fidelity: NDArray[np.float32],
    random: np.random.Generator,
    model: Model,
) -> NDArray[np.float16]:
    """A vector for each face, in the half precision in which the library keeps them."""
    vectors = np.empty((len(look), DIMENSIONS), np.float16)
    for start in range(0, len(look), BLOCK):
        some = slice(start, start + BLOCK)
        share = fidelity[some, None]
        block = looks[look[some]] * share
        block += _directions(len(block), random, model) * np.sqrt(1 - share**2)
        vectors[some] = _unit(block)
    return vectors


def _quality(is_stray: NDArray[np.bool_], random: np.random.Generator) -> NDArray[np.float32]:
    """0..1; bystanders are smaller and blurred more often."""
    usual = 0.97 * random.beta(2.6, 0.75, len(is_stray))
    return np.where(is_stray, random.beta(2.0, 1.4, len(is_stray)), usual).astype(np.float32)


def _fidelity(
    people: NDArray[np.int64],
    quality: NDArray[np.float32],
    random: np.random.Generator,
    model: Model,
) -> NDArray[np.float32]:
    """Cosine of each face and its look."""
    of_person = random.normal(0, model.by_person, people.max() + 1)[people]
    of_face = random.normal(0, model.by_face, len(people))
    usual = model.fidelity + model.by_quality * (quality - 0.75) + of_person + of_face
    is_spoilt = random.random(len(people)) < model.spoilt
    spoilt = random.normal(model.spoilt_fidelity, 0.1, len(people))
    return np.clip(np.where(is_spoilt, spoilt, usual), 0.1, 0.97).astype(np.float32)


def _photos(
    people: NDArray[np.int64], when: NDArray[np.float64], random: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Faces in order of photo, and the photo of each in that order; all of a photo differ."""
    waiting = np.argsort(when, kind="stable").tolist()[::-1]
    order: list[int] = []
    photos: list[int] = []
    photo = 0
    while waiting:
        wanted = int(random.choice(len(PHOTO_SIZES), p=PHOTO_SIZES)) + 1
        shown: dict[int, int] = {}
        passed = []
        while waiting and len(shown) < wanted and len(passed) < 20:
            face = waiting.pop()
            if int(people[face]) in shown:
                passed.append(face)
            else:
                shown[int(people[face])] = face
        waiting += passed[::-1]
        order += shown.values()
        photos += [photo] * len(shown)
        photo += 1
    return np.array(order, np.int64), np.array(photos, np.int64)


def _directions(count: int, random: np.random.Generator, model: Model) -> NDArray[np.float32]:
    """(count, 512) of length 1, most of it in the first dimensions."""
    strength = np.exp(-np.arange(DIMENSIONS, dtype=np.float32) / (2 * model.decay))
    return _unit(random.standard_normal((count, DIMENSIONS), dtype=np.float32) * strength)


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def _thresholds() -> Mapping[str, float]:
    return describe_pack("compact", Paths.for_user().models, resources()).thresholds
