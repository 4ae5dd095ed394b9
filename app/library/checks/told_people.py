"""Told people: everyone of whom the log speaks is there, and is as the standing words say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.library.anchors import read
from app.library.models import Collection, Person
from app.library.replay import PLACING
from app.library.spoken import spoken_keys
from app.library.taken_in import IMPORT

Lost = tuple[int, str]
"""A collection and the key of a person."""


@dataclass(slots=True)
class Told:
    """What the standing words say of one person; None: nothing."""

    name: str | None = None
    hidden: bool | None = None
    staff: bool | None = None
    is_born: bool = False
    """Whether the year of birth was spoken of, and be it as unknown."""
    born: int | None = None
    into: str | None = None
    """The key of the person they were merged into."""

    def facts_of(self, person: Person, into: int | None) -> dict[str, Any]:
        """What the row of the person is to say; `into` is the row they were merged into."""
        return {
            "name": person.name if self.name is None else self.name,
            "hidden": person.hidden if self.hidden is None else self.hidden,
            "staff": person.staff if self.staff is None else self.staff,
            "birth_year": self.born if self.is_born else person.birth_year,
            "merged_into_id": into,
        }


def lost_people() -> list[Lost]:
    """Everyone of whom a log speaks, and be it in a word taken back, and who is not there."""
    known = {key for (key,) in Person.select(Person.key).tuples()}
    return [
        (collection, key)
        for (collection,) in Collection.select(Collection.id).tuples()
        for key in sorted(spoken_keys(collection) - known)
    ]


def bring_back(lost: list[Lost]) -> None:
    """Make them again. What the words say of them comes next; their faces come to them when
    `spoken.hold` is asked, or with the next grouping."""
    for collection, key in lost:
        Person.create(collection=collection, key=key)


def changed_people() -> list[tuple[int, dict[str, Any]]]:
    """The people who are not as the standing words say; and what their rows are to say."""
    return [change for (number,) in Collection.select(Collection.id).tuples()
            for change in _changed(number)]  # fmt: skip


def change_back(found: list[tuple[int, dict[str, Any]]]) -> None:
    """Let their rows say it."""
    for number, facts in found:
        into = facts["merged_into_id"]
        values = {name: value for name, value in facts.items() if name != "merged_into_id"}
        Person.update(merged_into=into, **values).where(Person.id == number).execute()


def _changed(collection: int) -> Iterator[tuple[int, dict[str, Any]]]:
    words = _hear(collection)
    people = list(Person.select().where(Person.collection == collection))
    ids = {person.key: person.id for person in people}
    for person in people:
        told = words.get(person.key, Told())
        facts = told.facts_of(person, ids.get(told.into or ""))
        if facts != {name: getattr(person, name) for name in facts}:
            yield person.id, facts


def _hear(collection: int) -> dict[str, Told]:
    """What the standing words say, by the keys of people; the last word of each thing holds."""
    found: dict[str, Told] = {}

    def of(key: str) -> Told:
        return found.setdefault(key, Told())

    rows = read(
        "SELECT kind, data FROM decision WHERE collection_id = ? AND NOT undone ORDER BY id",
        (collection,),
    )
    for kind, text in rows:
        data = json.loads(text)
        key = data.get("new") or (data.get("person") if data.get("made") else "")
        if kind == "name":
            of(data["person"]).name = data["name"]
        elif kind == "birth":
            of(data["person"]).is_born, of(data["person"]).born = True, data["year"]
        elif kind in ("hide", "show", "stranger"):
            for other in data.get("hid") or [data.get("person")]:
                if other:
                    of(other).hidden = kind != "show"
        elif kind in ("staff", "not_staff"):
            for other in data.get("hid") or [data["person"]]:
                of(other).staff = kind == "staff"
        elif kind in (*PLACING, "draw") and key:
            of(key).name = data["name"]
        elif kind in _OF_MANY:
            _OF_MANY[kind](data, found)
    return found


def _hear_merge(data: dict[str, Any], found: dict[str, Told]) -> None:
    keep = found.setdefault(data["keep"], Told())
    keep.name = data["name"]
    if "birth" in data:
        keep.is_born, keep.born = True, data["birth"]
    if "staff" in data:
        keep.staff = data["staff"]
    for key in data["others"]:
        found.setdefault(key, Told()).into = data["keep"]


def _hear_import(data: dict[str, Any], found: dict[str, Told]) -> None:
    for entry in data["people"]:
        if "name" in entry:
            found.setdefault(entry["person"], Told()).name = entry["name"]
    for other, key in data["joined"].items():
        found.setdefault(other, Told()).into = key


_OF_MANY = {"merge": _hear_merge, IMPORT: _hear_import}
