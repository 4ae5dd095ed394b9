"""What must be true of an album after anything that happened to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import peewee as pw

from app.clustering.neighbours import is_like_any
from app.library.anchors import best_match, box_of
from app.library.drawn import frames
from app.library.models import Decision, DecisionFace, Face, Person, Photo
from app.library.queries.decisions import standing
from app.library.queries.faces import unnamed_faces
from app.library.queries.people import list_people
from app.library.rows import Placed, Standing
from tests.indexing.crowded import LIMITS, Crowded
from tests.library.columns import DismissedColumns, FaceColumns, dismissed_columns, face_columns


@dataclass(frozen=True)
class Facts:
    """What no run may change, and what it begins with."""

    words: Standing
    kept: dict[int, tuple[object, ...]]
    """Person spoken of -> key, name, hidden, staff, year of birth, whom they were merged into."""
    covers: dict[int, int | None]
    placed: dict[int, int | None]
    """Face -> its person."""
    merged: dict[int, int | None]


def facts(album: Crowded) -> Facts:
    """The album as it is."""
    words = standing(album.library, album.number)
    people = list(Person.select())
    return Facts(
        words=words,
        kept={
            p.id: (p.key, p.name, p.hidden, p.staff, p.birth_year, p.merged_into_id)
            for p in people
            if p.id in words.kept
        },
        covers={p.id: p.cover_id for p in people if p.cover_chosen},
        placed={face.id: face.person_id for face in Face.select(Face.id, Face.person)},
        merged={p.id: p.merged_into_id for p in people if p.merged_into_id is not None},
    )


def check_standing(album: Crowded) -> None:
    """The album says what the log says; nobody forgotten is there; counts are of the faces."""
    words = standing(album.library, album.number)
    for face in Face.select(Face.id, Face.person, Face.is_face, Face.placed):
        if face.id in words.said:
            assert (face.person_id, bool(face.is_face)) == (words.said[face.id], True)
        if face.id in words.firm:
            assert face.placed == Placed.USER.value
        if face.id in words.denied:
            assert not face.is_face and face.person_id is None
        assert (face.id, face.person_id) not in words.refused
    assert all(one != other for one, other in words.apart)
    _check_nobodies(album, words)
    assert not _forgotten() & set(album.placements())
    everyone = list_people(album.library, album.number, include_hidden=True)
    shown = (
        Face.select(Face.person, pw.fn.COUNT(Face.id), pw.fn.COUNT(Face.photo.distinct()))
        .join(Photo)
        .where(Photo.state == "looked", Face.is_face, Face.person.is_null(False))
        .group_by(Face.person)
    )
    assert {(row.id, row.face_count, row.photo_count) for row in everyone} == set(shown.tuples())


def _forgotten() -> set[tuple[str, float]]:
    """Where nobody may be learnt again."""
    said = DecisionFace.select(DecisionFace.fingerprint, DecisionFace.x).join(Decision)
    rows = said.where(Decision.kind == "forget", ~Decision.undone).tuples()
    return {(fingerprint, round(x, 1)) for fingerprint, x in rows}


def _check_nobodies(album: Crowded, words: Standing) -> None:
    """Strangers are those the user said, and where a face is drawn there is one, and no other is
    a drawn one."""
    strangers = Face.select().where(
        Face.is_face, Face.person.is_null(), Face.placed == Placed.USER.value
    )
    assert {face.id for face in strangers} == words.strangers
    unnamed = unnamed_faces(album.library, album.number)
    assert words.strangers.isdisjoint(face.id for face in unnamed)
    for photo in Photo.select().where(Photo.fingerprint != ""):
        drawn = frames(album.number, [photo.fingerprint]).get(photo.fingerprint, [])
        faces = list(Face.select().where(Face.photo == photo))
        assert all(best_match(box, [box_of(face) for face in faces]) is not None for box in drawn)
        assert {box_of(face) for face in faces if face.drawn} <= set(drawn)
        assert all(face.embedding.size for face in faces) or photo.is_stale


def check_run(album: Crowded, before: Facts) -> None:
    """What a run left as it was, and what it has done."""
    after = facts(album)
    assert after.words == before.words
    assert after.kept == before.kept, "who was spoken of is who they were"
    assert after.merged == before.merged
    assert after.covers == before.covers, "chosen covers stay"
    columns = face_columns(album.library, album.number, "compact", album.version)
    none = dismissed_columns(album.library, album.number, "compact", album.version)
    _check_births(album, after)
    _check_not_dissolved(columns, before, after)
    _check_dismissed(columns, none, before)
    assert not columns.is_new.any(), "everything was considered"
    none_of_them = Face.select().where(Face.drawn).tuples()
    nobody = {number for number, *_ in none_of_them} | after.words.strangers
    assert nobody.isdisjoint([*columns.ids.tolist(), *none.ids.tolist()])


def _check_births(album: Crowded, after: Facts) -> None:
    """Nobody is in a photo from before they were born by the machine's guess."""
    columns = face_columns(album.library, album.number, "compact", album.version)
    for person, born in after.words.births.items():
        early = (columns.people == person) & (columns.years < born) & ~columns.is_fixed
        assert not early.any()


def _check_not_dissolved(columns: FaceColumns, before: Facts, after: Facts) -> None:
    """Whoever was spoken of and had a face that could stay has one."""
    births = before.words.births
    years = dict(zip(columns.ids.tolist(), columns.years.tolist(), strict=True))
    could_stay = {
        person
        for face, person in before.placed.items()
        if person in before.kept and face in years
        and not years[face] < births.get(person, -np.inf)
    }  # fmt: skip
    assert could_stay <= set(after.placed.values())


def _check_dismissed(columns: FaceColumns, none: DismissedColumns, before: Facts) -> None:
    """What is just like a denied face is none, unless somebody spoken of has it; no other is."""
    vectors = none.vectors.astype(np.float32)
    by_user = vectors[~none.is_by_machine]
    by_user = by_user[np.isfinite(by_user).all(axis=1)]
    alike = is_like_any(columns.vectors.astype(np.float32), by_user, LIMITS.near_identical)
    for face in columns.ids[alike].tolist():
        person = before.placed[face]
        assert person in before.kept or face in before.words.said
    by_machine = vectors[none.is_by_machine]
    assert is_like_any(by_machine, by_user, LIMITS.near_identical).all()
