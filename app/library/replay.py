"""Replay: the standing words of the log, heard once, in order.

[Note: Replay] What is undone is left out. Every word is heard as of its time: a merge takes along
what was said of the people it ends, and lifts what stood against it. So a later word wins, and
undoing it brings the earlier one back into force.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from app.library.anchors import Finder, read

PLACING = ("move", "confirm", "split")
"""The kinds that put faces with a person one by one."""

_WORDS = """
SELECT id, kind, data FROM decision
WHERE collection_id = ? AND NOT undone AND kind NOT IN ('undo', 'redo') ORDER BY id
"""
_ANCHORS = """
SELECT decisionface.id, decisionface.decision_id, fingerprint, x, y, w, h,
       CASE WHEN decision.kind IN ('different', 'import') THEN before END
FROM decisionface JOIN decision ON decision.id = decisionface.decision_id
WHERE fingerprint IN ({}) AND decision.collection_id = ? AND NOT decision.undone
"""

Heard = list[tuple[int, dict[str, Any]]]
"""The faces a word is about; for `different` and `import`, each with the document of where it was
and, for the latter, where it goes."""


class Replay:
    """The standing words, heard one after the other; people are keys, faces row ids."""

    def __init__(self) -> None:
        self.said: dict[int, str] = {}
        self.firm: set[int] = set()
        self.refused: dict[int, set[str]] = {}
        self.apart: set[frozenset[str]] = set()
        """Pairs as they were said: two that merges have made one are apart no more."""
        self.denied: set[int] = set()
        self.strangers: set[int] = set()
        self.spoken: set[str] = set()
        self.anchored: set[str] = set()
        """Whom a word named by faces of their own, or made out of faces."""
        self.births: dict[str, int] = {}
        self.covers: dict[str, int] = {}
        self._into: dict[str, str] = {}

    def living(self, key: str) -> str:
        """Whom the merges heard so far have made of a person."""
        while key in self._into:
            key = self._into[key]
        return key

    def is_refused(self, face: int, key: str) -> bool:
        """Whether the face is said not to be that person."""
        return any(self.living(other) == key for other in self.refused.get(face, ()))

    def are_apart(self, one: str, other: str) -> bool:
        """Whether two living people are said to be different people."""
        return any({self.living(key) for key in pair} == {one, other} for pair in self.apart)

    def hear(self, kind: str, data: dict[str, Any], faces: Heard) -> None:
        """Take in one more word."""
        key = data.get("person") or ""
        self._meet(kind, key, data)
        if kind in PLACING:
            self._hear_placing(data.get("new") or key, key if "new" in data else "", faces)
        elif kind == "merge":
            self._hear_merge(data, faces)
        elif kind in ("name", "birth"):
            self._hear_of_person(kind, key, data, faces)
        elif kind == "different":
            self.apart.add(frozenset((key, data["other"])))
            for face, document in faces:
                self._put(face, document["person"] or key)
        elif kind == "import":
            self._hear_import(data, faces)
        elif kind in ("reject", "not_a_face"):
            self._hear_no(kind, key, faces)
        elif kind in ("draw", "stranger"):
            self._hear_of_nobody(kind, key, faces)
        elif kind == "cover":
            self.covers.pop(key, None)
            if faces:
                self.covers[key] = faces[0][0]
            self._hear_placing(key, "", faces)  # who stands for Anna is Anna

    def _meet(self, kind: str, key: str, data: dict[str, Any]) -> None:
        self.spoken.update(
            data[role] for role in ("person", "keep", "other", "new") if data.get(role)
        )
        self.spoken.update(data.get("hid", ()))
        self.spoken.update(data.get("joined", ()))
        named = {entry["person"] for entry in data.get("people", ())}
        self.spoken |= named
        self.anchored |= named
        if kind in ("name", "birth", "different"):
            self.anchored |= {key, data.get("other", key)}
        elif "new" in data or "made" in data:
            self.anchored.add(data.get("new", key))

    def _hear_placing(self, target: str, source: str, faces: Heard) -> None:
        if source:
            self.apart.add(frozenset((source, target)))
        for face, _ in faces:
            if source:
                self._refuse(face, source)
            self._put(face, target)
            self.firm.add(face)

    def _hear_no(self, kind: str, key: str, faces: Heard) -> None:
        for face, _ in faces:
            if kind == "reject":
                self._refuse(face, key)
            else:
                self._unsay(face)
                self.strangers.discard(face)
                self.denied.add(face)

    def _hear_of_nobody(self, kind: str, key: str, faces: Heard) -> None:
        """A frame is drawn round a face, which may be said to be someone; or it is a stranger."""
        for face, _ in faces:
            self.denied.discard(face)
            self.strangers.discard(face)
            if kind == "stranger":
                self._unsay(face)
                self.strangers.add(face)
        if kind == "draw" and key:
            self._hear_placing(key, "", faces)

    def _hear_of_person(self, kind: str, key: str, data: dict[str, Any], faces: Heard) -> None:
        if kind == "birth":
            self.births.pop(key, None)
            if data["year"] is not None:
                self.births[key] = data["year"]
        for face, _ in faces:
            self._put(face, key)

    def _hear_merge(self, data: dict[str, Any], faces: Heard) -> None:
        keep: str = data["keep"]
        for other in data["others"]:
            self._into[other] = keep
            self.covers.pop(other, None)
            year = self.births.pop(other, None)
            if year is not None:
                self.births.setdefault(keep, year)
        for face, _ in faces:
            self.said[face] = keep
            self.strangers.discard(face)
        for face in [face for face in self.refused if face in self.said]:
            if self.living(self.said[face]) == keep:
                self._put(face, keep)

    def _hear_import(self, data: dict[str, Any], faces: Heard) -> None:
        """Many people at once, each with the groups that are one with them."""
        groups: defaultdict[str, list[str]] = defaultdict(list)
        for other, key in data["joined"].items():
            groups[key].append(other)
        for key, others in groups.items():
            self._hear_merge({"keep": key, "others": others}, [])
        for face, document in faces:
            if "to" in document:
                self._put(face, document["to"])
            if document.get("firm"):
                self.firm.add(face)

    def _put(self, face: int, key: str) -> None:
        self.said[face] = key
        self.denied.discard(face)
        self.strangers.discard(face)
        refused = self.refused.get(face)
        if refused:
            refused -= {other for other in refused if self.living(other) == self.living(key)}

    def _refuse(self, face: int, key: str) -> None:
        self.refused.setdefault(face, set()).add(key)
        if face in self.said and self.living(self.said[face]) == self.living(key):
            self._unsay(face)

    def _unsay(self, face: int) -> None:
        self.said.pop(face, None)
        self.firm.discard(face)


def replay(collection_id: int, prints: Collection[str] | None = None) -> Replay:
    """Hear the standing words of a collection; with `prints`, of faces in these photos only."""
    finder = Finder(collection_id, prints)
    anchors: list[tuple[Any, ...]] = []
    for marks, values in finder.conditions():
        anchors += read(_ANCHORS.format(marks), (*values, collection_id))
    faces: defaultdict[int, Heard] = defaultdict(list)
    for _, decision, fingerprint, *box, before in sorted(anchors):
        document = {} if before is None else json.loads(before)
        faces[decision] += [(face, document) for face in finder.find(fingerprint, tuple(box))]
    words = Replay()
    for decision, kind, data in read(_WORDS, (collection_id,)):
        words.hear(kind, json.loads(data), faces.get(decision, []))
    return words
