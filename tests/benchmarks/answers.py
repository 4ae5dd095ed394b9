"""Answers: a user who knows the truth answers the program's questions, the first ones first."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from app.clustering.constraints import Constraints
from app.clustering.evidence import Crowd
from app.clustering.grouping import Faces, group_new
from app.clustering.suggest import Asked, Question, questions
from tests.benchmarks import kinfolk
from tests.benchmarks.dataset import NOBODY, Dataset
from tests.benchmarks.measures import tidy


class Album:
    """A grouping with what the user has said of it, as the library would keep it."""

    def __init__(self, data: Dataset) -> None:
        self.data = data
        self.limits = kinfolk.thresholds_of(data)
        found = kinfolk.group(data)
        self.people = np.where(found == NOBODY, NOBODY, found + 1)  # 0 stands for nobody below
        self.is_fixed = np.zeros(len(data), np.bool_)
        self.said = Constraints(photos=data.photos)
        self.asked: set[tuple[object, ...]] = set()

    def next_question(self) -> Question | None:
        """The first that was not asked yet."""
        crowd = Crowd(self._faces(np.zeros(len(self.data), np.bool_)), self.said, self.limits)
        return next((q for q in questions(crowd) if _name(q) not in self.asked), None)

    def answer(self, question: Question) -> None:
        """What somebody who knows these people says; of strangers nobody knows, nothing."""
        self.asked.add(_name(question))
        one, other = (self._who(rows) for rows in (question.rows, question.others))
        if NOBODY in (one, other):
            return
        person, rows = self._person_of(question.others), np.array(question.rows)
        if one == other:
            self._put(rows, person)
        elif question.asked is Asked.ODD:
            self._refuse(rows, person)
            self._put(rows, int(self.people.max()) + 1)
        elif question.person < 0:
            self._refuse(rows, person)
        else:
            pair = (min(question.person, person), max(question.person, person))
            self.said = replace(self.said, apart=self.said.apart | {pair})
            self._keep(question.person, person)

    def settle(self) -> NDArray[np.int64]:
        """(n,) labels once the machine has drawn its conclusions from the answers."""
        found = group_new(self._faces(self.is_fixed), self.said, self.limits).labels
        founded = self.people.max() - found  # -1, -2, ... become numbers not in use
        return tidy(np.where(found < 0, founded, np.where(found == 0, NOBODY, found)))

    def _faces(self, is_new: NDArray[np.bool_]) -> Faces:
        data = self.data
        return Faces(data.vectors, data.quality, self.people, is_new, self.is_fixed)

    def _who(self, rows: tuple[int, ...]) -> int:
        """Whom a user sees there: most of these faces."""
        return Counter(self.data.people[list(rows)].tolist()).most_common(1)[0][0]

    def _person_of(self, rows: tuple[int, ...]) -> int:
        person = int(self.people[rows[0]])
        if person < 0:
            person = int(self.people.max()) + 1
            self.people[list(rows)] = person
        return person

    def _put(self, rows: NDArray[np.int64], person: int) -> None:
        self.people[rows] = person
        self.is_fixed[rows] = True
        self._keep(person)

    def _refuse(self, rows: NDArray[np.int64], person: int) -> None:
        refused = dict(self.said.refused)
        for row in rows.tolist():
            refused[row] = refused.get(row, frozenset()) | {person}
        self.said = replace(self.said, refused=refused)
        self._keep(person)

    def _keep(self, *people: int) -> None:
        self.said = replace(self.said, kept=self.said.kept | set(people))


def after_suggestions(data: Dataset, count: int) -> NDArray[np.int64]:
    """(n,) labels after a user has answered the first `count` questions truthfully."""
    album = Album(data)
    for _ in range(count):
        question = album.next_question()
        if question is None:
            break
        album.answer(question)
    return album.settle()


def _name(question: Question) -> tuple[object, ...]:
    return question.asked, question.rows, question.other, question.others[:1]
