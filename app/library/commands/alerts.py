"""What cameras saw is written down, and what the user says of it.

Who a stranger is, or that they are to be ignored, is said of the faces, in words like all others;
what became of an alert follows from them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import peewee as pw

from app.changes import Changes
from app.errors import UsageError
from app.library.anchors import best_match, box_of
from app.library.commands.faces import move_faces, say_strangers
from app.library.database import Library
from app.library.models import Alert, AlertFace, Face, Person, Sighting
from app.library.queries.alerts import AlertRow, alert
from app.library.queries.cameras import CameraFace
from app.library.queries.shapes import chunks

SAME_VISIT = timedelta(seconds=60)
"""Who is seen again within this time has not left: that is one line of the log."""
MOST_FACES = 24
"""Faces that are kept of one alert; later ones are only counted."""


@dataclass(frozen=True, slots=True)
class NewAlert:
    """A stranger: the faces, and whom they resemble most."""

    faces: Sequence[CameraFace]
    like_id: int | None
    likeness: float | None
    """0..1, the probability that it is this person."""


def raise_alert(library: Library, collection_id: int, new: NewAlert) -> int:
    """Write a new alert down; gives its number, 0 where none of the faces is there any more, or
    all are told of by other alerts."""

    def work() -> int:
        alerts = Alert.select(Alert.id).where(Alert.collection == collection_id)
        mine = AlertFace.alert.in_(alerts)
        faces = [face for face in _present(new.faces) if not _is_told(face, mine)]
        if not faces:
            return 0
        like = None if new.like_id is None else Person.get_or_none(Person.id == new.like_id)
        row = Alert.create(
            collection=collection_id, began=min(face.at for face in faces),
            ended=max(face.at for face in faces), times=len({face.photo_id for face in faces}),
            like=like, likeness=new.likeness,
        )  # fmt: skip
        _add_faces(row, faces)
        return int(row.id)

    return library.write(work)


def count_again(library: Library, alert_id: int, faces: Sequence[CameraFace]) -> None:
    """The stranger of an alert was seen again, in one more photo."""

    def work() -> None:
        row = Alert.get_or_none(Alert.id == alert_id)
        here = _present(faces)
        if row is None or not here:
            return
        new = [face for face in here if not _is_told(face, AlertFace.alert == row)]
        if not new:
            return
        last = max(face.at for face in here)
        Alert.update(
            ended=max(row.ended, last), times=row.times + len({face.photo_id for face in new})
        ).where(Alert.id == alert_id).execute()
        room = MOST_FACES - row.faces.count()
        _add_faces(row, new[: max(0, room)])

    library.write(work)


def note_sighting(
    library: Library, collection_id: int, person_id: int, face: CameraFace, probability: float
) -> int:
    """Somebody known was seen: one more photo of a visit, or a new line of the log. Gives its
    number, 0 where that is written down already, or they were erased meanwhile."""

    def work() -> int:
        person = Person.get_or_none(Person.id == person_id)
        if person is None or not _present([face]):
            return 0
        visit = _visit(collection_id, person, face.at)
        if visit is None:
            row = Sighting.create(
                collection=collection_id, person=person, began=face.at, ended=face.at, times=1,
                **_clearest(face, probability),
            )  # fmt: skip
            return int(row.id)
        if visit.began <= face.at <= visit.ended:
            return 0
        better = _clearest(face, probability) if face.quality > visit.quality else {}
        Sighting.update(
            began=min(visit.began, face.at), ended=max(visit.ended, face.at),
            times=visit.times + 1, **better,
        ).where(Sighting.id == visit.id).execute()  # fmt: skip
        return int(visit.id)

    return library.write(work)


def mark_seen(library: Library, collection_id: int, alert_ids: Collection[int]) -> Changes:
    """The user has read these alerts."""

    def work() -> Changes:
        count = sum(
            Alert.update(is_seen=True)
            .where(Alert.collection == collection_id, Alert.id.in_(chunk), ~Alert.is_seen)
            .execute()
            for chunk in chunks(sorted(alert_ids))
        )
        return Changes(alerts=frozenset({collection_id})) if count else Changes()

    return library.write(work)


def say_who(library: Library, collection_id: int, alert_id: int, name: str) -> Changes:
    """“It's Anna”: the faces of an alert are the person of this name in the camera's collection,
    made if there is none. From then on the camera knows them.

    Raises UsageError when there is no such alert, or no face of it any more.
    """
    return library.write(
        lambda: _said(
            library, alert_id, move_faces(library, _faces(library, collection_id, alert_id), name)
        )
    )


def ignore(library: Library, collection_id: int, alert_id: int) -> Changes:
    """“Ignore this person”: the faces of an alert are a stranger's whom nobody wants to hear of.

    Raises UsageError when there is no such alert, no face of it any more, or who it is was said.
    """

    def work() -> Changes:
        faces = _faces(library, collection_id, alert_id)
        changes = say_strangers(library, faces)
        if not changes and alert(library, collection_id, alert_id).name:
            raise UsageError("You said who this is; take that back first.")
        return _said(library, alert_id, changes)

    return library.write(work)


def _faces(library: Library, collection_id: int, alert_id: int) -> list[int]:
    row: AlertRow = alert(library, collection_id, alert_id)
    if not row.faces:
        raise UsageError("The faces of this alert are not there any more.")
    return [face.id for face in row.faces]


def _said(library: Library, alert_id: int, changes: Changes) -> Changes:
    """Whoever answers an alert has read it."""
    row = Alert.get_by_id(alert_id)
    Alert.update(is_seen=True).where(Alert.id == alert_id).execute()
    return changes | Changes(alerts=frozenset({row.collection_id}))


def _present(faces: Sequence[CameraFace]) -> list[CameraFace]:
    """Those of these faces that are there still: somebody may have been erased meanwhile."""
    here = {
        row
        for chunk in chunks([face.id for face in faces])
        for row in Face.select(Face.id, Face.photo).where(Face.id.in_(chunk)).tuples()
    }
    return [face for face in faces if (face.id, face.photo_id) in here]


def _add_faces(row: Alert, faces: Sequence[CameraFace]) -> None:
    clearest = sorted(faces, key=lambda face: (-face.quality, face.id))[:MOST_FACES]
    for face in sorted(clearest, key=lambda face: (face.at, face.id)):
        x, y, w, h = face.box
        AlertFace.create(
            alert=row, at=face.at, quality=face.quality, fingerprint=face.fingerprint,
            x=x, y=y, w=w, h=h,
        )  # fmt: skip


def _is_told(face: CameraFace, alerts: pw.Expression) -> bool:
    """Whether one of these alerts counts this face already."""
    same = AlertFace.select().where(AlertFace.fingerprint == face.fingerprint, alerts)
    return best_match(face.box, [box_of(one) for one in same]) is not None


def _visit(collection_id: int, person: Person, at: datetime) -> Sighting | None:
    """The line of the log that a photo belongs to: of this person, or of who has the same name."""
    namesakes = Person.select(Person.id).where(
        Person.name == person.name if person.name else Person.id == person.id
    )
    return (
        Sighting.select()
        .where(
            Sighting.collection == collection_id, Sighting.person.in_(namesakes),
            Sighting.began <= at + SAME_VISIT, Sighting.ended >= at - SAME_VISIT,
        )
        .order_by(Sighting.ended.desc(), Sighting.id.desc())
        .first()
    )  # fmt: skip


def _clearest(face: CameraFace, probability: float) -> dict[str, object]:
    x, y, w, h = face.box
    return {
        "probability": probability, "quality": face.quality, "fingerprint": face.fingerprint,
        "x": x, "y": y, "w": w, "h": h,
    }  # fmt: skip
