"""Spoken: what the standing words of the log say of the faces there are now."""

from __future__ import annotations

from app.library.anchors import best_match, box_of, resolve
from app.library.decisions import person_of, put
from app.library.models import Decision, DecisionFace, Face, Photo
from app.library.rows import Placed


def apply_to_photo(photo: Photo) -> set[int]:
    """Let what was said before of the faces of this photo hold for its newly found faces.

    To be called within a transaction, after the faces are stored. Gives the people touched.
    """
    words = (
        DecisionFace.select(DecisionFace, Decision)
        .join(Decision)
        .where(
            DecisionFace.fingerprint == photo.fingerprint,
            Decision.collection == photo.collection_id,
            Decision.kind.in_(["move", "reject", "not_a_face"]),
            ~Decision.undone,
        )
        .order_by(Decision.id)
    )
    touched: set[int] = set()
    for word in words:
        faces = list(Face.select().where(Face.photo == photo))
        index = best_match(box_of(word), [box_of(face) for face in faces])
        if index is not None:
            touched |= _say_again(word.decision, faces[index])
    return touched


def _say_again(decision: Decision, face: Face) -> set[int]:
    if decision.kind == "not_a_face":
        return put(face, None, Placed.USER.value, is_face=False)
    person = person_of(decision.data["person"])
    if decision.kind == "move":
        return put(face, person, Placed.USER.value)
    if face.person_id == person.id:
        return put(face, None, Placed.MACHINE.value)
    return set()


def rejections(collection_id: int) -> list[tuple[int, int]]:
    """Which face is not which person, by row ids, as the standing words say."""
    anchors = (
        DecisionFace.select(DecisionFace, Decision)
        .join(Decision)
        .where(Decision.collection == collection_id, Decision.kind == "reject", ~Decision.undone)
    )
    return [
        (face.id, person_of(anchor.decision.data["person"]).id)
        for anchor, faces in resolve(anchors)
        for face in faces
    ]


def said_people(collection_id: int) -> dict[int, int]:
    """Which face is which person by the standing words, by row ids; a later word wins.

    The faces a name was given over count as that person, those of a merge as the one kept.
    """
    words = (
        DecisionFace.select(DecisionFace, Decision)
        .join(Decision)
        .where(
            Decision.collection == collection_id,
            Decision.kind.in_(["name", "merge", "move", "reject"]),
            ~Decision.undone,
        )
        .order_by(Decision.id)
    )
    said: dict[int, int] = {}
    for anchor, faces in resolve(words):
        decision = anchor.decision
        person = person_of(decision.data.get("keep") or decision.data["person"])
        for face in faces:
            if decision.kind != "reject":
                said[face.id] = person.id
            elif said.get(face.id) == person.id:
                del said[face.id]
    return said


def spoken_keys(collection_id: int) -> set[str]:
    """The keys of everyone the log knows, undone words included: a redo may need them."""
    words = Decision.select(Decision.data).where(Decision.collection == collection_id)
    keys = {
        key
        for (data,) in words.tuples()
        for key in (data.get("person"), data.get("keep"), *data.get("others", ()))
        if key
    }
    before = (
        DecisionFace.select(DecisionFace.before)
        .join(Decision)
        .where(Decision.collection == collection_id)
        .distinct()
    )
    return keys | {data["person"] for (data,) in before.tuples() if data["person"]}
