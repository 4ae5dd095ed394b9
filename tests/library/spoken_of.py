"""Something of everything that can be said, and all that a library holds of it."""

from __future__ import annotations

import json
from typing import Any

from app.library.commands.faces import (
    confirm_faces,
    draw_face,
    mark_not_a_face,
    move_faces,
    reject_faces,
    say_strangers,
    split_faces,
)
from app.library.commands.importing import TakenName, take_in_names
from app.library.commands.people import (
    choose_cover,
    hide_people,
    merge_people,
    name_person,
    say_different,
    say_staff,
    set_birth_year,
    show_person,
)
from app.library.commands.undo import redo, undo
from app.library.database import Library
from app.library.models import Face
from tests.library.conftest import BELOW, Cast

FIRST, SECOND = "before", "since"


def speak(cast: Cast, part: str) -> None:
    """Say one half or the other of everything that can be said."""
    library, number = cast.library, cast.number
    anna, ben, carl = cast.anna.id, cast.ben.id, cast.carl.id
    faces = cast.faces(cast.anna)
    lone = nobody(cast)
    if part == FIRST:
        set_birth_year(library, anna, 1980)
        confirm_faces(library, anna, faces[:1])
        say_different(library, anna, ben)
        undo(library, number)
        name_person(library, carl, "Carla")
        return
    reject_faces(library, anna, faces[1:2])
    move_faces(library, faces[2:], ben)
    split_faces(library, ben, cast.faces(cast.ben)[:1], "Dora")
    choose_cover(library, carl, cast.faces(cast.carl)[1])
    mark_not_a_face(library, cast.faces(cast.carl)[2:])
    undo(library, number)
    redo(library, number)
    undo(library, number)
    name_person(library, ben, "Benjamin")
    say_strangers(library, [lone])
    draw_face(library, 1, BELOW, "Emil")
    hide_people(library, [anna, carl])
    show_person(library, carl)
    say_staff(library, [carl, anna])
    say_staff(library, [anna], is_staff=False)
    merge_people(library, carl, [ben])
    undo(library, number)
    taken = TakenName("Frieda", None, (cast.faces(cast.carl)[0],), (), ((2, BELOW),))
    take_in_names(library, number, [taken, TakenName("Benjamin", None, (lone,))])
    undo(library, number)
    redo(library, number)
    set_birth_year(library, carl, 1950)


def nobody(cast: Cast) -> int:
    """Id of the face that is with nobody; it is made the first time."""
    lone = Face.get_or_none(Face.person.is_null())
    return cast.lone() if lone is None else int(lone.id)


def told(library: Library) -> dict[int, Any]:
    """Every row of the log, with the faces it is about."""
    rows = library.sql(
        "SELECT decision.id, name, at, decision.kind, data, said, target_id, undone FROM decision"
        " JOIN collection ON collection.id = collection_id"
    )
    words = {number: [*row, set()] for number, *row in rows}
    for row in words.values():
        row[3] = json.dumps(json.loads(row[3]), sort_keys=True)
    for number, *anchor in library.sql("SELECT decision_id, fingerprint, x, y, w, h, before FROM"
                                " decisionface"):  # fmt: skip
        words[number][-1].add(tuple(anchor))
    return words
