"""Switches: the faces of one pack trade places with those of another, and the words hold.

[Note: Switching] A switch is one transaction: whoever ends the program in the middle has the old
library. Each face takes over from the one that it overlaps, as after any other look: person, cover,
and words that were said of it. What was shown becomes a spare, and with it who it was with, so that
the way back puts every face where it was, as far as nothing was said of it since. Everything here
is to be called within a transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from app.library.anchors import SAME_BOX, Box, add_anchors, best_match, overlap, pair, read
from app.library.database import Library
from app.library.drawn import frames, look_again
from app.library.look_rows import SEEN
from app.library.models import Person, Photo, Spare
from app.library.queries.shapes import chunks
from app.library.rows import PhotoState, Placed
from app.library.spoken import hold

Maker = tuple[str, str]
"""Pack and version."""

_AT_ONCE = 400
_READY = f"""
SELECT photo.collection_id, photo.id, spare.id, photo.fingerprint,
    photo.pack = ? AND photo.pack_version = ?
FROM spare JOIN photo ON photo.id = spare.photo_id
WHERE spare.pack = ? AND spare.pack_version = ? AND spare.error = ''
    AND spare.fingerprint = photo.fingerprint
    AND photo.state IN ('{PhotoState.LOOKED.value}', '{PhotoState.GONE.value}')
    AND photo.pack <> '' AND (photo.pack <> spare.pack OR photo.pack_version <> spare.pack_version)
ORDER BY photo.collection_id, photo.id
"""
_SHOWN = """
SELECT photo_id, id, x, y, w, h, person_id, placed, is_face, grouped, 0, pack FROM face
WHERE photo_id IN ({}) ORDER BY id
"""
_KEPT = """
SELECT photo_id, spareface.id, x, y, w, h, person_id, placed, is_face, grouped, drawn,
    spareface.pack
FROM spare JOIN spareface ON spareface.spare_id = spare.id WHERE spare.id IN ({})
ORDER BY spareface.id
"""
_SHOW = (
    f"INSERT INTO face (id, photo_id, {SEEN}, person_id, placed, is_face, grouped)"
    f" SELECT ?, ?, {SEEN}, ?, ?, ?, ? FROM spareface WHERE id = ?"
)
_PUT_ASIDE = (
    f"INSERT INTO spareface (spare_id, {SEEN}, person_id, placed, is_face, grouped)"
    f" SELECT ?, {SEEN}, person_id, placed, is_face, grouped FROM face"
    " WHERE photo_id = ? ORDER BY id"
)
_BANNED = """
SELECT fingerprint, x, y, w, h FROM decisionface JOIN decision ON decision.id = decision_id
WHERE fingerprint IN ({}) AND collection_id = ? AND kind = 'forget' AND NOT undone
"""
_EXPIRED = "SELECT fingerprint, x, y, w, h FROM expired WHERE photo_id IN ({})"
_ANCHORS = """
SELECT decision_id, fingerprint, x, y, w, h, before FROM decisionface
JOIN decision ON decision.id = decision_id
WHERE fingerprint IN ({}) AND collection_id = ? ORDER BY decisionface.id
"""
_NOBODY: tuple[int | None, str, bool, bool] = (None, Placed.MACHINE.value, True, False)
"""Person, who said so, whether it is a face, and whether a grouping has seen it."""


@dataclass(frozen=True, slots=True)
class _Face:
    """A face that is shown, or a spare one."""

    id: int
    box: Box
    person: int | None
    placed: str
    is_face: bool
    is_grouped: bool
    is_drawn: bool
    pack: str
    """Empty for a frame that nobody has looked at yet."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """A photo with a spare look that can be shown."""

    collection: int
    id: int
    spare: int
    fingerprint: str
    is_kept: bool
    """Whether what is shown of it now is to be kept as a spare."""


@dataclass(slots=True)
class Switched:
    """What a switch touched."""

    photos: set[int] = field(default_factory=set)
    people: set[int] = field(default_factory=set)
    collections: set[int] = field(default_factory=set)


def switch_faces(library: Library, to: Maker, before: Maker) -> Switched:
    """Show of every photo the spare look of the pack `to`, where there is one; what the pack
    `before` saw becomes a spare, what others saw goes."""
    done = Switched()
    rows = [
        _Ready(number, photo, spare, print_, bool(is_kept))
        for number, photo, spare, print_, is_kept in read(_READY, (*before, *to))
    ]
    by_collection: defaultdict[int, list[_Ready]] = defaultdict(list)
    for row in rows:
        by_collection[row.collection].append(row)
    exchange = _Exchange(library, to, before)
    for number, mine in sorted(by_collection.items()):
        for start in range(0, len(mine), _AT_ONCE):
            done.people |= exchange.show(number, mine[start : start + _AT_ONCE])
        done.people |= hold(number, {row.fingerprint for row in mine})
        done.photos |= {row.id for row in mine}
        done.collections.add(number)
    exchange.hand_on_covers()
    return done


class _Exchange:
    """Trades places, some photos of a collection at a time."""

    def __init__(self, library: Library, to: Maker, before: Maker) -> None:
        self._library = library
        self._to, self._before = to, before
        self._next = 0
        """A number that no face had, whatever still speaks of it."""
        self._covers: dict[int, int] = {}
        people = Person.select(Person.id, Person.merged_into).tuples()
        self._into: dict[int, int | None] = dict(people)

    def show(self, collection_id: int, photos: Sequence[_Ready]) -> set[int]:
        """Of these photos; gives the people of the faces that were shown."""
        ((last,),) = read("SELECT COALESCE(MAX(id), 0) FROM face")
        self._next = max(self._next, int(last) + 1)  # frames may have come in between
        ids = [row.id for row in photos]
        shown, kept = _faces(_SHOWN, ids), _faces(_KEPT, [row.spare for row in photos])
        prints = sorted({row.fingerprint for row in photos})
        drawn, banned = frames(collection_id, prints), _banned(collection_id, prints, ids)
        anchors = _anchors(collection_id, prints)
        lines: list[tuple[object, ...]] = []
        again: list[int] = []
        for row in photos:
            old, new = shown.get(row.id, []), kept.get(row.id, [])
            new = [
                one for one in new if best_match(one.box, banned.get(row.fingerprint, ())) is None
            ]
            still = [one for one in new if _is_wanted(one, drawn.get(row.fingerprint, []))]
            # A frame was taken back meanwhile, or is waiting to be looked at still.
            if len(still) < len(new) or not all(one.pack for one in still):
                again.append(row.id)
            pairs = pair([one.box for one in still], [one.box for one in old])
            for index, one in enumerate(still):
                was = old[pairs[index]] if index in pairs else None
                lines.append((self._next, row.id, *self._place(one, was), one.id))
                if was is not None:
                    self._covers[was.id] = self._next
                    anchors.follow(row.fingerprint, was.box, one.box)
                self._next += 1
        self._put_aside(photos)
        for chunk in chunks(ids):
            read(f"DELETE FROM face WHERE photo_id IN ({_marks(chunk)})", tuple(chunk))
        self._library.sql_many(_SHOW, lines)
        for chunk in chunks([row.spare for row in photos]):
            Spare.delete().where(Spare.id.in_(chunk)).execute()
        pack, version = self._to
        for chunk in chunks(ids):
            Photo.update(pack=pack, pack_version=version).where(Photo.id.in_(chunk)).execute()
            # Which of a stack is on top depends on what the faces look like.
            Photo.update(compared=False).where(
                Photo.id.in_(chunk), Photo.stack.is_null(False)
            ).execute()
        look_again(again)
        add_anchors(anchors.added)
        faces = [one for many in shown.values() for one in many]
        return {one.person for one in faces if one.person is not None} | {
            int(str(line[2])) for line in lines if line[2] is not None
        }

    def hand_on_covers(self) -> None:
        """Who had one of the old faces as cover has the one that took its place."""
        lines = [
            (self._covers[cover], person)
            for person, cover in read("SELECT id, cover_id FROM person WHERE cover_id IS NOT NULL")
            if cover in self._covers
        ]
        self._library.sql_many("UPDATE person SET cover_id = ? WHERE id = ?", lines)

    def _place(self, new: _Face, was: _Face | None) -> tuple[int | None, str, bool, bool]:
        """Where a face is that is shown from now on: where it was when it was last shown, unless
        the user has spoken since; or else where the one is whose place it takes."""
        spoke = new.placed == Placed.USER.value or (
            was is not None and was.placed == Placed.USER.value
        )
        if new.is_grouped and not spoke:
            living = self._living(new.person)
            if living is not None or not new.is_face:
                return living, new.placed, new.is_face, True
            return _NOBODY
        if was is not None and (was.person is not None or not was.is_face):
            return was.person, was.placed, was.is_face, True
        return _NOBODY

    def _living(self, person: int | None) -> int | None:
        """Where the merges have taken somebody; None where nobody is left."""
        while person is not None and self._into.get(person) is not None:
            person = self._into[person]
        return person if person in self._into else None

    def _put_aside(self, photos: Sequence[_Ready]) -> None:
        pack, version = self._before
        for chunk in chunks([row.id for row in photos]):
            Spare.delete().where(
                Spare.photo.in_(chunk), Spare.pack == pack, Spare.pack_version == version
            ).execute()
        kept = [row for row in photos if row.is_kept]
        ((last,),) = read("SELECT COALESCE(MAX(id), 0) FROM spare")
        self._library.sql_many(
            "INSERT INTO spare (id, photo_id, fingerprint, pack, pack_version, error)"
            " VALUES (?, ?, ?, ?, ?, '')",
            [(last + at, row.id, row.fingerprint, pack, version) for at, row in enumerate(kept, 1)],
        )
        lines = [(last + at, row.id) for at, row in enumerate(kept, 1)]
        self._library.sql_many(_PUT_ASIDE, lines)


class _Anchors:
    """What the log is about in some photos, and what it is about as well from now on: even where
    the boxes of many packs have drifted away from the one that a word was said of."""

    def __init__(self, rows: Sequence[tuple[int, str, Box, str]]) -> None:
        self._rows: defaultdict[str, list[tuple[int, Box, str]]] = defaultdict(list)
        for decision, fingerprint, box, before in rows:
            self._rows[fingerprint].append((decision, box, before))
        self.added: list[tuple[object, ...]] = []

    def follow(self, fingerprint: str, old: Box, new: Box) -> None:
        """The face in one box is in another one now."""
        here = self._rows.get(fingerprint)
        for decision, box, before in list(here or ()):
            is_drifted = overlap(box, old) >= SAME_BOX > overlap(box, new)
            if here is None or not is_drifted:
                continue
            if any(one == decision and overlap(it, new) >= SAME_BOX for one, it, _ in here):
                continue
            here.append((decision, new, before))
            self.added.append((decision, fingerprint, *new, before))


def _anchors(collection_id: int, prints: Sequence[str]) -> _Anchors:
    return _Anchors([
        (decision, print_, (x, y, w, h), before)
        for chunk in chunks(list(prints))
        for decision, print_, x, y, w, h, before in read(
            _ANCHORS.format(_marks(chunk)), (*chunk, collection_id)
        )
    ])  # fmt: skip


def _banned(
    collection_id: int, prints: Sequence[str], photo_ids: Sequence[int]
) -> Mapping[str, list[Box]]:
    """Where nobody may be learnt again, by fingerprint."""
    found: defaultdict[str, list[Box]] = defaultdict(list)
    rows = [
        row
        for chunk in chunks(list(prints))
        for row in read(_BANNED.format(_marks(chunk)), (*chunk, collection_id))
    ]
    for chunk in chunks(list(photo_ids)):
        rows += read(_EXPIRED.format(_marks(chunk)), tuple(chunk))
    for print_, x, y, w, h in rows:
        found[print_].append((x, y, w, h))
    return found


def _is_wanted(face: _Face, drawn: Sequence[Box]) -> bool:
    """Whether a face is there by itself, or the frame is that was drawn round it."""
    return not face.is_drawn or best_match(face.box, drawn) is not None


def _faces(statement: str, numbers: Collection[int]) -> dict[int, list[_Face]]:
    """Faces by photo."""
    found: defaultdict[int, list[_Face]] = defaultdict(list)
    for chunk in chunks(list(numbers)):
        rows = read(statement.format(_marks(chunk)), tuple(chunk))
        for photo, number, x, y, w, h, person, placed, *flags, pack in rows:
            is_face, is_grouped, is_drawn = map(bool, flags)
            face = _Face(number, (x, y, w, h), person, placed, is_face, is_grouped, is_drawn, pack)
            found[photo].append(face)
    return dict(found)


def _marks(values: Collection[object]) -> str:
    return ",".join("?" * len(values))
