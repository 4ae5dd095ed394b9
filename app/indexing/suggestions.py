"""Suggestions: what the machine would like to know, why a face is where it is, and answers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.changes import Changes
from app.clustering.evidence import Crowd, Evidence
from app.clustering.suggest import Asked, Question, questions
from app.errors import UsageError
from app.indexing.clusterer import Clusterer
from app.indexing.gallery import Gallery
from app.library.commands.faces import (
    confirm_faces,
    mark_not_a_face,
    move_faces,
    reject_faces,
    split_faces,
)
from app.library.commands.people import merge_people, name_person, say_different
from app.library.database import Library
from app.library.queries.faces import is_drawn
from app.library.queries.people import people_by_id
from app.library.rows import PersonRow

RIVALS = 100
"""So many people, and so many lone faces, are looked at to tell why a face is where it is."""


class Reply(StrEnum):
    """What a user may say to a suggestion."""

    YES = "yes"
    NO = "no"
    NOT_A_FACE = "notface"


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why the machine thinks so."""

    probability: float
    """0..1, that the faces are this person; calibrated, see docs/grouping.md."""
    likeness: float
    """Cosine to the nearest faces of the person."""
    witnesses: tuple[tuple[int, float], ...]
    """Ids of the nearest faces and their cosines; those the user confirmed come first."""
    runner_up: PersonRow | None
    """Who else it could be."""
    runner_up_likeness: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question that the machine would like answered."""

    id: str
    """The same as long as the same is asked."""
    asked: Asked
    face_ids: tuple[int, ...]
    """The faces that the answer settles."""
    person: PersonRow | None
    """Whom they are with; None for a lone face."""
    other: PersonRow
    """Whom they are held against: the same person when it is asked whether they belong there."""
    reasons: Reasons

    @property
    def settles(self) -> int:
        """How many faces an answer settles."""
        return len(self.face_ids)

    @property
    def doubts(self) -> bool:
        """Whether it is asked if the faces belong where they are."""
        return self.asked is Asked.ODD

    @property
    def sentence(self) -> str:
        """The question in words."""
        name = self.other.name or f"the person of {self.other.photo_count} photos"
        is_one = self.settles == 1
        if self.asked is Asked.ODD:
            if is_one:
                return f"1 face with {name} looks like someone else. Does it belong there?"
            return f"{self.settles} faces with {name} look like someone else. Do they belong there?"
        if self.person is not None and self.person.name:
            return f"Are {self.person.name} and {name} the same person?"
        return f"Is this {name}?" if is_one else f"Are these {self.settles} faces {name}?"


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a face is with its person, or with nobody."""

    face_id: int
    person: PersonRow | None
    by_user: bool
    """Whether the user said it of this very face."""
    about: PersonRow | None
    """Whom the reasons speak for: the person, or the likeliest for a lone face."""
    reasons: Reasons | None
    """None where there is nobody to compare with."""


class Suggestions:
    """Asks of a collection, and carries out the answers."""

    def __init__(self, library: Library, clusterer: Clusterer) -> None:
        self._library = library
        self._clusterer = clusterer

    def ask(self, collection_id: int, check: Callable[[], None] = lambda: None) -> list[Suggestion]:
        """Everything worth asking now, first what settles most. `check` may raise to stop."""
        gallery = self._clusterer.gallery(collection_id)
        check()
        crowd = self._clusterer.crowd(gallery)
        check()
        found = questions(crowd, check)
        people = self._people({p for q in found for p in (q.person, q.other, q.runner_up)})
        # Who was forgotten or merged meanwhile is asked about no more.
        known = [question for question in found if question.other in people]
        return [self._suggestion(gallery, question, people) for question in known]

    def answer(self, collection_id: int, suggestion_id: str, reply: Reply) -> Changes:
        """Take the user's answer as a decision, which can be undone.

        Raises UsageError when this is not asked any more.
        """
        asked = next((s for s in self.ask(collection_id) if s.id == suggestion_id), None)
        if asked is None:
            raise UsageError(
                f"“{suggestion_id}” is not asked any more; `kinfolk suggestions` lists what is."
            )
        return self.carry_out(asked, reply)

    def carry_out(self, asked: Suggestion, reply: Reply) -> Changes:
        """As `answer`, for a suggestion at hand."""
        library, faces, other = self._library, asked.face_ids, asked.other.id
        if reply is Reply.NOT_A_FACE:
            return mark_not_a_face(library, faces)
        if asked.asked is Asked.ODD:
            if reply is Reply.YES:
                return confirm_faces(library, other, faces)
            if len(faces) == 1:
                return reject_faces(library, other, faces)
            return split_faces(library, other, faces)
        if asked.person is None:
            place = confirm_faces if reply is Reply.YES else reject_faces
            return place(library, other, faces)
        if reply is Reply.YES:
            return merge_people(library, other, [asked.person.id])
        return say_different(library, asked.person.id, other)

    def say_who(self, asked: Suggestion, who: int | str) -> Changes:
        """Answer that it is somebody else, by id or by name; a new name makes a new person.

        Raises UsageError when two named people were asked about: they are who they are.
        """
        library, person = self._library, asked.person
        if asked.asked is Asked.ODD or person is None:
            return move_faces(library, asked.face_ids, who)
        if person.name:
            raise UsageError(f"{person.name} has a name already; answer with yes or no.")
        if isinstance(who, int):
            return merge_people(library, who, [person.id])
        return name_person(library, person.id, who, merge=True)

    def explain(self, collection_id: int, face_id: int) -> Explanation:
        """Why a face is with its person, or whose it could be.

        Raises UsageError when there is no such face, or it cannot be compared.
        """
        gallery = self._clusterer.gallery(collection_id)
        if face_id in gallery.words.denied:
            raise UsageError(f"You said that face-{face_id} is not a face; `undo` takes that back.")
        if face_id in gallery.words.strangers:
            raise UsageError(f"You said that face-{face_id} is nobody you know.")
        row = gallery.row_of(face_id)
        if row is None and is_drawn(self._library, face_id):
            raise UsageError(f"You drew face-{face_id} by hand; it is compared with nobody.")
        if row is None:
            raise UsageError(f"face-{face_id} is not a face here that can be compared.")
        rows, row = gallery.around(row, RIVALS)
        gallery = gallery.part(rows)
        crowd = self._clusterer.crowd(gallery)
        evidence, about = _whose(crowd, row)
        person, likeliest = int(gallery.faces.people[row]), crowd.person_of(about)
        runner_up = -1 if evidence is None else crowd.person_of(evidence.runner_up)
        people = self._people({person, likeliest, runner_up})
        return Explanation(
            face_id=face_id,
            person=people.get(person),
            by_user=bool(gallery.is_confirmed[row]),
            about=people.get(likeliest),
            reasons=(
                None if evidence is None else _reasons(gallery, evidence, people.get(runner_up))
            ),
        )

    def _suggestion(
        self, gallery: Gallery, question: Question, people: Mapping[int, PersonRow]
    ) -> Suggestion:
        ids = tuple(gallery.ids[list(question.rows)].tolist())
        other = people[question.other]
        return Suggestion(
            id=_name(question.asked, ids, other),
            asked=question.asked,
            face_ids=ids,
            person=people.get(question.person),
            other=other,
            reasons=_reasons(gallery, question.evidence, people.get(question.runner_up)),
        )

    def _people(self, ids: set[int]) -> dict[int, PersonRow]:
        rows = people_by_id(sorted(number for number in ids if number >= 0))
        return {row.id: row for row in rows}


def _whose(crowd: Crowd, row: int) -> tuple[Evidence | None, int]:
    """What speaks for the person of a face, or for the likeliest of a lone one, and the number of
    their group; nothing and -1 where there is nobody. Whom the user ruled out is nobody."""
    number = crowd.number_of(row)
    if number < 0:
        return None, -1
    group = crowd.group(number)
    ruled_out = crowd.constraints.refused.get(row, frozenset()) | {
        sum(pair) - group.person for pair in crowd.constraints.apart if group.person in pair
    }
    near = [
        other
        for other in crowd.near(number)
        if crowd.person_of(other) >= 0 and crowd.person_of(other) not in ruled_out
    ]
    if group.person >= 0:
        return (crowd.weigh([row], number, near), number) if len(group.faces) > 1 else (None, -1)
    if not near:
        return None, -1
    best = max(near, key=lambda other: (crowd.likeness([row], other), -other))
    return crowd.weigh([row], best, near), best


def _reasons(gallery: Gallery, evidence: Evidence, runner_up: PersonRow | None) -> Reasons:
    return Reasons(
        probability=evidence.probability,
        likeness=evidence.likeness,
        witnesses=tuple((int(gallery.ids[w.face]), w.similarity) for w in evidence.witnesses),
        runner_up=runner_up,
        runner_up_likeness=evidence.runner_up_likeness,
    )


def _name(asked: Asked, face_ids: Sequence[int], other: PersonRow) -> str:
    content = f"{sorted(face_ids)} {other.key}".encode()
    return f"{asked.value}-{hashlib.blake2b(content, digest_size=5).hexdigest()}"
