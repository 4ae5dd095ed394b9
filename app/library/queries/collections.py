"""Questions about collections."""

from __future__ import annotations

from typing import Any

import peewee as pw

from app.errors import UsageError
from app.library import collecting
from app.library.database import Library
from app.library.models import Collection, Folder, Person, Photo, Task
from app.library.queries.shapes import SHOWN, collection_row
from app.library.rows import CollectionNumbers, CollectionRow, CollectionSize, PersonKind


def collections(library: Library) -> list[CollectionRow]:
    """Every collection, by name."""
    rows = [collection_row(row) for row in Collection.select().where(collecting.living())]
    return sorted(rows, key=lambda row: (row.name.casefold(), row.name))


def collection(library: Library, name: str) -> CollectionRow:
    """The collection of this name, upper or lower case.

    Raises UsageError when there is none.
    """
    found = collecting.named(name)
    if found is None:
        raise UsageError(f"There is no collection “{name}”; `kinfolk collection create` makes one.")
    return collection_row(found)


def oldest(library: Library) -> CollectionRow | None:
    """The collection that was there first; None where there is none at all."""
    row = Collection.select().where(collecting.living()).order_by(Collection.id).first()
    return None if row is None else collection_row(row)


def is_living(library: Library, collection_id: int) -> bool:
    """Whether a collection is there, not deleted."""
    return collecting.is_living(collection_id)


def is_known(library: Library, collection_id: int) -> bool:
    """Whether there is a collection of this number, be it deleted."""
    return Collection.select().where(Collection.id == collection_id).exists()


def collection_of_task(library: Library, task_id: str) -> CollectionRow | None:
    """The collection that a task is about; None where it was deleted, or the task is not there."""
    found = Collection.select().join(Task).where(Task.id == task_id, collecting.living()).first()
    return None if found is None else collection_row(found)


def own_settings(library: Library, collection_id: int) -> dict[str, Any]:
    """What a collection has set of its own: option -> value."""
    row = Collection.get_or_none(Collection.id == collection_id)
    return {} if row is None else dict(row.settings)


def told_settings(library: Library, collection_id: int) -> dict[str, Any]:
    """As `own_settings`, collections by name."""
    own = own_settings(library, collection_id)
    if "recognises" in own:
        own["recognises"] = collecting.names_of(str(own["recognises"]))
    return own


def numbers(library: Library, collection_id: int) -> CollectionNumbers:
    """How much a collection holds."""
    from app.library.queries.photos import counts

    mine = Photo.collection == collection_id
    size = Photo.select(pw.fn.SUM(Photo.size)).where(mine, Photo.state.in_(SHOWN)).scalar()
    known = counts(library, collection_id)
    return CollectionNumbers(
        folders=Folder.select().where(Folder.collection == collection_id).count(),
        photos=known.photos,
        people=known.people,
        bytes=int(size or 0),
    )


def sizes(library: Library) -> dict[int, CollectionSize]:
    """How much each collection holds, by its number; those that hold nothing are not among them."""
    photos = Photo.select(Photo.collection, pw.fn.COUNT(Photo.id)).where(Photo.state.in_(SHOWN))
    people = Person.select(Person.collection, pw.fn.COUNT(Person.id)).where(
        Person.merged_into.is_null(),
        Person.face_count > 0,
        ~Person.hidden,
        Person.kind != PersonKind.SMALL.value,
    )
    of_photos = dict(photos.group_by(Photo.collection).tuples())
    of_people = dict(people.group_by(Person.collection).tuples())
    return {
        number: CollectionSize(of_photos.get(number, 0), of_people.get(number, 0))
        for number in of_photos.keys() | of_people.keys()
    }
