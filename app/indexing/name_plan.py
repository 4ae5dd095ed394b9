"""Name plan: what taking in the names of other programs would do; nothing is changed by it.

[Note: Name plan] A frame is about the face that it frames (name_matching). Whoever has the same
name already is joined; the others are made. Where most of the named faces of an unnamed group have
one name, the whole group gets it: that is how one named face of a hundred names the hundred. A face
that has another name, or of which the user said otherwise, is a conflict: ours holds unless the
user decides for theirs. Keywords name nobody's place: where one name and one face without a name
are left over in a photo, that is offered apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.indexing.name_matching import Box
from app.library.commands.importing import TakenName
from app.media.foreign.found import Origin, folded


class Why(StrEnum):
    """Why a name does not simply come in."""

    NAMED = "named"
    """The face has another name."""
    REFUSED = "refused"
    """The user said that it is not this person."""
    DENIED = "denied"
    """The user said that this is not a face."""
    STRANGER = "stranger"
    """The user said that it is nobody they know."""
    SOURCES = "sources"
    """Two programs say different names."""
    TWICE = "twice"
    """One name is on several faces of one photo."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A face about which two words differ."""

    why: Why
    photo_id: int
    face_id: int
    ours: str
    """The name it has; empty where it has none."""
    theirs: tuple[str, ...]
    """What other programs say; one of these may be taken."""


@dataclass(frozen=True, slots=True)
class Found:
    """One person whose name would come in."""

    name: str
    person_id: int | None
    """Whom it joins; None: somebody new."""
    faces: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()
    """Unnamed people who are this one."""
    along: int = 0
    """Faces that come along with the groups, besides those of `faces`."""
    frames: tuple[tuple[int, Box], ...] = ()
    """Photo and box of faces that Kinfolk did not find."""
    by_keyword: tuple[int, ...] = ()
    """Faces that only a keyword and there being no other leads to."""
    origins: frozenset[Origin] = frozenset()

    @property
    def key(self) -> str:
        """By what it is named in choices."""
        return folded(self.name)


@dataclass(frozen=True, slots=True)
class Plan:
    """What would happen, and what would not."""

    people: tuple[Found, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    already: int = 0
    """Names that the user's word holds for, here as there."""
    photos: int = 0
    """Photos in which any name was found."""
    unclear: int = 0
    """Names of keywords that no single face could be given."""
    forgotten: int = 0
    """Frames where somebody was forgotten, or the face of a stranger was erased."""
    known: Mapping[str, int] = field(default_factory=dict)
    """Key of a name -> who has it here, of the names of conflicts."""

    @property
    def faces(self) -> int:
        """Faces that would get a name, or whose name would become the user's word."""
        return sum(len(one.faces) for one in self.people)

    @property
    def frames(self) -> int:
        """Frames without a face."""
        return sum(len(one.frames) for one in self.people)

    @property
    def by_keyword(self) -> int:
        """Faces that only keywords lead to."""
        return sum(len(one.by_keyword) for one in self.people)


@dataclass(slots=True)
class Choices:
    """What the user wants of it; by default only what is certain."""

    without: set[str] = field(default_factory=set)
    """Keys of people who are to stay out."""
    theirs: dict[int, str] = field(default_factory=dict)
    """Face of a conflict -> which of the names of other programs to take; ours holds otherwise."""
    frames: bool = False
    """Whether faces that were not found are to be framed."""
    keywords: bool = False
    """Whether faces that only keywords lead to get the name."""


def chosen(plan: Plan, choices: Choices) -> list[TakenName]:
    """The names to be taken in."""
    taken: dict[str, TakenName] = {}
    theirs: defaultdict[str, list[int]] = defaultdict(list)
    spelled: dict[str, str] = {}
    known = {conflict.face_id for conflict in plan.conflicts}
    for face, name in choices.theirs.items():
        if face in known:
            theirs[folded(name)].append(face)
            spelled.setdefault(folded(name), name)
    for one in plan.people:
        more = tuple(sorted(theirs.pop(one.key, ())))
        if one.key in choices.without:
            if more:
                taken[one.key] = TakenName(one.name, one.person_id, more)
            continue
        keywords = one.by_keyword if choices.keywords else ()
        faces = (*one.faces, *keywords, *more)
        frames = one.frames if choices.frames else ()
        if faces or frames or one.groups:
            taken[one.key] = TakenName(one.name, one.person_id, faces, one.groups, frames)
    for key, more_faces in theirs.items():
        taken[key] = TakenName(spelled[key], plan.known.get(key), tuple(sorted(more_faces)))
    return list(taken.values())


def predicted(plan: Plan, choices: Choices) -> tuple[int, int, int]:
    """How many people, faces and frames taking these in is about: no more and no less."""
    names = chosen(plan, choices)
    faces, frames = (sum(len(own) for own in every) for every in (
        (name.faces for name in names), (name.frames for name in names),
    ))  # fmt: skip
    return len(names), faces, frames
