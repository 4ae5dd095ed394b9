"""Victims: the operations that are killed, what to say for each, and when each is done."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.torture.facts import Facts

Ref = tuple[str, tuple[float, ...], str]
"""A face by content: fingerprint and box; and whether it, or its person, is meant."""
Saying = tuple[str | Ref, ...]
"""The words of a command in which people and faces are named by content."""


@dataclass(frozen=True, slots=True)
class Victim:
    """An operation; `weight` tells how often it is killed."""

    name: str
    weight: int
    place: str = "main"
    """main: the library that all is done to; copy: a copy of it; vintage: an old library."""
    has_workers: bool = False


VICTIMS = (
    Victim("index", 20, has_workers=True),
    Victim("window", 8, has_workers=True),
    Victim("cluster", 5),
    Victim("rebuild", 7),
    Victim("name", 9),
    Victim("merge", 8),
    Victim("confirm", 7),
    Victim("reject", 7),
    Victim("undo", 7),
    Victim("redo", 6),
    Victim("forget", 6, "copy"),
    Victim("migration", 6, "vintage"),
    Victim("backup", 5),
    Victim("restore", 7, "copy"),
    Victim("doctor", 6, "copy"),
    Victim("recovery", 6, "copy"),
)
SAID = ("name", "merge", "confirm", "reject", "undo", "redo")


class Sayings:
    """Finds something to say of the people there are."""

    def __init__(self, pick: random.Random) -> None:
        self._pick = pick
        self._count = 0

    def say(self, kind: str, facts: Facts) -> Saying | None:
        """The words of a command of this kind; None where it makes no sense now."""
        self._count += 1
        people = self._people(facts)
        make: dict[str, Callable[[], Saying | None]] = {
            "name": lambda: ("name", self._person(facts, people), f"Name {self._count}"),
            "merge": lambda: self._merge(facts, people),
            "confirm": lambda: ("confirm", self._person(facts, people), self._face(facts)),
            "reject": lambda: self._reject(facts, people),
            "forget": lambda: ("forget", self._person(facts, people)),
            "undo": lambda: ("undo",) if _can_undo(facts) else None,
            "redo": lambda: ("redo",) if facts.log and facts.log[-1][1] == "undo" else None,
        }
        return make[kind]() if people else None

    def _merge(self, facts: Facts, people: Sequence[str]) -> Saying | None:
        if len(people) < 5:
            return None
        one, other = self._pick.sample(people, 2)
        return ("merge", self._of(facts, one, "person"), self._of(facts, other, "person"))

    def _reject(self, facts: Facts, people: Sequence[str]) -> Saying:
        key = self._pick.choice(people)
        return ("reject", self._of(facts, key, "person"), self._of(facts, key, "face"))

    def _people(self, facts: Facts) -> list[str]:
        return sorted({facts.placed[face] for face in _shown(facts)})

    def _person(self, facts: Facts, people: Sequence[str]) -> Ref:
        return self._of(facts, self._pick.choice(people), "person")

    def _face(self, facts: Facts) -> Ref:
        return self._ref(facts, self._pick.choice(_shown(facts)), "face")

    def _of(self, facts: Facts, key: str, what: str) -> Ref:
        faces = [face for face in _shown(facts) if facts.placed[face] == key]
        return self._ref(facts, self._pick.choice(faces), what)

    def _ref(self, facts: Facts, face: int, what: str) -> Ref:
        photo = next(photo for photo in facts.photos.values() if face in photo.faces)
        return (photo.fingerprint, photo.faces[face], what)


def _shown(facts: Facts) -> list[int]:
    """The faces that are with somebody, in photos that are there."""
    photos = (photo for photo in facts.photos.values() if photo.state == "looked")
    return sorted(face for photo in photos for face in photo.faces if face in facts.placed)


def _can_undo(facts: Facts) -> bool:
    return any(
        kind not in ("undo", "redo") and number not in facts.undone
        for number, kind, *_ in facts.log
    )


def spell(saying: Saying, facts: Facts) -> list[str]:
    """The words of the command for the library that these facts are of."""
    return [part if isinstance(part, str) else _number(part, facts) for part in saying]


def _number(ref: Ref, facts: Facts) -> str:
    fingerprint, box, what = ref
    photo = next(p for p in facts.photos.values() if p.fingerprint == fingerprint and p.faces)
    far = {
        face: sum(abs(a - b) for a, b in zip(box, other, strict=True))
        for face, other in photo.faces.items()
    }
    face = min(far, key=far.__getitem__)
    return facts.placed[face] if what == "person" else f"face-{face}"


def is_done(kind: str, before: Facts | None, after: Facts | None, words: Sequence[str]) -> bool:
    """Whether an operation has had its effect."""
    if after is None:
        return False
    if kind in ("index", "window"):
        return after.pending == 0 and not after.running
    if before is None:
        return True
    if kind in ("cluster", "rebuild"):
        fresh = after.tasks.keys() - before.tasks.keys()
        return any(after.tasks[number] == ("cluster", "done") for number in fresh)
    if kind == "backup":
        return after.backups > before.backups
    if kind == "forget":
        return words[1] not in after.people
    if kind == "migration":
        return len(after.steps) > len(before.steps)
    return len(after.log) > len(before.log)
