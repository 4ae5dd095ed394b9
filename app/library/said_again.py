"""Said again: words of the journal are taken into a library that lacks them, in their order.

[Note: Said again] The log is the truth, so every word gets its row, with its own number where that
is free. Carrying it out may fail, as what it is about may not be there yet; then it stands all the
same, and the next look at the photos lets it hold. What the journal knows to be erased is erased.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import peewee as pw

from app.errors import UsageError
from app.library.anchors import add_anchors, read
from app.library.census import take_census
from app.library.collecting import home
from app.library.database import Library
from app.library.erased import EVERYTHING, erase_everyone
from app.library.journal import Word
from app.library.models import Collection, Decision, DecisionFace, Person
from app.library.spoken import hold, keys_in, spoken_keys
from app.library.verbs import VERBS

UNDO, REDO = "undo", "redo"
_WRONG = (pw.PeeweeException, UsageError, LookupError, ValueError, TypeError, AttributeError)
"""What carrying out a word may raise that the library cannot follow."""


def say_again(library: Library, words: Sequence[Word], erased: int) -> tuple[int, int]:
    """Take in every word that the library lacks, all or nothing; `erased` is how often rows had
    been erased from the log they come from. Gives how many were said again, and how many of them
    could not be carried out."""

    def work() -> tuple[int, int]:
        retelling = _Retelling(library, erased)
        for word in words:
            retelling.take(word)
        retelling.settle()
        return retelling.said, retelling.unsaid

    return library.write(work)


class _Retelling:
    """One run through the words."""

    def __init__(self, library: Library, erased: int) -> None:
        self.said = 0
        self.unsaid = 0
        self._library = library
        here = library.sql("PRAGMA user_version")[0][0]
        self._is_newer = erased > here
        library.sql(f"PRAGMA user_version = {max(erased, here)}")
        rows = read("SELECT id, at, kind, data FROM decision")
        self._known = {number: tuple(row) for number, *row in rows}
        self._numbers: dict[int, int] = {}
        """Words that got another number, because theirs was taken by another word."""
        self._erased: set[str] = set()
        """Whom words were about that are erased now."""

    def take(self, word: Word) -> None:
        """Take in one word: say it, or see that it is known as it stands now."""
        known = self._known.get(word.id)
        if known is None or known[0] != word.at:
            self._say(word)
        elif self._is_newer:
            self._correct(word, known)
        else:
            self._anchor_more(word)

    def settle(self) -> None:
        """Let everything that was said hold for the faces there are."""
        for collection in Collection.select():
            prints = {
                fingerprint
                for (fingerprint,) in read(
                    "SELECT DISTINCT fingerprint FROM decisionface JOIN decision"
                    " ON decision.id = decision_id WHERE collection_id = ?",
                    (collection.id,),
                )
            }
            gone = self._erased - spoken_keys(collection.id)
            for key in gone:
                Person.delete().where(Person.collection == collection, Person.key == key).execute()
            hold(collection.id, prints)
            people = Person.select(Person.id).where(Person.collection == collection)
            take_census(self._library, [number for (number,) in people.tuples()])

    def _say(self, word: Word) -> None:
        collection = home(word.home, word.collection)
        self._make_people(collection, word)
        decision = self._write_down(collection, word)
        self.said += 1
        try:
            with self._library.undoable(keep=True):
                _carry_out(decision)
        except _WRONG:
            self.unsaid += 1

    def _make_people(self, collection: Collection, word: Word) -> None:
        keys = keys_in(word.data)
        keys |= {key for *_, before in word.anchors if (key := json.loads(before).get("person"))}
        for key in sorted(keys):
            Person.get_or_create(key=key, defaults={"collection": collection})

    def _write_down(self, collection: Collection, word: Word) -> Decision:
        target = None if word.target is None else self._numbers.get(word.target, word.target)
        number = {} if word.id in self._known else {"id": word.id}
        row = Decision.insert(
            **number, collection=collection, at=Decision.at.python_value(word.at), kind=word.kind,
            data=word.data, said=word.said, target=target, undone=False,
        ).execute()  # fmt: skip
        # As it was said, to the last bit: by this it is known again.
        read("UPDATE decision SET at = ? WHERE id = ?", (word.at, row))
        self._known[row] = (word.at, word.kind, json.dumps(word.data))
        self._numbers[word.id] = row
        add_anchors((row, *anchor) for anchor in word.anchors)
        return Decision.get_by_id(row)

    def _correct(self, word: Word, known: tuple[Any, ...]) -> None:
        """The word, as the log told it after something was erased."""
        _, kind, data = known
        if (kind, json.loads(data)) != (word.kind, word.data):
            self._erased |= keys_in(json.loads(data)) - keys_in(word.data)
            Decision.update(kind=word.kind, data=word.data, said=word.said).where(
                Decision.id == word.id
            ).execute()
        if sorted(_anchors(word.id)) != sorted(word.anchors):
            DecisionFace.delete().where(DecisionFace.decision == word.id).execute()
            add_anchors((word.id, *anchor) for anchor in word.anchors)

    def _anchor_more(self, word: Word) -> None:
        """The faces that were added to the word after it was said."""
        if word.anchors:
            known = set(_anchors(word.id))
            add_anchors((word.id, *anchor) for anchor in word.anchors if anchor not in known)


def _carry_out(decision: Decision) -> None:
    if decision.kind in (UNDO, REDO):
        target = Decision.get_by_id(decision.target_id)
        is_undo = decision.kind == UNDO
        Decision.update(undone=is_undo).where(Decision.id == target.id).execute()
        verb = VERBS.get(target.kind)  # a word that is erased is stepped over
        if verb is not None:
            (verb.take_back if is_undo else verb.carry_out)(target)
    elif decision.kind in VERBS:
        VERBS[decision.kind].carry_out(decision)
    elif decision.data == EVERYTHING:
        erase_everyone(decision.collection_id)
    elif decision.data:
        raise LookupError(decision.kind)


def _anchors(number: int) -> list[tuple[Any, ...]]:
    statement = "SELECT fingerprint, x, y, w, h, before FROM decisionface WHERE decision_id = ?"
    return read(statement, (number,))
