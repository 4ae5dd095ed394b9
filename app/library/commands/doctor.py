"""What the doctor mends: everything that follows from faces and can be counted again."""

from __future__ import annotations

from app.library.census import take_census
from app.library.database import Library
from app.library.models import Person


def recount(library: Library, collection_id: int, repair: bool) -> int:
    """How many people have counts or covers that do not follow from their faces; with `repair`
    they are counted again."""

    def work() -> int:
        people = Person.select().where(Person.collection == collection_id)
        before = {person.id: _facts(person) for person in people}
        with library.undoable(keep=repair):
            take_census(library, before)
            after = {person.id: _facts(person) for person in people.clone()}
        return sum(before[person_id] != facts for person_id, facts in after.items())

    return library.write(work)


def _facts(person: Person) -> tuple[object, ...]:
    return (person.face_count, person.photo_count, person.cover_id, person.kind)
