"""Spoken: what the standing words of the log say of the faces there are now, and that it holds."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from app.library.anchors import FaceState, read, states
from app.library.dated import DATED_SQL
from app.library.drawn import redraw
from app.library.models import Face, Person, Photo
from app.library.queries.shapes import chunks
from app.library.replay import Replay, replay
from app.library.rows import Placed, Standing
from app.library.stack_words import hold_stack_words

_LIVING = """
WITH RECURSIVE way (key, id, into_id) AS (
    SELECT key, id, merged_into_id FROM person WHERE key IN ({})
    UNION SELECT way.key, person.id, person.merged_into_id
    FROM way JOIN person ON person.id = way.into_id)
SELECT key, id FROM way WHERE into_id IS NULL
"""


def stand(collection_id: int) -> Standing:
    """What the standing words of a collection say, by row ids."""
    words = _hear(collection_id)
    ids, marked = _people(collection_id)
    last = read("SELECT MAX(id) FROM decision WHERE collection_id = ?", (collection_id,))[0][0]

    def living(keys: Iterable[str]) -> list[int]:
        return sorted({ids[key] for key in keys if key in ids})

    apart = (living(both) for both in words.apart)
    return Standing(
        last=last or 0,
        said={face: ids[key] for face, key in words.said.items() if key in ids},
        firm=frozenset(words.firm),
        refused=frozenset(
            (face, person) for face, keys in words.refused.items() for person in living(keys)
        ),
        apart=frozenset((pair[0], pair[1]) for pair in apart if len(pair) == 2),
        denied=frozenset(words.denied),
        strangers=frozenset(words.strangers),
        kept=frozenset([*marked, *living(words.spoken)]),
        anchored=frozenset(living(words.anchored)),
        births={ids[key]: year for key, year in words.births.items() if key in ids},
    )


def said_and_refused(
    collection_id: int, prints: Collection[str]
) -> tuple[dict[int, int], frozenset[tuple[int, int]]]:
    """Of the faces in these photos: the person each is by the standing words, and whom they are
    not, by row ids."""
    words = _hear(collection_id, prints)
    ids = _living({*words.said.values(), *(key for keys in words.refused.values() for key in keys)})
    return (
        {face: ids[key] for face, key in words.said.items() if key in ids},
        frozenset(
            (face, ids[key]) for face, keys in words.refused.items() for key in keys if key in ids
        ),
    )


def _hear(collection_id: int, prints: Collection[str] | None = None) -> Replay:
    """The standing words. Of the faces that only went along with a person, none is in a photo
    from before that person was born: what the user did not say one by one, dates may refute."""
    words = replay(collection_id, prints)
    if not words.births:
        return words
    loose: defaultdict[str, list[int]] = defaultdict(list)
    for face, key in words.said.items():
        if face not in words.firm:
            loose[words.living(key)].append(face)
    for key, year in words.births.items():
        for face in _taken_before(year, loose.get(words.living(key), [])):
            words.said.pop(face, None)
    return words


_EARLY = f"""
SELECT face.id FROM face JOIN photo ON photo.id = face.photo_id
WHERE face.id IN ({{}}) AND photo.taken_from IN {DATED_SQL} AND photo.taken < ?
"""


def _taken_before(year: int, face_ids: list[int]) -> list[int]:
    before = Photo.taken.db_value(datetime(year, 1, 1))
    return [
        face_id
        for chunk in chunks(face_ids)
        for (face_id,) in read(_EARLY.format(",".join("?" * len(chunk))), (*chunk, before))
    ]


def _people(collection_id: int) -> tuple[dict[str, int], list[int]]:
    """Where the merges have taken everyone, by key; and who has a name, is hidden or staff."""
    rows = read(
        "SELECT id, key, merged_into_id, name <> '' OR hidden OR staff FROM person"
        " WHERE collection_id = ?",
        (collection_id,),
    )
    into = {row: merged for row, _, merged, _ in rows}
    ids = {}
    for row, key, _, _ in rows:
        living = row
        while into.get(living) is not None:
            living = into[living]
        ids[key] = living
    return ids, [row for row, _, merged, is_marked in rows if merged is None and is_marked]


def _living(keys: Iterable[str]) -> dict[str, int]:
    """Where the merges have taken these people, by key."""
    found: dict[str, int] = {}
    for chunk in chunks(sorted(set(keys))):
        marks = ",".join("?" * len(chunk))
        found |= dict(read(_LIVING.format(marks), tuple(chunk)))
    return found


def hold(collection_id: int, prints: Collection[str]) -> set[int]:
    """Make the faces in these photos agree with the standing words; gives the people touched.

    To be called within a transaction, after faces were stored or something was said.
    """
    if not _are_spoken_of(prints):
        return set()
    redraw(collection_id, prints)
    hold_stack_words(collection_id, prints)
    words = _hear(collection_id, prints)
    asked = {key for keys in words.refused.values() for key in keys}
    ids = _living({*words.said.values(), *words.covers, *asked})
    faces = states(sorted({*words.said, *words.denied, *words.strangers, *words.refused}))
    touched = _settle((face, place) for face in faces if (place := _place(face, words, ids)))
    for key, cover in words.covers.items():
        if key in ids and Face.select().where(Face.id == cover, Face.person == ids[key]).exists():
            Person.update(cover_id=cover, cover_chosen=True).where(Person.id == ids[key]).execute()
            touched.add(ids[key])
    return touched


Place = tuple[int | None, str, bool]
"""Where a face is: its person, who placed it, and whether it is a face."""


def _place(face: FaceState, words: Replay, ids: Mapping[str, int]) -> Place | None:
    """Where the words put a face; None where they leave it."""
    key = words.said.get(face.id)
    if face.id in words.denied:
        return None, Placed.USER.value, False
    if key is not None and key in ids:
        person = ids[key]
        is_user = face.id in words.firm or (
            face.person_id == person and face.placed == Placed.USER.value
        )
        return person, Placed.USER.value if is_user else Placed.MACHINE.value, True
    if face.id in words.strangers:
        return None, Placed.USER.value, True
    refused = {ids.get(other) for other in words.refused.get(face.id, ())}
    if face.person_id is not None and face.person_id in refused:
        return None, Placed.MACHINE.value, True
    return None


def _settle(places: Iterable[tuple[FaceState, Place]]) -> set[int]:
    """Place each face unless it is there already; gives the people touched."""
    wanted: defaultdict[Place, list[FaceState]] = defaultdict(list)
    for face, place in places:
        if (face.person_id, face.placed, face.is_face) != place:
            wanted[place].append(face)
    return {person for place, faces in wanted.items() for person in put_all(faces, *place)}


def _are_spoken_of(prints: Collection[str]) -> bool:
    """Whether anything was ever said of faces in these photos: most photos need no replay."""
    statement = "SELECT 1 FROM decisionface WHERE fingerprint IN ({}) LIMIT 1"
    return any(
        read(statement.format(",".join("?" * len(chunk))), tuple(chunk))
        for chunk in chunks(sorted(prints))
    )


def put_all(
    faces: Collection[FaceState], person: int | None, placed: str, is_face: bool = True
) -> set[int]:
    """Place faces, or take them from their people; gives the people touched.

    Whom the machine is to place again counts as not considered yet.
    """
    is_open = person is None and is_face and placed == Placed.MACHINE.value
    values = {"grouped": False} if is_open else {}
    for chunk in chunks([face.id for face in faces]):
        Face.update(person=person, placed=placed, is_face=is_face, confidence=None, **values).where(
            Face.id.in_(chunk)
        ).execute()
    return {i for face in faces for i in (face.person_id, person) if i is not None}


def spoken_keys(collection_id: int) -> set[str]:
    """The keys of everyone the log knows, undone words included: a redo may need them."""
    words = read("SELECT DISTINCT data FROM decision WHERE collection_id = ?", (collection_id,))
    before = read(
        "SELECT DISTINCT before FROM decisionface JOIN decision ON decision.id = decision_id"
        " WHERE collection_id = ?",
        (collection_id,),
    )
    known = {key for (data,) in words for key in keys_in(json.loads(data))}
    return known | {key for (data,) in before if (key := json.loads(data)["person"])}


def keys_in(data: dict[str, Any]) -> set[str]:
    """Everyone a word is about."""
    named = {data[role] for role in ("person", "keep", "other", "new") if data.get(role)}
    named |= {entry["person"] for entry in data.get("people", ())} | set(data.get("joined", ()))
    return named | set(data.get("others", ())) | set(data.get("hid", ()))
