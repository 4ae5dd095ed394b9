"""Strangers: who in a photo needs no name, and who still waits for one."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.library.rows import FaceRow, PersonRow
from app.ui.viewer import facts


def known_strangers(faces: Sequence[FaceRow], people: Sequence[PersonRow]) -> set[int]:
    """The faces of those whom the user said to be strangers."""
    hidden = {person.id for person in people if person.hidden}
    return {face.id for face in faces if facts.is_stranger(face, hidden)}


def without_names(faces: Sequence[FaceRow], known: Collection[int]) -> list[int]:
    """The faces that have no name, but for those that need none."""
    return [face.id for face in faces if not face.person_name and face.id not in known]
