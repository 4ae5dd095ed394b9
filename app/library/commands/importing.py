"""Names that other programs wrote come in, any number of them by one word."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.changes import Changes
from app.errors import UsageError
from app.library.anchors import Box, best_match, read
from app.library.database import Library
from app.library.decisions import decide
from app.library.drawn import forgotten_boxes
from app.library.expired import expired_boxes
from app.library.models import Collection as CollectionModel
from app.library.models import Person
from app.library.queries.shapes import chunks
from app.library.replay import Replay, replay
from app.library.rows import PhotoState, Placed
from app.library.subjects import clean_name, clearest_faces, new_key, person_called
from app.library.taken_in import IMPORT, anchors_to, frame_to, told_of_names

LEAST_PIXELS = 8
"""Of the shorter side of a frame, as of one that is drawn by hand: in less, nobody is seen."""


@dataclass(frozen=True, slots=True)
class TakenName:
    """One person whose name comes in: the one with `person_id`, or else whoever has the name, or
    else somebody new."""

    name: str
    person_id: int | None = None
    faces: tuple[int, ...] = ()
    """Those that the other program named, by id."""
    groups: tuple[int, ...] = ()
    """People without a name who are this one."""
    frames: tuple[tuple[int, Box], ...] = ()
    """Photo and box of faces that were not found."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of it."""

    changes: Changes
    people: int = 0
    faces: int = 0
    """That the user's word holds for now and did not before."""
    frames: int = 0


def take_in_names(library: Library, collection_id: int, names: Sequence[TakenName]) -> TakenIn:
    """Take in these names, all or nothing, as one word that one Undo takes back.

    What holds already is no part of the word; where nothing is left, nothing is said. Faces, photos
    and people that are not there any more are passed over, and so is where somebody was forgotten.
    """

    def work() -> TakenIn:
        return _Taking(library, collection_id).take(names)

    return library.write(work)


class _Taking:
    """One word, as it is put together within its transaction."""

    def __init__(self, library: Library, collection_id: int) -> None:
        if CollectionModel.get_or_none(CollectionModel.id == collection_id) is None:
            raise UsageError("There is no such collection any more.")
        self._library = library
        self._collection = collection_id
        self._words: Replay = replay(collection_id, ())
        self._people: dict[str, dict[str, Any]] = {}
        self._by_name: dict[str, _Whom] = {}
        self._joined: dict[str, str] = {}
        self._firm: dict[int, str] = {}
        self._along: dict[int, str] = {}
        self._frames: list[tuple[Any, ...]] = []

    def take(self, names: Sequence[TakenName]) -> TakenIn:
        faces = _known_faces(self._collection, {face for name in names for face in name.faces})
        groups = self._unnamed({group for name in names for group in name.groups})
        photos = self._photos({photo for name in names for photo, _ in name.frames})
        for name in names:
            own = [groups[number] for number in name.groups if number in groups]
            whom = self._whom(name, own)
            frames = [(photos[photo], box) for photo, box in name.frames if photo in photos]
            is_said = [
                self._take_faces(whom, [faces[number] for number in name.faces if number in faces]),
                self._take_groups(whom, own),
                self._take_frames(whom, frames),
            ]
            if any(is_said):
                self._people.setdefault(whom.key, whom.entry)
            for group in own:
                groups.pop(group.id, None)
        return self._say()

    def _whom(self, name: TakenName, groups: Sequence[Person]) -> _Whom:
        """Who it is, by whom it was or will be."""
        wanted = clean_name(name.name)
        person = None
        if name.person_id is not None:
            person = Person.get_or_none(
                Person.id == name.person_id,
                Person.collection == self._collection,
                Person.merged_into.is_null(),
            )
        if person is None or not person.name:  # somebody may have got the name meanwhile
            person = person_called(self._collection, wanted) or person
        if person is not None and person.name:
            return _Whom(person.key, person.id, {"person": person.key})
        known = self._by_name.get(wanted.lower())
        if known is not None:
            return known
        person = person or next(iter(groups), None)
        key = new_key() if person is None else person.key
        entry = {"person": key, "name": wanted, "before": ""}
        found = _Whom(key, None, entry | {"made": True})
        if person is not None:
            found = _Whom(key, person.id, entry)
            self._along |= {face.id: key for face in clearest_faces(person)}
        self._by_name[wanted.lower()] = found
        return found

    def _take_faces(self, whom: _Whom, faces: Iterable[_Stands]) -> bool:
        before = len(self._firm)
        for face in faces:
            is_so = face.person_id == whom.id and face.placed == Placed.USER.value and face.is_face
            if not (is_so and whom.id is not None):
                self._firm.setdefault(face.id, whom.key)
        return len(self._firm) > before

    def _take_groups(self, whom: _Whom, groups: Sequence[Person]) -> bool:
        """Whether the groups say who it is: one of them is the person, or becomes one with it."""
        is_said = False
        for group in groups:
            if group.id == whom.id:
                is_said = True
            elif not self._words.are_apart(group.key, whom.key):
                self._joined.setdefault(group.key, whom.key)
                is_said = True
        return is_said

    def _take_frames(self, whom: _Whom, frames: Iterable[tuple[_Picture, Box]]) -> bool:
        is_said = False
        for photo, box in frames:
            frame = frame_within(box, photo.width, photo.height)
            if frame is None:
                continue
            there = best_match(frame, [face.box for face in photo.faces])
            if there is not None:
                is_said |= self._take_faces(whom, [photo.faces[there]])
            elif best_match(frame, photo.banned) is None:
                photo.banned.append(frame)  # nobody else is to be framed there
                self._frames.append(frame_to(photo.fingerprint, frame, whom.key))
                is_said = True
        return is_said

    def _say(self) -> TakenIn:
        people = list(self._people.values())
        if not people:
            return TakenIn(Changes())
        keys = list(self._joined)
        joined = {
            number: self._joined[key]
            for chunk in chunks(keys)
            for number, key in Person.select(Person.id, Person.key)
            .where(Person.key.in_(chunk))
            .tuples()
        }
        along = self._along | {
            face: joined[person]
            for chunk in chunks(sorted(joined))
            for face, person in read(
                f"SELECT id, person_id FROM face WHERE person_id IN ({','.join('?' * len(chunk))})",
                tuple(chunk),
            )
        }
        loose = {
            face: key
            for face, key in along.items()
            if face not in self._firm and key in self._people
        }
        anchors = [
            *anchors_to(self._firm, firm=True), *anchors_to(loose, firm=False), *self._frames,
        ]  # fmt: skip
        count = len(self._firm) + len(self._frames)
        data = {"people": people, "joined": self._joined}
        said = told_of_names(len(people), count)
        changes = decide(self._library, self._collection, IMPORT, data, said, anchors=anchors)
        return TakenIn(changes, len(people), len(self._firm), len(self._frames))

    def _unnamed(self, ids: Collection[int]) -> dict[int, Person]:
        """Those of these people who have no name yet and are in sight. Of whom the user said when
        they were born, or that they work here, only the named faces go."""
        return {
            person.id: person
            for chunk in chunks(sorted(ids))
            for person in Person.select().where(
                Person.id.in_(chunk), Person.collection == self._collection, Person.name == "",
                Person.merged_into.is_null(), ~Person.hidden, ~Person.staff,
                Person.birth_year.is_null(),
            )
        }  # fmt: skip

    def _photos(self, ids: Collection[int]) -> dict[int, _Picture]:
        found = {
            number: _Picture(
                number, fingerprint, width, height, [],
                forgotten_boxes(self._collection, fingerprint) + expired_boxes(number, fingerprint),
            )
            for chunk in chunks(sorted(ids))
            for number, fingerprint, width, height in read(
                "SELECT id, fingerprint, width, height FROM photo"
                f" WHERE collection_id = ? AND state = ? AND id IN ({','.join('?' * len(chunk))})",
                (self._collection, PhotoState.LOOKED.value, *chunk),
            )
        }  # fmt: skip
        for face in _faces_where("photo_id", self._collection, found):
            found[face.photo_id].faces.append(face)
        return found


@dataclass(frozen=True, slots=True)
class _Whom:
    """Somebody the word is about: key, row if there is one yet, and the entry of the word."""

    key: str
    id: int | None
    entry: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Stands:
    """A face as it stands."""

    id: int
    photo_id: int
    person_id: int | None
    placed: str
    is_face: bool
    box: Box


@dataclass(slots=True)
class _Picture:
    """A photo in which faces are to be framed."""

    id: int
    fingerprint: str
    width: int
    height: int
    faces: list[_Stands]
    banned: list[Box]
    """Where nobody is to be framed: somebody was forgotten there, or is framed already."""


def _known_faces(collection_id: int, ids: Collection[int]) -> dict[int, _Stands]:
    return {face.id: face for face in _faces_where("id", collection_id, ids)}


def _faces_where(column: str, collection_id: int, values: Collection[int]) -> list[_Stands]:
    statement = (
        "SELECT face.id, photo_id, person_id, placed, is_face, x, y, w, h FROM face"
        " JOIN photo ON photo.id = face.photo_id"
        f" WHERE face.{column} IN ({{}}) AND +photo.collection_id = ? ORDER BY face.id"
    )
    return [
        _Stands(number, photo, person, placed, bool(is_face), (x, y, w, h))
        for chunk in chunks(sorted(values))
        for number, photo, person, placed, is_face, x, y, w, h in read(
            statement.format(",".join("?" * len(chunk))), (*chunk, collection_id)
        )
    ]


def frame_within(box: Box, width: int, height: int) -> Box | None:
    """As much of a foreign box as lies in the photo, of so many pixels; None where that is too
    little to be a face."""
    x, y, w, h = box
    left, top = min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)
    w, h = min(w - (left - x), 1.0 - left), min(h - (top - y), 1.0 - top)
    return None if min(w * width, h * height) < LEAST_PIXELS else (left, top, w, h)
