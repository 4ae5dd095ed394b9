"""Collections are renamed and deleted, come back, and go for good."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from app.changes import Changes
from app.errors import UsageError
from app.library.census import take_census
from app.library.collecting import (
    ABOUT,
    DELETE,
    RENAME,
    is_living,
    living_ids,
    numbers_of,
    proper_name,
)
from app.library.consent import Consent
from app.library.database import Library
from app.library.decisions import decide
from app.library.erased import make_husks
from app.library.models import Collection, Decision, Person, Photo, now
from app.settings import OF_COLLECTION, Value, option_named

KEPT_DAYS = 30
"""Days for which a deleted collection is kept, should the user want it back."""


def rename_collection(
    library: Library, collection_id: int, name: str, said_in: int | None = None
) -> Changes:
    """Call a collection otherwise. The word goes to the log of the collection `said_in`, its own
    unless told; where that is in sight, undo takes it back.

    Raises UsageError when there is none, the name cannot be one, or another has it.
    """

    def work() -> Changes:
        row = _living(collection_id)
        wanted = proper_name(name, but=collection_id)
        if wanted == row.name:
            return Changes()
        data = {"collection": row.id, "name": wanted, "before": row.name}
        said = f"The collection {row.name} is called {wanted}"
        log = collection_id if said_in is None else said_in
        return decide(library, log, RENAME, data, said)

    return library.write(work)


def delete_collection(library: Library, collection_id: int, said_in: int | None = None) -> Changes:
    """Delete a collection with its folders, faces, people and words; the photos on the disk stay.
    For KEPT_DAYS undo brings it back whole. The word goes to the log of the collection `said_in`,
    or, where that is the one to go, of the oldest other one.

    Raises UsageError when there is none, or it is the last one.
    """

    def work() -> Changes:
        row = _living(collection_id)
        others = [number for (number,) in living_ids().order_by(Collection.id).tuples()]
        others.remove(row.id)
        if not others:
            raise UsageError("This is the only collection; a library has at least one.")
        log = others[0] if said_in is None or said_in not in others else said_in
        data = {"collection": row.id, "name": row.name}
        return decide(library, log, DELETE, data, f"Deleted the collection {row.name}")

    return library.write(work)


def overdue(library: Library) -> list[int]:
    """The deleted collections that were kept for KEPT_DAYS.

    Where the clock was set back, one seems to have been deleted in the future: that counts from
    now on.
    """

    def work() -> list[int]:
        moment = now()
        Collection.update(deleted=moment).where(Collection.deleted > moment).execute()
        old = Collection.deleted < moment - timedelta(KEPT_DAYS)
        return [number for (number,) in Collection.select(Collection.id).where(old).tuples()]

    if not Collection.select().where(Collection.deleted.is_null(False)).exists():
        return []
    return library.write(work)


def purge_collection(library: Library, collection_id: int) -> Changes:
    """Remove a deleted collection for good, with every word about it; nothing happens to one that
    is not deleted. The small pictures are the caller's to erase, and `Library.scrub` leaves no
    trace in the file."""

    def work() -> Changes:
        if is_living(collection_id):
            return Changes()
        photos = Photo.select(Photo.id).where(Photo.collection == collection_id)
        people = Person.select(Person.id).where(Person.collection == collection_id)
        words = Decision.select().where(Decision.kind.in_(ABOUT))
        changes = Changes(
            people=frozenset(number for (number,) in people.tuples()),
            photos=frozenset(number for (number,) in photos.tuples()),
            collections=frozenset({collection_id}),
        )
        make_husks([word.id for word in words if word.data["collection"] == collection_id])
        Collection.delete().where(Collection.id == collection_id).execute()
        return changes

    return library.write(work)


def set_own(library: Library, collection_id: int, name: str, value: Value | None) -> Changes:
    """Set an option for one collection; None lets it follow the library again. Who is a person
    there follows at once.

    A command that is set here is one that the user allows.

    Raises UsageError when there is no such collection or option, a collection cannot have the
    option of its own, or the option cannot be that.
    """
    return set_all_own(library, collection_id, {name: value})


def set_all_own(
    library: Library, collection_id: int, values: Mapping[str, Value | None]
) -> Changes:
    """As `set_own`, for several options at a time: all or none of them."""
    for name, value in values.items():
        option = option_named(name)
        if not option.of_collection:
            can = ", ".join(one.name for one in OF_COLLECTION)
            raise UsageError(
                f"The setting {name} is one of the library; a collection may set {can}."
            )
        if value is not None:
            Consent(library.path.parent).note(name, option.value_of(value))

    def work() -> Changes:
        row = _living(collection_id)
        for name, value in values.items():
            row.settings.pop(name, None)
            if value is not None:
                row.settings[name] = (
                    numbers_of(value)
                    if name == "recognises"
                    else option_named(name).value_of(value)
                )
        row.save(only=[Collection.settings])
        people = Person.select(Person.id).where(Person.collection == collection_id)
        everyone = [number for (number,) in people.tuples()]
        take_census(library, everyone)
        return Changes(collections=frozenset({collection_id}), regrouped=True)

    return library.write(work)


def _living(collection_id: int) -> Collection:
    if not is_living(collection_id):
        raise UsageError("There is no such collection any more.")
    return Collection.get_by_id(collection_id)
