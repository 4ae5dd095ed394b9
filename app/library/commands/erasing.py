"""“Erase all face data”: nothing that was ever known of the people of a collection stays."""

from __future__ import annotations

from app.changes import Changes
from app.library.database import Library
from app.library.erased import ERASED, EVERYTHING, erase_everyone, make_husks
from app.library.models import Decision, Face, Person, Photo


def erase_faces(library: Library, collection_id: int) -> Changes:
    """Erase every face and person of a collection, and all that was said of them, for good; the
    photos stay, and are not looked at again by themselves.

    The crops are the caller's to erase, and `Library.scrub` leaves no trace in the file.
    """

    def work() -> Changes:
        mine = Photo.select(Photo.id).where(Photo.collection == collection_id)
        faces = Face.select(Face.photo).where(Face.photo.in_(mine)).distinct()
        people = Person.select(Person.id).where(Person.collection == collection_id)
        words = Decision.select(Decision.id).where(Decision.collection == collection_id)
        photos = {number for (number,) in faces.tuples()}
        everyone = {number for (number,) in people.tuples()}
        make_husks([number for (number,) in words.tuples()])
        # A grouping under way sees by the newest row that its faces are of yesterday.
        Decision.create(collection=collection_id, kind=ERASED, data=EVERYTHING)
        count = erase_everyone(collection_id)
        return Changes(
            people=frozenset(everyone), photos=frozenset(photos), regrouped=True,
            said=f"Erased all face data: {_counted(count, len(everyone))}. This cannot be undone; "
            "only photos that are new from now on are looked at",
        )  # fmt: skip

    return library.write(work)


def _counted(faces: int, people: int) -> str:
    return (
        f"{'1 face' if faces == 1 else f'{faces} faces'} of "
        f"{'1 person or group' if people == 1 else f'{people} people and groups'}"
    )
