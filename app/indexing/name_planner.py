"""Name planner: makes the plan for the names of photos, photo by photo."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.indexing.name_matching import Box, frame_of, meant, nearness, pair
from app.indexing.name_plan import Conflict, Found, Plan, Why
from app.library.anchors import best_match
from app.library.commands.importing import frame_within
from app.library.queries.naming import Known, Stood
from app.library.rows import Placed, Standing
from app.media.foreign.found import ForeignName, Origin, folded

AGREED = 0.8
"""Of the named faces of a group, the part that must have one name for the group to get it."""


@dataclass(frozen=True, slots=True)
class Pictured:
    """A photo with the names that other programs wrote, and the faces that are there."""

    photo_id: int
    width: int
    """Pixels, upright."""
    height: int
    names: Sequence[ForeignName]
    faces: Sequence[Stood]
    banned: Sequence[Box] = ()
    """Where nobody may be learnt again."""


def make_plan(
    photos: Sequence[Pictured],
    people: Sequence[Known],
    words: Standing,
    refused: Mapping[int, int],
) -> Plan:
    """The plan for the names of these photos; `refused` are the faces that are said not to be
    somebody, with whom they are now."""
    planner = _Planner(people, words, refused)
    ways = meant((photo.names, [face.box for face in photo.faces]) for photo in photos)
    for photo in photos:
        planner.take(photo, ways)
    return planner.plan(len(photos))


class _Planner:
    """Puts the plan together, photo by photo."""

    def __init__(
        self, people: Sequence[Known], words: Standing, refused: Mapping[int, int]
    ) -> None:
        self._named: dict[str, Known] = {}
        for one in people:
            if one.name:
                self._named.setdefault(folded(one.name), one)
        self._people = {one.id: one for one in people}
        self._words = words
        self._against = {(refused[face], whom) for face, whom in words.refused if face in refused}
        """Groups of which a face is said not to be somebody."""
        self._spelled: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._origins: defaultdict[str, set[Origin]] = defaultdict(set)
        self._faces: defaultdict[str, list[int]] = defaultdict(list)
        self._keywords: defaultdict[str, list[int]] = defaultdict(list)
        self._frames: defaultdict[str, list[tuple[int, Box]]] = defaultdict(list)
        self._votes: defaultdict[int, Counter[str]] = defaultdict(Counter)
        self._conflicts: list[Conflict] = []
        self._already = self._unclear = self._forgotten = 0

    def take(self, photo: Pictured, ways: dict[str, int]) -> None:
        """Take in one photo."""
        for name in photo.names:
            self._spelled[folded(name.name)][name.name] += 1
        on_faces, left = _pair(photo, ways)
        said = {face: {folded(name.name) for name in own} for face, own in on_faces.items()}
        counted = Counter(key for keys in said.values() for key in keys)
        by_id = {face.id: face for face in photo.faces}
        for number, keys in said.items():
            face = by_id[number]
            is_said = face.placed is Placed.USER or all(one.is_ours for one in on_faces[number])
            if is_said and folded(face.name) in keys:
                self._already += 1
            elif (why := self._conflict(face, keys, counted)) is not None:
                shown = tuple(sorted(self._shown(key) for key in keys))
                self._conflicts.append(Conflict(why, photo.photo_id, number, face.name, shown))
            else:
                (key,) = keys
                self._origins[key] |= {name.origin for name in on_faces[number]}
                self._place(face, key)
        self._frame(photo, left)
        self._guess(photo, set(said))

    def _conflict(self, face: Stood, keys: set[str], counted: Counter[str]) -> Why | None:
        if len(keys) > 1:
            return Why.SOURCES
        (key,) = keys
        if not face.is_face:
            return Why.DENIED
        if face.name:
            return None if folded(face.name) == key else Why.NAMED
        person = self._named.get(key)
        if person is not None and (face.id, person.id) in self._words.refused:
            return Why.REFUSED
        if face.is_stranger:
            return Why.STRANGER
        return Why.TWICE if counted[key] > 1 else None

    def _place(self, face: Stood, key: str) -> None:
        self._faces[key].append(face.id)
        if face.person_id is not None and not face.name and not face.is_hidden:
            self._votes[face.person_id][key] += 1

    def _frame(self, photo: Pictured, left: Sequence[tuple[Box, ForeignName]]) -> None:
        """Frames without a face: each once, where nobody is."""
        kept: list[Box] = [face.box for face in photo.faces]
        for box, name in left:
            if _is_taken(box, kept):
                continue
            if _is_taken(box, photo.banned):
                self._forgotten += 1
                continue
            kept.append(box)
            key = folded(name.name)
            self._origins[key].add(name.origin)
            self._frames[key].append((photo.photo_id, box))

    def _guess(self, photo: Pictured, said: set[int]) -> None:
        """Keywords: one name and one face without a name that are left over belong together."""
        names, faces = photo.names, photo.faces
        with_place = {folded(name.name) for name in names if name.readings}
        shown = {folded(face.name) for face in faces if face.name}
        left = {folded(name.name): name for name in names if not name.readings}
        open_names = [key for key in left if key not in with_place | shown]
        self._already += sum(key in shown for key in left.keys() - with_place)
        open_faces = [face for face in faces if _is_open(face) and face.id not in said]
        if len(open_names) == 1 and len(open_faces) == 1:
            key, face = open_names[0], open_faces[0]
            person = self._named.get(key)
            if person is None or (face.id, person.id) not in self._words.refused:
                self._origins[key].add(left[key].origin)
                self._keywords[key].append(face.id)
                return
        self._unclear += len(open_names)

    def plan(self, photos: int) -> Plan:
        """What came of all photos."""
        groups: defaultdict[str, list[int]] = defaultdict(list)
        for group, votes in sorted(self._votes.items()):
            (key, most), *_ = votes.most_common(1)
            if most >= AGREED * votes.total() and self._may_join(group, key):
                groups[key].append(group)
        keys = {*self._faces, *self._frames, *self._keywords}
        found = [self._found(key, groups[key]) for key in keys]
        found.sort(key=lambda one: (-len(one.faces) - one.along, one.key))
        said = {folded(name) for conflict in self._conflicts for name in conflict.theirs}
        return Plan(
            tuple(found), tuple(self._conflicts), self._already, photos, self._unclear,
            self._forgotten, {key: self._named[key].id for key in said & self._named.keys()},
        )  # fmt: skip

    def _may_join(self, group: int, key: str) -> bool:
        """Whether nothing was said against a group being whoever has the name."""
        person = self._named.get(key)
        if person is None:
            return True
        pair_ = (min(group, person.id), max(group, person.id))
        if pair_ in self._words.apart or pair_[::-1] in self._words.apart:
            return False
        return (group, person.id) not in self._against

    def _found(self, key: str, groups: list[int]) -> Found:
        person = self._named.get(key)
        groups.sort(key=lambda group: (-self._people[group].faces, group))
        named = sum(self._votes[group][key] for group in groups)
        return Found(
            name=person.name if person else self._shown(key),
            person_id=person.id if person else None,
            faces=tuple(sorted(self._faces[key])),
            groups=tuple(groups),
            along=max(0, sum(self._people[group].faces for group in groups) - named),
            frames=tuple(self._frames[key]),
            by_keyword=tuple(sorted(self._keywords[key])),
            origins=frozenset(self._origins[key]),
        )

    def _shown(self, key: str) -> str:
        """How a name is written most often."""
        spelled = self._spelled[key]
        return max(sorted(spelled), key=lambda name: spelled[name])


def _is_taken(box: Box, others: Sequence[Box]) -> bool:
    """Whether a head is there already."""
    return any(nearness(box, other) is not None for other in others) or (
        best_match(box, others) is not None
    )


def _is_open(face: Stood) -> bool:
    """Whether a face waits for a name."""
    return face.is_face and not face.name and not face.is_stranger and not face.is_hidden


def _pair(
    photo: Pictured, ways: dict[str, int]
) -> tuple[dict[int, list[ForeignName]], list[tuple[Box, ForeignName]]]:
    """Face -> the names that frames give it; and the frames without a face. The frames of each
    program are paired for themselves, so that two of them may frame one face."""
    on_faces: defaultdict[int, list[ForeignName]] = defaultdict(list)
    left: list[tuple[Box, ForeignName]] = []
    boxes = [face.box for face in photo.faces]
    for own in _by_origin(photo.names):
        framed = [
            (box, name)
            for name in own
            if (wide := frame_of(name, ways)) is not None
            and (box := frame_within(wide, photo.width, photo.height)) is not None
        ]
        pairs = pair([box for box, _ in framed], boxes)
        for number, (box, name) in enumerate(framed):
            if number in pairs:
                on_faces[photo.faces[pairs[number]].id].append(name)
            else:
                left.append((box, name))
    return dict(on_faces), left


def _by_origin(names: Iterable[ForeignName]) -> list[list[ForeignName]]:
    found: defaultdict[Origin, list[ForeignName]] = defaultdict(list)
    for name in names:
        found[name.origin].append(name)
    return list(found.values())
