"""Lost people: whom the log speaks of and who have no row, made again from what was said."""

from __future__ import annotations

import json
from typing import Any

from app.library.anchors import read
from app.library.models import Collection, Person
from app.library.replay import PLACING
from app.library.spoken import spoken_keys

Lost = tuple[int, str]
"""A collection and the key of a person."""


def lost_people() -> list[Lost]:
    """Everyone of whom a log speaks, and be it in a word taken back, and who is not there."""
    known = {key for (key,) in Person.select(Person.key).tuples()}
    return [
        (collection, key)
        for (collection,) in Collection.select(Collection.id).tuples()
        for key in sorted(spoken_keys(collection) - known)
    ]


def bring_back(lost: list[Lost]) -> None:
    """Make them again, as the standing words say they are. Their faces come to them afterwards:
    those that the words are about by `spoken.hold`, the others by the next grouping."""
    for collection in {number for number, _ in lost}:
        keys = {key for number, key in lost if number == collection}
        people = {key: Person.create(collection=collection, key=key) for key in sorted(keys)}
        into: dict[str, str] = {}
        rows = read(
            "SELECT kind, data FROM decision WHERE collection_id = ? AND NOT undone ORDER BY id",
            (collection,),
        )
        for kind, data in rows:
            _hear(kind, json.loads(data), people, into)
        for key, person in people.items():
            keep = Person.get_or_none(Person.key == into[key]) if key in into else None
            person.merged_into = people.get(into[key], keep) if key in into else None
            person.save()


def _hear(kind: str, data: dict[str, Any], people: dict[str, Person], into: dict[str, str]) -> None:
    """What one word makes of the people, as its verb does."""
    person = people.get(data.get("person") or "")
    if kind == "name" and person is not None:
        person.name = data["name"]
    elif kind == "birth" and person is not None:
        person.birth_year = data["year"]
    elif kind in ("hide", "show", "stranger"):
        for key in data.get("hid", [data.get("person")]):
            if key in people:
                people[key].hidden = kind != "show"
    elif kind in (*PLACING, "draw"):
        made = people.get(data.get("new") or (data.get("person") if data.get("made") else "") or "")
        if made is not None:
            made.name = data["name"]
    elif kind == "merge":
        into.update({key: data["keep"] for key in data["others"] if key in people})
        if data["keep"] in people:
            keep = people[data["keep"]]
            keep.name, keep.birth_year = data["name"], data.get("birth", keep.birth_year)
