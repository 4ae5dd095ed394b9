"""Camera rows: what cameras saw goes when the faces go. All of it is to be called within a
transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from app.library.anchors import SAME_BOX, Box, box_of, overlap
from app.library.models import Alert, AlertFace, Sighting
from app.library.queries.shapes import chunks


def forget_places(
    collection_id: int, places: Iterable[tuple[str, Box]], keep_sightings: bool = False
) -> None:
    """Erase what the camera of a collection saw of these faces, fingerprint and box of each; an
    alert that is left without a face goes. With `keep_sightings`, that somebody known was seen
    stays."""
    boxes: dict[str, list[Box]] = {}
    for fingerprint, box in places:
        boxes.setdefault(fingerprint, []).append(box)
    for chunk in chunks(sorted(boxes)):
        mine = Alert.select(Alert.id).where(Alert.collection == collection_id)
        faces = AlertFace.fingerprint.in_(chunk) & AlertFace.alert.in_(mine)
        seen = Sighting.fingerprint.in_(chunk) & (Sighting.collection == collection_id)
        erased: list[tuple[type[AlertFace | Sighting], Any]] = [(AlertFace, faces)]
        if not keep_sightings:
            erased.append((Sighting, seen))
        for model, condition in erased:
            rows = list(model.select().where(condition))
            gone = [row.id for row in rows if _is_there(box_of(row), boxes[row.fingerprint])]
            model.delete().where(model.id.in_(gone)).execute()
    drop_empty(collection_id)


def drop_empty(collection_id: int) -> None:
    """Let the alerts of a collection go that have no face."""
    Alert.delete().where(
        Alert.collection == collection_id, Alert.id.not_in(AlertFace.select(AlertFace.alert))
    ).execute()


def erase_seen(collection_id: int) -> None:
    """Erase all that the camera of a collection saw."""
    Alert.delete().where(Alert.collection == collection_id).execute()
    Sighting.delete().where(Sighting.collection == collection_id).execute()


def _is_there(box: Box, others: Sequence[Box]) -> bool:
    return any(overlap(box, other) >= SAME_BOX for other in others)
