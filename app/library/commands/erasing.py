"""“Erase all face data”: nothing that was ever known of the people of a collection stays."""

from __future__ import annotations

from app.changes import Changes
from app.library.commands.forgetting import ERASED
from app.library.database import Library
from app.library.erased import LOOKED_AT
from app.library.models import Decision, Face, Person, Photo, SkippedQuestion


def erase_faces(library: Library, collection_id: int) -> Changes:
    """Erase every face and person of a collection, and all that was said of them, for good; the
    photos stay, and are not looked at again by themselves.

    The crops are the caller's to erase, and `Library.scrub` leaves no trace in the file.
    """

    def work() -> Changes:
        mine = Photo.collection == collection_id
        faces = Face.photo.in_(Photo.select(Photo.id).where(mine))
        photos = {number for (number,) in Face.select(Face.photo).where(faces).distinct().tuples()}
        people = {
            number
            for (number,) in Person.select(Person.id)
            .where(Person.collection == collection_id)
            .tuples()
        }
        # A grouping under way sees by the newest row that its faces are of yesterday.
        husk = Decision.create(collection=collection_id, kind=ERASED, data={})
        Decision.delete().where(
            Decision.collection == collection_id, Decision.id != husk.id
        ).execute()
        count = Face.delete().where(faces).execute()
        Person.delete().where(Person.collection == collection_id).execute()
        SkippedQuestion.delete().where(SkippedQuestion.collection == collection_id).execute()
        Photo.update(is_stale=False, pack="", pack_version="").where(
            mine, Photo.state.in_(LOOKED_AT)
        ).execute()
        return Changes(
            people=frozenset(people), photos=frozenset(photos), regrouped=True,
            said=f"Erased all face data: {_counted(count, len(people))}. This cannot be undone; "
            "only photos that are new from now on are looked at",
        )  # fmt: skip

    return library.write(work)


def _counted(faces: int, people: int) -> str:
    return (
        f"{'1 face' if faces == 1 else f'{faces} faces'} of "
        f"{'1 person or group' if people == 1 else f'{people} people and groups'}"
    )
