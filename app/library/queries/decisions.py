"""Questions about what the user said."""

from __future__ import annotations

from dataclasses import dataclass

import peewee as pw

from app.library import decisions
from app.library.anchors import Box, best_match, box_of, read
from app.library.database import Library
from app.library.drawn import forgotten_boxes, frames
from app.library.erased import NO_MORE, is_erased
from app.library.expired import expired_boxes
from app.library.models import Decision, Photo, SkippedQuestion
from app.library.rows import DecisionRow, Look, Standing
from app.library.spoken import stand
from app.library.verbs import VERBS


def standing(library: Library, collection_id: int) -> Standing:
    """What all that the user said and did not take back says of the faces there are now."""
    return stand(collection_id)


def history(library: Library, collection_id: int) -> list[DecisionRow]:
    """Everything the user said, newest first; what is undone is among it."""
    query = (
        Decision.select(Decision.id, Decision.at, Decision.kind, Decision.said, Decision.undone)
        .where(Decision.collection == collection_id, Decision.kind.in_(list(VERBS)))
        .order_by(Decision.id.desc())
    )
    return [DecisionRow(*values) for values in query.tuples()]


def can_undo(library: Library, collection_id: int) -> str | None:
    """What undo would take back, in a sentence; None where there is nothing."""
    decision = decisions.last_standing(collection_id)
    return decision.said if decision else None


def can_redo(library: Library, collection_id: int) -> str | None:
    """What redo would say again, in a sentence; None where there is nothing."""
    decision = decisions.last_undone(collection_id)
    return decision.said if decision else None


def redoable(library: Library, collection_id: int) -> frozenset[int]:
    """The ids of what redo would say again, one after another."""
    return frozenset(decisions.redoable(collection_id))


def forgotten_faces(library: Library, photo_id: int, look: Look) -> list[Box]:
    """The boxes of a look where somebody is who must not be learnt again."""
    found = library.sql(f"SELECT collection_id, {NO_MORE} FROM photo WHERE id = ?", (photo_id,))
    if not found:
        return []
    collection_id, is_no_more = found[0]
    if is_no_more:
        return [box_of(face) for face in look.faces]
    banned = forgotten_boxes(collection_id, look.fingerprint)
    banned += expired_boxes(photo_id, look.fingerprint)
    return [box_of(face) for face in look.faces if best_match(box_of(face), banned) is not None]


def is_forgotten(library: Library, photo_id: int, box: Box) -> bool:
    """Whether somebody is at this place of a photo who must not be learnt again, or nobody is any
    more, as all faces were erased."""
    found = Photo.get_or_none(Photo.id == photo_id)
    if found is None or is_erased(found):
        return found is not None
    banned = forgotten_boxes(found.collection_id, found.fingerprint)
    return best_match(box, banned + expired_boxes(found.id, found.fingerprint)) is not None


def drawn_boxes(library: Library, photo_id: int, fingerprint: str = "") -> list[Box]:
    """Where the user drew faces in a photo that stand; with `fingerprint`, also in what that
    photo's file holds now."""
    # Asked twice for every photo that is looked at: Peewee takes its time over each statement.
    found = library.sql("SELECT collection_id, fingerprint FROM photo WHERE id = ?", (photo_id,))
    if not found:
        return []
    collection_id, known = found[0]
    drawn = frames(collection_id, {known, fingerprint} - {""})
    return sorted({box for boxes in drawn.values() for box in boxes})


@dataclass(frozen=True, slots=True)
class FilmPlaces:
    """Where in a video faces are that a look has to know of: see film.py of the library."""

    spoken: tuple[Box, ...] = ()
    """Of whom something was said: a look keeps these faces, whatever others show as well."""
    banned: tuple[Box, ...] = ()
    """Who must not be learnt again: a look leaves whoever is there out, in all frames."""


_SPOKEN = """
SELECT x, y, w, h FROM decisionface JOIN decision ON decision.id = decision_id
WHERE fingerprint = ?1 AND collection_id = ?2 AND kind <> 'forget'
UNION SELECT x, y, w, h FROM alertface WHERE fingerprint = ?1
UNION SELECT x, y, w, h FROM sighting WHERE fingerprint = ?1
ORDER BY 2, 1
"""


def film_places(library: Library, photo_id: int, fingerprint: str = "") -> FilmPlaces:
    """What is known of faces in a video; with `fingerprint`, in what its file holds now."""
    found = library.sql("SELECT collection_id, fingerprint FROM photo WHERE id = ?", (photo_id,))
    if not found:
        return FilmPlaces()
    collection_id, known = found[0]
    known = fingerprint or known
    spoken = [(x, y, w, h) for x, y, w, h in read(_SPOKEN, (known, collection_id))]
    banned = forgotten_boxes(collection_id, known) + expired_boxes(photo_id, known)
    return FilmPlaces(tuple(spoken) if known else (), tuple(sorted(set(banned))))


def last_decision(library: Library, collection_id: int) -> int:
    """The number of the newest row of the log; 0 when nothing was said."""
    found = Decision.select(pw.fn.MAX(Decision.id)).where(Decision.collection == collection_id)
    return int(found.scalar() or 0)


def skipped_questions(library: Library, collection_id: int) -> frozenset[str]:
    """The ids of the suggestions that the user passed over."""
    rows = SkippedQuestion.select(SkippedQuestion.key).where(
        SkippedQuestion.collection == collection_id
    )
    return frozenset(key for (key,) in rows.tuples())
