"""Gallery: the faces of a collection as arrays, with what the user said of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.clustering.constraints import Constraints
from app.clustering.grouping import Faces
from app.library.database import Library
from app.library.queries.decisions import standing
from app.library.queries.faces import FaceColumns, face_columns, people_of_other_makers
from app.library.rows import Standing


@dataclass(frozen=True, slots=True)
class Gallery:
    """n comparable faces: rows of arrays here, ids in the library."""

    columns: FaceColumns
    words: Standing
    faces: Faces
    constraints: Constraints
    said: dict[int, int]
    """Row -> id of the person it is by the user's word."""
    is_confirmed: NDArray[np.bool_]
    """(n,): whether the user said it of this very face."""

    @property
    def ids(self) -> NDArray[np.int64]:
        """(n,): id of each face."""
        return self.columns.ids


def open_gallery(library: Library, collection_id: int, pack: str, version: str) -> Gallery:
    """What this maker's faces look like now."""
    words = standing(library, collection_id)
    columns = face_columns(library, collection_id, pack, version)
    row_of = {face_id: row for row, face_id in enumerate(columns.ids.tolist())}
    refused: dict[int, set[int]] = defaultdict(set)
    for face_id, person_id in words.refused:
        if face_id in row_of:
            refused[row_of[face_id]].add(person_id)
    said = {row_of[f]: person for f, person in words.said.items() if f in row_of}
    is_fixed = columns.is_fixed.copy()
    for row in np.flatnonzero(is_fixed).tolist():
        if columns.people[row] >= 0:
            said.setdefault(row, int(columns.people[row]))
    is_fixed[list(said)] = True
    people = _released(columns, words.births, is_fixed)
    unknown = words.kept - (words.anchored & set(said.values()))
    said = _seeds(people, columns.quality, unknown) | said
    # [Note: Half-way] While some faces of a person wait to be looked at by the pack in use, the
    # others cannot be held against them, and stay where they are.
    waiting = people_of_other_makers(library, collection_id, pack, version)
    halves = np.flatnonzero(np.isin(people, list(waiting))).tolist()
    said = {row: int(people[row]) for row in halves} | said
    is_fixed[list(said)] = True
    return Gallery(
        columns=columns,
        words=words,
        faces=Faces(
            vectors=columns.vectors.astype(np.float32),
            quality=columns.quality,
            people=people,
            is_new=columns.is_new | (people != columns.people),
            is_fixed=is_fixed,
        ),
        constraints=Constraints(
            photos=columns.photos,
            refused={row: frozenset(people) for row, people in refused.items()},
            kept=words.kept,
            apart=words.apart,
            births=words.births,
            years=columns.years,
        ),
        said=said,
        is_confirmed=columns.is_fixed | np.isin(columns.ids, list(words.firm)),
    )


SEEDS = 40
"""Clearest faces by which a person is found again whom no word names by faces of their own: “this
one is not she” says that the others are, and “this one, too” that they are one with it."""


def _released(
    columns: FaceColumns, births: Mapping[int, int], is_fixed: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Whom each face is with, when those from before their person was born are with nobody."""
    people = columns.people.copy()
    for person, born in births.items():
        people[(columns.people == person) & (columns.years < born) & ~is_fixed] = -1
    return people


def _seeds(
    people: NDArray[np.int64], quality: NDArray[np.float32], wanted: Set[int]
) -> dict[int, int]:
    found: dict[int, int] = {}
    for person in sorted(wanted):
        own = np.flatnonzero(people == person)
        clearest = own[np.argsort(-quality[own], kind="stable")[:SEEDS]]
        found |= dict.fromkeys(clearest.tolist(), person)
    return found
