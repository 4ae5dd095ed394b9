"""Mirror: the same things done to the same photos by a program that nobody kills."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Sequence
from pathlib import Path

from app.__main__ import main
from app.library.database import Library
from app.library.models import Face, Person, Photo
from app.library.queries.decisions import standing
from app.library.queries.folders import collections
from tests.torture.bench import Step
from tests.torture.facts import aside, facts
from tests.torture.photos import carry_out
from tests.torture.victims import spell

Picture = dict[str, object]


def undisturbed(script: Sequence[Step], base: Path) -> Picture:
    """Do everything of the script, in this process, below `base`; gives the album."""
    folder, library = base / "photos", base / "library"
    folder.mkdir(parents=True)
    os.environ["KINFOLK_LIBRARY"] = str(library)
    for kind, what in script:
        if kind == "change":
            for change in what:
                carry_out(folder, change)
        elif kind == "say":
            known = facts(library / "library.db")
            assert known is not None
            _speak(*spell(what, known))
        else:
            words = {"index": ("index", str(folder)), "rebuild": ("cluster", "--rebuild")}
            _speak(*words[kind])
    _speak("cluster", "--rebuild")
    return picture(library, folder)


def _speak(*words: str) -> None:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(words)
    assert status == 0, f"{words}: {err.getvalue()}"


def picture(library: Path, folder: Path) -> Picture:
    """An album without row numbers and keys: photos, their faces, people by name and by faces,
    and what was said."""
    with aside(library / "library.db") as copy:
        opened = Library.open(copy)
        try:
            return _picture(opened, folder)
        finally:
            opened.close()


def _picture(library: Library, folder: Path) -> Picture:
    photos: dict[str, list[object]] = {}
    faces = {}
    for photo in Photo.select():
        # Of files with the same content any may be the one that stands for all.
        same = photos.setdefault(photo.fingerprint, [])
        mine = list(Face.select().where(Face.photo == photo))
        same += [str(photo.path.relative_to(folder)), f"{photo.state} with {len(mine)} faces"]
        for face in mine:
            box = (round(side, 4) for side in (face.x, face.y, face.w, face.h))
            faces[face.id] = (photo.fingerprint, *box)
    people: dict[int, set[object]] = {}
    for face in Face.select().where(Face.person.is_null(False)):
        people.setdefault(face.person_id, set()).add(faces[face.id])
    named = {p.id: p.name for p in Person.select()}
    (collection,) = collections(library)
    words = standing(library, collection.id)
    return {
        "photos": {content: sorted(map(str, same)) for content, same in photos.items()},
        "people": sorted((named[number], sorted(who)) for number, who in people.items()),
        "said": sorted((faces[face], named[person]) for face, person in words.said.items()),
        "refused": sorted((faces[face], named[person]) for face, person in words.refused),
        "log": [(kind, said) for _, kind, _, said, _ in _log(library)],
    }


def _log(library: Library) -> list[tuple]:
    return library.sql("SELECT id, kind, data, said, target_id FROM decision ORDER BY id")


def differences(one: Picture, other: Picture) -> list[str]:
    """In what two albums are not the same."""
    found = []
    for part, held in one.items():
        if held != other[part]:
            left, right = _items(held), _items(other[part])
            only = [x for x in left if x not in right][:3], [x for x in right if x not in left][:3]
            found.append(f"{part} of the album are not what an undisturbed run gives: {only}")
    return found


def _items(held: object) -> list[object]:
    return list(held.items()) if isinstance(held, dict) else list(held)  # type: ignore[call-overload]
